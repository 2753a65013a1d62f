"""Primary and foreign keys, as every kind of database declares them."""

from __future__ import annotations

import sqlite3

import duckdb
import pytest
import sqlalchemy as sa

from connectors import ForeignKey, connect
from connectors._databases import constraints

SCRIPT = (
    "CREATE TABLE users (id INTEGER PRIMARY KEY, tenant INTEGER NOT NULL, UNIQUE (tenant, id))",
    (
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, buyer INTEGER, tenant INTEGER, picked_by INTEGER,"
        " FOREIGN KEY (tenant, buyer) REFERENCES users (tenant, id),"
        " FOREIGN KEY (picked_by) REFERENCES users (id))"
    ),
)
EXPECTED = {
    "orders": (
        ("id",),
        {
            ForeignKey("tenant", "", "users", "tenant"),
            ForeignKey("buyer", "", "users", "id"),
            ForeignKey("picked_by", "", "users", "id"),
        },
    ),
    "users": (("id",), set()),
}


def declared(source):
    return {table.name: (table.primary_key, set(table.foreign_keys)) for table in source.tables()}


def test_sqlite(tmp_path):
    path = tmp_path / "shop.sqlite"
    database = sqlite3.connect(path)
    database.executescript(";".join(SCRIPT))
    database.close()

    with connect(str(path)) as source:
        assert declared(source) == EXPECTED


def test_duckdb(tmp_path):
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(path) as database:
        database.execute(";".join(SCRIPT))
        database.execute("CREATE SCHEMA crm")
        database.execute("CREATE TABLE crm.users (id INTEGER PRIMARY KEY)")
        database.execute("CREATE TABLE crm.visits (user_id INTEGER REFERENCES crm.users (id))")

    with connect(str(path)) as source:
        found = {(table.group, table.name): table.foreign_keys for table in source.tables()}

    assert set(found["main", "orders"]) == {
        ForeignKey(key.column, "main", key.referred_table, key.referred_column)
        for key in EXPECTED["orders"][1]
    }
    assert found["crm", "visits"] == (ForeignKey("user_id", "crm", "users", "id"),)


def test_postgresql(pg, pg_run):
    pg_run(*SCRIPT)
    with connect(pg) as source:
        assert declared(source) == EXPECTED

    pg_run("CREATE SCHEMA crm", "CREATE TABLE crm.visits (user_id INTEGER REFERENCES public.users (id))")
    with connect(pg) as source:
        found = {(table.group, table.name): table.foreign_keys for table in source.tables()}
    assert found["crm", "visits"] == (ForeignKey("user_id", "public", "users", "id"),)


def test_mariadb(mariadb, mariadb_run, mariadb_server):
    mariadb_run(*SCRIPT)
    with connect(mariadb) as source:
        assert declared(source) == EXPECTED

    name = sa.make_url(mariadb).database
    mariadb_run(
        f"CREATE DATABASE {name}_b",
        f"CREATE TABLE {name}_b.visits (user_id INTEGER, FOREIGN KEY (user_id) REFERENCES {name}.users (id))",
    )
    try:
        with connect(mariadb_server, include=[f"{name}*.*"]) as source:
            found = {(table.group, table.name): table.foreign_keys for table in source.tables()}
        with connect(mariadb_server, include=[f"{name}_b.*"]) as source:
            alone = {table.name: table.foreign_keys for table in source.tables()}
    finally:
        mariadb_run(f"DROP DATABASE {name}_b")

    assert found[f"{name}_b", "visits"] == (ForeignKey("user_id", name, "users", "id"),)
    assert [key.referred_table for key in alone["visits"]] == ["users"]


@pytest.fixture
def failing(tmp_path, monkeypatch):
    """Return a function that opens a database whose catalogue answers with errors, one after another."""
    path = tmp_path / "shop.sqlite"
    database = sqlite3.connect(path)
    database.executescript(";".join(SCRIPT))
    database.close()

    def open_with(*errors):
        left, entries = list(errors), constraints._entries

        def failing_entries(*given):
            if left:
                raise left.pop(0)
            return entries(*given)

        monkeypatch.setattr(constraints, "_entries", failing_entries)
        return connect(str(path))

    return open_with


@pytest.mark.parametrize(
    "error", [sa.exc.OperationalError("", None, Exception("secret")), TypeError("secret")]
)
def test_a_catalogue_that_cannot_be_asked_hides_no_table_and_is_told(failing, error):
    with failing(error) as source:
        tables = list(source.tables())
    assert [(table.name, table.primary_key, table.foreign_keys) for table in tables] == [
        ("orders", (), ()),
        ("users", (), ()),
    ]
    for table in tables:
        assert "keys could not be read: the driver reports" in table.note
        assert "secret" not in table.note


def test_a_database_without_keys_needs_no_note(failing):
    with failing(NotImplementedError()) as source:
        assert [table.note for table in source.tables()] == ["", ""]


def test_a_connection_lost_over_keys_is_tried_again(failing):
    lost = sa.exc.OperationalError(
        "", None, Exception("server closed the connection"), connection_invalidated=True
    )
    with failing(lost) as source:
        assert declared(source) == EXPECTED
