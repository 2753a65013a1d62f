"""docs/privileges.md, run: a role with its grants reads everything, and the doctor names each missing one."""

import json
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

DOCUMENT = (Path(__file__).parents[2] / "docs" / "privileges.md").read_text(encoding="utf-8")


def statements(heading, block=0):
    """Return the statements of a block of SQL under a heading."""
    section = DOCUMENT.split(f"## {heading}", 1)[1].split("\n## ")[0]
    blocks = re.findall(r"```sql\n(.*?)```", section, flags=re.DOTALL)
    return [line for line in blocks[block].splitlines() if line]


@pytest.fixture
def diagnose(pandian):
    """Return a function that asks the doctor: exit code, and the only source."""

    def ask(*arguments):
        outcome = pandian("doctor", *arguments, "--format", "json")
        (source,) = json.loads(outcome.out)["sources"]
        return outcome.code, source

    return ask


@pytest.fixture
def crm(pg, pg_run):
    """A database with one schema; return its name and the URL of the role, which is not there yet."""
    pg_run(
        "DROP ROLE IF EXISTS pandian",
        "DROP SCHEMA public",
        "CREATE SCHEMA sales",
        "CREATE TABLE sales.customer (id int, mobile text)",
        "INSERT INTO sales.customer SELECT n, '139' || lpad((n * 7919317::bigint %% 100000000)::text, 8, '0')"
        " FROM generate_series(1, 500) n",
        "CREATE VIEW sales.recent AS SELECT id FROM sales.customer",
    )
    url = sa.make_url(pg)
    yield (
        url.database,
        url.set(username="pandian", password="change-me").render_as_string(hide_password=False),
    )
    pg_run("DROP OWNED BY pandian", "DROP ROLE pandian")


def granted(pg_run, database, *names):
    """Run the document's statements; those with one of ``names`` are left out."""
    for statement in statements("PostgreSQL"):
        if not any(name in statement for name in names):
            pg_run(statement.replace("DATABASE crm", f'DATABASE "{database}"'))


def test_a_role_of_postgresql_with_exactly_these_grants_scans(pg_run, crm, diagnose, pandian):
    database, url = crm
    granted(pg_run, database)

    code, source = diagnose(url)
    assert (code, source["status"], source["refused"], source["remarks"]) == (0, "ok", [], [])
    assert (source["role"], source["session"]) == ('"pandian"', "read-only transactions")

    scan = pandian("scan", url)
    assert scan.code == 0
    (dataset,) = scan.scan["datasets"]
    assert {table["name"]: table["status"] for table in dataset["tables"]} == {
        "customer": "scanned",
        "recent": "scanned",
    }
    assert dataset["subjects"][0]["estimate"] == 500


@pytest.mark.parametrize("missing", ["GRANT USAGE", "GRANT SELECT", "GRANT CONNECT"])
def test_the_doctor_prints_the_grant_of_postgresql_that_is_missing(pg_run, crm, diagnose, missing):
    database, url = crm
    pg_run(f'REVOKE CONNECT ON DATABASE "{database}" FROM PUBLIC')
    granted(pg_run, database, missing)

    code, source = diagnose(url)
    assert code == (2 if missing == "GRANT CONNECT" else 3)
    assert all(refused["fix"].startswith(("GRANT", missing)) for refused in source["refused"])
    for fix in {statement for refused in source["refused"] for statement in refused["fix"].split("; ")}:
        pg_run(fix)
    assert diagnose(url)[0] == 0


def test_the_doctor_prints_grants_of_columns_and_of_rows(pg_run, crm, diagnose):
    database, url = crm
    granted(pg_run, database)
    pg_run(
        "REVOKE SELECT ON sales.customer FROM pandian",
        "GRANT SELECT (id) ON sales.customer TO pandian",
        "ALTER TABLE sales.customer ENABLE ROW LEVEL SECURITY",
    )
    code, source = diagnose(url)
    column, rows = source["refused"]

    assert (code, source["status"]) == (3, "partial")
    assert (column["column"], column["fix"]) == (
        "mobile",
        'GRANT SELECT ("mobile") ON "sales"."customer" TO "pandian";',
    )
    assert rows["fix"] == 'ALTER ROLE "pandian" BYPASSRLS;'
    pg_run(column["fix"], rows["fix"])
    assert diagnose(url)[0] == 0


def test_the_doctor_prints_the_grant_that_max_load_needs(pg_run, crm, diagnose):
    database, url = crm
    granted(pg_run, database)
    code, source = diagnose(url, "--max-load", "5")
    (refused,) = source["refused"]

    assert (code, source["status"]) == (2, "unreachable")
    assert [refused["fix"]] == statements("PostgreSQL", block=1)
    pg_run(refused["fix"])
    code, source = diagnose(url, "--max-load", "5")
    assert (code, source["running"] >= 0) == (0, True)


def test_a_role_that_may_write_is_told(pg, diagnose, pg_run):
    pg_run("CREATE TABLE t (x int)")
    code, source = diagnose(pg)

    assert code == 0
    assert "may write" in source["remarks"][0]["what"]


@pytest.fixture
def shop(mariadb, mariadb_run):
    """A database of MariaDB; return its name and the URL of the user, who is not there yet."""
    url = sa.make_url(mariadb)
    mariadb_run(
        # The nameless user of this host would be taken before a user of any host.
        "DELETE FROM mysql.global_priv WHERE User = ''",
        "FLUSH PRIVILEGES",
        "DROP USER IF EXISTS pandian",
        "CREATE TABLE customer (id int PRIMARY KEY, mobile varchar(20))",
        "INSERT INTO customer"
        " SELECT seq, concat('139', lpad(seq * 7919317 %% 100000000, 8, '0')) FROM seq_1_to_500",
        "CREATE VIEW recent AS SELECT id FROM customer",
    )
    yield (
        url.database,
        url.set(username="pandian", password="change-me").render_as_string(hide_password=False),
    )
    mariadb_run("DROP USER pandian")


def granted_in_mariadb(mariadb_run, database, *names):
    for statement in statements("MySQL"):
        if not any(name in statement for name in names):
            mariadb_run(statement.replace("crm.", f"{database}.").replace("%", "%%"))


def test_a_user_of_mariadb_with_exactly_these_grants_scans(mariadb_run, shop, diagnose, pandian):
    database, url = shop
    granted_in_mariadb(mariadb_run, database)

    code, source = diagnose(url, "--max-load", "5")
    assert (code, source["status"], source["refused"], source["remarks"]) == (0, "ok", [], [])
    assert source["server"].startswith("MariaDB 1")

    scan = pandian("scan", url)
    assert scan.code == 0
    assert scan.scan["datasets"][0]["subjects"][0]["estimate"] == 500


def test_the_doctor_prints_the_grants_of_mariadb_that_are_missing(mariadb_run, shop, diagnose):
    database, url = shop
    granted_in_mariadb(mariadb_run, database, "GRANT SELECT")
    code, source = diagnose(url)
    (refused,) = source["refused"]

    assert code == 2
    assert refused["fix"] == f"GRANT SELECT ON `{database}`.* TO 'pandian'@'%';"
    mariadb_run(f"GRANT SELECT (id), INSERT (mobile) ON {database}.customer TO pandian@'%%'")
    code, source = diagnose(url)
    (column,) = source["refused"]
    assert (code, column["column"]) == (3, "mobile")
    assert column["fix"] == f"GRANT SELECT (`mobile`) ON `{database}`.`customer` TO 'pandian'@'%';"
    for fix in (column["fix"], refused["fix"]):
        mariadb_run(fix.replace("%", "%%"))
    assert diagnose(url)[0] == 0
