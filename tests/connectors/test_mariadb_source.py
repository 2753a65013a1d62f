"""MariaDB, on a real server."""

import pytest
import sqlalchemy as sa

from connectors import Access, Retries, RowCount, TableUnreadable, TransientFailure, Unread, connect
from connectors.dialects import mysql


def values_of(source, table, column):
    return [value for batch in source.stream(table, [column]) for value in batch.column(0).to_pylist()]


def test_comments_and_types_come_from_the_catalogue(mariadb, mariadb_run):
    mariadb_run(
        "CREATE TABLE t_kh (xm varchar(20) COMMENT '姓名', sfzh char(18), n bigint unsigned) COMMENT '客户'"
    )
    with connect(mariadb) as source:
        (table,) = source.tables()

    assert (table.comment, table.columns[0].comment) == ("客户", "姓名")
    assert [column.type for column in table.columns] == ["varchar(20)", "char(18)", "bigint(20) unsigned"]


def test_several_databases_are_groups(mariadb, mariadb_run, mariadb_server):
    name = sa.make_url(mariadb).database
    mariadb_run("CREATE TABLE a (x int)", f"CREATE DATABASE {name}_b", f"CREATE TABLE {name}_b.b (x int)")
    try:
        with connect(mariadb_server, include=[f"{name}*.*"]) as source:
            found = [(table.group, table.name) for table in source.tables()]
    finally:
        mariadb_run(f"DROP DATABASE {name}_b")

    assert found == [(name, "a"), (f"{name}_b", "b")]


def test_partitions_are_read_once(mariadb, mariadb_run):
    mariadb_run(
        "CREATE TABLE p (x int) PARTITION BY RANGE (x)"
        " (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (20))",
        "INSERT INTO p SELECT seq FROM seq_0_to_19",
    )
    with connect(mariadb) as source:
        (table,) = source.tables()

        assert sorted(values_of(source, table, "x")) == list(range(20))


def test_views_are_read_and_broken_ones_named(mariadb, mariadb_run):
    mariadb_run(
        "CREATE TABLE t (x int)",
        "CREATE TABLE gone (x int)",
        "INSERT INTO t SELECT seq FROM seq_1_to_500",
        "CREATE VIEW v AS SELECT x + 1 AS y FROM t",
        "CREATE VIEW broken AS SELECT x FROM gone",
        "DROP TABLE gone",
    )
    with connect(mariadb) as source:
        found = {getattr(table, "name", None) or table.table: table for table in source.tables()}
        first, again = (source.sample(found["v"], rows=20, seed=3) for _ in range(2))

    assert isinstance(found["broken"], Unread)
    assert found["v"].rows is None
    assert (first.num_rows, first.equals(again)) == (20, True)


