"""What all databases share: relations, the statements over them, and the interface of a dialect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql.elements import quoted_name

from connectors._arrays import batch_of, batch_of_rows
from connectors._model import Batch, Column, RowCount, Unread

FETCH_ROWS = 20_000
BLOB_BYTES = 65_536  # read of a cell of bytes: its kind stands at its beginning
TIMEOUT_MS = 600_000  # of one statement; a fetch from a server-side cursor is one
LOCK_TIMEOUT_MS = 5_000
CONNECT_TIMEOUT_S = 10
APPLICATION_NAME = "pandian"
LENT = "pandian_lent"  # execution option of connections that belong to the program

Rows = Sequence[Sequence[Any]]
Clause = sa.ColumnElement[bool]


class NotByArrow(Exception):
    """A relation has to be read by rows: its driver hands over no Arrow, or none that means the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A table or view as the catalogue describes it.

    Attributes:
        key: A primary key of one whole-number column, by which ranges can be read; or empty.
        exact_names: The names are the catalogue's own, so they are always quoted. Else the
            dialect may have folded their case, and decides on quotes itself.
        only: Tables that inherit from it are tables of their own, and their rows are not its.
        in_partitions: Its rows lie in other tables, its partitions.
        in_part: Some columns may not be read, nor what the server keeps of where a row lies.
        blobs: Columns of bytes, of which the beginning is read, where the database can cut them.
    """

    schema: str | None
    name: str
    columns: tuple[Column, ...]
    comment: str = ""
    rows: RowCount | None = None
    is_view: bool = False
    key: str = ""
    exact_names: bool = False
    only: bool = False
    in_partitions: bool = False
    in_part: bool = False
    blobs: frozenset[str] = frozenset()
    note: str = ""

    def select(self, names: Sequence[str], where: Clause | None = None) -> sa.Select[Any]:
        """Return a statement that reads the columns; the number 1 if there are none."""
        table = self.table()
        chosen = [self.prefix(table.c[self.quoted(name)], name) for name in names]
        statement = self.own_rows(sa.select(*chosen or [sa.literal_column("1")]).select_from(table), table)
        return statement if where is None else statement.where(where)

    def prefix(self, column: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[Any]:
        """Return the column, or the beginning of its bytes."""
        if name not in self.blobs:
            return column
        return sa.func.substr(column, 1, BLOB_BYTES).label(self.quoted(name))

    def own_rows(self, statement: sa.Select[Any], source: sa.FromClause) -> sa.Select[Any]:
        """Return the statement without rows of tables that inherit from ``source``, the table."""
        return statement.with_hint(source, "ONLY", "postgresql") if self.only else statement

    def table(self) -> sa.TableClause:
        columns: list[sa.ColumnClause[Any]] = [sa.column(self.quoted(column.name)) for column in self.columns]
        schema = self.quoted(self.schema) if self.schema else None
        return sa.table(self.quoted(self.name), *columns, schema=schema)

    def quoted(self, name: str) -> quoted_name:
        return quoted_name(name, self.exact_names or None)

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]


class Dialect(Protocol):
    """What differs from database to database; each module of ``dialects`` is one."""

    def open_engine(self, url: sa.URL) -> sa.Engine:
        """Return an engine whose sessions only read and do not wait forever."""
        ...

    def schemas(self, connection: sa.Connection) -> Sequence[str | None]:
        """Return the users' schemas; None stands for the only one."""
        ...

    def relation_names(self, connection: sa.Connection, schema: str | None) -> Sequence[str]: ...

    def relations(
        self, connection: sa.Connection, schema: str | None, names: Sequence[str]
    ) -> Iterator[Relation | Unread]: ...

    def sample(self, connection: sa.Connection, relation: Relation, rows: int, seed: int) -> Rows:
        """Return at most ``rows`` rows of all columns from all over the relation."""
        ...

    def stream(
        self, connection: sa.Connection, relation: Relation, names: Sequence[str], where: Clause | None
    ) -> Iterator[Batch]:
        """Yield the columns of all rows that ``where`` takes, without ever holding all of them."""
        ...


def batches_of(rows: Iterator[Rows], names: Sequence[str]) -> Iterator[Batch]:
    """Yield a batch for each list of rows; without names, one that only counts."""
    for some in rows:
        yield batch_of_rows(names, some) if names else batch_of((), (), len(some))


@contextmanager
def undone(connection: sa.Connection) -> Iterator[None]:
    """Let a statement fail without a trace; many databases have no savepoints, and need none."""
    if connection.get_execution_options().get(LENT):
        with connection.begin_nested():
            yield
        return
    try:
        yield
    except SQLAlchemyError:
        connection.rollback()
        raise


def row_count(connection: sa.Connection, relation: Relation) -> RowCount:
    """Count the rows, which reads the whole table."""
    table = relation.table()
    statement = relation.own_rows(sa.select(sa.func.count()).select_from(table), table)
    return RowCount(int(connection.execute(statement).scalar_one()), exact=True)


def compiled(connection: sa.Connection, statement: sa.Select[Any]) -> str:
    """Return the text of a statement, for a cursor of the driver itself."""
    return str(statement.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))


def location_of(url: sa.URL) -> str:
    """Return the URL without user name, password and query, all of which may hold secrets.

    >>> location_of(sa.make_url("postgresql://me:secret@db:5432/crm?password=secret"))
    'postgresql://db:5432/crm'
    """
    bare = sa.URL.create(url.drivername, host=url.host, port=url.port, database=url.database)
    return bare.render_as_string(hide_password=True)
