"""What the rules and negative lists say of a scan."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from scanner.assembly.coverage import is_unread
from scanner.assembly.derive import Coverage, counted_facts, derive_facts, outbound_facts
from scanner.assembly.outbound import OutboundFlows
from scanner.assembly.scanned import Scanned
from scanner.counting import Counts
from scanner.grading import Grading, Setting, shipped_indicators
from scanner.obligations import find_obligations
from scanner.result import (
    UNBOUNDED,
    DatasetResult,
    FactsResult,
    Finding,
    ListDecision,
    ListRoute,
    Obligation,
    is_unbounded,
)
from scanner.rules import Assessment, Route, assess, exempted_flows, load_facts

UNREAD = " Not everything was read, so no upper bound holds."
UNREAD_ZH = "部分数据未能读取，因此没有可靠的上限。"
_READ_ON = ("read what was not scanned", "读取未扫描的数据")
_NUMBER = re.compile(r"\d[\d,]*\d")


def grading_of(scanned: Scanned) -> Grading:
    """Return what grades are decided by: the setting, what is declared, catalogues and packs."""
    declared = {key: value for key, value in scanned.config.organization.items() if key != "name"}
    facts = load_facts({"organization": declared}).organization
    setting = Setting(as_of=scanned.as_of, sectors=facts.sectors or (), zone=facts.ftz or "", ciio=facts.ciio)
    return Grading(
        setting=setting,
        declared=scanned.config.held.get("important_data") or "none",
        catalogues=scanned.config.catalogues,
        packs=(*shipped_indicators(), *scanned.config.indicators),
    )


def outbound_flows(scanned: Scanned, datasets: Sequence[DatasetResult], grading: Grading) -> OutboundFlows:
    """Return the flows, ready to be examined item by item."""
    return OutboundFlows(
        config=scanned.config,
        as_of=scanned.as_of,
        setting=grading.setting,
        datasets=datasets,
        counts=scanned.counts,
        sampled={table.id: table.sampled for table in scanned.tables if table.sampled},
        unread={flow.name for flow in scanned.config.flows if is_unread(flow, scanned)},
    )


def assess_scan(
    scanned: Scanned, outbound: OutboundFlows, decisions: Mapping[str, ListDecision]
) -> tuple[Assessment, tuple[Obligation, ...], FactsResult]:
    """Return what the rules say, what is due after it, and the facts that they were asked about."""
    routes = {name: route for name, decision in decisions.items() if (route := _route(decision))}
    facts = _facts(scanned, outbound, routes)
    loaded = load_facts(facts, consistent=False)
    assessment = assess(loaded, scanned.as_of, decided=routes)
    declared = derive_facts(scanned.config, scanned.as_of, Counts(None), (), _coverage(scanned, outbound))
    asked = FactsResult(
        given=loaded.model_dump(mode="json", exclude_unset=True),
        counted=tuple(counted_facts(facts, declared)),
        routed=tuple(
            ListRoute(flow=name, mechanism=r.mechanism, because=r.because) for name, r in routes.items()
        ),
    )
    return assessment, find_obligations(assessment, loaded), asked


def _facts(scanned: Scanned, outbound: OutboundFlows, decided: Collection[str]) -> dict[str, Any]:
    """Return what the rules are asked about; flows that a negative list has ``decided`` are on no line."""
    config, as_of, coverage = scanned.config, scanned.as_of, _coverage(scanned, outbound)
    facts = derive_facts(config, as_of, scanned.counts, [table.id for table in scanned.tables], coverage)
    confirmed = outbound.confirmed()
    if any(confirmed.values()) or any(_is_confirmed(dataset) for dataset in outbound.datasets):
        facts["held"]["important_data"] = "notified"
    for flow in facts.get("flows", ()):
        if confirmed[flow["name"]]:
            flow["important_data"] = True
    off = {*exempted_flows(load_facts(facts, consistent=False), as_of), *decided}
    flows = [flow for flow in config.flows if flow.name not in off]
    if counted := outbound_facts(flows, as_of, scanned.counts, coverage):
        facts["outbound"] = {**config.outbound, **counted}
    return facts


def _coverage(scanned: Scanned, outbound: OutboundFlows) -> Coverage:
    return Coverage(complete=not scanned.not_scanned, unread_flows=frozenset(outbound.unread))


def _is_confirmed(dataset: DatasetResult) -> bool:
    return dataset.grade.status == "confirmed"


def _route(decision: ListDecision) -> Route | None:
    """Return the route of a flow that a negative list decides; None where the national rules stay."""
    if not decision.decides:
        return None
    because = tuple(dict.fromkeys(reason.rule for reason in decision.reasons if reason.rule))
    return Route(decision.mechanism, because)


def open_ended(finding: Finding) -> Finding:
    """Say of counts without an upper bound, also where they stand in words only, why they have none."""
    why = _NUMBER.sub(partial(_bounded, instead="an unknown number of"), finding.why)
    count = finding.count
    if why == finding.why and not (count and count.open_ended):
        return finding
    is_open = finding.verdict == "undetermined"
    return replace(
        finding,
        count=replace(count, upper=UNBOUNDED) if count and count.open_ended else count,
        needs=("scan.complete", *finding.needs) if is_open else finding.needs,
        settle="; ".join(filter(None, (_READ_ON[0], finding.settle))) if is_open else "",
        settle_zh="；".join(filter(None, (_READ_ON[1], finding.settle_zh))) if is_open else "",
        why=why + UNREAD,
        why_zh=_NUMBER.sub(partial(_bounded, instead="未知数量的"), finding.why_zh) + UNREAD_ZH,
    )


def _bounded(number: re.Match[str], instead: str) -> str:
    return instead if is_unbounded(int(number[0].replace(",", ""))) else number[0]
