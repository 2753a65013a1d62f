"""When things happened, as far as the facts tell: the dates from which deadlines run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from scanner.rules.dates.months import add_months
from scanner.rules.facts.model import Flow
from scanner.rules.facts.view import View
from scanner.rules.law.rulepack import Rule
from scanner.rules.verdicts.closeness import first_beyond, observations, reached_between

# Facts whose keys are names of events themselves.
_DECLARED = (
    "audit",
    "minors_audit",
    "risk_assessment",
    "important_data_notified",
    "rectification_completed",
    "officer_data_changed",
    "face_use_changed",
    "deletion_request",
    "catalogue_changed",
    "listing",
    "merger",
    "transfer",
)


def known_events(view: View, flow: Flow | None, rule: Rule) -> Mapping[str, date]:
    """Return dates by event name for one rule; what is not known is left out."""
    facts = view.facts
    found: dict[str, date | None] = {name: getattr(facts.events, name) for name in _DECLARED}
    found["number_reached"] = facts.events.reached.get(rule.id) or _reached(view, rule)
    if facts.incident:
        found["incident_known"], found["incident_handled"] = facts.incident.known_at, facts.incident.handled
    if flow:
        found["contract_effective"] = flow.contract_effective
        found["assessment_result"] = flow.assessment_result
        found["certificate_expiry"] = flow.certificate_expiry
        found["assessment_expiry"] = _expiry(flow, rule)
    return {name: day for name, day in found.items() if day is not None}


def _reached(view: View, rule: Rule) -> date | None:
    """Return the earliest day on which the series of counts lets the number be reached."""
    first = first_beyond(rule)
    found = reached_between(observations(view, rule.metric), first) if first else None
    return found[0] + timedelta(days=1) if found else None


def _expiry(flow: Flow, rule: Rule) -> date | None:
    """Return the day on which an assessment result ends; the rule's threshold is its validity in years."""
    if flow.assessment_result is None or rule.metric != "flow.assessment_age_years":
        return None
    return add_months(flow.assessment_result, 12 * (rule.threshold or 0))
