"""Rule packs: one YAML file is one version of one legal text or standard; these are its models."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from scanner.rules.law.rule_parts import Comparison, Condition, Deadline, Model, Note, Source, Words

Scope = Literal["organization", "outbound", "flow"]
Route = Literal["security_assessment", "standard_contract_or_certification", "exempt"]
Status = Literal["draft", "in_force", "superseded"]
Confidence = Literal["high", "medium", "low"]
Provenance = Literal["seed", "found", "knowledge"]
Kind = Literal["duty", "requirement", "exemption", "status"]
Window = Literal[
    "none",
    "current_stock",
    "calendar_year_to_date",
    "since_1_jan_previous_year",
    "cumulative",
    "per_event",
    "yearly",
]


class Statement(Model):
    """Something a text says that no test decides, and why none does."""

    id: str
    article: str
    title: Words
    text: Words
    reason: Words
    source: tuple[str, ...] = ()
    confidence: Confidence = "high"
    provenance: Provenance = "found"
    effective_from: date | None = None
    effective_to: date | None = None

    @property
    def verified(self) -> bool:
        """Return whether anything was read that says so."""
        return self.provenance != "knowledge" and self.confidence != "low"


class Rule(Comparison):
    """One rule.

    Attributes:
        kind: What met means: a ``duty`` follows, a ``requirement`` is complied with, an ``exemption``
            applies, or a ``status`` is reached.
        quote: The statutory wording in Chinese, where it was seen.
        inclusive_from: From this day on the number itself is included, though the text says 超过.
        partition: Rules of one partition share out all numbers among them: no gap, and none twice.
        counting: Counting rules beyond those of what is measured (``counting_rules.yaml``).
        also: Further tests that must pass as well.
        instead: Alternative tests, one of which is enough.
        presupposes: What a person has to check; no fact tells it.
        at_threshold: Warning for a count of exactly the threshold that does not pass.
        addressee: Whom the rule addresses; the pack's where left out.
        deadlines: When the duty falls due, the main one first.
        papers: What is to be handed in.
        route: Where outbound data go when the rule is met.
        replaced_by: Rule of a later text that took over the day after ``effective_to``.
        restated_by: Rule of a later text that says the same while this one stays in force.
        became: Rule of the final text that came of a draft's rule.
    """

    id: str
    article: str
    title: Words
    kind: Kind = "duty"
    quote: str = ""
    scope: Scope = "organization"
    inclusive_from: date | None = None
    inclusive_note: Words | None = None
    window: Window = "none"
    partition: str = ""
    counting: tuple[str, ...] = ()
    also: tuple[Comparison, ...] = ()
    instead: tuple[Comparison, ...] = ()
    conditions: tuple[Condition, ...] = ()
    presupposes: tuple[Words, ...] = ()
    notes: tuple[Note, ...] = ()
    at_threshold: Words | None = None
    addressee: Words | None = None
    duty: Words
    file_with: str = ""
    deadlines: tuple[Deadline, ...] = ()
    papers: tuple[Words, ...] = ()
    sanction: Words | None = None
    route: Route | None = None
    replaced_by: str | None = None
    restated_by: str | None = None
    became: str | None = None
    source: tuple[str, ...] = ()
    confidence: Confidence = "high"
    provenance: Provenance = "found"
    effective_from: date | None = None
    effective_to: date | None = None

    @model_validator(mode="after")
    def _check_inclusion(self) -> Rule:
        if self.inclusive_from and (self.operator != "gt" or not self.inclusive_note):
            raise ValueError("inclusive_from is for the operator gt and needs inclusive_note, which says why")
        return self

    @property
    def verified(self) -> bool:
        """Return whether a source that says so was read; otherwise the rule answers on request only."""
        return self.provenance != "knowledge" and self.confidence != "low"

    def on(self, day: date) -> Rule:
        """Return the rule as it reads on a day: an answer may have made its number inclusive."""
        if self.inclusive_from is None or day < self.inclusive_from:
            return self
        return self.model_copy(update={"operator": "ge"})


class Pack(Model):
    """One version of one text.

    Attributes:
        version: Day it took effect; for a draft, the day it was published.
        default_source: Source keys of the rules that name none.
        addressee, sanction: Of the rules that name none.
        articles_verified: False where the articles are cited from knowledge, not from a text that was read.
        common: Anchors reused within the file.
        statements: What the text says and no test decides.
    """

    id: str
    version: date
    status: Status
    title: Words
    instrument: Words
    effective_from: date | None = None
    effective_to: date | None = None
    articles_verified: bool = True
    sources: tuple[Source, ...] = Field(min_length=1)
    default_source: tuple[str, ...] = Field(min_length=1)
    addressee: Words | None = None
    sanction: Words | None = None
    common: Any = None
    rules: tuple[Rule, ...] = ()
    statements: tuple[Statement, ...] = ()

    @model_validator(mode="after")
    def _check_dates(self) -> Pack:
        if (self.status == "draft") != (self.effective_from is None):
            raise ValueError("a draft has no effective_from, any other pack needs one")
        if (self.status == "superseded") != (self.effective_to is not None):
            raise ValueError("effective_to is for superseded packs, and they need one")
        if not self.rules and not self.statements:
            raise ValueError("a pack has rules or statements")
        return self

    def entries(self) -> tuple[Rule | Statement, ...]:
        """Return the rules and the statements."""
        return (*self.rules, *self.statements)

    def in_force(self, rule: Rule | Statement, on: date) -> bool:
        """Return whether the rule was in force on that day; a draft never was."""
        start = rule.effective_from or self.effective_from
        end = rule.effective_to or self.effective_to
        return start is not None and start <= on and (end is None or on <= end)
