"""`pandian doctor`: what may be read, how, at what cost, and what to do about the rest."""

import json
import sys

import pyarrow as pa
import pytest
import sqlalchemy as sa

from connectors.dialects.postgresql import sampling


@pytest.fixture
def ask(pandian):
    def run(*arguments):
        outcome = pandian("doctor", *arguments, "--format", "json")
        return outcome.code, json.loads(outcome.out)["sources"]

    return run


def by_name(source):
    return {table["name"]: table for table in source["tables"]}


def test_a_folder_tells_formats_sizes_rows_and_unknown_files(
    ask, tmp_path, write_parquet, write_csv, write_sqlite
):
    parquet = write_parquet(tmp_path / "visit.parquet", {"x": pa.array(range(5_000))})
    write_csv(tmp_path / "old" / "list.csv", ["a", "b"], [("1", "2")])
    write_sqlite(tmp_path / "crm.sqlite", "customer", ["x", "y"], [(1, 2)])
    (tmp_path / "notes.docx").write_bytes(b"PK\x03\x04")
    code, (source,) = ask(str(tmp_path))
    tables = by_name(source)

    assert (code, source["status"], source["kind"]) == (3, "partial", "files")
    assert source["server"] == "1 Parquet, 1 SQLite, 1 delimited text, 1 unknown"
    assert [(entry["table"], entry["reason"]) for entry in source["refused"]] == [
        ("notes.docx", "format not supported")
    ]
    visit = tables["visit"]
    assert (visit["rows"], visit["exact"], visit["sampled"]) == (5_000, True, 2_000)
    assert visit["bytes"] == parquet.stat().st_size
    assert tables["old/list"]["columns"] == 2
    assert source["cost"]["tables"] == 3
    assert source["cost"]["rows"] == 5_002
    assert source["cost"]["sampled_rows"] == 2_002


def test_what_can_be_read_as_a_whole_ends_with_0_and_nothing_with_2(ask, tmp_path, write_csv):
    path = write_csv(tmp_path / "a.csv", ["a"], [("1",)])

    assert ask(str(path))[0] == 0
    code, (source,) = ask(str(tmp_path / "none.csv"))
    assert (code, source["status"]) == (2, "unreachable")
    assert "no such file" in source["refused"][0]["reason"]
    assert ask(str(path), str(tmp_path / "none.csv"))[0] == 3


def test_the_time_that_a_limit_makes_is_told(ask, tmp_path, write_parquet):
    path = write_parquet(tmp_path / "t.parquet", {"x": pa.array(range(9_000))})

    assert ask(str(path), "--max-rows-per-second", "100")[1][0]["cost"]["seconds"] == 110


def test_the_sampling_of_large_tables_is_told(ask, pg, pg_run, monkeypatch):
    monkeypatch.setattr(sampling, "SMALL", 1_000)
    pg_run(
        "CREATE TABLE large (id int, mobile text)",
        "INSERT INTO large SELECT n, n FROM generate_series(1, 200000) n",
        "CREATE TABLE small (id int)",
        "CREATE VIEW recent AS SELECT id FROM large",
        "ANALYZE",
    )
    code, (source,) = ask(pg)
    tables = by_name(source)

    assert code == 0
    assert source["server"].startswith("PostgreSQL ")
    assert any(driver.startswith("psycopg 3") for driver in source["drivers"])
    assert any(driver.startswith("adbc-driver-postgresql") for driver in source["drivers"])
    assert tables["large"]["sampling"] == "TABLESAMPLE SYSTEM (10 %)"
    assert tables["small"]["sampling"] == "all rows in random order"
    assert "first 1,000,000 rows" in tables["recent"]["sampling"]
    assert (tables["large"]["rows"], tables["recent"]["rows"]) == (200_000, None)
    assert 6_000_000 < tables["large"]["bytes"] < 12_000_000
    assert (tables["recent"]["bytes"], source["cost"]["tables_unknown"]) == (None, 1)


def test_several_schemas_and_partitions_have_their_sizes(ask, pg, pg_run):
    pg_run(
        "CREATE SCHEMA crm",
        "CREATE TABLE crm.a (x text)",
        "INSERT INTO crm.a SELECT repeat('x', 100) FROM generate_series(1, 1000)",
        "CREATE TABLE p (x int) PARTITION BY RANGE (x)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10000)",
        "INSERT INTO p SELECT generate_series(0, 9999)",
    )
    tables = by_name(ask(pg)[1][0])

    assert 100_000 < tables["crm/a"]["bytes"] < 300_000
    assert 300_000 < tables["public/p"]["bytes"] < 600_000


