"""Flows as they are reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scanner.assembly.coverage import is_unread, partial
from scanner.assembly.derive import window_in_force
from scanner.assembly.outbound import OutboundFlows
from scanner.assembly.scanned import Scanned
from scanner.config import FlowConfig
from scanner.result import FlowResult, ListDecision, SubjectCount
from scanner.result.selecting import exempted
from scanner.rules import Assessment


def flow_result(flow: FlowConfig, scanned: Scanned, assessment: Assessment) -> FlowResult:
    """Return a flow with its counts and its route."""
    route = assessment.route[flow.name]
    return FlowResult(
        name=flow.name,
        recipient_country=flow.recipient_country,
        purpose=flow.purpose,
        exemption=flow.exemption,
        window=window_in_force(scanned.as_of),
        subjects=_flow_subjects(flow, scanned),
        mechanism=route.mechanism,
        because=tuple(route.because),
        scenario=flow.scenario or "",
        tables=tuple(table.id for table in flow.tables),
    )


def examined(
    result: FlowResult,
    flow: FlowConfig,
    outbound: OutboundFlows,
    decisions: Mapping[str, ListDecision],
    people: Sequence[SubjectCount],
) -> FlowResult:
    """Return a flow with its data items, their necessity, and what the negative list says."""
    held = next((count for count in people if count.category == "all"), None)
    items, reasons, retention = outbound.necessity(flow, held)
    return replace(
        result,
        items=items,
        necessity=reasons,
        retention=retention,
        negative_list=decisions.get(flow.name),
    )


def outbound_persons(
    scanned: Scanned, assessment: Assessment, decisions: Mapping[str, ListDecision]
) -> tuple[SubjectCount, ...]:
    """Return the persons of all flows on the national lines, united, where there are several."""
    decided = {name for name, decision in decisions.items() if decision.decides}
    off = exempted(assessment.findings) | decided
    flows = [flow for flow in scanned.config.flows if flow.tables and flow.name not in off]
    if len(flows) < 2:
        return ()
    unread = any(is_unread(flow, scanned) for flow in flows)
    return partial(scanned.counts.flow("outbound", flows), unread=unread)


def _flow_subjects(flow: FlowConfig, scanned: Scanned) -> tuple[SubjectCount, ...]:
    """Return the counts of a flow; none when nothing of it was read, which is not zero persons."""
    counted = {table.id for table in scanned.tables if table.status in ("scanned", "partial", "empty")}
    if not any(table.id in counted for table in flow.tables):
        return ()
    return partial(scanned.counts.flow(flow.name, [flow]), unread=is_unread(flow, scanned))
