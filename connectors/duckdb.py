"""DuckDB files, read through DuckDB itself: its SQLAlchemy dialects lag behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

import pyarrow as pa

from connectors._arrays import batch_of, cast, common_type, nulls, one_batch, unique
from connectors._checkup import Checkup, TableCheckup
from connectors._duckdb_columns import quoted, selected
from connectors._errors import DriverMissing, SourceUnreachable, TableUnreadable
from connectors._listed import listed
from connectors._model import Batch, Column, ForeignKey, RowCount, Table, TablePart, Unread
from connectors._nesting import Leaf, flatten, leaves
from connectors._selection import EVERYTHING, Selection
from connectors._storage.stamps import stamp

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BATCH_ROWS = 65_536
# Nothing may be fetched from the network, and one thread keeps the order of rows, and so a seeded sample.
_SETTINGS = {
    "threads": "1",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    "custom_user_agent": "pandian",
    "memory_limit": "384MB",  # of its cache of blocks; it would take most of the machine
}

_RELATIONS = """
SELECT schema_name, table_name, comment, false FROM duckdb_tables() WHERE NOT internal AND NOT temporary
UNION ALL
SELECT schema_name, view_name, comment, true FROM duckdb_views() WHERE NOT internal AND NOT temporary
ORDER BY 1, 2
"""
_COLUMNS = """
SELECT schema_name, table_name, column_name, data_type, comment FROM duckdb_columns()
WHERE NOT internal ORDER BY schema_name, table_name, column_index
"""
_KEYS = """
SELECT schema_name, table_name, constraint_column_names, referenced_table, referenced_column_names
FROM duckdb_constraints() WHERE constraint_type IN ('FOREIGN KEY', 'PRIMARY KEY')
"""
_VIEW_NOTE = "A view: its rows were not counted beforehand."


class _Key(NamedTuple):
    """Columns of a primary key, or of a foreign key with the table and columns that it refers to."""

    columns: list[str]
    referred_table: str | None
    referred_columns: list[str]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A column without structs in it; ``top`` is the position of the relation's column that holds it."""

    column: Column
    type: pa.DataType
    top: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Relation:
    """A table or view."""

    schema: str
    name: str
    columns: tuple[Column, ...]
    leaves: tuple[_Leaf, ...] = ()

    def query(self, tops: Sequence[int], tail: str = "") -> str:
        columns = (self.columns[top] for top in tops)
        listed = ", ".join(selected(column.name, column.type) for column in columns) or "1"
        return f"SELECT {listed} FROM {quoted(self.schema)}.{quoted(self.name)} {tail}"  # noqa: S608 -- quoted


