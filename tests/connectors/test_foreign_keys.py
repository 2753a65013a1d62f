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


@pytest.mark.parametrize("error", [sa.exc.OperationalError("", None, Exception()), TypeError()])
def test_a_catalogue_that_cannot_be_asked_hides_no_table(tmp_path, monkeypatch, error):
    path = tmp_path / "shop.sqlite"
    database = sqlite3.connect(path)
    database.executescript(";".join(SCRIPT))
    database.close()

    def fail(*_given, **_more):
        raise error

    monkeypatch.setattr(constraints, "_entries", fail)
    with connect(str(path)) as source:
        assert declared(source) == {"orders": ((), set()), "users": ((), set())}
