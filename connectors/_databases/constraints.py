"""Foreign keys, as the catalogue of a database declares them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import ReflectedForeignKeyConstraint
from sqlalchemy.exc import SQLAlchemyError

from connectors._databases.relations import undone
from connectors._model import ForeignKey

Groups = Mapping[str | None, str]  # groups of tables by schema

# Table, column, schema of the table referred to unless it is the same, that table and its column.
_OF_MYSQL = sa.text(  # the Inspector would read the definition of every table
    "SELECT table_name, column_name, NULLIF(referenced_table_schema, table_schema), referenced_table_name,"
    " referenced_column_name FROM information_schema.key_column_usage"
    " WHERE table_schema = COALESCE(:schema, DATABASE()) AND referenced_table_name IS NOT NULL"
    " ORDER BY table_name, constraint_name, ordinal_position"
)
# The Inspector does not tell a table of the default schema from one of the same.
_OF_POSTGRESQL = sa.text(
    "SELECT c.relname, a.attname, NULLIF(rn.nspname, n.nspname), r.relname, ra.attname"
    " FROM pg_catalog.pg_constraint k"
    " JOIN pg_catalog.pg_class c ON c.oid = k.conrelid"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " JOIN pg_catalog.pg_class r ON r.oid = k.confrelid"
    " JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace"
    " CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair(own, referred)"
    " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = pair.own"
    " JOIN pg_catalog.pg_attribute ra ON ra.attrelid = r.oid AND ra.attnum = pair.referred"
    " WHERE k.contype = 'f' AND n.nspname = COALESCE(:schema, current_schema())"
    " ORDER BY c.relname, k.conname"
)
_QUERIES = {"mariadb": _OF_MYSQL, "mysql": _OF_MYSQL, "postgresql": _OF_POSTGRESQL}


def foreign_keys(
    connection: sa.Connection, schema: str | None, names: Sequence[str], groups: Groups
) -> dict[str, list[ForeignKey]]:
    """Return the foreign keys of tables, column by column, by name of the table.

    Nothing where the database has none, or its catalogue cannot be asked.
    """
    found: dict[str, list[ForeignKey]] = {}
    try:
        with undone(connection):
            for table, key in _declared(connection, schema, names, groups):
                found.setdefault(table, []).append(key)
    except (SQLAlchemyError, NotImplementedError):
        return {}
    return found


def _declared(
    connection: sa.Connection, schema: str | None, names: Sequence[str], groups: Groups
) -> Iterator[tuple[str, ForeignKey]]:
    query = _QUERIES.get(connection.dialect.name)
    if query is not None:
        for table, column, elsewhere, *referred in connection.execute(query, {"schema": schema}):
            if (group := groups.get(elsewhere or schema)) is not None:
                yield table, ForeignKey(column, group, *referred)
        return
    every = sa.inspect(connection).get_multi_foreign_keys(schema=schema, filter_names=names)
    for (_, table), constraints in every.items():
        for constraint in constraints:
            if (group := groups.get(constraint["referred_schema"] or schema)) is not None:
                for key in _columns(constraint, group):
                    yield table, key


def _columns(constraint: ReflectedForeignKeyConstraint, group: str) -> Iterator[ForeignKey]:
    pairs = zip(constraint["constrained_columns"], constraint["referred_columns"], strict=False)
    for column, referred in pairs:
        yield ForeignKey(column, group, constraint["referred_table"], referred)