def test_a_large_table_is_sampled_by_ranges_of_its_key(mariadb, mariadb_run):
    count = 300_000
    mariadb_run(
        "CREATE TABLE t (id int PRIMARY KEY, pad varchar(40))",
        f"INSERT INTO t SELECT seq, 'some padding' FROM seq_1_to_{count}",
        "ANALYZE TABLE t",
    )
    with connect(mariadb) as source:
        (table,) = source.tables()
        first, again, other = (source.sample(table, rows=300, seed=seed) for seed in (1, 1, 2))
    numbers = first.column(0).to_pylist()

    assert table.rows is not None
    assert abs(table.rows.value - count) < count // 4
    assert first.equals(again)
    assert not first.equals(other)
    assert (len(set(numbers)), min(numbers) < count // 4, max(numbers) > count * 3 // 4) == (300, True, True)


def test_every_type_becomes_an_arrow_type(mariadb, mariadb_run):
    mariadb_run(
        "CREATE TABLE t (b bigint unsigned, n decimal(30, 4), f bit(8), img blob, d date, ts datetime(6),"
        " j json, e enum('男', '女'), s set('a', 'b'), y year, t time, g geometry, u uuid, i inet6, x text)",
        "INSERT INTO t VALUES (18446744073709551615, 1.5, b'101', x'ffd8', '2024-02-29',"
        " '2024-02-29 10:00:00', '{\"电话\": \"1\"}', '女', 'a,b', 2024, '-838:59:59',"
        " ST_GeomFromText('POINT(1 2)'),"
        " '00000000-0000-0000-0000-000000000001', '::1', NULL)",
    )
    with connect(mariadb) as source:
        (table,) = source.tables()
        sample = source.sample(table, rows=1, seed=0)
        streamed = list(source.stream(table, sample.schema.names))
    row = sample.to_pylist()[0]

    assert streamed[0].to_pylist()[0] == row
    assert str(row["b"]) == "18446744073709551615"
    assert (str(row["n"]), row["img"], str(row["d"])) == ("1.5000", b"\xff\xd8", "2024-02-29")
    assert (row["j"], row["e"], row["s"], row["y"], row["x"]) == ('{"电话": "1"}', "女", "a,b", 2024, None)
    assert row["u"].endswith("1")


def test_dates_that_python_has_not_lose_no_row(mariadb, mariadb_run):
    mariadb_run(
        "SET SESSION sql_mode = ''",
        "CREATE TABLE t (d date, x int)",
        "INSERT INTO t VALUES ('2024-01-01', 1), ('0000-00-00', 2), ('2024-02-00', 3)",
    )
    with connect(mariadb) as source:
        (table,) = source.tables()

        assert sorted(values_of(source, table, "x")) == [1, 2, 3]
        assert len(values_of(source, table, "d")) == 3


def test_two_thousand_columns_and_no_row(mariadb, mariadb_run):
    columns = ", ".join(f"c{number} tinyint" for number in range(2_000))
    mariadb_run(f"CREATE TABLE wide ({columns}) ENGINE=MyISAM")
    with connect(mariadb) as source:
        (table,) = source.tables()

        assert len(table.columns) == 2_000
        assert source.sample(table, rows=5, seed=0).num_rows == 0


def test_sessions_only_read_and_do_not_wait_forever(mariadb, mariadb_run):
    mariadb_run("CREATE TABLE t (x int)")
    with connect(mariadb) as source, source._engine.connect() as connection:
        names = ("tx_read_only", "max_statement_time", "lock_wait_timeout")
        settings = [connection.exec_driver_sql(f"SELECT @@{name}").scalar() for name in names]
        text = connection.exec_driver_sql(
            "SELECT info FROM information_schema.processlist WHERE id = connection_id()"
        ).scalar()
        with pytest.raises(sa.exc.DBAPIError, match="READ ONLY"):
            connection.exec_driver_sql("INSERT INTO t VALUES (1)")

    assert [float(setting) for setting in settings] == [1, 600, 5]
    assert "pandian" in text


def test_a_table_that_may_not_be_read_is_not_silent(mariadb, mariadb_run):
    name = sa.make_url(mariadb).database
    mariadb_run(
        "CREATE TABLE open (x int)",
        "CREATE TABLE closed (x int)",
        "CREATE TABLE half (x int, y int)",
        # A user of any host is behind the nameless user of this one.
        *(
            statement.replace("HOST", host)
            for host in ("%%", "localhost")
            for statement in (
                "CREATE USER IF NOT EXISTS reader@'HOST'",
                f"GRANT SELECT ON {name}.open TO reader@'HOST'",
                f"GRANT SELECT (x), INSERT (y) ON {name}.half TO reader@'HOST'",
            )
        ),
    )
    url = sa.make_url(mariadb).set(username="reader").render_as_string(hide_password=False)
    with connect(url) as source:
        half, *refused, readable = source.tables()

        assert refused == [Unread(table="half", reason="permission denied", column="y")]
        assert readable.name == "open"
        assert [column.name for column in half.columns] == ["x"]
        assert source.sample(half, rows=1, seed=0).num_rows == 0


def test_a_connection_that_is_killed_is_said_and_the_next_read_works(mariadb, mariadb_run):
    mariadb_run(
        "CREATE TABLE t (x int, y varchar(200))",
        "INSERT INTO t SELECT seq, repeat('secret', 30) FROM seq_1_to_200000",
    )
    with connect(mariadb) as source:
        (table,) = source.tables()
        stream = source.stream(table, ["x", "y"])
        next(stream)
        kill_others(mariadb)

        with pytest.raises(TableUnreadable, match="connection lost") as caught:
            list(stream)

        assert "secret" not in repr(caught.value)
        assert len(values_of(source, table, "x")) == 200_000


def kill_others(mariadb):
    engine = sa.create_engine(mariadb, poolclass=sa.NullPool)
    with engine.connect() as connection:
        query = "SELECT id FROM information_schema.processlist WHERE id <> connection_id()"
        for (number,) in connection.exec_driver_sql(query).all():
            connection.exec_driver_sql(f"KILL {number}")


def test_a_statement_that_takes_too_long_is_said(mariadb, mariadb_run, monkeypatch):
    monkeypatch.setattr(mysql, "TIMEOUT_MS", 1_000)
    mariadb_run("CREATE TABLE t (x int)", "INSERT INTO t SELECT seq FROM seq_1_to_10")
    mariadb_run("CREATE VIEW slow AS SELECT sleep(5) AS x FROM t")
    with connect(mariadb) as source:
        slow, _ = source.tables()

        with pytest.raises(TableUnreadable, match="statement timeout"):
            source.sample(slow, rows=1, seed=0)


def test_a_table_that_somebody_locks_is_waited_for_and_then_named(mariadb, mariadb_run, monkeypatch):
    monkeypatch.setattr(mysql, "LOCK_TIMEOUT_MS", 1_000)
    mariadb_run("CREATE TABLE busy (x int)")
    engine = sa.create_engine(mariadb, poolclass=sa.NullPool)
    pauses = []
    with connect(mariadb, access=Access(retries=Retries(attempts=3))) as source:
        source.patience.sleep = pauses.append
        (busy,) = source.tables()
        with engine.connect() as other:
            other.exec_driver_sql("LOCK TABLES busy WRITE")
            with pytest.raises(TransientFailure, match="lock timeout"):
                source.sample(busy, rows=1, seed=0)
            source.patience.sleep = lambda _s: other.exec_driver_sql("UNLOCK TABLES")
            source.patience.worked()
            assert source.sample(busy, rows=1, seed=0).num_rows == 0
    assert pauses == [1, 2]


def test_a_table_that_is_gone_is_said(mariadb, mariadb_run):
    mariadb_run("CREATE TABLE t (x int)")
    with connect(mariadb) as source:
        (table,) = source.tables()
        mariadb_run("DROP TABLE t")

        with pytest.raises(TableUnreadable, match="no such table or column"):
            list(source.stream(table, ["x"]))


def test_rows_are_counted_by_the_catalogue(mariadb, mariadb_run):
    mariadb_run("CREATE TABLE zero (x int) ENGINE=MyISAM", "ANALYZE TABLE zero")
    with connect(mariadb) as source:
        (table,) = source.tables()

    assert table.rows == RowCount(0, exact=False)
