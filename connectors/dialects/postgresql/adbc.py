"""PostgreSQL straight into Arrow, through ADBC: several times as fast as rows of Python objects.

Used where the extra ``adbc`` is installed and the Arrow form of every column means what its rows mean.
Whatever is in the way before the first batch, the caller reads rows instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any
from urllib.parse import quote, urlencode

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError

from connectors._arrays import batch_of
from connectors._databases.grouping import COUNTED, grouped
from connectors._databases.relations import LENT, Clause, NotByArrow, Relation
from connectors._model import Batch
from connectors.dialects.postgresql.moments import MOMENTS, bare_type, in_calendar

_BATCH_BYTES = 4 * 2**20  # memory stays small, and speed is the same
_PLAIN = frozenset(
    {"text", "character varying", "character", "smallint", "integer", "bigint", "boolean", "real"}
    | {"double precision", "bytea", "double precision[]", "real[]"}
)
_AS_TEXT = frozenset({"numeric", "uuid", "json", "jsonb"})
# One that doubles no percent sign.
_DIALECT: Any = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]


def arrow_batches(  # noqa: PLR0913 -- what is read, and how
    connection: sa.Connection,
    relation: Relation,
    names: Sequence[str],
    where: Clause | None,
    settings: Mapping[str, str],
    *,
    counted: bool = False,
) -> Iterator[Batch]:
    """Yield the columns of a relation; ``settings`` are those of the session.

    With ``counted``, equal rows come once, and their number in one more column.

    Raises:
        NotByArrow: Before the first batch.
        DBAPIError: After it.
    """
    if connection.get_execution_options().get(LENT):
        # Another session would not see what the program did in its own.
        raise NotByArrow
    statement = _statement(relation, names, where)
    if counted:
        statement = grouped(statement, len(names))
        names = [*names, COUNTED]
    text = str(statement.compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True}))
    _require_driver()
    # One connection is enough: this one opens again when it is used again.
    connection.rollback()
    connection.invalidate()
    for batch in _received(_uri(connection.engine.url, settings), text):
        yield batch_of(names, batch.columns, batch.num_rows)


def _require_driver() -> None:
    try:
        import adbc_driver_postgresql  # noqa: F401, PLC0415 -- an extra
    except ImportError:
        raise NotByArrow from None


def _received(uri: str, text: str) -> Iterator[Batch]:
    from adbc_driver_manager import Error  # noqa: PLC0415 -- an extra

    started = False
    try:
        for batch in _sent(uri, text):
            started = True
            yield batch
    except (Error, ImportError, pa.ArrowException, OSError) as error:
        if not started:
            raise NotByArrow from None
        raise DBAPIError("", None, error) from None


def _sent(uri: str, text: str) -> Iterator[Batch]:
    """Yield what a statement returns; the driver's DBAPI would import pandas and Polars, which takes long."""
    import adbc_driver_postgresql as driver  # noqa: PLC0415 -- an extra
    from adbc_driver_manager import AdbcConnection, AdbcStatement  # noqa: PLC0415

    # Private, but no other reader passes on what the server says of an error amid the rows.
    # In a version of the driver without it, rows are read instead.
    from adbc_driver_manager._reader import AdbcRecordBatchReader  # noqa: PLC0415

    with (
        driver.connect(uri) as database,
        AdbcConnection(database) as session,
        AdbcStatement(session) as statement,
    ):
        session.set_autocommit(False)
        statement.set_options(**{driver.StatementOptions.BATCH_SIZE_HINT_BYTES.value: str(_BATCH_BYTES)})
        statement.set_sql_query(text)
        stream, _ = statement.execute_query()
        with closing(AdbcRecordBatchReader._import_from_c(stream.address)) as reader:  # noqa: SLF001
            yield from reader


def _statement(relation: Relation, names: Sequence[str], where: Clause | None) -> sa.Select[Any]:
    declared = {column.name: bare_type(column) for column in relation.columns}
    table = relation.table()
    chosen = [
        relation.prefix(_expression(table.c[relation.quoted(name)], declared[name]), name) for name in names
    ]
    if not chosen:
        raise NotByArrow
    statement = relation.own_rows(sa.select(*chosen).select_from(table), table)
    return statement if where is None else statement.where(where)


def _expression(column: sa.ColumnElement[Any], kind: str) -> sa.ColumnElement[Any]:
    if kind in _PLAIN:
        return column
    if kind in _AS_TEXT:
        return sa.cast(column, sa.Text)
    if kind in MOMENTS:
        return in_calendar(column)
    raise NotByArrow


def _uri(url: sa.URL, settings: Mapping[str, str]) -> str:
    """Return the URL as libpq reads it, which knows no plus sign for a space."""
    given = url.query.get("options", "")
    own = (f"-c {name}={value}" for name, value in settings.items())
    options = " ".join([*([given] if isinstance(given, str) else given), *own])
    query = {**url.query, "client_encoding": "UTF8", "options": options}
    bare = url.set(drivername="postgresql", query={}).render_as_string(hide_password=False)
    return f"{bare}?{urlencode(query, quote_via=quote)}"
