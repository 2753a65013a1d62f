"""Count everything that a result will show at once, before it is put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scanner.assembly.derive import window_in_force
from scanner.assembly.linkage import MOST_DATASETS, dataset_groups, flow_groups
from scanner.assembly.outbound import table_by_table
from scanner.assembly.scanned import Scanned
from scanner.config import FlowConfig


def count_ahead(scanned: Scanned) -> None:
    """Have the persons of all scopes and flows of a scan counted while each part of them is at hand."""
    tables = [table.id for table in scanned.tables]
    flows = [flow for flow in scanned.config.flows if flow.tables]
    datasets: dict[str, list[str]] = {}
    for table in scanned.tables:
        datasets.setdefault(table.dataset, []).append(table.id)
    overlaps = [flow_groups(scanned.counts, flows, window_in_force(scanned.as_of))]
    if len(datasets) <= MOST_DATASETS:
        overlaps.append(dataset_groups(datasets))
    scanned.counts.prepare(
        [*([table] for table in tables), *datasets.values(), tables],
        [*_together(flows)],
        doubts=tables,
        overlaps=overlaps,
    )


def _together(flows: Sequence[FlowConfig]) -> Iterator[list[FlowConfig]]:
    """Yield flows whose persons are counted together: each, its tables one by one, those of a scenario."""
    for flow in flows:
        yield [flow]
        yield from ([alone] for alone in table_by_table(flow).values())
    for scenario in {flow.scenario for flow in flows}:
        yield [flow for flow in flows if flow.scenario == scenario]
    yield [flow for flow in flows if not flow.exemption]
