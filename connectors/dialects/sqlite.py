"""SQLite: opened read-only, described by its PRAGMAs, sampled by row id."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import sqlalchemy as sa
from sqlalchemy.exc import DisconnectionError, SQLAlchemyError

from connectors._arrays import decoded
from connectors._databases.failures import GONE, unread
from connectors._databases.relations import (
    FETCH_ROWS,
    LOCK_TIMEOUT_MS,
    Clause,
    Relation,
    Rows,
    batches_of,
    compiled,
    row_count,
)
from connectors._model import Batch, Column, Unread
from connectors._sampling import chosen
from connectors.dialects import generic

_ALL_IDS = 200_000  # rows; up to here all row ids are read, and every row has the same chance
_ROW_IDS = ("rowid", "_rowid_", "oid")
_AT_ONCE = 500  # row ids in one statement
_WAL = 2  # read version of a write-ahead-log database; byte 19 of the file header
_UNDECODABLE = "Could not decode to UTF-8"


def open_engine(url: sa.URL) -> sa.Engine:
    path = Path(url.database or "")
    # In a database kept with a write-ahead log, even a reader leaves files behind, unless
    # nobody has it open (then there is no log) and it is declared not to change.
    unchanging = "&immutable=1" if _has_idle_log(path) else ""
    name = f"file:{quote(str(path.absolute()))}?mode=ro{unchanging}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(name, uri=True, check_same_thread=False, timeout=LOCK_TIMEOUT_MS / 1000)
        connection.execute("PRAGMA query_only = ON")
        return connection

    if unchanging:  # what is read anew is at least the file as it is then
        return sa.create_engine("sqlite://", creator=connect, poolclass=sa.NullPool)
    return _kept_open(
        sa.create_engine("sqlite://", creator=connect, poolclass=sa.QueuePool, pool_size=1), path
    )


def _kept_open(engine: sa.Engine, path: Path) -> sa.Engine:
    """Make an engine keep its connection: a new one reads the description of every table there is.

    It keeps no pages, so that it sees the file as it is, and not another file than that of the path.
    """

    def opened(_connection: sqlite3.Connection, record: Any) -> None:
        record.info["file"] = _identity(path)

    def lent(_connection: sqlite3.Connection, record: Any, _proxy: Any) -> None:
        if record.info["file"] != _identity(path):
            raise DisconnectionError

    def given_back(connection: sqlite3.Connection | None, _record: Any) -> None:
        if connection is not None:
            connection.text_factory = str
            connection.execute("PRAGMA shrink_memory")

    for event, listener in (("connect", opened), ("checkout", lent), ("checkin", given_back)):
        sa.event.listen(engine, event, listener)
    return engine


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _has_idle_log(path: Path) -> bool:
    with path.open("rb") as file:
        header = file.read(20)
    log = path.with_name(path.name + "-wal")
    return len(header) == 20 and header[19] == _WAL and not (log.exists() and log.stat().st_size)


def schemas(connection: sa.Connection) -> Sequence[str | None]:
    del connection
    return [None]


def relation_names(connection: sa.Connection, schema: str | None) -> Sequence[str]:
    del schema
    return sorted(_kinds(connection))


def relations(
    connection: sa.Connection, schema: str | None, names: Sequence[str]
) -> Iterator[Relation | Unread]:
    del schema
    kinds = _kinds(connection)
    for name in names:
        if name not in kinds:
            yield Unread(table=name, reason=GONE)  # since it was listed
            continue
        try:
            yield _described(connection, name, is_view=kinds[name] == "view")
        except SQLAlchemyError as error:
            yield unread(name, error)


def _kinds(connection: sa.Connection) -> dict[str, str]:
    found = connection.exec_driver_sql(
        "SELECT name, type FROM sqlite_master"
        " WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    )
    return {row.name: row.type for row in found}


def _described(connection: sa.Connection, name: str, *, is_view: bool) -> Relation:
    # The Inspector would turn declared types that it does not know into none.
    pragma = sa.text("SELECT name, type FROM pragma_table_xinfo(:name) WHERE hidden <> 1 ORDER BY cid")
    found = connection.execute(pragma, {"name": name})
    columns = tuple(Column(column, declared or "") for column, declared in found)
    relation = Relation(
        schema=None,
        name=name,
        columns=columns,
        is_view=is_view,
        exact_names=True,
        blobs=frozenset(column.name for column in columns if "BLOB" in column.type.upper()),
    )
    if is_view:
        connection.execute(relation.select(relation.column_names).limit(0))
        return replace(relation, note=generic.STREAMED_NOTE)
    return replace(relation, rows=row_count(connection, relation))


def sample(connection: sa.Connection, relation: Relation, rows: int, seed: int) -> Rows:
    if relation.rows is not None and relation.rows.value <= min(rows, FETCH_ROWS):
        every = fetch(connection, relation.select(relation.column_names).limit(rows))
        return [row for chunk in every for row in chunk]
    row_id = None if relation.is_view else _row_id(connection, relation)
    if row_id is None:
        every = fetch(connection, relation.select(relation.column_names))
        return generic.by_reservoir(every, rows, seed)
    wanted = _ids(connection, relation, row_id, rows, np.random.default_rng(seed))
    found: list[Sequence[Any]] = []
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        statement = relation.select(relation.column_names).where(row_id.in_(some)).order_by(row_id)
        for chunk in fetch(connection, statement):
            found.extend(chunk)
    return found


def _row_id(connection: sa.Connection, relation: Relation) -> sa.ColumnClause[int] | None:
    """Return the name under which the row id can be read; some tables have none."""
    taken = {name.lower() for name in relation.column_names}
    for name in _ROW_IDS:
        if name not in taken:
            # Unquoted: SQLite takes a quoted name that it does not know for a string.
            row_id: sa.ColumnClause[int] = sa.literal_column(name, sa.Integer)
            try:
                connection.execute(sa.select(row_id).select_from(relation.table()).limit(1))
            except SQLAlchemyError:
                return None
            return row_id
    return None


def _ids(
    connection: sa.Connection,
    relation: Relation,
    row_id: sa.ColumnClause[int],
    rows: int,
    rng: np.random.Generator,
) -> list[int]:
    ids = sa.select(row_id).select_from(relation.table()).order_by(row_id)
    if relation.rows is not None and relation.rows.value <= _ALL_IDS:
        every = connection.execute(ids).scalars().all()
        return [every[position] for position in chosen(len(every), rows, rng).tolist()]
    bounds = sa.select(sa.func.min(row_id), sa.func.max(row_id)).select_from(relation.table())
    low, high = connection.execute(bounds).one()
    next_id = ids.where(row_id >= sa.bindparam("place")).limit(1)
    places = sorted(low + int(share * (high - low + 1)) for share in rng.random(rows).tolist())
    found = (connection.execute(next_id, {"place": place}).scalar() for place in places)
    return sorted({value for value in found if value is not None})


def stream(
    connection: sa.Connection, relation: Relation, names: Sequence[str], where: Clause | None
) -> Iterator[Batch]:
    return batches_of(fetch(connection, relation.select(names, where)), names)


def fetch(connection: sa.Connection, statement: sa.Select[Any]) -> Iterator[Rows]:
    """Yield rows of the driver's own cursor; text that is not UTF-8 is decoded as well as it can be."""
    read = 0
    try:
        for rows in _fetch(connection, statement):
            yield rows
            read += len(rows)
    except sqlite3.OperationalError as error:
        if not str(error).startswith(_UNDECODABLE):
            raise
    else:
        return
    driver: Any = connection.connection.driver_connection
    driver.text_factory = decoded
    yield from _fetch(connection, statement.limit(-1).offset(read))


def _fetch(connection: sa.Connection, statement: sa.Select[Any]) -> Iterator[Rows]:
    cursor = connection.connection.cursor()
    try:
        cursor.execute(compiled(connection, statement))
        while rows := cursor.fetchmany(FETCH_ROWS):
            yield rows
    finally:
        cursor.close()
