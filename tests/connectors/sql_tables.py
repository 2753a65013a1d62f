"""Puts Arrow tables into databases, for tests."""

from __future__ import annotations

import itertools

import pyarrow as pa
import sqlalchemy as sa

_AT_ONCE = 2_000  # rows in one statement

POSTGRESQL = {
    pa.int64(): "bigint",
    pa.float64(): "double precision",
    pa.bool_(): "boolean",
    pa.string(): "text",
    pa.date32(): "date",
    pa.timestamp("us"): "timestamp",
    pa.decimal128(20, 2): "numeric(20, 2)",
    pa.binary(): "bytea",
}
MARIADB = POSTGRESQL | {pa.string(): "varchar(700)", pa.timestamp("us"): "datetime(6)", pa.binary(): "blob"}
SQLITE = POSTGRESQL | {pa.decimal128(20, 2): "text", pa.binary(): "blob"}


def identifier(name, mark='"'):
    """Return a quoted name."""
    return mark + name.replace(mark, 2 * mark) + mark


def create_statement(given, types, *, mark='"', key="", inline=False):
    """Return the statement that creates a table.

    Args:
        given: The table.
        types: Of the database, for Arrow types.
        mark: That quotes names.
        key: What is said of the first column.
        inline: Whether comments are said here, as MySQL does.
    """
    columns = []
    for position, field in enumerate(given.data.schema):
        comment = given.comments.get(field.name, "") if inline else ""
        said = [key if position == 0 else "", f"COMMENT {literal(comment)}" if comment else ""]
        columns.append(" ".join([identifier(field.name, mark), types[field.type], *said]))
    tail = f" COMMENT {literal(given.comment)}" if inline and given.comment else ""
    return f"CREATE TABLE {identifier(given.name, mark)} ({', '.join(columns)}){tail}"


def literal(text):
    return "'" + text.replace("'", "''") + "'"


def comment_statements(given):
    """Yield what gives comments in PostgreSQL and DuckDB."""
    table = identifier(given.name)
    if given.comment:
        yield f"COMMENT ON TABLE {table} IS {literal(given.comment)}"
    for name, comment in given.comments.items():
        yield f"COMMENT ON COLUMN {table}.{identifier(name)} IS {literal(comment)}"


def put_rows(connection, given, place, plain=lambda value: value, mark='"'):
    """Insert rows through a driver; ``place`` is its sign for a value, ``plain`` what it takes for one."""
    table = identifier(given.name, mark)
    table = table.replace("%", "%%") if place == "%s" else table
    places = ", ".join([place] * given.data.num_columns)
    columns = ([plain(value) for value in column.to_pylist()] for column in given.data.columns)
    rows = zip(*columns, strict=True)
    cursor = connection.cursor()
    while some := list(itertools.islice(rows, _AT_ONCE)):
        cursor.executemany(f"INSERT INTO {table} VALUES ({places})", some)
    connection.commit()


def engine_of(url):
    """Return an engine that keeps no connection."""
    return sa.create_engine(url, poolclass=sa.NullPool)
