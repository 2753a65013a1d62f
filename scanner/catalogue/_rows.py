"""Rows for spreadsheets: what is said of columns, tables, people and lines, with formulas made harmless."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanner.catalogue._said import grade_of, sensitivity
from scanner.result import UNBOUNDED, ColumnResult, Result, SubjectCount

# Spreadsheet programs take a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of cells; ``name`` is that of the sheet."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet program takes for a formula: an apostrophe stands before it.

    >>> harmless("=1+1"), harmless("a=1"), harmless(-5)
    ("'=1+1", 'a=1', -5)
    """
    if isinstance(cell, str) and cell.startswith((*_FORMULA, "'")):
        return f"'{cell}"
    return cell


def sheets(result: Result) -> tuple[Sheet, ...]:
    """Return all sheets, that of the columns first."""
    return columns_sheet(result), _tables(result), _people(result), _lines(result), _not_scanned(result)


def columns_sheet(result: Result) -> Sheet:
    """Return every column that was seen; the first six are those of a data dictionary."""
    head = (
        "dataset", "table", "table_comment", "column", "type", "comment", "pi_types", "pi_types_en",
        "pi_types_zh", "sensitivity", "category", "confidence", "decision", "grade", "levels",
    )  # fmt: skip
    rows = (
        (dataset.name, table.name, table.comment, column.name, column.type, column.comment, *_said(column))
        for dataset in result.datasets
        for table in dataset.tables
        for column in table.columns
    )
    return Sheet("columns", head, tuple(rows))


def _said(column: ColumnResult) -> tuple[Cell, ...]:
    tags = column.held
    return (
        ";".join(tag.type for tag in tags),
        ";".join(tag.name_en for tag in tags),
        ";".join(tag.name_zh for tag in tags),
        sensitivity(column),
        ";".join(dict.fromkeys(tag.category for tag in tags if tag.category)),
        round(max(tag.confidence for tag in tags), 4) if tags else None,
        tags[0].decision if tags else "",
        column.grade.level,
        ";".join(f"{level.scheme}:{level.level}/{level.highest}" for level in column.levels),
    )


def _tables(result: Result) -> Sheet:
    head = ("dataset", "table", "table_comment", "rows", "rows_exact", "status", "grade", "levels", *_PERSONS)
    rows = (
        (
            dataset.name, table.name, table.comment, table.rows.value, str(table.rows.exact).lower(),
            table.status, grade_of(table),
            ";".join(f"{level.scheme}:{level.level}/{level.highest}" for level in table.levels),
            *_everybody(table.subjects),
        )
        for dataset in result.datasets
        for table in dataset.tables
    )  # fmt: skip
    return Sheet("tables", head, tuple(rows))


_PERSONS = ("persons_lower", "persons_estimate", "persons_upper", "method")


def _everybody(counts: Sequence[SubjectCount]) -> tuple[Cell, ...]:
    count = next((count for count in counts if count.category == "all"), None)
    return _interval(count) if count else (None, None, None, "")


def _interval(count: SubjectCount) -> tuple[Cell, ...]:
    return count.lower, count.estimate, _bounded(count.bounds.upper), count.method


def _bounded(upper: int) -> Cell:
    return None if upper >= UNBOUNDED else upper


def _people(result: Result) -> Sheet:
    head = ("scope", "name", "category", "window", *_PERSONS, "anonymous_rows", "note")
    rows = (
        (c.scope, c.name, c.category, c.window, *_interval(c), c.anonymous_rows, c.note)
        for c in _counts(result)
    )
    return Sheet("people", head, tuple(rows))


def _counts(result: Result) -> Iterator[SubjectCount]:
    yield from result.organization.subjects
    for dataset in result.datasets:
        yield from dataset.subjects
        for table in dataset.tables:
            yield from table.subjects
    for flow in result.flows:
        yield from flow.subjects
    yield from result.organization.outbound


def _lines(result: Result) -> Sheet:
    head = (
        "rule_id", "title", "title_zh", "scope", "verdict", "lower", "estimate", "upper", "operator",
        "threshold", "unit", "article", "duty", "duty_zh", "deadline", "why", "why_zh",
        "settle", "settle_zh",
    )  # fmt: skip
    rows = (
        (
            f.rule_id, f.title, f.title_zh, f.scope, f.verdict,
            *((f.count.lower, f.count.estimate, _bounded(f.count.upper)) if f.count else (None, None, None)),
            f.operator, f.threshold, f.unit, f.article, f.duty, f.duty_zh, f.deadline, f.why, f.why_zh,
            f.settle, f.settle_zh,
        )
        for f in result.findings
    )  # fmt: skip
    return Sheet("lines", head, tuple(rows))


def _not_scanned(result: Result) -> Sheet:
    rows = tuple((entry.source, entry.table, entry.column, entry.reason) for entry in result.not_scanned)
    return Sheet("not_scanned", ("source", "table", "column", "reason"), rows)
