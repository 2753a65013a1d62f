"""The whole road from a database to the result, where foreign keys say whom numbers mean."""

from __future__ import annotations

import sqlite3

import pytest

from connectors import connect

from .pipelines import count_of, scan

MEMBERS, STAFF, OWNERS, OPENERS = 60, 12, 40, 30
TABLES = {
    "member": ("id INTEGER PRIMARY KEY, nickname TEXT, phone TEXT", ""),
    "sys_user": ("id INTEGER PRIMARY KEY, user_name TEXT, phone TEXT", ""),
    "files": ("owner_id INTEGER, size INTEGER", "FOREIGN KEY (owner_id) REFERENCES member (id)"),
    "tickets": (
        "opened_by INTEGER, closed_by INTEGER",
        "FOREIGN KEY (opened_by) REFERENCES member, FOREIGN KEY (closed_by) REFERENCES sys_user",
    ),
}


@pytest.fixture
def rows(make_people):
    people = make_people(MEMBERS + STAFF)
    members, staff = people[:MEMBERS], people[MEMBERS:]
    return {
        "member": [(n, f"nick{n}", person.mobile) for n, person in enumerate(members, 1)],
        "sys_user": [(n, person.name, person.mobile) for n, person in enumerate(staff, 1)],
        "files": [(1 + n % OWNERS, n) for n in range(100)],
        "tickets": [(1 + n % OPENERS, 1 + n % STAFF) for n in range(100)],
    }


def scanned(path, rows, *, constraints: bool):
    database = sqlite3.connect(path)
    for name, (columns, keys) in TABLES.items():
        declared = ", ".join(filter(None, (columns, keys if constraints else "")))
        database.execute(f"CREATE TABLE {name} ({declared})")
        database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[name][0]))})", rows[name])
    database.commit()
    database.close()
    return scan({"app": connect(str(path), name="app")})


def test_a_number_means_the_table_to_which_its_foreign_key_leads(tmp_path, rows):
    result = scanned(tmp_path / "app.sqlite", rows, constraints=True)

    counted = {table.name: count_of(table.subjects)[1] for table in result.datasets[0].tables}
    assert counted == {"member": MEMBERS, "sys_user": STAFF, "files": OWNERS, "tickets": OPENERS + STAFF}
    assert count_of(result.organization.subjects)[1] == MEMBERS + STAFF


def test_without_foreign_keys_names_decide_and_may_be_wrong(tmp_path, rows):
    result = scanned(tmp_path / "app.sqlite", rows, constraints=False)

    counted = {table.name: count_of(table.subjects)[1] for table in result.datasets[0].tables}
    assert counted == {"member": MEMBERS, "sys_user": STAFF, "files": OWNERS, "tickets": 0}
    assert count_of(result.organization.subjects)[1] == MEMBERS + STAFF + (OWNERS - STAFF)


def test_a_foreign_key_leads_to_another_schema(pg, pg_run, make_people):
    mobiles = [person.mobile for person in make_people(MEMBERS)]
    pg_run(
        "CREATE SCHEMA auth",
        "CREATE SCHEMA shop",
        "CREATE TABLE auth.users (id int PRIMARY KEY, mobile text)",
        "CREATE TABLE shop.users (id int PRIMARY KEY, mobile text)",  # of another application
        "CREATE TABLE shop.orders (buyer int REFERENCES auth.users (id))",
        *(f"INSERT INTO auth.users VALUES ({n}, '{mobile}')" for n, mobile in enumerate(mobiles, 1)),
        f"INSERT INTO shop.orders SELECT 1 + mod(n, {OWNERS}) FROM generate_series(1, 100) AS n",
    )
    result = scan({"app": connect(pg, name="app")})

    assert {d.name: count_of(d.subjects)[1] for d in result.datasets} == {
        "app/auth": MEMBERS,
        "app/shop": OWNERS,
    }
    assert count_of(result.organization.subjects)[1] == MEMBERS
    columns = {c.name: c.key_of for d in result.datasets for t in d.tables for c in t.columns if c.key_of}
    assert columns == {"id": "users", "buyer": "auth/users"}
