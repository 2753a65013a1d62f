"""Decide what the columns of a table hold, from a sample: evidence, lists, review."""

from __future__ import annotations

from classifiers import Tag, consider, gather
from connectors import Batch
from scanner.assembly import ScannedTable, Seen
from scanner.pi_types.lists import decide_column
from scanner.review import reviewed
from scanner.stages.underway import ScanUnderWay


def decide_tags(batch: Batch, scanned: ScannedTable, scan: ScanUnderWay) -> dict[str, tuple[Tag, ...]]:
    """Return the tags of every column that has some; note on the table what else was seen."""
    known, lists = scan.options.catalogue, scan.config.lists
    gathered = gather(batch, scanned.table, scan.reader, known)
    tags = {
        evidence.column: decide_column(
            evidence, (scanned.dataset, scanned.table.name, evidence.column), lists, known
        )
        for evidence in gathered
    }
    for column in scanned.table.columns:
        decision = scan.options.review.get((scanned.dataset, scanned.table.name, column.name))
        if decision is not None:
            tags[column.name] = reviewed(tags.get(column.name, ()), decision)
    scanned.seen = {
        evidence.column: Seen(
            cells=max((found.checked for found in evidence.types), default=0),
            against=evidence.opposed,
            considered=consider(evidence, {tag.type for tag in tags[evidence.column]}),
        )
        for evidence in gathered
    }
    return {column: found for column, found in tags.items() if found}
