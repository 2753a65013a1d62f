"""Which parts a table has, and when they changed: what a later scan need not read again."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from contextlib import closing

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from connectors import Increment, TableUnreadable, connect, list_parts, stream_part
from connectors._storage.stamps import stamp


def parts_of(location, table="t", kept=(), **options):
    """Open a source anew and return the parts of a table by name."""
    with connect(str(location), **options) as source:
        (found,) = (entry for entry in source.tables() if entry.name == table)
        return {part.name: part for part in list_parts(source, found, kept)}


def rows_of(location, part, table="t", **options):
    with connect(str(location), **options) as source:
        (found,) = (entry for entry in source.tables() if entry.name == table)
        list_parts(source, found, [part.name])
        batches = list(stream_part(source, found, part, ["id"]))
        return sorted(value for batch in batches for value in batch.column(0).to_pylist())


def changed(before, after):
    return {name for name in after if name not in before or before[name] != after[name]}


@pytest.fixture
def tree(tmp_path):
    for day, ids in {"2026-01-01": [1, 2], "2026-01-02": [3]}.items():
        folder = tmp_path / "lake" / "t" / f"day={day}"
        folder.mkdir(parents=True)
        pq.write_table(pa.table({"id": ids}), folder / "part-0.parquet")
    return tmp_path / "lake"


def test_every_file_of_a_partitioned_tree_is_a_part(tree):
    parts = parts_of(tree)

    assert list(parts) == ["t/day=2026-01-01/part-0.parquet", "t/day=2026-01-02/part-0.parquet"]
    first = parts["t/day=2026-01-01/part-0.parquet"]
    assert first.keys == (("day", "2026-01-01"),)
    assert rows_of(tree, first) == [1, 2]


def test_a_new_file_is_the_only_change(tree):
    before = parts_of(tree)
    (tree / "t" / "day=2026-01-03").mkdir()
    pq.write_table(pa.table({"id": [4]}), tree / "t" / "day=2026-01-03" / "part-0.parquet")

    assert changed(before, parts_of(tree)) == {"t/day=2026-01-03/part-0.parquet"}


@pytest.mark.parametrize("how", ["longer", "touched"])
def test_a_file_that_was_written_again_has_changed(tree, how):
    before = parts_of(tree)
    path = tree / "t" / "day=2026-01-02" / "part-0.parquet"
    if how == "longer":
        pq.write_table(pa.table({"id": list(range(500))}), path)
    else:
        found = path.stat()
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns + 1))

    assert changed(before, parts_of(tree)) == {"t/day=2026-01-02/part-0.parquet"}


def test_another_folder_for_the_same_tree_changes_nothing(tree, tmp_path):
    before = parts_of(tree)
    tree.rename(tmp_path / "moved")

    assert parts_of(tmp_path / "moved") == before


def test_a_file_that_went_away_is_named(tree):
    with connect(str(tree)) as source:
        (table,) = source.tables()
        part = list_parts(source, table)[0]
        (tree / part.name).unlink()

        with pytest.raises(TableUnreadable, match=r"part-0\.parquet: no such file"):
            list(stream_part(source, table, part, ["id"]))


def test_a_part_has_the_column_types_of_the_whole_table(tree):
    (tree / "t" / "day=2026-01-03").mkdir()
    pq.write_table(pa.table({"id": ["x7"]}), tree / "t" / "day=2026-01-03" / "part-0.parquet")

    assert rows_of(tree, parts_of(tree)["t/day=2026-01-01/part-0.parquet"]) == ["1", "2"]


def test_a_csv_file_changes_with_the_columns_that_are_seen_in_it(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id,name\n1,a\n")
    when = path.stat().st_mtime_ns
    (before,) = parts_of(path).values()
    path.write_text("id,mame\n1,a\n")
    os.utime(path, ns=(when, when))

    (after,) = parts_of(path).values()
    assert before.fingerprint != after.fingerprint


def test_sheets_change_with_their_workbook(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["id"])
    book.active.append([1])
    book.save(tmp_path / "t.xlsx")
    (part,) = parts_of(tmp_path / "t.xlsx").values()

    assert part.fingerprint.startswith(stamp(tmp_path / "t.xlsx"))


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_table_changes_with_its_database_file(tmp_path, kind):
    path = tmp_path / f"crm.{kind}"
    module = {"sqlite": sqlite3, "duckdb": duckdb}[kind]
    with closing(module.connect(path)) as database:
        database.execute("CREATE TABLE t (id INTEGER)")
        database.execute("INSERT INTO t VALUES (1)")
        database.commit()
    before = parts_of(path)
    assert list(before) == [""]
    assert parts_of(path) == before == parts_of(tmp_path)

    with closing(module.connect(path)) as database:
        database.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(5000)])
        database.commit()

    assert parts_of(path) != before
    assert rows_of(path, parts_of(path)[""])[:2] == [0, 1]


@pytest.fixture
def orders(tmp_path):
    path = tmp_path / "crm.sqlite"
    run(path, "CREATE TABLE t (id INTEGER, month TEXT, updated_at TEXT)")
    run(path, "INSERT INTO t VALUES (1, '01', 'a'), (2, '01', 'b'), (3, '02', 'a'), (4, NULL, 'a')")
    return path


def run(path, statement):
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement)


def test_every_value_of_a_partition_column_is_a_part(orders):
    options = {"increments": [Increment(table="t", partition="month")]}
    parts = parts_of(orders, **options)

    assert {name: rows_of(orders, part, **options) for name, part in parts.items()} == {
        "(null)": [4],
        "01": [1, 2],
        "02": [3],
    }
    assert parts["01"].keys == (("month", "01"),)


@pytest.mark.parametrize(
    ("statement", "noticed"),
    [
        ("INSERT INTO t VALUES (5, '02', 'a')", {"02"}),
        ("INSERT INTO t VALUES (5, '03', 'a')", {"03"}),
        ("DELETE FROM t WHERE id = 1", {"01"}),
        ("UPDATE t SET id = 9, updated_at = 'c' WHERE id = 1", {"01"}),
    ],
)
def test_a_partition_changes_with_its_rows(orders, statement, noticed):
    options = {"increments": [Increment(table="t", partition="month", changed="updated_at")]}
    before = parts_of(orders, **options)
    run(orders, statement)

    assert changed(before, parts_of(orders, **options)) == noticed


def test_only_rows_above_the_greatest_value_seen_are_new(orders):
    options = {"increments": [Increment(table="t", grows="id")]}
    first = parts_of(orders, **options)
    run(orders, "INSERT INTO t VALUES (5, '02', 'a'), (7, '02', 'a')")
    second = parts_of(orders, kept=list(first), **options)
    run(orders, "INSERT INTO t VALUES (30, '02', 'a'), (NULL, '02', 'a')")
    third = parts_of(orders, kept=list(second), **options)

    assert (list(first), list(second), list(third)) == (
        ["..4"],
        ["..4", "4..7"],
        ["..4", "4..7", "7..30", "(null)"],
    )
    assert changed(second, third) == {"7..30", "(null)"}
    assert changed(first, second) == {"4..7"}


def test_a_row_deleted_below_the_mark_is_noticed(orders):
    options = {"increments": [Increment(table="t", grows="id")]}
    run(orders, "INSERT INTO t VALUES (9, '02', 'a')")
    before = parts_of(orders, kept=["..4"], **options)
    run(orders, "DELETE FROM t WHERE id = 2")

    assert changed(before, parts_of(orders, kept=list(before), **options)) == {"..4"}


def test_a_table_that_was_emptied_has_no_ranges(orders):
    run(orders, "DELETE FROM t")

    assert parts_of(orders, kept=["..4"], increments=[Increment(table="t", grows="id")]) == {}


def test_a_table_that_shrank_is_read_up_to_what_is_there(orders):
    run(orders, "DELETE FROM t WHERE id > 2")

    assert list(parts_of(orders, kept=["..1", "1..4"], increments=[Increment(table="t", grows="id")])) == [
        "..1",
        "1..2",
    ]


def test_a_column_that_is_not_there_is_named(orders):
    with pytest.raises(TableUnreadable, match="no column 'monat'"):
        parts_of(orders, increments=[Increment(table="*", partition="monat")])


def test_other_tables_are_one_part(orders):
    assert list(parts_of(orders, increments=[Increment(table="u", partition="month")])) == [""]


def test_increments_on_a_server(pg, pg_run):
    pg_run(
        "CREATE TABLE t (id int, at timestamptz, day date)",
        "INSERT INTO t VALUES (1, '2026-01-01 08:00+00', '2026-01-01'), (2, NULL, '2026-01-02')",
    )
    by_day, by_time = [Increment(table="t", partition="day")], [Increment(table="t", grows="at")]

    assert parts_of(pg)[""].fingerprint == ""
    days = parts_of(pg, increments=by_day)
    assert {name: part.fingerprint for name, part in days.items()} == {"2026-01-01": "1", "2026-01-02": "1"}
    assert rows_of(pg, days["2026-01-02"], increments=by_day) == [2]
    first = parts_of(pg, increments=by_time)
    assert list(first)[1:] == ["(null)"]
    pg_run("INSERT INTO t VALUES (3, '2026-01-03 08:00+00', '2026-01-03')")
    second = parts_of(pg, kept=list(first), increments=by_time)
    (new,) = changed(first, second)
    assert dt.datetime.fromisoformat(new.partition("..")[2]) == dt.datetime(2026, 1, 3, 8, tzinfo=dt.UTC)

    with connect(pg, increments=by_time) as source:
        (table,) = source.tables()
        list_parts(source, table, list(first))
        batches = list(stream_part(source, table, second[new], ["id"]))
    assert [value for batch in batches for value in batch.column(0).to_pylist()] == [3]


def test_a_source_without_parts_is_one_that_cannot_tell():
    class Whole:
        def stream(self, table, columns):
            yield (table, tuple(columns))

    (part,) = list_parts(Whole(), "t")

    assert (part.name, part.fingerprint) == ("", "")
    assert list(stream_part(Whole(), "t", part, ["id"])) == [("t", ("id",))]


def test_parts_of_a_url_of_sqlite(orders):
    url = sa.URL.create("sqlite", database=str(orders)).render_as_string()

    assert parts_of(url) == parts_of(orders)
