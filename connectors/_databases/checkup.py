"""What databases tell of themselves, dialect by dialect: versions, roles, sizes, grants that are missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from connectors._checkup import Advice, Checkup, TableCheckup
from connectors._databases.relations import Relation
from connectors._model import Unread
from connectors.dialects import dialect_of, generic, mysql
from connectors.dialects.arrow_cursors import ARROW_CURSORS
from connectors.dialects.described import Described
from connectors.dialects.postgresql import sampling

_MYSQL = frozenset({"mysql", "mariadb"})
_PACKAGES = {
    "pysqlite": "",
    "connect": "clickhouse-connect",
    "psycopg2": "psycopg2-binary",
    "mssqlpython": "mssql-python",
}

# The children of a partitioned table hold its rows.
_POSTGRESQL_SIZES = """
SELECT n.nspname, c.relname, CASE WHEN c.relkind = 'p'
    THEN (SELECT sum(pg_table_size(leaf.relid)) FROM pg_partition_tree(c.oid) AS leaf WHERE leaf.isleaf)
    ELSE pg_table_size(c.oid) END
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
"""
_MYSQL_SIZES = """
SELECT table_schema, table_name, data_length FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND table_schema = COALESCE(:schema, table_schema)
"""
_CLICKHOUSE_SIZES = "SELECT database, name, total_bytes FROM system.tables WHERE total_bytes IS NOT NULL"
_POSTGRESQL_ROLE = """
SELECT current_user, rolsuper OR EXISTS (
    SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))
