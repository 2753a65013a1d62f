"""What all databases share: relations, statements over them, and what a driver's error means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa
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


# --- what a driver's error means ------------------------------------------------------------

_LOGIN = "login refused (user name or password)"
_LOST = "connection lost"
_DENIED = "permission denied"
_TIMEOUT = "statement timeout"
GONE = "no such table or column"
_NO_SERVER = "no server answers there"
_NO_DATABASE = "no such database"
_NOT_LET_IN = "the role may not use this database"
_LOCKED = "lock timeout"
_DEADLOCK = "deadlock"
_CLASH = "conflict with another transaction"
_FULL = "the server is out of resources"
_STARTING = "the server is starting up or shutting down"
_BUSY_FILE = "locked by another process"

# What may work a little later, once a source has been open.
_TRANSIENT = frozenset({_LOST, _NO_SERVER, _LOCKED, _DEADLOCK, _CLASH, _FULL, _STARTING, _BUSY_FILE})

# What a role is told that may not see a view of the server, or not even that it is there.
REFUSED = frozenset({_DENIED, GONE, "it refers to what does not exist", _NO_DATABASE})

# Source: PostgreSQL documentation, appendix A. The longest prefix that fits is taken.
_BY_SQLSTATE = {
    "08": _LOST,
    "22": "a value that cannot be converted",
    "28": _LOGIN,
    "3D": _NO_DATABASE,
    "40001": _CLASH,
    "40P01": _DEADLOCK,
    "42501": _DENIED,
    "42703": GONE,
    "42P01": GONE,
    "53": _FULL,
    "55P03": _LOCKED,
    "57014": _TIMEOUT,
    "57P": _LOST,
    "57P03": _STARTING,
    "XX": "damaged data on the server",
}
# Source: MySQL and MariaDB error reference.
_BY_NUMBER = {
    1040: _FULL,
    1044: _NOT_LET_IN,
    1045: _LOGIN,
    1698: _LOGIN,
    1049: _NO_DATABASE,
    1053: _STARTING,
    1142: _DENIED,
    1143: _DENIED,
    1146: GONE,
    1205: _LOCKED,
    1213: _DEADLOCK,
    1317: _TIMEOUT,
    1927: _LOST,
    1356: "a view that refers to what does not exist",
    1969: _TIMEOUT,
    3024: _TIMEOUT,
    2002: _NO_SERVER,
    2003: _NO_SERVER,
    2005: _NO_SERVER,
    2006: _LOST,
    2013: _LOST,
}
_BY_SQLITE_NAME = {
    "SQLITE_BUSY": _BUSY_FILE,
    "SQLITE_CANTOPEN": "cannot be opened",
    "SQLITE_CORRUPT": "damaged database file",
    "SQLITE_IOERR": "the disk cannot be read",
    "SQLITE_LOCKED": _BUSY_FILE,
    "SQLITE_NOTADB": "not a SQLite database",
    "SQLITE_PERM": _DENIED,
    "SQLITE_TOOBIG": "a cell is too large",
}
# For drivers that give no code: the first phrase found decides. The words are only recognised,
# never passed on, since they may quote data.
_BY_WORDS = {
    "starting up": _STARTING,
    "shutting down": _STARTING,
    "too many": _FULL,
    "connection slots": _FULL,
    "permission denied": _DENIED,
    'role "': _LOGIN,
    "password": _LOGIN,
    "access denied": _LOGIN,
    "authentication": _LOGIN,
    "login failed": _LOGIN,
    "no such file": _NO_SERVER,
    "no such": "it refers to what does not exist",
    "does not exist": _NO_DATABASE,
    "refused": _NO_SERVER,
    "could not translate": _NO_SERVER,
    "resolve": _NO_SERVER,
    "timeout expired": _NO_SERVER,
    "timed out": _NO_SERVER,
    "closed": _LOST,
    "terminating": _LOST,
    "lost": _LOST,
}


def failure(error: BaseException) -> str:
    """Say in our own words what failed: a driver's words may quote data or credentials."""
    origin = getattr(error, "orig", None) or error
    state = str(getattr(origin, "sqlstate", None) or getattr(origin, "pgcode", None) or "")
    for length in (5, 3, 2):
        if state[:length] in _BY_SQLSTATE:
            return _BY_SQLSTATE[state[:length]]
    sqlite_name = getattr(origin, "sqlite_errorname", None)
    for name, meaning in _BY_SQLITE_NAME.items():
        if sqlite_name and sqlite_name.startswith(name):
            return meaning
    number = origin.args[0] if origin.args else None
    if isinstance(number, int) and number in _BY_NUMBER:
        return _BY_NUMBER[number]
    return _by_words(origin)


def _by_words(origin: BaseException) -> str:
    words = str(origin).lower()
    for phrase, meaning in _BY_WORDS.items():
        if phrase in words:
            return meaning
    return f"the driver reports {type(origin).__name__}"


def is_transient(reason: str, *, timeouts: bool = False) -> bool:
    """Return whether what ``failure`` said may work when it is tried again."""
    return reason in _TRANSIENT or (timeouts and reason == _TIMEOUT)


def is_full_or_starting(reason: str) -> bool:
    """Return whether a server is there and will let somebody in a little later."""
    return reason in {_FULL, _STARTING}


def unread(name: str, error: BaseException) -> Unread:
    """Return what to report about a relation that cannot be described."""
    return Unread(name, failure(error))
