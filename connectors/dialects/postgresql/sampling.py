"""Samples of PostgreSQL: from all of a small table, from pages all over a large one."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from connectors._databases.relations import Relation, Rows
from connectors.dialects.generic import MOST_STREAMED
from connectors.dialects.postgresql.cursors import fetch

SMALL = 100_000  # rows; up to here all are put into a random order
_SPREAD = 8  # rows read per row wanted: SYSTEM takes whole pages, and few pages are no sample
_LEAST_READ = 20_000  # rows
_ALIAS = "pandian_rows"
_PARTITIONS = (
    sa.text("""
SELECT c.oid, n.nspname || '.' || c.relname AS name
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
""")
    .columns(sa.column("oid"), sa.column("name", sa.Text))
    .subquery("pandian_partitions")
)


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
    pages = from_pages(relation, sa.func.system(share), seed)
    found = _shuffled(connection, relation, pages, rows, seed)
    if len(found) >= min(rows, total // 2):
        return found
    single_rows = from_pages(relation, sa.func.bernoulli(share), seed)
    return _shuffled(connection, relation, single_rows, rows, seed)


def percent(rows: int, total: int) -> float:
    """Return which share of a large table is drawn from, so that enough pages take part."""
    return min(100.0, 100.0 * max(rows * _SPREAD, _LEAST_READ) / total)


def from_pages(relation: Relation, method: sa.Function[Any], seed: int) -> sa.TableSample:
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
    bounded = relation.select(relation.column_names).limit(MOST_STREAMED).subquery(_ALIAS)
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
