"""Rows of PostgreSQL by cursors that stay on the server, whatever the dates and the encoding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from connectors._arrays import decoded
from connectors._databases.relations import APPLICATION_NAME, FETCH_ROWS, Rows, compiled
from connectors.dialects import generic
from connectors.dialects.postgresql.sessions import OWN_CURSOR


def fetch(connection: sa.Connection, statement: sa.Select[Any]) -> Iterator[Rows]:
    """Yield rows of a cursor that stays on the server; the driver's own is twice as fast.

    Dates that Python has not (infinity, before Christ) make the driver give up. It then goes
    on with dates as text.
    """
    if connection.dialect.driver not in OWN_CURSOR:
        yield from generic.fetch(connection, statement)
        return
    if holds_any_bytes(connection):
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


def holds_any_bytes(connection: sa.Connection) -> bool:
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
