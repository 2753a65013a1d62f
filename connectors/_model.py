"""What connectors hand on: tables, columns and Arrow batches."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

# One slice of a table; columns named as in ``Table.columns``.
Batch = pa.RecordBatch
PartitionKeys = tuple[tuple[str, str | None], ...]  # name and value of each; None for a missing one


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or one leaf of a nested column with a dotted path as its name.

    Attributes:
        type: As the source declares it (``VARCHAR(20)``) or, for files, the Arrow type.
        comment: From the catalogue or a data dictionary; empty when there is none.
    """

    name: str
    type: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class RowCount:
    """Number of rows; ``exact`` is false for an estimate of the catalogue."""

    value: int
    exact: bool


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A constraint that the values of a column are those of a column of another table, or of the same.

    Of a constraint of several columns, each pair is one by itself.
    """

    column: str
    referred_group: str
    referred_table: str
    referred_column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One relation or file set of a source: the unit of scanning.

    Attributes:
        name: Relation name, file name without suffix, or folder name of a partitioned tree.
        group: Sub-dataset within the source (schema or sub-folder); empty when there is one only.
        rows: None when it cannot be known without reading everything.
        note: What a reader of the report should know, such as how the sample was drawn.
        primary_key, foreign_keys: As the source declares them; most files and warehouses declare none.
    """

    name: str
    group: str = ""
    comment: str = ""
    columns: tuple[Column, ...]
    rows: RowCount | None = None
    note: str = ""
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()


@dataclass(frozen=True, slots=True)
class TablePart:
    """Rows of a table that are read, and kept, by themselves: a file, a partition, a range.

    Attributes:
        name: Unique in the table, and the same at the next scan; empty for the whole table.
        fingerprint: Changes when the rows do; empty where the source cannot tell.
        keys: Columns and their values, as far as the name tells them.
        remembered: Whether the name has to be handed back as it is at the next scan (``parts(kept=...)``).
    """

    name: str = ""
    fingerprint: str = ""
    keys: PartitionKeys = ()
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A table (or column) that exists and could not be read. ``reason`` holds no scanned value."""

    table: str
    reason: str
    group: str = ""
    column: str = ""
