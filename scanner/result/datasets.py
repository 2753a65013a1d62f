"""Datasets and their tables."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.result.columns import ColumnResult
from scanner.result.counts import SubjectCount
from scanner.result.grades import GradeResult, Reason, SchemeLevel


@dataclass(frozen=True, slots=True)
class RowsResult:
    """Number of rows; ``value`` is None when unknown."""

    value: int | None
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsResult:
    """Parts of a table (files, partitions) in a scan with state.

    Attributes:
        read: Read now: new, changed, or counted anew.
        from_state: Taken from the state, since nothing changed.
        gone: No longer there, but sent abroad before: they count in the windows of their flows only.
        forgotten: No longer there, and deleted from the state.
    """

    read: int = 0
    from_state: int = 0
    gone: int = 0
    forgotten: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableResult:
    """One table.

    Attributes:
        status: ``scanned``, ``partial`` (something in it could not be read), ``empty`` (no rows
            or no columns) or ``not_scanned``.
        levels: Highest level of its columns under each scheme, raised where the columns together call for it.
        indications: What makes records sensitive as a whole, or columns sensitive together.
        parts: How many of its parts came from the state; None without state.
    """

    name: str
    comment: str
    rows: RowsResult
    status: str
    note: str
    subjects: tuple[SubjectCount, ...]
    columns: tuple[ColumnResult, ...]
    levels: tuple[SchemeLevel, ...] = ()
    indications: tuple[Reason, ...] = ()
    parts: PartsResult | None = None

    @property
    def pi_columns(self) -> tuple[ColumnResult, ...]:
        """Return the columns that hold personal information."""
        return tuple(column for column in self.columns if column.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetResult:
    """Tables graded and counted together."""

    name: str
    source: str
    location: str
    grade: GradeResult
    subjects: tuple[SubjectCount, ...]
    tables: tuple[TableResult, ...]
