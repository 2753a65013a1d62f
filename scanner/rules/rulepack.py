"""Rule packs: one YAML file is one version of one legal text or standard.

``packs/*.yaml`` is read once per process; a file that breaks the models below is a bug of ours
(or of whoever wrote the pack) and is reported with file, rule and key.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from scanner.result import PackResult
from scanner.rules._yaml import read_yaml

Operator = Literal["ge", "gt", "le", "lt", "present", "absent"]
Scope = Literal["organization", "outbound", "flow"]
Route = Literal["security_assessment", "standard_contract_or_certification", "exempt"]
Status = Literal["draft", "in_force", "superseded"]
Confidence = Literal["high", "medium", "low"]
Provenance = Literal["seed", "found", "knowledge"]
Kind = Literal["duty", "requirement", "exemption", "status"]
Unit = Literal["hours", "calendar_days", "working_days", "months", "years"]
Event = Literal[
    "assessment_expiry",
    "assessment_result",
    "audit",
    "catalogue_changed",
    "certificate_expiry",
    "contract_effective",
    "deletion_request",
    "face_use_changed",
    "important_data_notified",
    "incident_handled",
    "incident_known",
    "listing",
    "merger",
    "minors_audit",
    "number_reached",
    "officer_data_changed",
    "processing",
    "rectification_completed",
    "risk_assessment",
    "transfer",
]
Window = Literal[
    "none",
    "current_stock",
    "calendar_year_to_date",
    "since_1_jan_previous_year",
    "cumulative",
    "per_event",
    "yearly",
]


class RulePackError(ValueError):
    """A pack that cannot be used; the message names the file, the rule and the key."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Model):
    """The same words in English and Chinese."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)


class Source(_Model):
    """Where a statement of the pack comes from."""

    key: str
    ref: str


class Condition(_Model):
    """What a rule presupposes, testable on the facts.

    Attributes:
        fact: Key in ``conditions.CONDITION_FACTS``.
        equals: The value that fulfils it (``is`` in the file).
        has_any: Fulfilled when the fact, a list, has one of these.
        when_unknown: ``ask`` leaves the verdict open, ``holds`` takes the condition as fulfilled.
    """

    fact: str
    equals: bool | str | None = Field(default=None, alias="is")
    has_any: tuple[str, ...] = ()
    when_unknown: Literal["ask", "holds"] = "ask"
    en: str
    zh: str

    @model_validator(mode="after")
    def _check_one_test(self) -> Condition:
        if (self.equals is None) == (not self.has_any):
            raise ValueError("give either 'is' or 'has_any'")
        return self


class Deadline(_Model):
    """When a duty falls due; one of ``after``, ``before``, ``each_year`` and ``fixed``.

    Attributes:
        en, zh: As a person reads it.
        number, unit: How long after or before the event; ``before`` alone means before the act.
        upto: Where the law leaves a choice of lengths, the longest; ``number`` is the shortest.
        recurring: Again and again, counted from the last time.
        opens: The period before the event opens then and ends with the event.
        each_year: Day of the year as ``MM-DD``.
        when: Which processors it is for, where there are several clocks.
    """

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)
    number: int | None = Field(default=None, gt=0)
    upto: int | None = None
    unit: Unit | None = None
    after: Event | None = None
    before: Event | None = None
    each_year: str | None = Field(default=None, pattern=r"^(0[1-9]|1[0-2])-[0-3]\d$")
    fixed: date | None = None
    recurring: bool = False
    opens: bool = False
    when: Condition | None = None

    @model_validator(mode="after")
    def _check_one_clock(self) -> Deadline:
        clocks = (self.after, self.before, self.each_year, self.fixed)
        if sum(clock is not None for clock in clocks) != 1:
            raise ValueError("a deadline needs one of after, before, each_year and fixed")
        if (self.number is None) != (self.unit is None) or (self.after and self.number is None):
            raise ValueError("number and unit go together, and 'after' needs them")
        if self.upto is not None and (not self.after or self.upto <= (self.number or 0)):
            raise ValueError("'upto' goes with 'after' and is more than 'number'")
        if (self.recurring and not self.after) or (self.opens and not (self.before and self.number)):
            raise ValueError("'recurring' goes with 'after', 'opens' with 'before' and a number")
        return self


class Comparison(_Model):
    """One comparison; ``upper`` is the exclusive upper end of a band."""

    metric: str
    operator: Operator
    threshold: int | None = None
    upper: int | None = None
    wording: str = ""

    @model_validator(mode="after")
    def _check_numbers(self) -> Comparison:
        numeric = self.operator in ("ge", "gt", "le", "lt")
        if numeric and self.threshold is None:
            raise ValueError(f"operator {self.operator!r} needs a threshold")
        if not numeric and (self.threshold is not None or self.upper is not None):
            raise ValueError(f"operator {self.operator!r} takes no number")
        if self.upper is not None and (
            self.operator not in ("ge", "gt") or self.upper <= (self.threshold or 0)
        ):
            raise ValueError("upper closes a band: it needs ge or gt and a smaller threshold")
        return self


class Note(_Model):
    """A remark added to the explanation, always or under a condition."""

    when: Condition | None = None
    en: str
    zh: str


class Statement(_Model):
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


class Pack(_Model):
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


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack with the SHA-256 digest of its file."""

    pack: Pack
    digest: str

    def result(self) -> PackResult:
        """Return what a report says about the pack."""
        return PackResult(id=self.pack.id, version=self.pack.version.isoformat(), digest=self.digest)


