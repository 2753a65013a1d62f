"""What views select from a result, and sum up over it, the same in all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scanner.result.columns import ColumnResult, TagResult
from scanner.result.counts import SubjectCount
from scanner.result.datasets import DatasetResult, TableResult
from scanner.result.findings import Finding
from scanner.result.record import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeTotal:
    """A PI type with the number of columns and tables that hold it."""

    type: str
    name_zh: str
    name_en: str
    sensitive: bool
    columns: int
    tables: int


def tables(result: Result) -> Iterator[tuple[DatasetResult, TableResult]]:
    """Yield every table with its dataset."""
    for dataset in result.datasets:
        for table in dataset.tables:
            yield dataset, table


def total(counts: Iterable[SubjectCount], category: str = "all") -> SubjectCount | None:
    """Return the count of a category over all data held, or else over the first window counted."""
    found = [count for count in counts if count.category == category]
    return next((count for count in found if count.window == "all_time"), found[0] if found else None)


def exempted(findings: Iterable[Finding]) -> frozenset[str]:
    """Return the names of the flows that a rule exempts, whatever their numbers."""
    return frozenset(
        finding.scope.removeprefix("flow:")
        for finding in findings
        if finding.kind == "exemption" and finding.verdict == "met" and finding.scope.startswith("flow:")
    )


def raised(result: Result) -> tuple[tuple[DatasetResult, TableResult, ColumnResult], ...]:
    """Return the data items above general data, core and confirmed ones first."""
    found = [
        (dataset, table, column)
        for dataset, table in tables(result)
        for column in table.columns
        if column.grade.level != "general"
    ]
    return tuple(sorted(found, key=lambda item: _height(item[2])))


def _height(column: ColumnResult) -> tuple[bool, bool]:
    return column.grade.level != "core", column.grade.status != "confirmed"


def type_totals(result: Result) -> tuple[TypeTotal, ...]:
    """Return every PI type found, the one in most columns first."""
    columns: Counter[str] = Counter()
    where: Counter[str] = Counter()
    samples: dict[str, TagResult] = {}
    for _, table in tables(result):
        found = [tag for column in table.columns for tag in column.held]
        columns.update(tag.type for tag in found)
        where.update({tag.type for tag in found})
        samples.update((tag.type, tag) for tag in found)
    order = sorted(columns, key=lambda name: (-columns[name], name))
    return tuple(_type_total(samples[name], columns[name], where[name]) for name in order)


def _type_total(tag: TagResult, columns: int, in_tables: int) -> TypeTotal:
    return TypeTotal(
        type=tag.type,
        name_zh=tag.name_zh,
        name_en=tag.name_en,
        sensitive=tag.sensitive,
        columns=columns,
        tables=in_tables,
    )
