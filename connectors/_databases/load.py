"""How busy a server is with others, and which tables are views or lie elsewhere: asked dialect by dialect."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from connectors._databases.failures import REFUSED, failure
from connectors.dialects.traits import TRAITS, Traits

# Own sessions are always shown, those of others with the privilege only.
_POSTGRESQL = """
SELECT count(*) FILTER (WHERE state = 'active' AND NOT (usename = current_user AND application_name = :own)),
    pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')
FROM pg_catalog.pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
_MYSQL_RUNNING = "SHOW GLOBAL STATUS LIKE 'Threads_running'"
_MYSQL_OWN = """
SELECT COUNT(*) FROM information_schema.processlist
WHERE command = 'Query' AND info LIKE CONCAT(:own, '%')
"""
_MYSQL_ELSEWHERE = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = COALESCE(:schema, DATABASE()) AND engine IN ('FEDERATED', 'CONNECT', 'SPIDER')
"""


_CLICKHOUSE = Traits(
    running="SELECT countIf(NOT startsWith(query, concat('/* ', :own, ' */'))) - 1 FROM system.processes",
    sees_running="GRANT SELECT ON system.processes TO {role};",
)


class NotMeasurable(Exception):
    """How busy the server is cannot be told; the message says what to do."""


def running(connection: sa.Connection, own: str) -> int:
    """Return how many statements of others the server runs now.

    Args:
        connection: To ask over.
        own: Our name, by which our own statements are told.

    Raises:
        NotMeasurable: This kind of server is not known, or the role may not see it.
    """
    name = connection.dialect.name
    if name == "postgresql":
        busy, may_see = connection.execute(sa.text(_POSTGRESQL), {"own": own}).one()
        if not may_see:
            role = connection.execute(sa.select(sa.func.current_user())).scalar_one()
            raise NotMeasurable(f"GRANT pg_read_all_stats TO {role}; lets it see how busy the server is")
        return int(busy)
    if name in {"mysql", "mariadb"}:
        _, every = connection.execute(sa.text(_MYSQL_RUNNING)).one()
        ours = connection.execute(sa.text(_MYSQL_OWN), {"own": f"/* {own} */"}).scalar_one()
        return max(0, int(every) - int(ours))
    if name == "sqlite":
        return 0  # a file has no server
    traits = _CLICKHOUSE if name == "clickhousedb" else TRAITS.get(name, Traits())
    if not traits.running:
        raise NotMeasurable(
            f"how busy {name} is cannot be measured; leave out max_load, or limit max_rows_per_second instead"
        )
    return _running(connection, traits, own)


def _running(connection: sa.Connection, traits: Traits, own: str) -> int:
    """Ask in the words of a database; what may not be asked is said with the grant that is missing."""
    statement = running_statement(traits, own)
    try:
        busy, *sees = connection.execute(statement).one()
    except SQLAlchemyError as error:
        if failure(error) not in REFUSED:
            raise
        busy, sees = 0, [False]
    if not all(sees):
        needed = traits.sees_running.format(role=connection.engine.url.username or "the role")
        raise NotMeasurable(f"the role may not see how busy the server is; needed: {needed}")
    return max(0, int(busy))


def running_statement(traits: Traits, own: str) -> sa.TextClause:
    """Return the query of how many statements of others run."""
    return sa.text(traits.running).bindparams(own=own)


def left_out(
    connection: sa.Connection, schema: str | None, *, views: bool, foreign_tables: bool
) -> frozenset[str]:
    """Return the names of views and foreign tables of a schema, of the kinds that are not wanted."""
    found: set[str] = set()
    if not views:
        found |= _names(connection, schema, "get_view_names", "get_materialized_view_names")
    if not foreign_tables:
        found |= _names(connection, schema, "get_foreign_table_names")
        if connection.dialect.name in {"mysql", "mariadb"}:
            found |= set(connection.execute(sa.text(_MYSQL_ELSEWHERE), {"schema": schema}).scalars())
    return frozenset(found)


def _names(connection: sa.Connection, schema: str | None, *lists: str) -> set[str]:
    inspector = sa.inspect(connection)
    found: set[str] = set()
    for name in lists:
        try:
            found.update(getattr(inspector, name, lambda _schema: ())(schema))
        except NotImplementedError:
            continue
    return found
