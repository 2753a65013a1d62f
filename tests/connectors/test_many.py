"""Very many tables, very many columns, no rows."""

import sqlite3
from contextlib import closing

import pyarrow as pa
import pytest

from connectors import Table, Unread, connect, tables_listed


@pytest.fixture(scope="module")
def ten_thousand(tmp_path_factory):
    path = tmp_path_factory.mktemp("many") / "many.sqlite"
    with closing(sqlite3.connect(path)) as database:
        script = "".join(f"CREATE TABLE t{number:05} (mobile TEXT);" for number in range(10_000))
        database.executescript(f"BEGIN;{script}COMMIT;")
    return path


def test_ten_thousand_tables_are_described_some_at_a_time(ten_thousand):
    with connect(str(ten_thousand)) as source:
        tables = source.tables()
        first = next(tables)

        assert (first.name, tables_listed(source)) == ("t00000", 10_000)
        assert len(source._relations) <= 200
        assert sum(1 for _ in tables) == 9_999


def test_what_is_listed_is_what_is_selected(ten_thousand):
    with connect(str(ten_thousand), include=["t0000?"], exclude=["t00003"]) as source:
        assert len(list(source.tables())) == tables_listed(source) == 9


def test_a_table_that_goes_between_two_looks_is_lost_alone(tmp_path, write_sqlite):
    path = tmp_path / "a.sqlite"
    for name in ("a", "b", "c"):
        write_sqlite(path, name, ["x"], [(1,)])
    with connect(str(path)) as source:
        listed = source._listed()
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("DROP TABLE b")
        ((group, schema, names),) = listed
        found = source._described(group, schema, names)

    assert [entry.name for entry in found if isinstance(entry, Table)] == ["a", "c"]
    assert [entry for entry in found if isinstance(entry, Unread)] == [
        Unread(table="b", reason="no such table or column")
    ]


@pytest.mark.parametrize("kind", ["sqlite", "parquet"])
def test_two_thousand_columns(kind, pandian, tmp_path, write_sqlite, write_parquet):
    names = [f"c{number:04}" for number in range(1_999)] + ["mobile"]
    row = [*("x" for _ in range(1_999)), "13902468135"]
    if kind == "sqlite":
        path = write_sqlite(tmp_path / "wide.sqlite", "wide", names, [row])
    else:
        path = write_parquet(
            tmp_path / "wide.parquet", {n: pa.array([v]) for n, v in zip(names, row, strict=True)}
        )
    outcome = pandian("scan", path)
    (table,) = outcome.scan["datasets"][0]["tables"]

    assert outcome.code == 0
    assert len(table["columns"]) == 2_000
    assert [tag["type"] for tag in table["columns"][-1]["tags"]] == ["mobile"]


def test_no_rows(pandian, tmp_path, write_sqlite):
    path = write_sqlite(tmp_path / "empty.sqlite", "customer", ["mobile", "name"], [])
    outcome = pandian("scan", path)
    (table,) = outcome.scan["datasets"][0]["tables"]

    assert (outcome.code, table["status"], table["rows"]["value"]) == (0, "empty", 0)
