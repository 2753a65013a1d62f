"""Decide what the columns of a table hold, from a sample: evidence, lists, review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classifiers import Catalogue, Tag, are_pseudonyms, consider, gather
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
        tags[column.name] = _as_written(tags.get(column.name, ()), column.name, batch, known)
    scanned.seen = {
        evidence.column: Seen(
            cells=max((found.checked for found in evidence.types), default=0),
            against=evidence.opposed,
            considered=consider(evidence, {tag.type for tag in tags[evidence.column]}),
        )
        for evidence in gathered
    }
    return {column: found for column, found in tags.items() if found}


def _as_written(tags: Sequence[Tag], column: str, batch: Batch, known: Catalogue) -> tuple[Tag, ...]:
    """Return tags of somebody's decision that values are hashed or encrypted, where the sample shows it."""
    said = [tag for tag in tags if tag.decision == "confirmed" and tag.form == "plain"]
    if not said or column not in batch.schema.names:
        return tuple(tags)
    cells = batch.column(batch.schema.names.index(column))
    return tuple(
        replace(tag, form="pseudonymous") if tag in said and are_pseudonyms(tag.type, cells, known) else tag
        for tag in tags
    )
