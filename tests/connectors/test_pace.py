"""Reading no faster than allowed, and not while the server is busy with others."""

import threading
import time
from types import SimpleNamespace

import pyarrow as pa
import pytest
import sqlalchemy as sa

from connectors import Access, SourceUnreachable, TableUnreadable, Unread, connect
from connectors._databases.load import NotMeasurable, _running, running
from connectors._pace import LONGEST_WAIT_S, Pace
from connectors.dialects.traits import Traits


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def pace_of(access, running=None):
    clock = Clock()
    pace = Pace(access, running, "db")
    pace.clock, pace.sleep = clock, clock.sleep
    return pace, clock


def test_rows_take_the_time_that_they_may():
    pace, clock = pace_of(Access(rows_per_second=1_000))
    for _ in range(5):
        pace.took(400)
        clock.now += 0.1  # our own work comes on top

    assert clock.now == pytest.approx(2.5)


def test_idle_time_saves_up_nothing():
    pace, clock = pace_of(Access(rows_per_second=1_000))
    pace.took(1_000)
    clock.now += 3_600
    pace.took(2_000)

    assert clock.slept == [1, 2]


def test_a_busy_server_is_left_alone_until_it_is_not():
    loads = iter([9, 9, 9, 3])
    pace, clock = pace_of(Access(running=3), lambda: next(loads))
    pace.wait_for_server()

    assert clock.slept == [1, 2, 4]
    pace.wait_for_server()  # looks again after a second at the earliest
    assert clock.slept == [1, 2, 4]


def test_a_server_that_stays_busy_is_given_up():
    pace, clock = pace_of(Access(running=3), lambda: 9)

    with pytest.raises(TableUnreadable, match="more than 3 statements of others for 10 minutes"):
        pace.wait_for_server()
    assert LONGEST_WAIT_S < clock.now < LONGEST_WAIT_S + 20


def test_files_are_read_at_the_pace_too(tmp_path, write_parquet):
    path = write_parquet(tmp_path / "t.parquet", {"x": pa.array(range(600))})
    with connect(str(path), access=Access(rows_per_second=2_000, running=0)) as source:
        (table,) = source.tables()
        start = time.monotonic()
        rows = sum(batch.num_rows for batch in source.stream(table, ["x"]))

    assert rows == 600
    assert time.monotonic() - start >= 0.3


POSTGRESQL, MARIADB = "SELECT pg_advisory_lock(7)", "SELECT get_lock('gate', 600)"


class Others:
    """Statements of others that run on the server until they are let go: they wait for a lock."""

    def __init__(self, url, statement, number):
        self.statement = statement
        self.engine = sa.create_engine(url, poolclass=sa.NullPool)
        self.threads = [threading.Thread(target=self._run) for _ in range(number)]

    def _run(self):
        with self.engine.connect() as connection:
            connection.exec_driver_sql(self.statement).all()

    def __enter__(self):
        self.gate = self.engine.connect()
        self.gate.exec_driver_sql(self.statement).all()
        for thread in self.threads:
            thread.start()
        return self

    def let_go(self):
        self.gate.close()

    def __exit__(self, *_):
        self.let_go()
        for thread in self.threads:
            thread.join()


def wait_until(holds, seconds=120):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_postgresql_tells_how_many_statements_of_others_run(pg, pg_run):
    pg_run("CREATE TABLE t (x text)", "INSERT INTO t SELECT repeat('x', 90) FROM generate_series(1, 200000)")
    with connect(pg) as source:
        (table,) = source.tables()
        before = source.running()
        with Others(pg, POSTGRESQL, 3):
            wait_until(lambda: source.running() == before + 3)
            stream = source.stream(table, ["x"])
            next(stream)
            assert source.running() == before + 3  # our own statement is none of theirs
            list(stream)


def test_mariadb_tells_how_many_statements_of_others_run(mariadb, mariadb_run):
    mariadb_run("CREATE TABLE t (x int)", "INSERT INTO t SELECT seq FROM seq_1_to_100000")
    with connect(mariadb) as source:
        (table,) = source.tables()
        wait_until(lambda: source.running() == 0)
        with Others(mariadb, MARIADB, 3):
            wait_until(lambda: source.running() == 3)
            stream = source.stream(table, ["x"])
            next(stream)
            assert source.running() == 3
            list(stream)


def test_a_scan_waits_for_a_busy_server(pg, pg_run):
    pg_run("CREATE TABLE t (x int)")
    with connect(pg) as source:
        quiet = source.running()
    with connect(pg, access=Access(running=quiet)) as source:
        (table,) = source.tables()
        with Others(pg, POSTGRESQL, 1) as others:
            with connect(pg) as other:
                wait_until(lambda: other.running() > quiet)
            start = time.monotonic()
            threading.Timer(2, others.let_go).start()
            source.sample(table, rows=1, seed=0)
            waited = time.monotonic() - start

    assert waited >= 2


