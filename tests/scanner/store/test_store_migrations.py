"""The schema of the store: made, upgraded, refused; by several processes at once; killed in the middle."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from scanner.store import HistoryStore, StoreNewer
from scanner.store.connecting import engine_of, writing
from scanner.store.migrating import bring_up_to_date, revisions
from scanner.store.place import make_file, store_url
from scanner.store.rows import scan_row
from scanner.store.schema import _META, SCANS, VERSION_TABLE

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def engine_at(place):
    url = store_url(place, os.environ)
    make_file(url)
    return engine_of(url)


def revision(engine):
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalars().all()


def tables(engine):
    return {name for name in sa.inspect(engine).get_table_names() if name.startswith("pandian_")}


def test_revisions_are_numbered_without_a_gap():
    assert revisions() == tuple(f"{n:04}" for n in range(1, len(revisions()) + 1))


def test_the_revisions_make_the_tables_that_this_version_reads(place):
    engine = engine_at(place)
    bring_up_to_date(engine, "here")
    inspector = sa.inspect(engine)

    assert revision(engine) == [revisions()[-1]]
    for table in _META.tables.values():
        there = {column["name"]: column for column in inspector.get_columns(table.name)}
        assert set(there) == {column.name for column in table.columns}
        assert {n for n, c in there.items() if not c["nullable"]} == {
            c.name for c in table.columns if not c.nullable
        }
        assert inspector.get_pk_constraint(table.name)["constrained_columns"] == [
            column.name for column in table.primary_key
        ]


def test_a_store_of_the_first_revision_is_upgraded_with_its_scans(place, base, at):
    engine = engine_at(place)
    bring_up_to_date(engine, "here", to="0001")
    assert "pandian_count" not in tables(engine)
    old = [at(base, "2026-01-01"), at(base, "2026-02-01", "甲")]
    with writing(engine) as connection:
        connection.execute(sa.insert(SCANS), [scan_row(result, "2026-02-01T00:00:00Z") for result in old])

    bring_up_to_date(engine, "here")

    store, fresh = HistoryStore(engine, "here"), [at(base, "2026-03-01")]
    store.keep(fresh[0], NOON)
    figures = [
        [
            (c.scope, c.name, c.category, c.window, c.persons, c.partial)
            for c in store.counts([result.scan.id])
        ]
        for result in (*old, *fresh)
    ]
    verdicts = [
        [
            (n.rule_id, n.scope, n.verdict, n.metric, n.unit, n.threshold, n.count)
            for n in store.lines([r.scan.id])
        ]
        for r in (*old, *fresh)
    ]
    assert figures[0]
    assert figures[0] == figures[1] == figures[2]
    assert verdicts[0]
    assert verdicts[0] == verdicts[1] == verdicts[2]


def test_a_store_of_a_later_version_is_refused_and_left_alone(place, open_it, base):
    store = open_it(place)
    store.keep(base, NOON)
    engine = engine_at(place)
    with writing(engine) as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")

    with pytest.raises(StoreNewer, match=r"revision 9999.*Upgrade Pandian, or name another store"):
        open_it(place)

    assert revision(engine) == ["9999"]


def test_an_open_store_is_not_migrated_again(file_store, open_it, monkeypatch):
    monkeypatch.setattr("scanner.store.migrating._upgrade", None)

    assert open_it(file_store.location).scans() == ()


WRITER = """
    import datetime as dt, os, pickle, sys, time
    from scanner.store import open_store
    with open(sys.argv[2], "rb") as file:
        results = pickle.load(file)
    while time.time() < float(sys.argv[3]):
        time.sleep(0.001)
    store = open_store(sys.argv[1], os.environ)
    for result in results:
        store.keep(result, dt.datetime.now(dt.UTC))
"""


def started(code, *arguments):
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def pickled(tmp_path, base, at):
    """Return a function that writes results for another process to read."""
    import pickle

    def write(name, *days):
        file = tmp_path / f"{name}.pickle"
        file.write_bytes(pickle.dumps([at(base, day, id=f"{name}-{day}") for day in days]))
        return file

    return write


def test_processes_that_start_at_once_make_one_store_and_lose_no_scan(place, pickled, open_it):
    import time

    days = [f"2026-01-{n:02}" for n in range(1, 6)]
    begin = time.time() + 6
    writers = [started(WRITER, place, pickled(f"w{n}", *days), begin) for n in range(3)]
    errors = [writer.communicate(timeout=120)[1] for writer in writers]

    assert [writer.returncode for writer in writers] == [0, 0, 0], errors
    found = open_it(place)
    assert sorted(scan.id for scan in found.scans()) == sorted(
        f"w{n}-{day}" for n in range(3) for day in days
    )
    assert all(found.lines([scan.id]) for scan in found.scans())


def test_one_scan_kept_by_two_processes_is_kept_once(place, pickled, open_it):
    import time

    same = pickled("same", "2026-01-01")
    begin = time.time() + 5
    writers = [started(WRITER, place, same, begin) for _ in range(2)]
    errors = [writer.communicate(timeout=120)[1] for writer in writers]

    assert [writer.returncode for writer in writers] == [0, 0], errors
    assert len(open_it(place).scans()) == 1


KILLED_WRITING = """
    import datetime as dt, os, pickle, signal, sys
    import sqlalchemy as sa
    from scanner.store import open_store
    with open(sys.argv[2], "rb") as file:
        (result,) = pickle.load(file)
    store = open_store(sys.argv[1], os.environ)
    @sa.event.listens_for(store._engine, "commit")
    def die(connection):
        os.kill(os.getpid(), signal.SIGKILL)
    store.keep(result, dt.datetime.now(dt.UTC))
"""
KILLED_UPGRADING = """
    import os, signal, sys
    from scanner.store import migrating, open_store
    upgrade = migrating._upgrade
    def die(connection, goal):
        upgrade(connection, goal)
        os.kill(os.getpid(), signal.SIGKILL)
    migrating._upgrade = die
    open_store(sys.argv[1], os.environ)
"""


def killed(code, *arguments):
    process = started(code, *arguments)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL, errors


def test_a_kill_in_mid_write_leaves_no_half_of_a_scan(place, pickled, open_it, base):
    open_it(place).keep(base, NOON)

    killed(KILLED_WRITING, place, pickled("dead", "2026-01-01"))

    store = open_it(place)
    assert [scan.id for scan in store.scans()] == [base.scan.id]
    assert store.lines(["dead-2026-01-01"]) == store.counts(["dead-2026-01-01"]) == ()
    store.keep(store.load(base.scan.id), NOON)  # it can still be written


def test_a_kill_in_mid_upgrade_is_made_good_by_the_next_start(place, open_it, base):
    killed(KILLED_UPGRADING, place)

    store = open_it(place)
    store.keep(base, NOON)

    assert revision(store._engine) == [revisions()[-1]]
    assert store.load(base.scan.id).scan.id == base.scan.id


def test_sqlite_has_no_trace_of_a_killed_upgrade(tmp_path):
    file = tmp_path / "history.sqlite"

    killed(KILLED_UPGRADING, file)

    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
