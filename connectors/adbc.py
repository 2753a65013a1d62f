"""PostgreSQL straight into Arrow, through ADBC: several times as fast as rows of Python objects.

Used where the extra ``adbc`` is installed and the Arrow form of every column means what its rows mean.
Whatever is in the way before the first batch, the caller reads rows instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any
from urllib.parse import quote, urlencode

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError

from connectors._arrays import batch_of
from connectors._grouping import COUNTED, grouped
from connectors._model import Batch
from connectors._sql import LENT, Clause, NotByArrow, Relation

_BATCH_BYTES = 4 * 2**20  # memory stays small, and speed is the same
_PLAIN = frozenset(
    {"text", "character varying", "character", "smallint", "integer", "bigint", "boolean", "real"}
    | {"double precision", "bytea", "double precision[]", "real[]"}
)
_AS_TEXT = frozenset({"numeric", "uuid", "json", "jsonb"})
MOMENTS = frozenset({"date", "timestamp without time zone", "timestamp with time zone"})
_FIRST: sa.ColumnElement[Any] = sa.literal_column("date '0001-01-02'")
_LAST: sa.ColumnElement[Any] = sa.literal_column("date '9999-12-30'")
# One that doubles no percent sign.
_DIALECT: Any = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]
LENGTH = re.compile(r"\(\d+(?:,\d+)?\)")


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
    try:
        import adbc_driver_manager as adbc  # noqa: PLC0415 -- an extra
        import adbc_driver_postgresql  # noqa: F401, PLC0415
    except ImportError:
        raise NotByArrow from None
    started = False
    # One connection is enough: this one opens again when it is used again.
    connection.rollback()
    connection.invalidate()
    try:
        for batch in _batches(_uri(connection.engine.url, settings), text):
            started = True
            yield batch_of(names, batch.columns, batch.num_rows)
    except (adbc.Error, ImportError, pa.ArrowException, OSError) as error:
        if not started:
            raise NotByArrow from None
        raise DBAPIError("", None, error) from None


def _batches(uri: str, text: str) -> Iterator[Batch]:
    """Yield what a statement returns; the driver's DBAPI would import pandas and Polars, which takes long."""
    import adbc_driver_postgresql as driver  # noqa: PLC0415 -- an extra
    from adbc_driver_manager import AdbcConnection, AdbcStatement, _reader  # noqa: PLC0415

    with (
        driver.connect(uri) as database,
        AdbcConnection(database) as session,
        AdbcStatement(session) as statement,
    ):
        session.set_autocommit(False)
        statement.set_options(**{driver.StatementOptions.BATCH_SIZE_HINT_BYTES.value: str(_BATCH_BYTES)})
        statement.set_sql_query(text)
        stream, _ = statement.execute_query()
        # This one passes on what the server says of an error amid the rows.
        with closing(_reader.AdbcRecordBatchReader._import_from_c(stream.address)) as reader:  # noqa: SLF001
            yield from reader


def _statement(relation: Relation, names: Sequence[str], where: Clause | None) -> sa.Select[Any]:
    declared = {column.name: LENGTH.sub("", column.type) for column in relation.columns}
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


def in_calendar(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return a date or time with infinity, the years before Christ and those of five digits drawn in.

    No calendar of Python or of Arrow's readers has them; what is before or after what stays as it is.
    """
    return sa.case((column < _FIRST, _FIRST), (column > _LAST, _LAST), else_=column)


def _uri(url: sa.URL, settings: Mapping[str, str]) -> str:
    """Return the URL as libpq reads it, which knows no plus sign for a space."""
    given = url.query.get("options", "")
    own = (f"-c {name}={value}" for name, value in settings.items())
    options = " ".join([*([given] if isinstance(given, str) else given), *own])
    query = {**url.query, "client_encoding": "UTF8", "options": options}
    bare = url.set(drivername="postgresql", query={}).render_as_string(hide_password=False)
    return f"{bare}?{urlencode(query, quote_via=quote)}"
