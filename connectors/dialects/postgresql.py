"""PostgreSQL and what speaks like it: described by its catalogue, sampled by TABLESAMPLE."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from connectors._arrays import decoded
from connectors._grouping import COUNTED, grouped, grouping_of, spread
from connectors._model import Batch, Column, RowCount, Unread
from connectors._sql import (
    APPLICATION_NAME,
    CONNECT_TIMEOUT_S,
    FETCH_ROWS,
    GONE,
    LOCK_TIMEOUT_MS,
    TIMEOUT_MS,
    Clause,
    NotByArrow,
    Relation,
    Rows,
    batches_of,
    compiled,
    failure,
    is_transient,
    row_count,
    unread,
)
from connectors.adbc import LENGTH, MOMENTS, arrow_batches, in_calendar
from connectors.dialects import generic

SMALL = 100_000  # rows; up to here all are put into a random order
FEW_ROWS = (
    50_000  # up to here, to open a session of ADBC takes longer than it saves: it reads all types there are
)
_SMALL_BYTES = 64 * 2**20  # pages up to here are counted
_SPREAD = 8  # rows read per row wanted: SYSTEM takes whole pages, and few pages are no sample
_LEAST_READ = 20_000  # rows
_PAGE = 8_192  # bytes
_STORED = frozenset({"r", "p", "m"})  # tables, partitioned tables, materialised views
_ALIAS = "pandian_rows"
_WITH_ROW_SECURITY = (9, 5)
_VIEW_NOTE = f"A view: the sample comes from its first {generic.MOST_STREAMED:,} rows."
_COPY_TIMEOUT_MS = 6 * 3_600_000  # a table that is streamed by ADBC is one statement
_OWN_CURSOR = frozenset({"psycopg", "psycopg2"})  # drivers whose cursors stay on the server if named

# Settings that a server does not have (some only speak like PostgreSQL) are passed over.
# A scan that starts in the middle because another one does would give another sample.
_SETTINGS = {
    "default_transaction_read_only": "on",
    "statement_timeout": str(TIMEOUT_MS),
    "lock_timeout": str(LOCK_TIMEOUT_MS),
    "application_name": APPLICATION_NAME,
    "synchronize_seqscans": "off",
}
_SET = "SELECT set_config(name, %s, false) FROM pg_settings WHERE name = %s"

_SCHEMAS = """
SELECT nspname FROM pg_catalog.pg_namespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY nspname
"""

# Partitions are read through their parent.
_NAMES = """
SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = :schema AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
"""

_RELATIONS = """
SELECT c.oid, c.relname, c.relkind, obj_description(c.oid, 'pg_class'),
    has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT'),
    c.relkind = 'r' AND EXISTS (SELECT 1 FROM pg_catalog.pg_inherits i WHERE i.inhparent = c.oid),
    {row_security}
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = :schema AND c.relname = ANY (:names) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
ORDER BY c.relname
"""

_COLUMNS = """
SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), col_description(a.attrelid, a.attnum),
    has_column_privilege(a.attrelid, a.attnum, 'SELECT')
FROM pg_catalog.pg_attribute a
WHERE a.attrelid = ANY (:oids) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum
"""

_SIZE = """
SELECT reltuples, relpages, pg_relation_size(oid) FROM pg_catalog.pg_class WHERE oid = :oid
"""

# A partitioned table has no pages of its own.
_SIZE_OF_PARTITIONS = """
SELECT sum(greatest(c.reltuples, 0)), sum(c.relpages), sum(pg_relation_size(c.oid))
FROM pg_partition_tree(:oid) AS leaf JOIN pg_catalog.pg_class c ON c.oid = leaf.relid
WHERE leaf.isleaf
"""

_PARTITIONS = (
    sa.text("""
