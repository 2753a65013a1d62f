"""Databases that a program has open: a SQLAlchemy engine or connection is lent, and given back as it was.

Only SELECT is sent, where the database can in a read-only transaction. The program's connection is neither
closed nor committed: its open transaction goes on afterwards, and what it did before stays undecided.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from connectors._access import UNLIMITED, Access
from connectors._databases.connector import SqlConnector
from connectors._databases.failures import failure
from connectors._databases.relations import APPLICATION_NAME, LENT, LOCK_TIMEOUT_MS, TIMEOUT_MS, location_of
from connectors._errors import NotASource, SourceUnreachable
from connectors._retry import NO_PATIENCE
from connectors._selection import EVERYTHING, Selection
from connectors.dialects import dialect_of

Lent = sa.Engine | sa.Connection
_Guard = Callable[[sa.Connection], AbstractContextManager[None]]

_SAVEPOINT = f"{APPLICATION_NAME}_reads"
_POSTGRESQL = {
    "transaction_read_only": "on",
    "statement_timeout": str(TIMEOUT_MS),
    "lock_timeout": str(LOCK_TIMEOUT_MS),
    "application_name": APPLICATION_NAME,
}
_SET_LOCAL = sa.text("SELECT set_config(name, :value, true) FROM pg_settings WHERE name = :name")


class _Lender:
    """What a ``SqlConnector`` asks of an engine, over connections that are given back as they were."""

    def __init__(self, lent: Lent) -> None:
        self._lent = lent
        self.dialect = lent.dialect

    @contextmanager
    def connect(self) -> Iterator[sa.Connection]:
        with self._borrowed() as connection, _guard_of(connection)(connection):
            yield connection

    def dispose(self) -> None:
        """Leave the pool as it is: it is the program's."""

    @contextmanager
    def _borrowed(self) -> Iterator[sa.Connection]:
        if isinstance(self._lent, sa.Engine):
            with self._lent.connect() as connection:
                yield _in_transactions(_marked(connection))
            return
        # Options that are set while reading must not stay on the program's own connection.
        connection = _marked(copy.copy(self._lent))
        try:
            yield connection
        finally:
            if not self._lent.in_transaction():
                connection.rollback()


def _marked(connection: sa.Connection) -> sa.Connection:
    return connection.execution_options(**{LENT: True})


def _in_transactions(connection: sa.Connection) -> sa.Connection:
    """Return a connection of the pool that uses transactions; the pool takes the change back."""
    if not _is_autocommit(connection):
        return connection
    return connection.execution_options(isolation_level=connection.default_isolation_level)


def _is_autocommit(connection: sa.Connection) -> bool:
    return getattr(connection.connection.driver_connection, "autocommit", False) is True


def connect_lent(lent: Lent, selection: Selection = EVERYTHING) -> SqlConnector:
    """Read through an open engine or connection; nothing of it is closed, committed or changed.

    Raises:
        SourceUnreachable: It is closed, or no server answers.
    """
    url = lent.engine.url
    location = location_of(url)
    if isinstance(lent, sa.Connection) and (lent.closed or lent.invalidated):
        raise SourceUnreachable(f"{location}: the connection is closed. Hand in an open one, or the engine.")
    engine = cast("sa.Engine", _Lender(lent))
    try:
        with engine.connect():
            pass
    except (SQLAlchemyError, OSError) as error:
        raise SourceUnreachable(f"{location}: {failure(error)}.") from None
    # A connection that broke cannot be opened again by us.
    access = Access(retries=NO_PATIENCE) if isinstance(lent, sa.Connection) else UNLIMITED
    return SqlConnector(engine, dialect_of(url.get_backend_name()), location, selection, access=access)


def refuse_other_handles(value: object) -> None:
    """Say what to hand in instead of a session, an asynchronous engine or a connection of a driver.

    Raises:
        NotASource: It is one of these.
    """
    kinds = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(value).__mro__}
    if any(kind.startswith("sqlalchemy.ext.asyncio") for kind in kinds):
        raise NotASource("An asynchronous engine cannot be read. Hand in engine.sync_engine, or the URL.")
    if any(kind.startswith("sqlalchemy.orm") for kind in kinds):
        raise NotASource("A session is no source. Hand in session.connection(), or its engine.")
    duckdb = type(value).__module__.strip("_") == "duckdb"
    if not duckdb and callable(getattr(value, "cursor", None)) and callable(getattr(value, "commit", None)):
        raise NotASource(
            f"A connection of the driver ({type(value).__module__}) is no source. Hand in a SQLAlchemy "
            "engine or connection, the URL of the database, or the path of its file."
        )


def _guard_of(connection: sa.Connection) -> _Guard:
    return _GUARDS.get(connection.dialect.name, lambda _: nullcontext())


@contextmanager
def _postgresql(connection: sa.Connection) -> Iterator[None]:
    """Read inside a savepoint: its end brings back every setting, and a transaction that broke."""
    if _is_autocommit(connection):
        raise SourceUnreachable(
            "The connection is in AUTOCOMMIT, without transactions, where nothing can be read step by step. "
            "Hand in the engine, or a connection with isolation_level='READ COMMITTED'."
        )
    connection.exec_driver_sql(f"SAVEPOINT {_SAVEPOINT}")
    for name, value in _POSTGRESQL.items():
        connection.execute(_SET_LOCAL, {"name": name, "value": value})
    try:
        yield
    finally:
        if not (connection.closed or connection.invalidated):
            connection.exec_driver_sql(f"ROLLBACK TO SAVEPOINT {_SAVEPOINT}")
            connection.exec_driver_sql(f"RELEASE SAVEPOINT {_SAVEPOINT}")


@contextmanager
def _mysql(connection: sa.Connection) -> Iterator[None]:
    """Make the next transaction read-only; one that runs already stays as it is."""
    if not connection.in_transaction():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    yield


@contextmanager
def _sqlite(connection: sa.Connection) -> Iterator[None]:
    driver: Any = connection.connection.driver_connection
    before = connection.exec_driver_sql("PRAGMA query_only").scalar()
    factory = driver.text_factory
    connection.exec_driver_sql("PRAGMA query_only = ON")
    try:
        yield
    finally:
        driver.text_factory = factory
        connection.exec_driver_sql(f"PRAGMA query_only = {int(before or 0)}")


_GUARDS: dict[str, _Guard] = {
    "postgresql": _postgresql,
    "mysql": _mysql,
    "mariadb": _mysql,
    "sqlite": _sqlite,
}