FROM pg_catalog.pg_roles WHERE rolname = current_user
"""
_WRITES = ("ALL PRIVILEGES", "INSERT", "UPDATE", "DELETE", "DROP", "ALTER", "CREATE")


_SESSIONS = {
    "sqlite": "the file is opened read-only",
    "postgresql": "read-only transactions",
    "mysql": "read-only transactions",
    "mariadb": "read-only transactions",
}


def checkup(connection: sa.Connection, running: int | None) -> Checkup:
    """Return what a database tells of itself."""
    account, writes = _role(connection)
    return Checkup(
        kind=connection.dialect.name,
        server=_server(connection),
        drivers=_drivers(connection),
        role=account,
        session=_SESSIONS.get(connection.dialect.name, "only SELECT is sent; no switch makes it read-only"),
        running=running,
        advice=_advice(connection, account, writes=writes),
    )


def table_checkup(connection: sa.Connection, relation: Relation, rows: int, size: int | None) -> TableCheckup:
    """Return what a scan would do to a relation, which takes so many bytes."""
    name = connection.dialect.name
    reading = _reading(name)
    asked = getattr(dialect_of(name), "grouped_alone", None)
    if asked is not None and (alone := asked(connection, relation)):
        reading += f"; equal values of {', '.join(alone)} are sent once where nothing else is read"
    return TableCheckup(size=size, sampling=_sampling(name, relation, rows), reading=reading)


def _reading(name: str) -> str:
    if name == "postgresql" and _installed("adbc-driver-postgresql"):
        return "ADBC into Arrow where the types allow it"
    if name in ARROW_CURSORS:
        return "Arrow from the driver where the types allow it"
    return "rows from a cursor" if name == "sqlite" else "rows from a cursor on the server"


def remedy(connection: sa.Connection, schema: str | None, unread: Unread) -> str:
    """Return the statements that let the role read what was refused; empty where they are not known."""
    account, _ = _role(connection)
    return _grant(connection, schema or default_schema(connection), unread, account)


def _server(connection: sa.Connection) -> str:
    """Return the product and its version."""
    name = connection.dialect.name
    if name == "sqlite":
        return f"SQLite {connection.exec_driver_sql('SELECT sqlite_version()').scalar_one()}"
    if name == "postgresql":
        said = str(connection.exec_driver_sql("SELECT version()").scalar_one())
        return " ".join(said.split()[:2])
    if name in _MYSQL:
        said = str(connection.exec_driver_sql("SELECT version()").scalar_one())
        return f"MariaDB {said.split('-')[0]}" if "mariadb" in said.lower() else f"MySQL {said}"
    if name == "clickhousedb":
        return f"ClickHouse {connection.exec_driver_sql('SELECT version()').scalar_one()}"
    return f"{name} {'.'.join(map(str, connection.dialect.server_version_info or ()))}".strip()


def _drivers(connection: sa.Connection) -> tuple[str, ...]:
    """Return the packages that read the database."""
    name = connection.dialect.driver
    package = _PACKAGES.get(name, name)
    fast = ("adbc-driver-postgresql",) if connection.dialect.name == "postgresql" else ()
    return tuple(filter(None, (_installed(one) for one in (package, *fast) if one)))


def _installed(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""


def _role(connection: sa.Connection) -> tuple[str, bool]:
    """Return whom the server takes us for, and whether that role may write; the name as grants have it."""
    name = connection.dialect.name
    if name == "postgresql":
        found, writes = connection.exec_driver_sql(_POSTGRESQL_ROLE).one()
        return _quoted(connection, found), bool(writes)
    if name in _MYSQL:
        user, _, host = str(connection.exec_driver_sql("SELECT CURRENT_USER()").scalar_one()).rpartition("@")
        # What everybody may do is no fault of the account.
        lines = (str(line) for line in connection.exec_driver_sql("SHOW GRANTS").scalars())
        grants = " ".join(line for line in lines if " TO PUBLIC" not in line.upper())
        account = f"{_literal(user)}@{_literal(host)}"
        return account, any(word in grants.replace("CREATE VIEW", "") for word in _WRITES)
    return "", False


def _advice(connection: sa.Connection, account: str, *, writes: bool) -> tuple[Advice, ...]:
    """Return what would be better otherwise."""
    found = []
    if writes:
        found.append(
            Advice(f"{account} may write. Scan as a role that has only the grants of docs/privileges.md.")
        )
    if connection.dialect.name == "postgresql" and not _installed("adbc-driver-postgresql"):
        found.append(
            Advice(
                "The driver that reads straight into Arrow, several times as fast, is not installed.",
                "pip install 'pandian[adbc]'",
            )
        )
    return tuple(found)


def sizes(connection: sa.Connection) -> Mapping[tuple[str, str], int]:
    """Return the bytes of tables by schema and name, as far as the catalogue knows; views have none."""
    name = connection.dialect.name
    if name == "postgresql":
        found = connection.exec_driver_sql(_POSTGRESQL_SIZES).all()
    elif name in _MYSQL:
        schema = connection.engine.url.database
        found = connection.execute(sa.text(_MYSQL_SIZES), {"schema": schema}).all()
    elif name == "clickhousedb":
        found = connection.exec_driver_sql(_CLICKHOUSE_SIZES).all()
    else:
        return {}
    return {(schema, table): int(size) for schema, table, size in found if size is not None}


def default_schema(connection: sa.Connection) -> str:
    """Return the schema that is meant where none is named."""
    try:
        return str(connection.engine.url.database or connection.dialect.default_schema_name or "")
    except SQLAlchemyError:
        return ""


def _sampling(name: str, relation: Relation, rows: int) -> str:
    """Say how rows of a relation are drawn."""
    bounded = f"a random choice of the first {generic.MOST_STREAMED:,} rows"
    dialect = dialect_of(name)
    if isinstance(dialect, Described) and (clause := dialect.sample_clause(relation, rows, 0)) is not None:
        return clause or "a random choice of all rows"
    if relation.is_view:
        return bounded
    if name in _SAMPLINGS:
        return _SAMPLINGS[name](relation, rows) or bounded
    return _by_key(relation) or bounded


def _by_key(relation: Relation) -> str:
    return f"{generic.RANGES} ranges of the key '{relation.key}'" if relation.key else ""


def _postgresql_sampling(relation: Relation, rows: int) -> str:
    total = relation.rows.value if relation.rows else 0
    if total <= sampling.SMALL:
        return _SHUFFLED
    return f"TABLESAMPLE SYSTEM ({sampling.percent(rows, total):.3g} %)"


def _mysql_sampling(relation: Relation, _rows: int) -> str:
    small = relation.rows is not None and relation.rows.value <= mysql.SMALL
    return _SHUFFLED if small else _by_key(relation)


_SHUFFLED = "all rows in random order"
_SAMPLINGS: dict[str, Callable[[Relation, int], str]] = {
    "clickhousedb": lambda relation, _: "granules chosen by a hash of their place" if relation.key else "",
    "mariadb": _mysql_sampling,
    "mysql": _mysql_sampling,
    "postgresql": _postgresql_sampling,
    "sqlite": lambda _relation, _rows: "row ids at random",
}


def _grant(connection: sa.Connection, schema: str, unread: Unread, account: str) -> str:
    """Return the statements that let the role read what was refused; empty where they are not known."""
    name = connection.dialect.name
    if name == "postgresql" and unread.reason.startswith("row security"):
        return f"ALTER ROLE {account} BYPASSRLS;"
    if not unread.reason.startswith("permission denied") or name not in {"postgresql", *_MYSQL}:
        return ""
    quoted = f"{_quoted(connection, schema)}.{_quoted(connection, unread.table)}"
    columns = f" ({_quoted(connection, unread.column)})" if unread.column else ""
    select = f"GRANT SELECT{columns} ON {quoted} TO {account};"
    if name == "postgresql" and not _may_use(connection, schema):
        return f"GRANT USAGE ON SCHEMA {_quoted(connection, schema)} TO {account}; {select}"
    return select


def _may_use(connection: sa.Connection, schema: str) -> bool:
    asked = sa.text("SELECT has_schema_privilege(:schema, 'USAGE')")
    return bool(connection.execute(asked, {"schema": schema}).scalar_one())


def _quoted(connection: sa.Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(name)


def _literal(value: Any) -> str:
    return "'" + str(value).replace("'", "''") + "'"