SELECT c.oid, n.nspname || '.' || c.relname AS name
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
""")
    .columns(sa.column("oid"), sa.column("name", sa.Text))
    .subquery("pandian_partitions")
)


def open_engine(url: sa.URL) -> sa.Engine:
    options: dict[str, Any] = {}
    if url.get_driver_name() in _OWN_CURSOR:
        # Else a database that checks no encoding would give bytes, even for its own names.
        options = {"connect_timeout": CONNECT_TIMEOUT_S, "client_encoding": "utf8"}
        options = {name: value for name, value in options.items() if name not in url.query}
    engine = sa.create_engine(url, connect_args=options, pool_pre_ping=True)
    sa.event.listen(engine, "connect", _guard)
    return engine


def _guard(connection: Any, _record: object) -> None:
    """Make the session read-only and impatient. Against mistakes: a role is the real guard."""
    cursor = connection.cursor()
    for name, value in _SETTINGS.items():
        cursor.execute(_SET, (value, name))
    cursor.close()
    connection.commit()


def schemas(connection: sa.Connection) -> Sequence[str | None]:
    return list(connection.execute(sa.text(_SCHEMAS)).scalars())


def relation_names(connection: sa.Connection, schema: str | None) -> Sequence[str]:
    return sorted(connection.execute(sa.text(_NAMES), {"schema": schema}).scalars())


def relations(
    connection: sa.Connection, schema: str | None, names: Sequence[str]
) -> Iterator[Relation | Unread]:
    statement = sa.text(_RELATIONS.format(row_security=_row_security(connection)))
    found = connection.execute(statement, {"schema": schema, "names": list(names)}).all()
    yield from (Unread(name, GONE) for name in sorted(set(names) - {row[1] for row in found}))
    held = _columns(connection, [oid for oid, *_ in found])
    for oid, name, kind, comment, readable, has_children, hides_rows in found:
        columns = held.get(oid, _Columns())
        if not readable:
            yield Unread(name, "permission denied")
            continue
        is_stored = kind in _STORED
        relation = Relation(
            schema=schema,
            name=name,
            columns=tuple(columns.readable),
            comment=comment or "",
            is_view=not is_stored,
            exact_names=True,
            only=has_children,
            in_partitions=kind == "p",
            in_part=bool(columns.refused),
            blobs=frozenset(column.name for column in columns.readable if column.type == "bytea"),
            note="" if is_stored else _VIEW_NOTE,
        )
        yield _counted(connection, relation, oid, kind) if is_stored else relation
        yield from (Unread(name, "permission denied", column=column) for column in columns.refused)
        if hides_rows:
            yield Unread(name, "row security shows this role some rows only, and those were read")


@dataclass(slots=True)
class _Columns:
    """The columns of one table."""

    readable: list[Column] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def _columns(connection: sa.Connection, oids: Sequence[int]) -> dict[int, _Columns]:
    found: dict[int, _Columns] = {}
    for oid, name, declared, comment, readable in connection.execute(sa.text(_COLUMNS), {"oids": oids}):
        of_table = found.setdefault(oid, _Columns())
        if readable:
            of_table.readable.append(Column(name, declared, comment or ""))
        else:
            of_table.refused.append(name)
    return found


def _row_security(connection: sa.Connection) -> str:
    version = connection.dialect.server_version_info or ()
    return "row_security_active(c.oid)" if version >= _WITH_ROW_SECURITY else "false"


def _counted(connection: sa.Connection, relation: Relation, oid: int, kind: str) -> Relation | Unread:
    try:
        with connection.begin_nested():
            return replace(relation, rows=_rows(connection, relation, oid, kind))
    except sa.exc.DBAPIError as error:
        if error.connection_invalidated:
            raise
        # Somebody may hold a lock just now: whoever reads the table waits for it.
        return relation if is_transient(failure(error)) else unread(relation.name, error)


def _rows(connection: sa.Connection, relation: Relation, oid: int, kind: str) -> RowCount:
    """Count a small table; of a large one, take the density when it was analysed, and its size."""
    statement = _SIZE_OF_PARTITIONS if kind == "p" else _SIZE
    tuples, pages, size = connection.execute(sa.text(statement), {"oid": oid}).one()
    if not size or size <= _SMALL_BYTES:
        return row_count(connection, relation)
    if pages and tuples > 0:
        return RowCount(int(tuples / pages * size / _PAGE), exact=False)
    sampled = _sampled(relation, sa.func.system(1), 0)
    counted = relation.own_rows(sa.select(sa.func.count()).select_from(sampled), sampled)
    found = connection.execute(counted).scalar_one()
    return RowCount(100 * int(found), exact=False)


def sample(connection: sa.Connection, relation: Relation, rows: int, seed: int) -> Rows:
    """Draw rows: from all of a small table, from pages all over a large one.

    Pages may hold fewer rows than the catalogue says; then rows are drawn one by one.
    """
    if not relation.columns:
        return []
    if relation.is_view:
        return _shuffled_view(connection, relation, rows, seed)
    total = relation.rows.value if relation.rows else 0
    if total <= SMALL:
        return _shuffled(connection, relation, relation.table().alias(_ALIAS), rows, seed)
    share = percent(rows, total)
    for method in (sa.func.system(share), sa.func.bernoulli(share)):
        found = _shuffled(connection, relation, _sampled(relation, method, seed), rows, seed)
        if len(found) >= min(rows, total // 2):
            break
    return found


def percent(rows: int, total: int) -> float:
    """Return which share of a large table is drawn from, so that enough pages take part."""
    return min(100.0, 100.0 * max(rows * _SPREAD, _LEAST_READ) / total)


def _sampled(relation: Relation, method: sa.Function[Any], seed: int) -> sa.TableSample:
    # The seed must not be a plain number: SQLAlchemy 2.1 refuses one.
    return sa.tablesample(relation.table(), method, name=_ALIAS, seed=sa.literal(seed))


def _shuffled(
    connection: sa.Connection, relation: Relation, source: sa.FromClause, rows: int, seed: int
) -> Rows:
    if relation.in_part:
        names = [source.c[relation.quoted(name)] for name in relation.column_names]
        readable = relation.own_rows(sa.select(*names), source).subquery(_ALIAS)
        statement = _hash_ordered(relation, readable, _alias_text("*"), seed)
    else:
        statement = relation.own_rows(_placed(relation, source, seed), source)
    return _all(connection, statement.limit(rows), rows)


def _placed(relation: Relation, source: sa.FromClause, seed: int) -> sa.Select[Any]:
    """Order rows by where they lie, which is the same after the table is made or restored again.

    The OID of a partition would not be. Its name comes from the catalogue, since as a ``regclass`` it has
    its schema or has it not, as the session's search path says.
    """
    place = _alias_text("ctid")
    if not relation.in_partitions:
        return _hash_ordered(relation, source, place, seed)
    named = source.join(_PARTITIONS, _PARTITIONS.c.oid == sa.literal_column(f"{_ALIAS}.tableoid"))
    return _hash_ordered(relation, source, _PARTITIONS.c.name + place, seed).select_from(named)


def _shuffled_view(connection: sa.Connection, relation: Relation, rows: int, seed: int) -> Rows:
    bounded = relation.select(relation.column_names).limit(generic.MOST_STREAMED).subquery(_ALIAS)
    statement = _hash_ordered(relation, bounded, _alias_text("*"), seed).limit(rows)
    return _all(connection, statement, rows)


def _alias_text(column: str) -> sa.Cast[str]:
    return sa.cast(sa.literal_column(f"{_ALIAS}.{column}"), sa.Text)


def _hash_ordered(
    relation: Relation, source: sa.FromClause, place: sa.ColumnElement[str], seed: int
) -> sa.Select[Any]:
    names = [relation.prefix(source.c[relation.quoted(name)], name) for name in relation.column_names]
    return sa.select(*names).order_by(sa.func.hashtextextended(place, seed), place)


def _all(connection: sa.Connection, statement: sa.Select[Any], rows: int) -> Rows:
    return [row for chunk in fetch(connection, statement) for row in chunk][:rows]


def stream(
    connection: sa.Connection, relation: Relation, names: Sequence[str], where: Clause | None
) -> Iterator[Batch]:
    if where is None and grouping_of(connection, relation, names):
        return spread(_streamed(connection, relation, names, where, counted=True), names)
    return _streamed(connection, relation, names, where)


def _streamed(
    connection: sa.Connection,
    relation: Relation,
    names: Sequence[str],
    where: Clause | None,
    *,
    counted: bool = False,
) -> Iterator[Batch]:
    settings = _SETTINGS | {"statement_timeout": str(_COPY_TIMEOUT_MS)}
    with suppress(NotByArrow):
        if not _holds_any_bytes(connection) and not _has_few_rows(relation):
            yield from arrow_batches(connection, relation, names, where, settings, counted=counted)
            return
    statement = _in_calendar(relation, names, where)
    if counted:
        statement = grouped(statement, len(names))
        names = [*names, COUNTED]
    yield from batches_of(fetch(connection, statement), names)


def _has_few_rows(relation: Relation) -> bool:
    return relation.rows is not None and relation.rows.value <= FEW_ROWS


def _in_calendar(relation: Relation, names: Sequence[str], where: Clause | None) -> sa.Select[Any]:
    moments = {column.name for column in relation.columns if LENGTH.sub("", column.type) in MOMENTS}
    statement = relation.select(names, where)
    if not moments.intersection(names):
        return statement
    pairs = zip(names, statement.selected_columns, strict=True)
    columns = (in_calendar(column) if name in moments else column for name, column in pairs)
    return statement.with_only_columns(*columns, maintain_column_froms=True)


def fetch(connection: sa.Connection, statement: sa.Select[Any]) -> Iterator[Rows]:
    """Yield rows of a cursor that stays on the server; the driver's own is twice as fast.

    Dates that Python has not (infinity, before Christ) make the driver give up. It then goes
    on with dates as text.
    """
    if connection.dialect.driver not in _OWN_CURSOR:
        yield from generic.fetch(connection, statement)
        return
    if _holds_any_bytes(connection):
        connection.connection.cursor().execute("SET LOCAL client_encoding = 'SQL_ASCII'")
        yield from _fetch(connection, statement, leniently=True)
        return
    read = 0
    dbapi: Any = connection.dialect.loaded_dbapi
    try:
        for rows in _fetch(connection, statement):
            yield rows
            read += len(rows)
    except dbapi.DataError as error:
        if connection.dialect.driver != "psycopg" or error.sqlstate:
            raise
    else:
        return
    yield from _fetch(connection, statement.offset(read), leniently=True)


def _fetch(
    connection: sa.Connection, statement: sa.Select[Any], *, leniently: bool = False
) -> Iterator[Rows]:
    proxied: Any = connection.connection
    cursor = proxied.cursor(name=APPLICATION_NAME)
    try:
        if leniently:
            _read_leniently(cursor)
        # Without parameters a driver would take doubled percent signs literally.
        cursor.execute(compiled(connection, statement), ())
        while rows := cursor.fetchmany(FETCH_ROWS):
            yield rows
    finally:
        _close(cursor, connection)


def _close(cursor: Any, connection: sa.Connection) -> None:
    dbapi: Any = connection.dialect.loaded_dbapi
    try:
        cursor.close()
    except dbapi.Error:
        # The connection broke, which whoever reads has been told already.
        connection.invalidate()


def _holds_any_bytes(connection: sa.Connection) -> bool:
    """Return whether text of the database was never checked, and may be in any encoding."""
    info: Any = getattr(connection.connection.driver_connection, "info", None)
    is_psycopg = connection.dialect.driver == "psycopg" and info is not None
    return is_psycopg and info.parameter_status("server_encoding") == "SQL_ASCII"


def _read_leniently(cursor: Any) -> None:
    """Take dates as text, and text decoded as well as it can be."""
    from psycopg.adapt import Loader  # noqa: PLC0415 - the driver may not be installed
    from psycopg.types.string import TextLoader  # noqa: PLC0415

    class Decoded(Loader):
        def load(self, data: Any) -> str:
            return decoded(bytes(data))

    for kind in ("date", "timestamp", "timestamptz", "time", "timetz", "interval"):
        cursor.adapters.register_loader(kind, TextLoader)
    for kind in ("text", "varchar", "bpchar", "name", "json", "jsonb"):
        cursor.adapters.register_loader(kind, Decoded)
