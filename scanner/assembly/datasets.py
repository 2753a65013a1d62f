"""Datasets, tables and columns as they are reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from classifiers import Candidate, Evidence, PIType, Tag
from connectors import Column
from scanner.assembly.coverage import dataset_is_unread, partial
from scanner.assembly.scanned import Scanned, ScannedTable, Seen
from scanner.counting import holding, within
from scanner.grading import Grading, grade_items, listed
from scanner.result import (
    GENERAL,
    CandidateResult,
    ColumnResult,
    DatasetResult,
    EvidenceResult,
    RowsResult,
    SubjectCount,
    TableResult,
    TagResult,
)


def datasets_of(
    scanned: Scanned, grading: Grading, people: Sequence[SubjectCount]
) -> Iterable[DatasetResult]:
    """Yield the datasets with their data items graded, themselves not yet.

    Of the organization's ``people`` a dataset has no more for certain, nor at most; a table has no more than
    its dataset.
    """
    ordered = sorted(scanned.tables, key=lambda table: (table.dataset, table.table.name))
    for name, group in groupby(ordered, key=lambda table: table.dataset):
        tables = list(group)
        counted = [_counted(table, scanned) for table in tables]
        subjects = scanned.counts.scope("dataset", name, [table.id for table in tables])
        subjects = within(holding(subjects, *counted), people)
        unread = dataset_is_unread(name, scanned)
        dataset = DatasetResult(
            name=name,
            source=tables[0].source,
            location=tables[0].location,
            grade=GENERAL,
            subjects=partial(subjects, unread=unread),
            tables=tuple(
                _table(table, scanned, within(counts, subjects))
                for table, counts in zip(tables, counted, strict=True)
            ),
        )
        yield grade_items(dataset, grading)


def _counted(table: ScannedTable, scanned: Scanned) -> tuple[SubjectCount, ...]:
    counted = _status(table, scanned) != "not_scanned"
    return scanned.counts.scope("table", table.id, [table.id]) if counted else ()


def _table(table: ScannedTable, scanned: Scanned, counted: tuple[SubjectCount, ...]) -> TableResult:
    status = _status(table, scanned)
    return TableResult(
        name=table.table.name,
        comment=table.table.comment,
        rows=_rows(table),
        status=status,
        note=table.table.note,
        subjects=partial(counted, unread=status == "partial"),
        columns=tuple(_column(column, table, scanned) for column in table.table.columns),
        parts=table.parts,
    )


def _rows(table: ScannedTable) -> RowsResult:
    """Return the rows that were counted; where reading broke off, what the source said before."""
    if table.rows_read is not None and table.status != "partial":
        return RowsResult(table.rows_read, exact=True)
    rows = table.table.rows
    return RowsResult(rows.value if rows else table.rows_read, exact=rows.exact if rows else False)


def _status(table: ScannedTable, scanned: Scanned) -> str:
    missed = (table.dataset, table.table.name) in scanned.missed
    return "partial" if missed and table.status in ("scanned", "empty") else table.status


def _column(column: Column, table: ScannedTable, scanned: Scanned) -> ColumnResult:
    tags, seen = table.tags.get(column.name, ()), table.seen.get(column.name, Seen())
    return ColumnResult(
        name=column.name,
        type=column.type,
        comment=column.comment,
        tags=tuple(_tag(tag, scanned.catalogue.types[tag.type], scanned.as_of) for tag in tags),
        cells=seen.cells,
        against=seen.against,
        considered=tuple(_candidate(each, scanned.catalogue.types[each.type]) for each in seen.considered),
        filled=table.sampled.filled.get(column.name) if table.sampled else None,
        examples=table.examples.get(column.name, ()),
        key_of=table.told.keys[column.name].whose if column.name in table.told.keys else "",
        thing_of=next((t.refers for t in table.told.things if t.column == column.name and t.refers), ""),
    )


def _candidate(candidate: Candidate, pi_type: PIType) -> CandidateResult:
    return CandidateResult(
        type=candidate.type,
        name_zh=pi_type.zh,
        name_en=pi_type.en,
        why=candidate.why,
        word=candidate.word,
        named=candidate.named,
        matched=candidate.matched,
        fitting=candidate.fitting,
        checked=candidate.checked,
        needed=candidate.needed,
        form=candidate.form,
    )


def _tag(tag: Tag, pi_type: PIType, as_of: dt.date) -> TagResult:
    return TagResult(
        type=tag.type,
        name_zh=pi_type.zh,
        name_en=pi_type.en,
        presidio_entity=pi_type.presidio_entity,
        confidence=tag.confidence,
        decision=tag.decision,
        sensitive=pi_type.is_sensitive(as_of),
        category=pi_type.category,
        form=tag.form,
        prevalence=tag.prevalence,
        evidence=tuple(_evidence(evidence) for evidence in tag.evidence),
        listed=listed(pi_type, as_of),
        decimals=tag.decimals,
    )


def _evidence(evidence: Evidence) -> EvidenceResult:
    return EvidenceResult(
        kind=evidence.kind,
        matched=evidence.matched,
        checked=evidence.checked,
        detail=evidence.detail,
        supports=evidence.supports,
    )