def test_a_role_that_may_not_see_the_load_is_told_the_grant(pg, pg_run):
    pg_run("DO $$ BEGIN CREATE ROLE watcher LOGIN; EXCEPTION WHEN duplicate_object THEN END $$")
    url = sa.make_url(pg).set(username="watcher").render_as_string(hide_password=False)
    with pytest.raises(SourceUnreachable, match="GRANT pg_read_all_stats TO watcher;"):
        connect(url, access=Access(running=3))

    pg_run("GRANT pg_read_all_stats TO watcher")
    connect(url, access=Access(running=3)).__exit__(None, None, None)
    pg_run("REVOKE pg_read_all_stats FROM watcher")


def names(source):
    return [entry.table if isinstance(entry, Unread) else entry.name for entry in source.tables()]


def test_views_and_foreign_tables_are_read_by_choice(pg, pg_run):
    pg_run(
        "CREATE TABLE t (x int)",
        "CREATE VIEW v AS SELECT x FROM t",
        "CREATE MATERIALIZED VIEW m AS SELECT x FROM t",
        "CREATE EXTENSION file_fdw",
        "CREATE SERVER files FOREIGN DATA WRAPPER file_fdw",
        "CREATE FOREIGN TABLE f (x text) SERVER files OPTIONS (filename '/dev/null')",
    )
    found = {}
    for views in (True, False):
        for elsewhere in (True, False):
            with connect(pg, access=Access(views=views, foreign_tables=elsewhere)) as source:
                found[views, elsewhere] = names(source)

    assert found == {
        (True, True): ["f", "m", "t", "v"],
        (True, False): ["m", "t", "v"],
        (False, True): ["f", "t"],
        (False, False): ["t"],
    }


def test_views_of_mariadb_are_read_by_choice(mariadb, mariadb_run):
    mariadb_run("CREATE TABLE t (x int)", "CREATE VIEW v AS SELECT x FROM t")
    with connect(mariadb, access=Access(views=False, foreign_tables=False)) as source:
        assert names(source) == ["t"]


def test_views_in_files_are_read_by_choice(tmp_path, write_sqlite):
    duckdb = pytest.importorskip("duckdb")
    path = write_sqlite(tmp_path / "a.sqlite", "t", ["x"], [(1,)])
    other = tmp_path / "b.duckdb"
    with sa.create_engine(f"sqlite:///{path}").begin() as connection:
        connection.exec_driver_sql("CREATE VIEW v AS SELECT x FROM t")
    with duckdb.connect(str(other)) as database:
        database.execute("CREATE TABLE t (x int)")
        database.execute("CREATE VIEW v AS SELECT x FROM t")
    for file in (path, other):
        with connect(str(file)) as source:
            assert names(source) == ["t", "v"]
        with connect(str(file), access=Access(views=False)) as source:
            assert names(source) == ["t"]


@pytest.fixture
def lite():
    with sa.create_engine("sqlite://").connect() as connection:
        yield connection


def test_others_are_counted_as_the_traits_ask(lite):
    traits = Traits(running="SELECT count(*), 1 FROM (SELECT 'a' AS own UNION SELECT :own) WHERE own <> :own")

    assert _running(lite, traits, "pandian") == 1


@pytest.mark.parametrize("asked", ["SELECT 0, 0 WHERE :own <> ''", "SELECT count(:own) FROM v_session"])
def test_a_role_that_does_not_see_others_is_told_the_grant(lite, asked):
    traits = Traits(running=asked, sees_running="GRANT SELECT ON v_session TO {role};")

    with pytest.raises(NotMeasurable, match="needed: GRANT SELECT ON v_session TO the role;"):
        _running(lite, traits, "pandian")


def test_a_file_has_no_server_that_is_busy(lite):
    assert running(lite, "pandian") == 0


def test_a_database_that_cannot_tell_is_not_read_as_if_it_were_idle():
    connection = SimpleNamespace(dialect=SimpleNamespace(name="impala"))

    with pytest.raises(NotMeasurable, match="how busy impala is cannot be measured"):
        running(connection, "pandian")


def test_clickhouse_tells_how_busy_it_is(clickhouse):
    clickhouse.run("CREATE TABLE t (x Int64) ENGINE = MergeTree ORDER BY x")
    with connect(clickhouse.url, access=Access(running=0)) as source:
        (table,) = source.tables()

        assert source.running() == 0
        assert source.sample(table, rows=1, seed=0).num_rows == 0
