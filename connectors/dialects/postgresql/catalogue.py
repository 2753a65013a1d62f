"""What PostgreSQL's catalogue says of tables: names, columns, comments, privileges, and how many rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from connectors._databases.failures import GONE, failure, is_transient, unread
from connectors._databases.relations import Relation, row_count
from connectors._model import Column, RowCount, Unread
from connectors.dialects.generic import MOST_STREAMED
from connectors.dialects.postgresql.sampling import from_pages

_SMALL_BYTES = 64 * 2**20  # pages up to here are counted
_PAGE = 8_192  # bytes
_STORED = frozenset({"r", "p", "m"})  # tables, partitioned tables, materialised views
_WITH_ROW_SECURITY = (9, 5)
_VIEW_NOTE = f"A view: the sample comes from its first {MOST_STREAMED:,} rows."

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


def schemas(connection: sa.Connection) -> Sequence[str | None]:
    return list(connection.execute(sa.text(_SCHEMAS)).scalars())


def relation_names(connection: sa.Connection, schema: str | None) -> Sequence[str]:
    return sorted(connection.execute(sa.text(_NAMES), {"schema": schema}).scalars())


def relations(
    connection: sa.Connection, schema: str | None, names: Sequence[str]
) -> Iterator[Relation | Unread]:
    statement = sa.text(_RELATIONS.format(row_security=_row_security(connection)))
    found = connection.execute(statement, {"schema": schema, "names": list(names)}).all()
    yield from (Unread(table=name, reason=GONE) for name in sorted(set(names) - {row[1] for row in found}))
    held = _columns(connection, [oid for oid, *_ in found])
    for oid, name, kind, comment, readable, has_children, hides_rows in found:
        columns = held.get(oid, _Columns())
        if not readable:
            yield Unread(table=name, reason="permission denied")
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
        yield from (
            Unread(table=name, reason="permission denied", column=column) for column in columns.refused
        )
        if hides_rows:
            yield Unread(
                table=name, reason="row security shows this role some rows only, and those were read"
            )


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
    sampled = from_pages(relation, sa.func.system(1), 0)
    counted = relation.own_rows(sa.select(sa.func.count()).select_from(sampled), sampled)
    found = connection.execute(counted).scalar_one()
    return RowCount(100 * int(found), exact=False)
