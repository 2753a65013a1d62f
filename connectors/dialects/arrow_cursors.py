"""Arrow from drivers whose cursors hand it over: Snowflake's and BigQuery's.

Sources: the documentation of ``SnowflakeCursor.fetch_arrow_batches`` and of BigQuery's
``RowIterator.to_arrow_iterable``. Tests drive cursors that follow those; not run against a server.
Whatever is in the way before the first batch, the caller reads rows instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from connectors._arrays import batch_of, cast
from connectors._databases.relations import APPLICATION_NAME, Clause, NotByArrow, Relation, compiled
from connectors._model import Batch

_BATCH_ROWS = 65_536
_NONE = re.compile(r"(?!)")
_MOMENT = 'YYYY-MM-DD"T"HH24:MI:SS.FF6'


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowCursor:
    """How one driver hands over Arrow.

    Attributes:
        tables: Yields what an executed cursor returns.
        plain: Declared types whose Arrow form means what their rows mean.
        as_text: Those that are asked for as text.
        moments: Those that are asked for as text and become times here.
    """

    tables: Callable[[Any], Iterator[pa.Table | Batch]]
    plain: re.Pattern[str]
    as_text: re.Pattern[str]
    moments: re.Pattern[str] = _NONE

    def statement(self, relation: Relation, names: Sequence[str], where: Clause | None) -> sa.Select[Any]:
        """Return what is asked.

        Raises:
            NotByArrow: Some column has to be read by rows.
        """
        kinds = {column.name: column.type.upper() for column in relation.columns}
        table = relation.table()
        chosen = [self._expression(table.c[relation.quoted(name)], kinds[name]) for name in names]
        statement = sa.select(*chosen).select_from(table)
        return statement if where is None else statement.where(where)

    def _expression(self, column: sa.ColumnClause[Any], kind: str) -> sa.ColumnElement[Any]:
        if self.plain.fullmatch(kind):
            return column
        if self.moments.fullmatch(kind):
            return sa.func.to_varchar(column, _MOMENT).label(column.name)
        if self.as_text.fullmatch(kind):
            return sa.cast(column, sa.String).label(column.name)
        raise NotByArrow

    def kinds(self, relation: Relation, names: Sequence[str]) -> list[pa.DataType | None]:
        """Return the types that columns get here; None: those they come in."""
        declared = {column.name: column.type.upper() for column in relation.columns}
        return [pa.timestamp("us") if self.moments.fullmatch(declared[name]) else None for name in names]


def arrow_batches(
    connection: sa.Connection, relation: Relation, names: Sequence[str], where: Clause | None
) -> Iterator[Batch]:
    """Yield the columns of a relation.

    Raises:
        NotByArrow: Before the first batch.
        DBAPIError: After it.
    """
    driver = ARROW_CURSORS.get(connection.dialect.name)
    if driver is None or not names:
        raise NotByArrow
    kinds = driver.kinds(relation, names)
    text = _text(connection, driver.statement(relation, names, where))
    started = False
    try:
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(text)
            for batch in _small(driver.tables(cursor)):
                arrays = [_plain(array, kind) for array, kind in zip(batch.columns, kinds, strict=True)]
                started = True
                yield batch_of(names, arrays, batch.num_rows)
    except Exception as error:  # noqa: BLE001 -- the drivers raise what those below them raise
        if not started:
            raise NotByArrow from None
        raise DBAPIError("", None, error) from None


def _text(connection: sa.Connection, statement: sa.Select[Any]) -> str:
    try:
        text = compiled(connection, statement)
    except (SQLAlchemyError, NotImplementedError):
        raise NotByArrow from None
    if "%" in text:
        raise NotByArrow  # which drivers read as a place for a parameter, doubled or not
    return f"/* {APPLICATION_NAME} */ {text}"


def _small(tables: Iterator[pa.Table | Batch]) -> Iterator[Batch]:
    for table in tables:
        if table.num_rows:  # an empty result may come without its columns
            whole = pa.Table.from_batches([table]) if isinstance(table, pa.RecordBatch) else table
            yield from whole.to_batches(max_chunksize=_BATCH_ROWS)


def _plain(array: pa.Array[Any], kind: pa.DataType | None) -> pa.Array[Any]:
    """Return the array in one type for all batches: drivers narrow whole numbers to what a batch needs."""
    if kind is not None:
        return array.cast(kind)
    if pa.types.is_integer(array.type):
        return array.cast(pa.int64())
    text = pa.types.is_large_string(array.type) or pa.types.is_string_view(array.type)
    return cast(array, pa.string()) if text else array


def _of_snowflake(cursor: Any) -> Iterator[pa.Table]:
    yield from cursor.fetch_arrow_batches()


def _of_bigquery(cursor: Any) -> Iterator[Batch]:
    job = cursor.query_job
    if job is None:
        raise NotByArrow  # a small answer that no job stands behind
    storage = getattr(cursor.connection, "_bqstorage_client", None)  # none: over REST, slower
    yield from job.result().to_arrow_iterable(bqstorage_client=storage, max_stream_count=1)


ARROW_CURSORS: Mapping[str, ArrowCursor] = {
    "bigquery": ArrowCursor(
        tables=_of_bigquery,
        plain=re.compile(
            r"(?:STRING|INTEGER|INT64|FLOAT|FLOAT64|BOOLEAN|BOOL|BYTES|DATE|DATETIME|TIMESTAMP)(?:\(\d+\))?"
        ),
        as_text=re.compile(r"(?:BIG)?NUMERIC(?:\(.*\))?"),
    ),
    "snowflake": ArrowCursor(
        tables=_of_snowflake,
        plain=re.compile(
            r"(?:VARCHAR|CHAR|STRING|TEXT|FLOAT|DOUBLE|REAL|BOOLEAN|BINARY|VARBINARY|DATE)(?:\(\d+\))?"
            r"|(?:NUMBER|DECIMAL|NUMERIC)\((?:\d|1[0-8]), ?0\)"
        ),
        # Others may come as floats, or be larger than whole numbers of 64 bits.
        as_text=re.compile(r"(?:NUMBER|DECIMAL|NUMERIC|INTEGER|BIGINT)(?:\(.*\))?"),
        moments=re.compile(r"(?:TIMESTAMP_NTZ|DATETIME)(?:\(\d\))?"),
    ),
}
