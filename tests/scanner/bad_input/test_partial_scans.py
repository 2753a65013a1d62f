"""What cannot be read is listed, and the rest is scanned."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pyarrow as pa

from .outcomes import COLUMNS, INCOMPLETE, assert_refused, columns, persons, reasons, rows, statuses


def test_one_unreachable_source_is_listed_and_the_others_are_scanned(pandian, crm, tmp_path):
    outcome = pandian("scan", crm, tmp_path / "absent.csv", "--fail-on", "pi")

    assert outcome.code == INCOMPLETE
    assert reasons(outcome) == {("absent", ""): f"{tmp_path}/absent.csv: no such file."}
    assert persons(outcome) == (60, 60, 60, "exact")
    assert "absent.csv" in outcome.out


def test_nothing_reachable_is_a_scan_that_could_not_run(pandian, tmp_path):
    outcome = pandian("scan", tmp_path / "a.csv", tmp_path / "b.csv")

    assert_refused(outcome, "a.csv", "b.csv")
    assert not list(outcome.folder.iterdir())


def test_half_a_parquet_file_among_good_ones(pandian, make_people, write_parquet, tmp_path):
    lake = tmp_path / "lake"
    for day in range(3):
        write_parquet(lake / "visits" / f"day={day}" / "part.parquet", columns(make_people(20, 20 * day)))
    whole = write_parquet(lake / "members.parquet", columns(make_people(30)))
    half = lake / "visits" / "day=1" / "part.parquet"
    half.write_bytes(half.read_bytes()[: half.stat().st_size // 2])

    outcome = pandian("scan", lake)

    assert outcome.code == INCOMPLETE
    (reason,) = outcome.scan["not_scanned"]
    assert (reason["table"], reason["source"]) == ("visits", "lake")
    assert "part.parquet" in reason["reason"]
    assert "cut off" in reason["reason"]
    assert statuses(outcome) == {"members": "scanned", "visits": "partial"}
    assert persons(outcome, "visits")[1] == 40
    assert persons(outcome, "members") == (30, 30, 30, "exact")
    assert whole.exists()


def test_half_a_parquet_file_by_itself(pandian, make_people, write_parquet, tmp_path):
    lake = tmp_path / "lake"
    write_parquet(lake / "good.parquet", columns(make_people(20)))
    half = write_parquet(lake / "half.parquet", columns(make_people(20)))
    half.write_bytes(half.read_bytes()[:500])

    outcome = pandian("scan", lake)

    assert outcome.code == INCOMPLETE
    assert set(reasons(outcome)) == {("lake", "half")}
    assert persons(outcome, "good") == (20, 20, 20, "exact")


def test_a_csv_with_broken_encoding(pandian, make_people, write_csv, tmp_path):
    lake = tmp_path / "lake"
    write_csv(lake / "good.csv", COLUMNS, rows(make_people(20)))
    broken = write_csv(lake / "broken.csv", COLUMNS, rows(make_people(20, 20)))
    broken.write_bytes(broken.read_bytes() + b"99,\xff\xff\xfe\x80,x,y\n")

    outcome = pandian("scan", lake)

    assert outcome.code == INCOMPLETE
    assert set(reasons(outcome)) == {("lake", "broken")}
    assert "UTF-8" in reasons(outcome)["lake", "broken"]
    assert persons(outcome, "good") == (20, 20, 20, "exact")


def test_tables_without_columns_and_without_rows(
    pandian, crm, write_sqlite, write_csv, write_parquet, tmp_path
):
    lake = tmp_path / "lake"
    write_parquet(lake / "columnless.parquet", {})
    write_parquet(lake / "rowless.parquet", {"mobile": pa.array([], pa.string())})
    write_csv(lake / "header_only.csv", COLUMNS, [])
    (lake / "nothing.csv").write_bytes(b"")
    write_sqlite(crm, "empty_one", COLUMNS, [])

    outcome = pandian("scan", lake, crm)

    found = statuses(outcome)
    assert found["customer"] == "scanned"
    assert {found[name] for name in ("columnless", "rowless", "header_only", "empty_one")} == {"empty"}
    assert found.get("nothing", "empty") == "empty"
    assert outcome.code == (INCOMPLETE if outcome.scan["not_scanned"] else 0)
    assert persons(outcome) == (60, 60, 60, "exact")


def test_a_postgresql_table_without_columns(pandian, pg, pg_run, make_people):
    pg_run("CREATE TABLE nothing ()", "INSERT INTO nothing DEFAULT VALUES", "CREATE TABLE t (mobile text)")
    pg_run(*(f"INSERT INTO t VALUES ('{p.mobile}')" for p in make_people(30)))

    outcome = pandian("scan", pg)

    assert outcome.code == 0, outcome.err
    assert statuses(outcome) == {"nothing": "empty", "t": "scanned"}


def test_a_cell_of_100_megabytes(pandian, crm, write_parquet, make_people, tmp_path):
    blob = "事" * 5 + "x" * 100_000_000
    people = make_people(3)
    with closing(sqlite3.connect(crm)) as database, database:
        database.execute("CREATE TABLE letters (mobile, body)")
        database.executemany(
            "INSERT INTO letters VALUES (?, ?)",
            [(people[0].mobile, blob), (people[1].mobile, "short"), (people[2].mobile, None)],
        )

    outcome = pandian("scan", crm)

    assert outcome.code == 0, outcome.scan["not_scanned"]
    assert statuses(outcome) == {"customer": "scanned", "letters": "scanned"}
    assert persons(outcome)[1] == 60


def test_a_damaged_database_is_not_a_crash(pandian, crm, tmp_path, make_people, write_csv):
    write_csv(tmp_path / "good.csv", COLUMNS, rows(make_people(20)))
    data = bytearray(crm.read_bytes())
    data[4096:] = b"\xde\xad" * ((len(data) - 4096) // 2)
    crm.write_bytes(data)

    outcome = pandian("scan", crm, tmp_path / "good.csv")

    assert outcome.code == INCOMPLETE
    assert persons(outcome) == (20, 20, 20, "exact")
    assert "Traceback" not in outcome.err