def parse_pack(name: str, content: bytes) -> LoadedPack:
    """Return the pack in a file's bytes, or raise ``RulePackError`` naming file and rule."""
    try:
        data = read_yaml(content)
    except yaml.YAMLError as error:
        raise RulePackError(f"{name}: not valid YAML. {error}") from error
    if not isinstance(data, dict):
        raise RulePackError(f"{name}: expected the keys of a rule pack, such as id, version and rules.")
    try:
        pack = Pack.model_validate(data)
    except ValidationError as error:
        problems = "; ".join(_explain(detail["loc"], detail["msg"], data) for detail in error.errors())
        raise RulePackError(f"{name}: {problems}.") from error
    return LoadedPack(pack, hashlib.sha256(content).hexdigest())


def _explain(location: tuple[int | str, ...], message: str, data: dict[str, Any]) -> str:
    if len(location) > 1 and location[0] == "rules" and isinstance(location[1], int):
        rule = data["rules"][location[1]]
        name = rule.get("id", f"number {location[1] + 1}") if isinstance(rule, dict) else location[1]
        rest = ".".join(map(str, location[2:]))
        return f"rule {name}: {rest}: {message}" if rest else f"rule {name}: {message}"
    return f"{'.'.join(map(str, location)) or 'pack'}: {message}"


@cache
def load_packs() -> tuple[LoadedPack, ...]:
    """Return the packs that ship with Pandian, in order of their ids."""
    folder = files("scanner.rules").joinpath("packs")
    entries = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda e: e.name
    )
    return tuple(parse_pack(entry.name, entry.read_bytes()) for entry in entries)


def find_rule(rule_id: str) -> tuple[LoadedPack, Rule]:
    """Return a rule by its id with its pack, or raise ``KeyError``."""
    loaded, found = find_entry(rule_id)
    if isinstance(found, Statement):
        raise KeyError(rule_id)
    return loaded, found


def find_entry(entry_id: str) -> tuple[LoadedPack, Rule | Statement]:
    """Return a rule or a statement by its id with its pack, or raise ``KeyError``."""
    for loaded in load_packs():
        for entry in loaded.pack.entries():
            if entry.id == entry_id:
                return loaded, entry
    raise KeyError(entry_id)


def outbound_window(on: date) -> Window:
    """Return the window in which the outbound rules in force count people; ``none`` when none counts so.

    >>> outbound_window(date(2024, 3, 21)), outbound_window(date(2024, 3, 22))
    ('since_1_jan_previous_year', 'calendar_year_to_date')
    """
    in_force = {
        rule.window
        for loaded in load_packs()
        for rule in loaded.pack.rules
        if loaded.pack.status != "draft" and rule.scope == "outbound" and loaded.pack.in_force(rule, on)
    }
    counted: tuple[Window, ...] = ("calendar_year_to_date", "since_1_jan_previous_year")
    return next((window for window in counted if window in in_force), "none")
