"""What a rule is made of: words in both languages, a comparison, a condition, a deadline, a note."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Operator = Literal["ge", "gt", "le", "lt", "present", "absent"]
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


class Model(BaseModel):
    """Frozen, and any unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Model):
    """The same words in English and Chinese."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)


class Source(Model):
    """Where a statement of the pack comes from."""

    key: str
    ref: str


class Condition(Model):
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


class Deadline(Model):
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


class Comparison(Model):
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


class Note(Model):
    """A remark added to the explanation, always or under a condition."""

    when: Condition | None = None
    en: str
    zh: str
