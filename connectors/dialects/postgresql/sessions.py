"""Sessions of PostgreSQL: read-only, impatient, and known by their name."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from connectors._databases.relations import APPLICATION_NAME, CONNECT_TIMEOUT_S, LOCK_TIMEOUT_MS, TIMEOUT_MS

OWN_CURSOR = frozenset({"psycopg", "psycopg2"})  # drivers whose cursors stay on the server if named

# Settings that a server does not have (some only speak like PostgreSQL) are passed over.
# A scan that starts in the middle because another one does would give another sample.
SETTINGS = {
    "default_transaction_read_only": "on",
    "statement_timeout": str(TIMEOUT_MS),
    "lock_timeout": str(LOCK_TIMEOUT_MS),
    "application_name": APPLICATION_NAME,
    "synchronize_seqscans": "off",
}
_SET = "SELECT set_config(name, %s, false) FROM pg_settings WHERE name = %s"


def open_engine(url: sa.URL) -> sa.Engine:
    options: dict[str, Any] = {}
    if url.get_driver_name() in OWN_CURSOR:
        # Else a database that checks no encoding would give bytes, even for its own names.
        options = {"connect_timeout": CONNECT_TIMEOUT_S, "client_encoding": "utf8"}
        options = {name: value for name, value in options.items() if name not in url.query}
    engine = sa.create_engine(url, connect_args=options, pool_pre_ping=True)
    sa.event.listen(engine, "connect", _guard)
    return engine


def _guard(connection: Any, _record: object) -> None:
    """Make the session read-only and impatient. Against mistakes: a role is the real guard."""
    cursor = connection.cursor()
    for name, value in SETTINGS.items():
        cursor.execute(_SET, (value, name))
    cursor.close()
    connection.commit()
