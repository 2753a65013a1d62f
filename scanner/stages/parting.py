"""What becomes of kept parts that a source has no more: files that were deleted, tables that were dropped."""

from __future__ import annotations

from dataclasses import replace

from connectors import Selection
from scanner.assembly import ScannedTable
from scanner.config import ScanConfig, SourceConfig
from scanner.counting import flow_table_id
from scanner.counting.deletion import with_twins
from scanner.result import PartsResult
from scanner.stages.underway import ScanUnderWay
from scanner.state import Keeper, PartInfo, Place


def part_with_vanished(scan: ScanUnderWay, source: SourceConfig, keeper: Keeper) -> None:
    """Go through what is kept of a source that was read, and part with what it has no more.

    What could not be read may still be there, and what is left out by include and exclude was not looked for:
    both stay as they are.
    """
    tables = {(t.dataset, t.table.name): t for t in scan.tables if t.source == source.name}
    for info in keeper.known(source.name):
        place = info.place
        table = tables.get((place.dataset, place.table))
        if _is_open(scan, source, place) or (table is not None and _has(table, info)):
            continue
        if table is not None and table.part_names is None:
            keeper.forget(info)  # nothing in the table is about people any more
            _note(table, forgotten=1)
            continue
        left = keeper.part_with(info, _sent(scan.config, place.table_id))
        if left is not None:
            scan.census.take(scan.key.fingerprint, left.chunks)
        _note(table, gone=int(left is not None), forgotten=int(left is None))


def _has(table: ScannedTable, info: PartInfo) -> bool:
    return table.part_names is not None and info.place.part in table.part_names


def _is_open(scan: ScanUnderWay, source: SourceConfig, place: Place) -> bool:
    """Return whether it is not known if the table is still there."""
    group = place.dataset.removeprefix(source.name).removeprefix("/")
    if not Selection(source.include, source.exclude).takes(group, place.table):
        return True
    unread = {(entry.source, entry.table) for entry in scan.not_scanned if not entry.column}
    return not unread.isdisjoint({(source.name, ""), (place.dataset, ""), (place.dataset, place.table)})


def _sent(config: ScanConfig, table: str) -> frozenset[str]:
    """Return the ids under which flows count a table."""
    flows = (flow_table_id(flow.name, s) for flow in config.flows for s in flow.tables if s.id == table)
    return with_twins(list(flows))


def _note(table: ScannedTable | None, *, gone: int = 0, forgotten: int = 0) -> None:
    if table is not None:
        parts = table.parts or PartsResult()
        table.parts = replace(parts, gone=parts.gone + gone, forgotten=parts.forgotten + forgotten)
