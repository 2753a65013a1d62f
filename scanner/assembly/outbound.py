"""What leaves: the columns of each flow, what the negative list says of them, whether they are needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scanner.assembly.derive import window_in_force
from scanner.config import FlowConfig, ScanConfig
from scanner.counting import Counts
from scanner.grading import Setting
from scanner.grading.matching import Item
from scanner.necessity import Export, necessity
from scanner.negative_lists import Declared, decide
from scanner.result import (
    UNBOUNDED,
    DatasetResult,
    FlowItem,
    Interval,
    ListDecision,
    Reason,
    RetentionResult,
    SubjectCount,
)
from scanner.samples.sampled import Sampled, scaled


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundFlows:
    """What is known about the flows of a scan.

    Attributes:
        datasets: With their data items graded.
        sampled: What the sample of each table told, by dataset/table.
        unread: Names of the flows of which something was not read.
    """

    config: ScanConfig
    as_of: dt.date
    setting: Setting
    datasets: Sequence[DatasetResult]
    counts: Counts
    sampled: Mapping[str, Sampled]
    unread: Collection[str]

    def items(self, flow: FlowConfig) -> list[Item]:
        """Return the columns that leave in a flow."""
        tables = {f"{d.name}/{t.name}": (d.name, t) for d in self.datasets for t in d.tables}
        return [
            Item(dataset, table, column)
            for sent in flow.tables
            if sent.id in tables
            for dataset, table in [tables[sent.id]]
            for column in table.columns
            if sent.columns is None or column.name in sent.columns
        ]

    def confirmed(self) -> dict[str, bool]:
        """Return whether a catalogue confirms important data among what leaves, by flow."""
        return {
            flow.name: any(item.column.grade.status == "confirmed" for item in self.items(flow))
            for flow in self.config.flows
        }

    def decisions(self) -> dict[str, ListDecision]:
        """Return what the negative list says of each flow that declares a scenario."""
        found = {flow.name: self._decision(flow) for flow in self.config.flows}
        return {name: decision for name, decision in found.items() if decision}

    def _decision(self, flow: FlowConfig) -> ListDecision | None:
        declared = Declared(
            zone=self.setting.zone,
            scenario=flow.scenario or "",
            as_of=self.as_of,
            ciio=self.setting.ciio,
        )
        # The lines are for a scenario as a whole: splitting it over flows must not stay below them.
        alike = [other for other in self.config.flows if other.scenario == flow.scenario]
        persons = self._persons(flow.scenario or "", alike)
        return decide(self.items(flow), persons, declared, self.config.negative_lists)

    def _persons(self, name: str, flows: Sequence[FlowConfig]) -> dict[str, Interval]:
        found = {count.category: count for count in self._counted(name, flows)}
        if "all" not in found:
            return {}
        closed = not any(flow.name in self.unread for flow in flows)
        everybody, sensitive = found["all"], found["sensitive"]
        upper = everybody.upper if closed else UNBOUNDED
        return {
            "all": Interval(everybody.lower, everybody.estimate, upper),
            "sensitive": Interval(
                sensitive.lower, sensitive.estimate, sensitive.upper if closed else UNBOUNDED
            ),
            "nonsensitive": Interval(
                max(0, everybody.lower - sensitive.upper) if closed else 0,
                max(0, everybody.estimate - sensitive.estimate),
                upper,
            ),
            # Health is not counted by flow: at most everybody.
            "health": Interval(0, sensitive.estimate, upper),
        }

    def _counted(self, name: str, flows: Sequence[FlowConfig]) -> list[SubjectCount]:
        if not all(flow.tables for flow in flows):
            return []
        window = window_in_force(self.as_of)
        return [count for count in self.counts.flow(name, flows) if count.window == window]

    def necessity(
        self, flow: FlowConfig, held: SubjectCount | None
    ) -> tuple[tuple[FlowItem, ...], tuple[Reason, ...], tuple[RetentionResult, ...]]:
        """Return the data items of a flow, what its declaration has to explain, and rows past their time."""
        retention = tuple(self._retention(flow))
        export = Export(
            purpose=flow.purpose,
            scenario=flow.scenario or "",
            items=self.items(flow),
            persons=self._by_table(flow),
            everybody=(self._persons(flow.name, [flow]).get("all"), held.interval if held else None),
            retention=retention,
        )
        return (*necessity(export, self.config.scenarios), retention)

    def _by_table(self, flow: FlowConfig) -> dict[str, Interval]:
        alone = table_by_table(flow).items()
        found = {name: self._persons(flow.name, [one]).get("all") for name, one in alone}
        return {name: count for name, count in found.items() if count}

    def _retention(self, flow: FlowConfig) -> Iterable[RetentionResult]:
        rows = {f"{d.name}/{t.name}": t.rows for d in self.datasets for t in d.tables}
        for table in flow.tables:
            seen = self.sampled.get(table.id)
            if flow.retention_days is None or seen is None or flow.retention_days not in seen.older:
                continue
            total = rows[table.id].value
            yield RetentionResult(
                table=table.id,
                days=flow.retention_days,
                past=scaled(seen.older[flow.retention_days], seen.rows, total),
                exact=total is not None and seen.rows >= total,
                undated=seen.undated,
            )


def table_by_table(flow: FlowConfig) -> dict[str, FlowConfig]:
    """Return a flow of each of its tables alone, by id of the table."""
    return {table.id: flow.model_copy(update={"tables": (table,)}) for table in flow.tables}


def retention_periods(config: ScanConfig, table: str) -> frozenset[int]:
    """Return the retention periods that flows declare for a table, in days."""
    return frozenset(
        flow.retention_days
        for flow in config.flows
        if flow.retention_days is not None and any(sent.id == table for sent in flow.tables)
    )
