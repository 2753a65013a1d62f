"""Facts for the rules: what was declared, with what was counted in its place where it was counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scanner.config import FlowConfig, ScanConfig
from scanner.counting import Counts
from scanner.result import UNBOUNDED, CountedFact, Interval, SubjectCount
from scanner.rules import outbound_window

# Windows as the rule packs name them, and as counts do.
_WINDOWS = {"calendar_year_to_date": "year_to_date", "since_1_jan_previous_year": "since_1_jan_previous_year"}
_FLOW_FACTS = (
    "name",
    "recipient",
    "recipient_country",
    "exemption",
    "mechanism",
    "important_data",
    "scenario",
    "scope_changed",
    "contract_effective",
    "assessment_result",
    "certificate_expiry",
    "approved_subjects",
    "forecast_subjects",
    "health_subjects",
    "approved_important_volume",
    "forecast_important_volume",
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a scan has read.

    Attributes:
        complete: Whether everything was read; otherwise no upper bound holds.
        unread_flows: Names of flows of which something was not read.
    """

    complete: bool
    unread_flows: frozenset[str] = frozenset()

    def read(self, flow: FlowConfig) -> bool:
        """Return whether all tables of the flow were read."""
        return flow.name not in self.unread_flows


def window_in_force(as_of: dt.date) -> str:
    """Return the counting window of the export rules in force on ``as_of``; ``all_time`` for none."""
    return _WINDOWS.get(outbound_window(as_of), "all_time")


def window_start(as_of: dt.date) -> dt.date | None:
    """Return the first day of the counting window, or None for none."""
    starts = {
        "year_to_date": dt.date(as_of.year, 1, 1),
        "since_1_jan_previous_year": dt.date(as_of.year - 1, 1, 1),
    }
    return starts.get(window_in_force(as_of))


def derive_facts(
    config: ScanConfig, as_of: dt.date, counts: Counts, tables: Collection[str], coverage: Coverage
) -> dict[str, Any]:
    """Return facts in the format of the facts file (docs/facts.md); ``tables`` are the organization's.

    Only what was declared is passed on: left out is unknown, which is not the same as none. What leaves in
    all flows together is counted by ``outbound_facts``: only these facts tell which flows are exempt.
    """
    organization = {key: value for key, value in config.organization.items() if key != "name"}
    held = {**config.held, **_held(counts, tables, complete=coverage.complete)}
    facts: dict[str, Any] = {**config.facts, "as_of": as_of, "organization": organization, "held": held}
    if "flows" in config.model_fields_set:
        facts["flows"] = [_flow(flow, as_of, counts, coverage) for flow in config.flows]
    return facts


def outbound_facts(
    flows: Sequence[FlowConfig], as_of: dt.date, counts: Counts, coverage: Coverage
) -> dict[str, Any]:
    """Return the persons of the flows on the national lines; nothing where one of them cannot be counted."""
    if not flows or not all(flow.tables for flow in flows):
        return {}
    read = all(coverage.read(flow) for flow in flows)
    return _outbound(counts.flow("outbound", flows), as_of, read=read)


def counted_facts(facts: Mapping[str, Any], declared: Mapping[str, Any]) -> Iterator[CountedFact]:
    """Yield what is in ``facts`` and not ``declared``: the same settings, derived with counts and without."""
    for section in ("held", "outbound"):
        before = declared.get(section, {})
        for key, value in facts.get(section, {}).items():
            if before.get(key) != value:
                yield CountedFact(section=section, key=key)
    flows = {flow["name"]: flow for flow in declared.get("flows", ())}
    for flow in facts.get("flows", ()):
        for key, value in flow.items():
            if flows[flow["name"]].get(key) != value:
                yield CountedFact(section="flows", key=key, flow=flow["name"])


def _held(counts: Counts, tables: Collection[str], *, complete: bool) -> dict[str, Any]:
    names = {
        "all": "pi_subjects",
        "sensitive": "spi_subjects",
        "minor_under_14": "minors_under_14",
        "minor_under_18": "minors_under_18",
    }
    found = {c.category: c for c in counts.scope("organization", "", tables)}
    held = {
        fact: _bounds(found[category], found[category].unknown_age, closed=complete)
        for category, fact in names.items()
        if category in found
    }
    faces = counts.faces(tables)
    return {**held, "face_subjects": _bounds(faces, closed=complete)} if faces else held


def _flow(flow: FlowConfig, as_of: dt.date, counts: Counts, coverage: Coverage) -> dict[str, Any]:
    declared = {key: getattr(flow, key) for key in _FLOW_FACTS if key in flow.model_fields_set}
    # A flow without tables declares that something goes abroad, not how many people: unknown, never zero.
    counted = counts.flow(flow.name, [flow]) if flow.tables else ()
    numbers = _outbound(counted, as_of, read=coverage.read(flow))
    return {**declared, "window_start": window_start(as_of), **numbers}


def _outbound(counted: Sequence[SubjectCount], as_of: dt.date, *, read: bool) -> dict[str, Any]:
    """Return all persons, those on the sensitive line, and the others.

    Whether a person on the sensitive line also counts on the other is not stated (Order 16 arts 5, 7, 8): the
    upper bound takes everybody, the lower bound and the estimate leave the sensitive ones out. What was not
    read may hold any number of people, and may make any of those counted sensitive.
    """
    found = {c.category: c for c in counted if c.window == window_in_force(as_of)}
    if not found:
        return {}
    everybody, sensitive = found["all"], found["sensitive"]
    others = Interval(
        max(0, everybody.lower - sensitive.upper) if read else 0,
        max(0, everybody.estimate - sensitive.estimate),
        everybody.upper,
    )
    of_age = max(0, everybody.lower - (sensitive.upper - sensitive.unknown_age)) if read else 0
    return {
        "pi_subjects": _bounds(everybody, closed=read),
        "nonsensitive_subjects": _bounds(others, of_age - others.lower, closed=read),
        "sensitive_subjects": _bounds(sensitive, sensitive.unknown_age, closed=read),
    }


def _bounds(
    count: Interval | SubjectCount, unknown_age: int = 0, *, closed: bool = True
) -> Mapping[str, int]:
    """Return a number of the facts; ``unknown_age`` is by how much it is wider as ages are unknown."""
    upper = count.upper if closed else UNBOUNDED
    bounds = {"lower": count.lower, "estimate": count.estimate, "upper": upper}
    return {**bounds, "unknown_age": unknown_age} if unknown_age and closed else bounds
