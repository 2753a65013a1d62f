"""When one obligation falls due, and what that rests on where the date of its event is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from scanner.rules import Rule
from scanner.rules.facts.model import Filings
from scanner.rules.law.rule_parts import Deadline
from scanner.rules.verdicts.deadlines import Due, find_due

# Facts that say that the duty of a rule is done.
_DONE_BY: Mapping[str, str] = MappingProxyType(
    {
        "PIPO-30D": "officer_reported",
        "PIPO-LEGACY": "officer_reported",
        "FACE-100K": "face_filed",
        "FACE-LEGACY": "face_filed",
    }
)
# Facts that give the date of an event; of the others, events.NAME does.
_DATED_BY: Mapping[str, str] = MappingProxyType(
    {
        "incident_known": "incident.known_at",
        "incident_handled": "incident.handled",
        "contract_effective": "flows.contract_effective",
        "assessment_result": "flows.assessment_result",
        "assessment_expiry": "flows.assessment_result",
        "certificate_expiry": "flows.certificate_expiry",
    }
)
_SPECIFIC = "number_reached"

_EARLIER_YEARS = "the years before are done (以前年度已完成)"
_NOT_YET = "not done yet; counted from {0}, when the rule took effect (尚未开展，自规定施行之日{0}起算)"
_REACHED = (
    "the number was reached on {0}, the day of the count; if earlier, it is due earlier "
    "(假定于计数之日{0}达到该数量；如更早达到，期限相应提前)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The part of an obligation that speaks of time; see ``Obligation``."""

    status: str
    due: str = ""
    latest: str = ""
    opens: str = ""
    event: str = ""
    event_day: str = ""
    certain: bool = True
    needs: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What is known about the time of one rule.

    Attributes:
        in_force: First day of the rule.
        events: Dates by event name, as far as they are known.
        met: Whether the rule is met.
        ages: Whether its line is an age.
    """

    rule: Rule
    in_force: date
    events: Mapping[str, date]
    as_of: date
    filings: Filings
    met: bool
    ages: bool

    @property
    def done(self) -> bool | None:
        """Whether the duty is done; None while no fact says so."""
        settled: bool | None = getattr(self.filings, _DONE_BY.get(self.rule.id, ""), None)
        return settled


def time_of(deadline: Deadline, clock: Clock) -> Timing:
    """Return when one deadline ends. Where its event has no date, the safe assumption is made and stated."""
    event = deadline.after or deadline.before or ""
    if clock.done:
        return Timing(status="done", event=event)
    due = find_due(deadline, clock.events, clock.as_of)
    if due is not None:
        earlier = (_EARLIER_YEARS,) if deadline.each_year else ()
        return _dated(deadline, clock, due, assumed=earlier)
    supposed = _supposed(deadline, clock)
    due = find_due(deadline, {event: supposed[0]}, clock.as_of) if supposed else None
    if due is not None and supposed:
        return _dated(deadline, clock, due, assumed=(supposed[1],))
    if deadline.before:
        return Timing(status="before", event=event)
    return Timing(status="waiting", event=event, needs=(_fact_of(event, clock.rule),))


def _supposed(deadline: Deadline, clock: Clock) -> tuple[date, str] | None:
    """Return the day that is taken for that of the event, with the assumption in words."""
    if deadline.recurring:
        return clock.in_force, _NOT_YET.format(clock.in_force)
    if deadline.after == _SPECIFIC and clock.met:
        return clock.as_of, _REACHED.format(clock.as_of)
    return None


def _dated(deadline: Deadline, clock: Clock, due: Due, *, assumed: tuple[str, ...]) -> Timing:
    event = deadline.after or deadline.before or ""
    happened = clock.events.get(event)
    status = _status(deadline, clock, due, known=happened is not None)
    asked = [_fact_of(event, clock.rule)] if event and happened is None else []
    if status == "passed" and clock.rule.id in _DONE_BY:
        asked.append(f"filings.{_DONE_BY[clock.rule.id]}")
    return Timing(
        status=status,
        due=(due.moment or due.day).isoformat(),
        latest=due.latest.isoformat() if due.latest else "",
        opens=due.opens.isoformat() if due.opens else "",
        event=event,
        event_day=happened.isoformat() if happened else "",
        certain=due.certain,
        needs=tuple(asked),
        assumed=assumed,
    )


def _status(deadline: Deadline, clock: Clock, due: Due, *, known: bool) -> str:
    if due.day >= clock.as_of:
        return "open" if due.opens and due.opens <= clock.as_of else "coming"
    if due.latest and due.latest >= clock.as_of:  # the law leaves the choice until then
        return "open"
    undone = clock.done is False or clock.ages or deadline.recurring
    return "overdue" if known and undone else "passed"


def _fact_of(event: str, rule: Rule) -> str:
    if event == _SPECIFIC:
        return f"events.reached.{rule.id}"
    return _DATED_BY.get(event, f"events.{event}")
