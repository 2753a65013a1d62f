"""What a form is filled from: the result of a scan, and what the organization declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from scanner.result import Finding, FlowResult, Result
from scanner.result.selecting import exempted
from scanner.rules import Facts, load_facts
from scanner.words.texts import Tongue


@dataclass(frozen=True, slots=True)
class Scenario:
    """Outbound flows that belong together: those of one declared scenario, or one flow without."""

    name: str
    flows: tuple[FlowResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What answers are made of.

    Attributes:
        facts: As declared in the scan's configuration, and in what was given beside it.
        declared_in: Names of the files given beside the scan.
        beside: Keys of the facts that those files declare; the others stand in the record of the scan.
        findings: Findings that call for the form, or say that it is not due.
        only: Names of the flows to declare; empty: all that are not exempt.
    """

    result: Result
    facts: Facts
    tongue: Tongue
    declared_in: str = ""
    beside: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    only: tuple[str, ...] = ()

    @property
    def flows(self) -> tuple[FlowResult, ...]:
        """Return the flows that are declared."""
        if self.only:
            return tuple(flow for flow in self.result.flows if flow.name in self.only)
        return tuple(flow for flow in self.result.flows if not self.is_exempt(flow))

    @property
    def left_out(self) -> tuple[FlowResult, ...]:
        """Return the flows that are not declared: exempt ones, or those that were not asked for."""
        return tuple(flow for flow in self.result.flows if flow not in self.flows)

    def is_exempt(self, flow: FlowResult) -> bool:
        """Return whether a flow is outside the numbers: exempt by a rule, or by a negative list."""
        listed = flow.negative_list is not None and flow.negative_list.decides
        return flow.name in exempted(self.result.findings) or (listed and flow.mechanism == "exempt")

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Return the flows by scenario; a flow without one stands for itself."""
        ordered = sorted(self.flows, key=_scenario)
        return tuple(Scenario(name, tuple(flows)) for name, flows in groupby(ordered, key=_scenario))


def _scenario(flow: FlowResult) -> str:
    return flow.scenario or flow.name


def keys_of(facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys that facts declare, as they are cited: ``held.users``, ``flows[eu-crm].recipient``."""
    for section, content in facts.items():
        if isinstance(content, Mapping):
            yield from (f"{section}.{key}" for key in content)
        elif section == "flows":
            yield from (f"flows[{flow.get('name')}].{key}" for flow in content for key in flow)


def merged_facts(*declared: Mapping[str, Any]) -> Facts:
    """Return facts from several declarations; where two say the same, the later one wins.

    Raises:
        FactsError: A declaration has keys or values that are not understood.
    """
    merged: dict[str, Any] = {}
    for facts in declared:
        _merge(merged, facts)
    return load_facts(merged, consistent=False)


def _merge(merged: dict[str, Any], facts: Mapping[str, Any]) -> None:
    for section, content in facts.items():
        known = merged.get(section)
        if isinstance(known, dict) and isinstance(content, Mapping):
            merged[section] = {**known, **content}
        elif section == "flows" and known and isinstance(content, Iterable):
            merged[section] = _merged_flows(known, content)
        elif content is not None:
            merged[section] = content


def _merged_flows(
    known: Iterable[Mapping[str, Any]], more: Iterable[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    flows = {flow.get("name"): dict(flow) for flow in known}
    for flow in more:
        flows[flow.get("name")] = {**flows.get(flow.get("name"), {}), **flow}
    return list(flows.values())