def test_the_key_that_a_table_of_mariadb_is_sampled_by_is_told(ask, mariadb, mariadb_run):
    mariadb_run(
        "CREATE TABLE t (id int PRIMARY KEY, pad varchar(40))",
        "INSERT INTO t SELECT seq, 'some padding' FROM seq_1_to_300000",
        "CREATE TABLE s (x int)",
        "ANALYZE TABLE t, s",
    )
    tables = by_name(ask(mariadb)[1][0])

    assert tables["t"]["sampling"] == "64 ranges of the key 'id'"
    assert tables["s"]["sampling"] == "all rows in random order"
    assert tables["t"]["bytes"] > 3_000_000


@pytest.mark.parametrize(
    ("module", "url", "fix"),
    [
        ("psycopg", "postgresql://me:secret@db/crm", "pip install 'pandian[postgresql]'"),
        ("pymysql", "mysql://me:secret@db/crm", "pip install 'pandian[mysql]'"),
        ("duckdb", "a.duckdb", "pip install 'pandian[duckdb]'"),
    ],
)
def test_a_missing_driver_is_told_with_the_command(ask, monkeypatch, tmp_path, module, url, fix):
    if module == "duckdb":
        path = tmp_path / url
        pytest.importorskip("duckdb").connect(str(path)).close()
        url = str(path)
    monkeypatch.setitem(sys.modules, module, None)
    code, (source,) = ask(url)

    assert (code, source["status"], source["refused"][0]["fix"]) == (2, "unreachable", fix)


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_password_is_ever_printed(pandian, pg, form, tmp_path):
    wrong = sa.make_url(pg).set(username="locked", password="hunter2-canary")
    config = tmp_path / "pandian.yaml"
    config.write_text(
        json.dumps(
            {
                "sources": [
                    {"name": "a", "url": wrong.render_as_string(hide_password=False)},
                    {"name": "b", "url": "mysql://me:hunter2-canary@127.0.0.1:1/x?ssl_key=hunter2-canary"},
                    {"name": "c", "url": "postgresql://me:hunter2-canary@d@127.0.0.1/x"},
                    {"name": "d", "url": "nosuch://me:hunter2-canary@h/x"},
                ]
            }
        )
    )
    outcome = pandian("doctor", "--config", config, "--format", form)

    assert outcome.code == 2
    assert "hunter2" not in outcome.out + outcome.err
    assert "login refused" in outcome.out


def test_text_shows_the_same_to_people(pandian, pg, pg_run):
    pg_run(
        "CREATE TABLE customer (id int, mobile text)",
        "CREATE TABLE payroll (id int)",
        "DO $$ BEGIN CREATE ROLE visitor LOGIN; EXCEPTION WHEN duplicate_object THEN END $$",
        "GRANT SELECT ON customer TO visitor",
    )
    url = sa.make_url(pg).set(username="visitor").render_as_string(hide_password=False)
    outcome = pandian("doctor", url)

    assert outcome.code == 3
    for line in (
        "can be read in part",
        'role      "visitor"',
        "session   read-only transactions",
        "payroll: permission denied",
        'GRANT SELECT ON "public"."payroll" TO "visitor";',
        "all rows in random order",
    ):
        assert line in outcome.out


def test_hostile_names_do_not_reach_the_terminal(pandian, tmp_path, write_sqlite):
    path = write_sqlite(tmp_path / "a.sqlite", "red\x1b[31m\u202e", ["x"], [(1,)])
    outcome = pandian("doctor", str(path))

    assert outcome.code == 0
    assert "\x1b" not in outcome.out
    assert "\u202e" not in outcome.out


def test_of_a_database_file_without_known_sizes_only_rows_are_said_and_no_server(
    pandian, tmp_path, write_sqlite
):
    path = write_sqlite(tmp_path / "a.sqlite", "customer", ["x", "y"], [(1, 2), (3, 4)])
    said = pandian("doctor", path).out

    assert "at most 2 rows; of them only columns about people" in said
    assert "0 B" not in said
    assert "rows from a cursor\n" in said
