"""ClickHouse: described by its system tables, sampled by granules, streamed as Arrow.

A granule is what the engine reads at least: 8,192 rows of a part, unless a table says otherwise. Which ones
belong to a sample is decided by a hash of their place, before any column is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from connectors._arrays import batch_of, cast, one_batch
from connectors._databases.grouping import COUNTED, LEAST_ROWS, Grouping, spread, worthwhile
from connectors._databases.relations import APPLICATION_NAME, FETCH_ROWS, TIMEOUT_MS, Clause, Relation, Rows
from connectors._model import Batch, Column, RowCount, Unread
from connectors.dialects import generic

_GRANULE = 8_192  # rows
_SPREAD = 8  # rows read per row wanted
_LEAST_READ = 200_000  # rows: some granules, all over the table
_SYSTEM = frozenset({"system", "information_schema", "INFORMATION_SCHEMA", "_temporary_and_external_tables"})
_SETTINGS = {
    "readonly": 2,  # reads, and settings such as the next ones
    "max_execution_time": TIMEOUT_MS // 1000,
    "max_block_size": FETCH_ROWS,
    "cancel_http_readonly_queries_on_client_close": 1,  # what is left early ends, also before its first row
}
_SEEN_BY_NAME = re.compile(r"^(?:Materialized|Live|Window)?View$")

_TABLES = """
SELECT name, engine, total_rows, comment FROM system.tables
WHERE database = {schema} AND NOT is_temporary AND name NOT LIKE '.inner%' ORDER BY name
"""
_COLUMNS = """
SELECT table, name, type, comment FROM system.columns WHERE database = {schema} ORDER BY table, position
"""
# What arrives in Arrow as what it is; the rest is asked for as text.
_PLAIN = re.compile(
    r"^(?:U?Int(?:8|16|32|64)|Float(?:32|64)|Bool|Date32|DateTime64\(.*\)|Decimal(?:32|64|128)?\(.*\)"
    r"|Array\((?:Float(?:32|64)|U?Int(?:8|16|32|64))\))$"
)
_TEXT = re.compile(r"^(?:String|FixedString\(\d+\))$")
# Arrow has these as plain numbers.
_MOMENTS = {"Date": "toDate32({})", "DateTime": "toDateTime64({}, 0)"}
_WRAPPED = re.compile(r"^(?:Nullable|LowCardinality)\((.*)\)$")


def open_engine(url: sa.URL) -> sa.Engine:
    return sa.create_engine(url, connect_args={**_SETTINGS, "client_name": APPLICATION_NAME})


def schemas(connection: sa.Connection) -> Sequence[str | None]:
    """Return the URL's own database, else all that are visible."""
    named = connection.engine.url.database
    if named:
        return [named]
    found = _client(connection).query("SELECT name FROM system.databases ORDER BY name").result_rows
    return [name for (name,) in found if name not in _SYSTEM]


def relation_names(connection: sa.Connection, schema: str | None) -> Sequence[str]:
    return [name for name, *_ in _asked(connection, _TABLES, schema)]


def relations(
    connection: sa.Connection, schema: str | None, names: Sequence[str]
) -> Iterator[Relation | Unread]:
    wanted = set(names)
    columns: dict[str, list[Column]] = {}
    for table, name, kind, comment in _asked(connection, _COLUMNS, schema):
        columns.setdefault(table, []).append(Column(name, kind, comment or ""))
    for name, engine, rows, comment in _asked(connection, _TABLES, schema):
        if name not in wanted:
            continue
        if name not in columns:
            yield Unread(table=name, reason="permission denied")
            continue
        in_parts = engine.endswith("MergeTree")
        yield Relation(
            schema=schema,
            name=name,
            columns=tuple(columns[name]),
            comment=comment or "",
            rows=None if rows is None else RowCount(int(rows), exact=in_parts),
            is_view=_SEEN_BY_NAME.match(engine) is not None,
            key="_part_offset" if in_parts else "",
            exact_names=True,
            note="" if in_parts else generic.STREAMED_NOTE,
        )


def sample(connection: sa.Connection, relation: Relation, rows: int, seed: int) -> Rows:
    """Draw rows from granules all over the table; without parts, from the first rows."""
    if not relation.key:
        chunks = _rows(stream(connection, relation, relation.column_names, None))
        return generic.by_reservoir(chunks, rows, seed)
    listed = _listed(relation, relation.column_names)
    place = "_part, _part_offset"
    text = (
        f"SELECT {listed} FROM {_named(relation)}{_chosen(relation, rows, seed)} "  # noqa: S608 -- quoted
        f"ORDER BY cityHash64({place}, {seed:d}), {place} LIMIT {rows:d}"
    )
    found = list(_batches(connection, text, relation.column_names))
    return _cells(one_batch(found)) if found else []


def _chosen(relation: Relation, rows: int, seed: int) -> str:
    total = relation.rows.value if relation.rows else 0
    read = max(rows * _SPREAD, _LEAST_READ)
    if total <= read:
        return ""
    granule = f"cityHash64(_part, intDiv(_part_offset, {_GRANULE}), {seed:d})"
    return f" WHERE {granule} % {2**32} < {2**32 * read // total}"