class DuckDBConnector:
    """The tables and views of one DuckDB file."""

    def __init__(
        self,
        database: DuckDBPyConnection,
        location: str,
        selection: Selection = EVERYTHING,
        *,
        files: Sequence[Path] = (),
        views: bool = True,
    ) -> None:
        self.location = location
        self._views = views
        self._files = files
        self._database = database
        self._selection = selection
        self._relations: dict[tuple[str, str], _Relation] = {}

    def tables(self) -> Iterator[Table | Unread]:
        with self._explained(""):
            relations = self._database.sql(_RELATIONS).fetchall()
            columns, keys = self._columns(), self._keys()
        several = len({schema for schema, *_ in relations}) > 1
        for schema, name, comment, is_view in relations:
            group = schema if several else ""
            if self._selection.takes(group, name) and (self._views or not is_view):
                relation = _Relation(schema=schema, name=name, columns=columns.get((schema, name), ()))
                table = self._described(group, relation, comment or "", is_view=is_view)
                yield _with_keys(table, keys.get((schema, name), ())) if isinstance(table, Table) else table

    def _columns(self) -> Mapping[tuple[str, str], tuple[Column, ...]]:
        found: dict[tuple[str, str], tuple[Column, ...]] = {}
        for schema, table, name, kind, comment in self._database.sql(_COLUMNS).fetchall():
            key = (schema, table)
            found[key] = (*found.get(key, ()), Column(name, kind, comment or ""))
        return found

    def _keys(self) -> Mapping[tuple[str, str], list[_Key]]:
        found: dict[tuple[str, str], list[_Key]] = {}
        for schema, table, *key in self._database.sql(_KEYS).fetchall():
            found.setdefault((schema, table), []).append(_Key(*key))
        return found

    def _described(self, group: str, relation: _Relation, comment: str, *, is_view: bool) -> Table | Unread:
        try:
            with self._explained(relation.name):
                every = range(len(relation.columns))
                schema = self._database.sql(relation.query(every, "LIMIT 0")).to_arrow_table().schema
                rows = None if is_view else self._database.sql(relation.query(())).count("*").fetchall()
        except TableUnreadable as error:
            return Unread(table=relation.name, reason=str(error), group=group)
        opened = replace(relation, leaves=_leaves(schema, relation.columns))
        self._relations[group, relation.name] = opened
        return Table(
            name=relation.name,
            group=group,
            comment=comment,
            columns=tuple(leaf.column for leaf in opened.leaves),
            rows=RowCount(int(rows[0][0]), exact=True) if rows else None,
            note=_VIEW_NOTE if is_view else "",
        )

    def checkup(self) -> Checkup:
        ((version,),) = self._database.sql("SELECT version()").fetchall()
        return Checkup(
            kind="duckdb",
            server=f"DuckDB {version.removeprefix('v')}",
            session="the file is opened read-only",
        )

    def table_checkup(self, table: Table, rows: int) -> TableCheckup:
        del table, rows
        return TableCheckup(sampling="reservoir of all rows", reading="Arrow")

    def remedy(self, unread: Unread) -> str:
        del unread
        return ""

    def sample(self, table: Table, *, rows: int, seed: int) -> Batch:
        tail = f"USING SAMPLE reservoir({int(rows)} ROWS) REPEATABLE ({int(seed) & 0x7FFFFFFF})"
        names = [column.name for column in table.columns]
        types = [leaf.type for leaf in self._find(table).leaves]
        empty = batch_of(names, [nulls(0, kind) for kind in types], 0)
        return one_batch([empty, *self._read(table, names, tail)])

    def stream(self, table: Table, columns: Sequence[str]) -> Iterator[Batch]:
        return self._read(table, columns, "")

    def parts(self, table: Table, kept: Sequence[str] = ()) -> Sequence[TablePart]:
        del table, kept
        return (TablePart(name="", fingerprint=stamp(*self._files) if self._files else ""),)

    def stream_part(self, table: Table, part: TablePart, columns: Sequence[str]) -> Iterator[Batch]:
        del part
        return self.stream(table, columns)

    def _read(self, table: Table, names: Sequence[str], tail: str) -> Iterator[Batch]:
        relation = self._find(table)
        types = {leaf.column.name: leaf.type for leaf in relation.leaves if leaf.column.name in set(names)}
        tops = sorted({leaf.top for leaf in relation.leaves if leaf.column.name in types})
        arriving = [leaf.column.name for leaf in relation.leaves if leaf.top in tops]
        with self._explained(table.name):
            for batch in self._database.sql(relation.query(tops, tail)).to_arrow_reader(_BATCH_ROWS):
                arrays = dict(zip(arriving, flatten(batch)[1], strict=True)) if names else {}
                yield batch_of(names, [cast(arrays[name], types[name]) for name in names], batch.num_rows)

    def _find(self, table: Table) -> _Relation:
        return listed(self, self._relations, table)

    @contextmanager
    def _explained(self, table: str) -> Iterator[None]:
        import duckdb  # noqa: PLC0415 -- an extra

        # The chain is cut: the message may quote data.
        try:
            yield
        except (duckdb.Error, pa.ArrowException) as error:
            where = f"table '{table}': " if table else ""
            raise TableUnreadable(f"{self.location}: {where}{type(error).__name__}.") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._database.close()


def connect_duckdb(path: Path, selection: Selection = EVERYTHING, *, views: bool = True) -> DuckDBConnector:
    """Open a DuckDB file, read-only; ``views`` says whether views are read.

    Raises:
        DriverMissing: The extra ``duckdb`` is not installed.
        SourceUnreachable: No such file, no DuckDB file, or one that another process writes to.
    """
    if not path.is_file():
        raise SourceUnreachable(f"{path}: no such file.")
    try:
        import duckdb  # noqa: PLC0415 -- an extra
    except ImportError:
        raise DriverMissing(
            "DuckDB files need the extra 'duckdb'. Run: pip install 'pandian[duckdb]'"
        ) from None
    try:
        database = duckdb.connect(str(path), read_only=True, config=dict(_SETTINGS))
        database.execute("SET enable_progress_bar = false")  # it would be drawn into our own output
    except duckdb.Error:
        raise SourceUnreachable(
            f"{path}: not a DuckDB file that this version of DuckDB ({duckdb.__version__}) reads, "
            "or another process has it open for writing."
        ) from None
    files = (path, path.with_name(f"{path.name}.wal"))
    return DuckDBConnector(database, str(path), selection, files=files, views=views)


def _with_keys(table: Table, keys: Sequence[_Key]) -> Table:
    """Return a table with its keys; what foreign ones refer to lies in the same schema."""
    return replace(
        table,
        primary_key=tuple(column for key in keys if key.referred_table is None for column in key.columns),
        foreign_keys=tuple(
            ForeignKey(column, table.group, key.referred_table, referred)
            for key in keys
            if key.referred_table is not None
            for column, referred in zip(key.columns, key.referred_columns, strict=True)
        ),
    )


def _leaves(schema: pa.Schema, columns: Sequence[Column]) -> tuple[_Leaf, ...]:
    found = [(leaf, top) for top, field in enumerate(schema) for leaf in leaves(pa.schema([field]))]
    names = unique(leaf.name for leaf, _ in found)
    return tuple(
        _Leaf(_described_as(name, leaf, columns[top]), common_type([leaf.type]), top)
        for name, (leaf, top) in zip(names, found, strict=True)
    )


def _described_as(name: str, leaf: Leaf, column: Column) -> Column:
    return column if name == column.name else Column(name, str(leaf.type), column.comment)
