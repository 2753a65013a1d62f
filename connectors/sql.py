"""Databases by their URL: whatever SQLAlchemy has a dialect and a driver for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from connectors._access import UNLIMITED, Access
from connectors._databases.connector import SqlConnector
from connectors._databases.failures import failure, is_full_or_starting
from connectors._databases.increments import Increment
from connectors._databases.relations import Dialect, location_of
from connectors._errors import (
    DriverMissing,
    SourceUnreachable,
    TableUnreadable,
    TransientFailure,
    UnknownScheme,
)
from connectors._files.formats import is_sqlite
from connectors._selection import EVERYTHING, Selection
from connectors._storage import on_this_machine
from connectors.dialects import dialect_of

# Backend: the driver that is taken if the URL names none, and the package that brings it.
_DRIVERS = {
    "access": ("", "sqlalchemy-access"),
    "bigquery": ("", "sqlalchemy-bigquery"),
    "clickhousedb": ("", "clickhouse-connect"),
    "databricks": ("", "databricks-sqlalchemy"),
    "db2": ("", "ibm-db-sa"),
    "dm": ("", "dmSQLAlchemy"),
    "hana": ("", "sqlalchemy-hana"),
    "hive": ("", "pyhive"),
    "impala": ("", "impyla"),
    "mariadb": ("pymysql", "pymysql"),
    "mssql": ("mssqlpython", "mssql-python"),
    "mysql": ("pymysql", "pymysql"),
    "opengauss": ("", "opengauss-sqlalchemy"),
    "oracle": ("oracledb", "oracledb"),
    "postgresql": ("psycopg", "psycopg[binary]"),
    "redshift": ("", "sqlalchemy-redshift"),
    "snowflake": ("", "snowflake-sqlalchemy"),
    "starrocks": ("", "starrocks"),
    "trino": ("", "trino[sqlalchemy]"),
}
_BACKENDS = ("sqlite", *sorted({*_DRIVERS, "duckdb"}))


def connect_sql(
    text: str, selection: Selection, increments: Sequence[Increment], access: Access
) -> SqlConnector:
    """Open a SQLAlchemy URL.

    Raises:
        UnknownScheme, DriverMissing, SourceUnreachable: None of them shows a credential.
    """
    url = _url(text)
    if url.get_backend_name() == "sqlite":
        return connect_sqlite(_sqlite_path(url), selection, url, increments=increments, access=access)
    _refuse_misread_password(url)
    dialect = dialect_of(url.get_backend_name())
    engine = _engine(url, dialect)
    location = location_of(url)
    connector = SqlConnector(engine, dialect, location, selection, increments=increments, access=access)
    try:
        connector.patience.keep_trying(lambda: _try_to_connect(engine, location))
    except TableUnreadable as error:
        engine.dispose()
        raise SourceUnreachable(str(error)) from None
    return connector


def _try_to_connect(engine: sa.Engine, location: str) -> None:
    """Connect once. A wrong address is none that a later attempt would find."""
    try:
        engine.connect().close()
    except (SQLAlchemyError, OSError, ValueError) as error:
        reason = failure(error)
        if is_full_or_starting(reason):
            raise TransientFailure(f"{location}: {reason}.", reason) from None
        raise TableUnreadable(f"{location}: {reason}.") from None


def connect_sqlite(
    path: Path,
    selection: Selection = EVERYTHING,
    url: sa.URL | None = None,
    *,
    increments: Sequence[Increment] = (),
    access: Access = UNLIMITED,
) -> SqlConnector:
    """Open a SQLite file, read-only."""
    location = str(path) if url is None else location_of(url)
    if not path.is_file():
        raise SourceUnreachable(f"{location}: no such file.")
    if not is_sqlite(on_this_machine(path)):
        raise SourceUnreachable(f"{location}: not a SQLite database.")
    dialect = dialect_of("sqlite")
    try:
        engine = dialect.open_engine(sa.URL.create("sqlite", database=str(path)))
        with engine.connect() as connection:
            dialect.relation_names(connection, None)
    except (SQLAlchemyError, OSError) as error:
        raise SourceUnreachable(f"{location}: {failure(error)}.") from None
    files = (path, path.with_name(f"{path.name}-wal"))
    return SqlConnector(
        engine, dialect, location, selection, increments=increments, files=files, access=access
    )


def _refuse_misread_password(url: sa.URL) -> None:
    """Refuse a URL whose password holds a bare @: the rest of it would stand, readable, in the host name."""
    if "@" in (url.host or "") + (url.database or ""):
        raise SourceUnreachable(
            "The URL has more than one @, as when a password holds one. Nothing was opened. "
            "Write @ as %40 in user name and password."
        )


def _sqlite_path(url: sa.URL) -> Path:
    database = url.database or ""
    return Path(database.removeprefix("file:")) if database else Path("(no file named)")


def _url(text: str) -> sa.URL:
    try:
        url = sa.make_url(text)
    except (ArgumentError, ValueError):
        raise UnknownScheme(
            f"The URL after '{text.partition('://')[0]}://' cannot be parsed. Are special characters"
            " in the password percent-encoded?"
        ) from None
    usual = _DRIVERS.get(url.drivername, ("", ""))[0]
    return url.set(drivername=f"{url.drivername}+{usual}") if usual else url


def _engine(url: sa.URL, dialect: Dialect) -> sa.Engine:
    backend = url.get_backend_name()
    try:
        return dialect.open_engine(url)
    except NoSuchModuleError as error:
        if backend in _DRIVERS:
            raise DriverMissing(_advice(url, _DRIVERS[backend][1])) from error
        raise UnknownScheme(_unknown(url.drivername)) from error
    except ModuleNotFoundError as error:
        usual, package = _DRIVERS.get(backend, ("", ""))
        other = url.drivername != f"{backend}+{usual}"
        raise DriverMissing(_advice(url, error.name or package if other else package)) from error
    except ImportError as error:
        raise DriverMissing(
            f"The driver of '{url.drivername}' does not load: a system library is missing."
        ) from error
    except (SQLAlchemyError, TypeError, ValueError):
        raise SourceUnreachable(
            f"{location_of(url)}: the driver does not accept the options of the URL."
        ) from None


def _advice(url: sa.URL, package: str) -> str:
    backend = url.get_backend_name()
    extra = f"'pandian[{backend}]'" if backend in _extras() else f"'{package}'"
    driver = _DRIVERS.get(backend, ("", ""))[0]
    usual = f", and use {backend}+{driver}://" if backend in _extras() and driver else ""
    return f"'{url.drivername}' needs a driver that is not installed. Run: pip install {extra}{usual}"


def _extras() -> list[str]:
    try:
        return metadata("pandian").get_all("Provides-Extra") or []
    except PackageNotFoundError:
        return []


def _unknown(scheme: str) -> str:
    """Say that a scheme is unknown, and which ones there are."""
    return (
        f"No connector for '{scheme}'. There are connectors for paths, globs and URLs of files "
        f"(docs/files.md), and for {', '.join(f'{name}://' for name in _BACKENDS)}."
    )
