"""Primary and foreign keys, as the catalogue of a database declares them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from connectors._databases.failures import failure
from connectors._databases.relations import undone
from connectors._model import ForeignKey

Groups = Mapping[str | None, str]  # groups of tables by schema

_OF_MYSQL = sa.text(  # the Inspector would read the definition of every table
    "SELECT table_name, column_name, NULLIF(referenced_table_schema, table_schema), referenced_table_name,"
    " referenced_column_name FROM information_schema.key_column_usage"
    " WHERE table_schema = COALESCE(:schema, DATABASE()) AND table_name IN :names"
    " AND (referenced_table_name IS NOT NULL OR constraint_name = 'PRIMARY')"
    " ORDER BY table_name, constraint_name, ordinal_position"
)
_OF_POSTGRESQL = sa.text(  # the Inspector does not tell a table of the default schema from one of the same
    "SELECT c.relname, a.attname, NULLIF(rn.nspname, n.nspname), r.relname, ra.attname"
    " FROM pg_catalog.pg_constraint k"
    " JOIN pg_catalog.pg_class c ON c.oid = k.conrelid"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair(own, referred)"
    " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = pair.own"
    " LEFT JOIN pg_catalog.pg_class r ON r.oid = k.confrelid"
    " LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace"
    " LEFT JOIN pg_catalog.pg_attribute ra ON ra.attrelid = r.oid AND ra.attnum = pair.referred"
    " WHERE k.contype IN ('f', 'p') AND n.nspname = COALESCE(:schema, current_schema())"
    " AND c.relname IN :names"
    " ORDER BY c.relname, k.conname"
)
_OF_NAMES: sa.BindParameter[list[str]] = sa.bindparam("names", expanding=True)
_QUERIES = {
    dialect: query.bindparams(_OF_NAMES)
    for dialect, query in {
        "mariadb": _OF_MYSQL,
        "mysql": _OF_MYSQL,
        "postgresql": _OF_POSTGRESQL,
    }.items()
}


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a table, as ``Table`` has them; ``note`` says why they are not known."""

    primary: tuple[str, ...] = ()
    foreign: tuple[ForeignKey, ...] = ()
    note: str = ""


class _Entry(NamedTuple):
    """A column of a key; of a primary key, without one referred to. No schema is that of the table."""

    table: str
    column: str
    schema: str | None = None
    referred_table: str | None = None
    referred_column: str | None = None


def declared_keys(
    connection: sa.Connection, schema: str | None, names: Sequence[str], groups: Groups
) -> dict[str, Keys]:
    """Return the keys of tables that have some, by name of the table.

    Where the catalogue cannot be asked, each table is noted. A lost connection is raised, to be tried again.
    """
    try:
        with undone(connection):
            entries = list(_entries(connection, schema, names))
    except NotImplementedError:  # a kind of database without keys
        return {}
    except Exception as error:  # whatever a dialect's reflection fails with
        if getattr(error, "connection_invalidated", False):
            raise
        note = f"Names decide whom its numbers mean, as its keys could not be read: {failure(error)}."
        return dict.fromkeys(names, Keys(note=note))
    of_tables: dict[str, list[_Entry]] = {}
    for entry in entries:
        of_tables.setdefault(entry.table, []).append(entry)
    return {table: _keys(held, schema, groups) for table, held in of_tables.items()}


def _keys(entries: Sequence[_Entry], schema: str | None, groups: Groups) -> Keys:
    """Return the keys of a table; a foreign key that leads to a schema that is not scanned is left out."""
    return Keys(
        tuple(entry.column for entry in entries if entry.referred_table is None),
        tuple(
            ForeignKey(entry.column, group, entry.referred_table, entry.referred_column or "")
            for entry in entries
            if entry.referred_table is not None and (group := groups.get(entry.schema or schema)) is not None
        ),
    )


def _entries(connection: sa.Connection, schema: str | None, names: Sequence[str]) -> Iterator[_Entry]:
    query = _QUERIES.get(connection.dialect.name)
    if query is not None:
        found = connection.execute(query, {"schema": schema, "names": list(names)})
        yield from (_Entry(*row) for row in found)
        return
    inspector = sa.inspect(connection)
    for (_, table), primary in inspector.get_multi_pk_constraint(schema=schema, filter_names=names).items():
        yield from (_Entry(table, column) for column in primary["constrained_columns"])
    for (_, table), several in inspector.get_multi_foreign_keys(schema=schema, filter_names=names).items():
        for foreign in several:
            where = foreign["referred_schema"], foreign["referred_table"]
            pairs = zip(foreign["constrained_columns"], foreign["referred_columns"], strict=False)
            yield from (_Entry(table, column, *where, referred) for column, referred in pairs)