def grouping(connection: sa.Connection, relation: Relation, names: Sequence[str]) -> Grouping | None:
    """Return what grouping saves; None where it saves little: some granules are asked."""
    expressions = _exact(relation, names)
    if not names or len(expressions) < len(names):
        return None
    (number,) = _different(connection, relation, [f"tuple({', '.join(expressions.values())})"])
    return worthwhile(number, relation)


def grouped_alone(connection: sa.Connection, relation: Relation) -> list[str]:
    """Return the columns of which each, if it is read alone, is grouped."""
    expressions = _exact(relation, relation.column_names)
    different = _different(connection, relation, list(expressions.values())) if expressions else []
    pairs = zip(expressions, different, strict=True)
    return [name for name, number in pairs if worthwhile(number, relation)]


def _exact(relation: Relation, names: Sequence[str]) -> dict[str, str]:
    """Return what reads columns of which equal values are the same: no floats, whose 0 has two signs."""
    kinds = {column.name: column.type for column in relation.columns}
    rows = relation.rows.value if relation.rows else 0
    if not relation.key or rows < LEAST_ROWS:
        return {}
    return {name: _expression(name, kinds[name]) for name in names if "Float" not in kinds[name]}


def _different(connection: sa.Connection, relation: Relation, expressions: Sequence[str]) -> list[float]:
    """Return for each expression how many values of it the table has at most.

    All granules together have at most as many different values as the sum of each one's.
    """
    listed = ", ".join(f"uniqCombined64({expression})" for expression in expressions)
    text = f"SELECT {listed}, count() FROM {_named(relation)}{_chosen(relation, 0, 0)}"  # noqa: S608 -- quoted
    *found, read = _client(connection).query(f"/* {APPLICATION_NAME} */ {text}").result_rows[0]
    total = relation.rows.value if relation.rows else 0
    return [number * total / read if read else 0.0 for number in found]


def _grouped(
    connection: sa.Connection, relation: Relation, names: Sequence[str], expressions: Sequence[str]
) -> Iterator[Batch]:
    listed = ", ".join(expressions)
    text = f"SELECT {listed}, count() FROM {_named(relation)} GROUP BY {listed}"  # noqa: S608 -- quoted
    return spread(_batches(connection, text, [*names, COUNTED]), names)


def stream(
    connection: sa.Connection, relation: Relation, names: Sequence[str], where: Clause | None
) -> Iterator[Batch]:
    if where is None and grouping(connection, relation, names):
        return _grouped(connection, relation, names, list(_exact(relation, names).values()))
    tail = ""
    if where is not None:
        tail = f" WHERE {where.compile(dialect=connection.dialect, compile_kwargs={'literal_binds': True})}"
    text = f"SELECT {_listed(relation, names)} FROM {_named(relation)}{tail}"  # noqa: S608 -- quoted
    return _batches(connection, text, names)


def _batches(connection: sa.Connection, text: str, names: Sequence[str]) -> Iterator[Batch]:
    settings = {"max_block_size": FETCH_ROWS}
    signed = f"/* {APPLICATION_NAME} */ {text}"
    try:
        with _client(connection).query_arrow_stream(signed, settings=settings, use_strings=True) as found:
            for part in found:
                arrays = [cast(array, _plain(array.type)) for array in part.columns] if names else []
                yield batch_of(names, arrays, part.num_rows)
    except pa.ArrowException as error:
        raise DBAPIError("", None, error) from None


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _rows(batches: Iterator[Batch]) -> Iterator[Rows]:
    return (_cells(batch) for batch in batches)


def _cells(batch: Batch) -> Rows:
    return list(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def _listed(relation: Relation, names: Sequence[str]) -> str:
    kinds = {column.name: column.type for column in relation.columns}
    return ", ".join(_expression(name, kinds[name]) for name in names) or "1"


def _expression(name: str, kind: str) -> str:
    quoted = _quoted(name)
    while wrapped := _WRAPPED.match(kind):
        kind = wrapped.group(1)
    if _PLAIN.match(kind):
        return quoted
    if moment := _MOMENTS.get(kind.partition("(")[0]):
        return moment.format(quoted)
    # Text may be any bytes, and Arrow's may not.
    return f"toValidUTF8(toString({quoted}))" if _TEXT.match(kind) else f"toString({quoted})"


def _named(relation: Relation) -> str:
    return ".".join(_quoted(name) for name in (relation.schema, relation.name) if name)


def _quoted(name: str) -> str:
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


def _asked(connection: sa.Connection, query: str, schema: str | None) -> Sequence[Sequence[Any]]:
    text = "'" + (schema or "").replace("\\", "\\\\").replace("'", "\\'") + "'"
    found: Sequence[Sequence[Any]] = _client(connection).query(query.format(schema=text)).result_rows
    return found


def _client(connection: sa.Connection) -> Any:
    """Return the driver's own client: its cursors would hold the whole result."""
    driver: Any = connection.connection.driver_connection
    return driver.client
