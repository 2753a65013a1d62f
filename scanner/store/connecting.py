"""Engines and transactions of the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

# Seconds to wait for another writer of a file, or for a server to answer, as each driver takes them.
_SERVER = {"connect_timeout": 30}
_WAIT = {"sqlite": {"timeout": 30}, "postgresql": _SERVER, "mysql": _SERVER, "mariadb": _SERVER}


def engine_of(url: sa.URL) -> sa.Engine:
    """Return an engine that keeps no connection open between uses."""
    wait = _WAIT.get(url.get_backend_name(), {})
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args=wait)
    if url.get_backend_name() != "sqlite":
        return engine
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say so, DDL included
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # A transaction that begins by reading and then writes may fail where two do so at once.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection in a transaction that becomes true as a whole or not at all."""
    with engine.execution_options(writes=True).begin() as connection:
        yield connection
