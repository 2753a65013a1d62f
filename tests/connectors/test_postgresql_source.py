"""PostgreSQL, on a real server."""

import json
import subprocess
import sys

import pytest
import sqlalchemy as sa

from connectors import Access, Retries, RowCount, TableUnreadable, TransientFailure, Unread, connect
from connectors.dialects.postgresql import sampling, sessions, streaming


def values_of(source, table, column):
    return [value for batch in source.stream(table, [column]) for value in batch.column(0).to_pylist()]


def test_comments_and_types_come_from_the_catalogue(pg, pg_run):
    pg_run(
        "CREATE TABLE t_kh (xm varchar(20), sfzh char(18), gps float8[])",
        "COMMENT ON TABLE t_kh IS '客户'",
        "COMMENT ON COLUMN t_kh.xm IS '姓名'",
    )
    with connect(pg) as source:
        (table,) = source.tables()

    assert (table.comment, table.columns[0].comment) == ("客户", "姓名")
    assert [column.type for column in table.columns] == [
        "character varying(20)",
        "character(18)",
        "double precision[]",
    ]


def test_several_schemas_are_groups_and_one_is_none(pg, pg_run):
    pg_run("CREATE SCHEMA crm", "CREATE TABLE crm.a (x int)", "CREATE SCHEMA empty")
    with connect(pg) as source:
        assert [(table.group, table.name) for table in source.tables()] == [("", "a")]

    pg_run("CREATE TABLE b (x int)")
    with connect(pg) as source:
        assert [(table.group, table.name) for table in source.tables()] == [("crm", "a"), ("public", "b")]
    with connect(pg, include=["crm.*"]) as source:
        (table,) = source.tables()
        assert source.sample(table, rows=1, seed=0).schema.names == ["x"]


def test_partitions_are_read_once(pg, pg_run):
    pg_run(
        "CREATE TABLE p (x int) PARTITION BY RANGE (x)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20)",
        "INSERT INTO p SELECT generate_series(0, 19)",
    )
    with connect(pg) as source:
        (table,) = source.tables()

        assert (table.name, table.rows) == ("p", RowCount(20, exact=True))
        assert sorted(source.sample(table, rows=30, seed=0).column(0).to_pylist()) == list(range(20))


_SAMPLED = {
    "plain": ("CREATE TABLE kept (x int)",),
    "partitioned": (
        "CREATE TABLE kept (x int) PARTITION BY RANGE (x)",
        "CREATE TABLE p1 PARTITION OF kept FOR VALUES FROM (0) TO (2500)",
        'CREATE TABLE other."P.2" PARTITION OF kept FOR VALUES FROM (2500) TO (5000)',
    ),
    "parent of another": ("CREATE TABLE kept (x int)", "CREATE TABLE child () INHERITS (kept)"),
}


@pytest.mark.parametrize("made", _SAMPLED.values(), ids=_SAMPLED)
@pytest.mark.parametrize("counted", [10**6, 0], ids=["all of a small one", "pages of a large one"])
def test_a_table_that_is_made_again_gives_the_same_sample(pg, pg_run, monkeypatch, made, counted):
    """A restored table has other OIDs, and a session may find its partitions by another search path."""
    monkeypatch.setattr(sampling, "SMALL", counted)
    samples = []
    for path in ("public", "other,public"):
        pg_run(
            "DROP TABLE IF EXISTS kept CASCADE",
            "CREATE SCHEMA IF NOT EXISTS other",
            *made,
            "INSERT INTO kept SELECT generate_series(0, 4999)",
        )
        url = sa.make_url(pg).update_query_dict({"options": f"-c search_path={path}"})
        with connect(url.render_as_string(hide_password=False)) as source:
            table = next(table for table in source.tables() if table.name == "kept")
            samples += [source.sample(table, rows=100, seed=3).column(0).to_pylist()]

    assert samples[0] == samples[1]
    assert len(set(samples[0])) == 100
    assert min(samples[0]) < 1_000
    assert max(samples[0]) > 4_000


def test_views_of_every_kind_are_read(pg, pg_run):
    pg_run(
        "CREATE TABLE t (x int)",
        "INSERT INTO t SELECT generate_series(1, 500)",
        "CREATE VIEW v AS SELECT x, x + 1 AS y FROM t",
        "CREATE MATERIALIZED VIEW m AS SELECT x FROM t",
        "CREATE VIEW broken AS SELECT 1 / (x - x) AS z FROM t",
    )
    with connect(pg) as source:
        broken, materialised, _, view = source.tables()

        assert (materialised.rows, view.rows) == (RowCount(500, exact=True), None)
        for table in (materialised, view):
            first, again = (source.sample(table, rows=20, seed=3) for _ in range(2))
            assert (first.num_rows, first.equals(again)) == (20, True)
        with pytest.raises(TableUnreadable, match="a value that cannot be converted"):
            source.sample(broken, rows=1, seed=0)
        assert source.sample(view, rows=1, seed=0).num_rows == 1


def test_a_large_table_is_sampled_by_pages_all_over(pg, pg_run):
    count = 1_500_000
    pg_run(
        "CREATE TABLE t (x int, pad text)",
        f"INSERT INTO t SELECT n, 'some padding' FROM generate_series(1, {count}) n",
    )
    with connect(pg) as source:
        (table,) = source.tables()
        assert table.rows is not None
        assert not table.rows.exact
        assert abs(table.rows.value - count) < count // 2
    pg_run("ANALYZE t")

    with connect(pg) as source:
        (table,) = source.tables()
        first, again, other = (source.sample(table, rows=300, seed=seed) for seed in (1, 1, 2))
    numbers = first.column(0).to_pylist()

    assert abs(table.rows.value - count) < count // 20
    assert first.equals(again)
    assert not first.equals(other)
    assert (len(set(numbers)), min(numbers) < count // 4, max(numbers) > count * 3 // 4) == (300, True, True)


def test_every_type_becomes_an_arrow_type(pg, pg_run):
    pg_run(
        """CREATE TABLE t AS SELECT 1::bigint AS b, 1.50::numeric AS n, true AS f, '\\xffd8'::bytea AS img,
        '2024-02-29'::date AS d, '2024-02-29 10:00+08'::timestamptz AS ts, ARRAY[0.5, 1]::float8[] AS vec,
        '{"电话": "1"}'::jsonb AS j,
        '00000000-0000-0000-0000-000000000001'::uuid AS u, '10.0.0.1'::inet AS ip,
        'NaN'::numeric AS nan, '{a,b}'::text[] AS tags, NULL::text AS nothing, '[1,3)'::int4range AS r"""
    )
    with connect(pg) as source:
        (table,) = source.tables()
        sample = source.sample(table, rows=1, seed=0)
    types = {field.name: str(field.type) for field in sample.schema}
    row = sample.to_pylist()[0]

    assert types["b"] == "int64"
    assert types["n"].startswith("decimal128")
    assert (types["f"], types["img"], types["d"], types["vec"]) == (
        "bool",
        "binary",
        "date32[day]",
        "list<item: double>",
    )
    assert types["ts"].startswith("timestamp[us")
    assert (row["j"], row["u"][-1], row["ip"], row["tags"]) == ('{"电话": "1"}', "1", "10.0.0.1", ["a", "b"])
    assert (types["nothing"], types["nan"], types["r"]) == ("string", "string", "string")


def test_dates_that_python_has_not_become_text(pg, pg_run):
    pg_run("CREATE TABLE t (d date)", "INSERT INTO t VALUES ('2024-01-01'), ('infinity'), ('0044-03-15 BC')")
    with connect(pg) as source:
        (table,) = source.tables()

        assert sorted(source.sample(table, rows=9, seed=0).column(0).to_pylist()) == [
            "0044-03-15 BC",
            "2024-01-01",
            "infinity",
        ]
        assert len(values_of(source, table, "d")) == 3


def test_a_table_without_columns_or_rows_is_a_table(pg, pg_run):
    pg_run("CREATE TABLE nothing ()", "INSERT INTO nothing DEFAULT VALUES", "CREATE TABLE zero (x int)")
    with connect(pg) as source:
        nothing, zero = source.tables()

        assert (nothing.columns, nothing.rows, zero.rows) == (
            (),
            RowCount(1, exact=True),
            RowCount(0, exact=True),
        )
        assert source.sample(nothing, rows=5, seed=0).num_columns == 0
        assert sum(batch.num_rows for batch in source.stream(nothing, [])) == 1
        assert source.sample(zero, rows=5, seed=0).num_rows == 0


def test_sessions_only_read_and_say_who_they_are(pg, pg_run):
    pg_run("CREATE TABLE t (x int)")
    with connect(pg) as source, source._engine.connect() as connection:
        setting = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in (
                "default_transaction_read_only",
                "statement_timeout",
                "lock_timeout",
                "application_name",
            )
        }
        with pytest.raises(sa.exc.DBAPIError, match="read-only"):
            connection.exec_driver_sql("INSERT INTO t VALUES (1)")

    assert setting == {
        "default_transaction_read_only": "on",
        "statement_timeout": "10min",
        "lock_timeout": "5s",
        "application_name": "pandian",
    }


def test_a_table_that_may_not_be_read_is_named(pg, pg_run):
    pg_run(
        "DO $$ BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object THEN END $$",
        "CREATE TABLE open (x int)",
        "CREATE TABLE closed (x int)",
        "GRANT SELECT ON open TO reader",
    )
    url = sa.make_url(pg).set(username="reader").render_as_string(hide_password=False)
    with connect(url) as source:
        closed, readable = source.tables()

    assert closed == Unread(table="closed", reason="permission denied")
    assert readable.name == "open"


def test_a_server_that_goes_away_is_said_and_comes_back(pg, pg_run):
    pg_run(
        "CREATE TABLE t (x int, y text)",
        "INSERT INTO t SELECT n, repeat('secret', 20) FROM generate_series(1, 400000) n",
    )
    with connect(pg) as source:
        (table,) = source.tables()
        stream = source.stream(table, ["x", "y"])
        next(stream)
        pg_run(
            "SELECT pg_terminate_backend(pid, 9999) FROM pg_stat_activity WHERE application_name = 'pandian'"
        )

        with pytest.raises(TableUnreadable, match="connection lost") as caught:
            list(stream)

        assert "secret" not in repr(caught.value)
        assert len(values_of(source, table, "x")) == 400_000


def test_a_statement_that_takes_too_long_is_said(pg, pg_run):
    pg_run("CREATE VIEW slow AS SELECT pg_sleep(30)::text AS x")
    with connect(pg) as source:
        (table,) = source.tables()
        with source._engine.connect() as connection:
            connection.exec_driver_sql("SET statement_timeout = 1000")
            connection.commit()

        with pytest.raises(TableUnreadable, match="statement timeout"):
            source.sample(table, rows=1, seed=0)


def test_a_table_that_is_gone_is_said(pg, pg_run):
    pg_run("CREATE TABLE t (x int)")
    with connect(pg) as source:
        (table,) = source.tables()
        pg_run("DROP TABLE t")

        with pytest.raises(TableUnreadable, match="no such table or column"):
            list(source.stream(table, ["x"]))


def test_a_table_that_somebody_locks_is_waited_for_and_the_others_are_read(pg, pg_run, monkeypatch):
    monkeypatch.setitem(sessions.SETTINGS, "lock_timeout", "50")
    pg_run("CREATE TABLE busy (x int)", "CREATE TABLE idle (x int)")
    engine = sa.create_engine(pg, poolclass=sa.NullPool)
    pauses = []
    with connect(pg, access=Access(retries=Retries(attempts=3))) as source, engine.connect() as other:
        source.patience.sleep = pauses.append
        other.exec_driver_sql("LOCK TABLE busy")
        busy, idle = source.tables()
        with pytest.raises(TransientFailure, match="lock timeout"):
            source.sample(busy, rows=1, seed=0)
        source.patience.worked()
        source.patience.sleep = lambda _s: other.rollback()

        assert source.sample(busy, rows=1, seed=0).num_rows == 0
    assert pauses == [1, 2]
    assert (busy.rows, idle.rows) == (None, RowCount(0, exact=True))


_TYPES = {
    "i": "7::int",
    "b": "13800138000::bigint",
    "t": "'张'::varchar(3)",
    "c": "'a'::char(4)",
    "f": "1.5::float8",
    "y": "true",
    "img": "'\\xffd8'::bytea",
    "d": "'2024-02-29'::date",
    "ts": "'2024-02-29 10:00'::timestamp",
    "tz": "'2024-02-29 10:00+08'::timestamptz",
    "vec": "ARRAY[0.5, 1]::float8[]",
    "n": "13800138000.50::numeric(20, 2)",
    "u": "'00000000-0000-0000-0000-000000000001'::uuid",
    "j": """'{"a": 1}'::jsonb""",
    "per%cent %s": "1",
    ":colon": "2",
    'quo"te': "3",
}


def type_table(pg_run):
    columns = ", ".join(
        value + ' AS "' + name.replace('"', '""').replace("%", "%%") + '"' for name, value in _TYPES.items()
    )
    pg_run(f"CREATE TABLE t AS SELECT {columns}", "INSERT INTO t DEFAULT VALUES")


def rows_of(source, table, names):
    return [row for batch in source.stream(table, names) for row in batch.to_pylist()]


def test_arrow_and_rows_say_the_same(pg, pg_run, monkeypatch):
    type_table(pg_run)
    with connect(pg) as source:
        (table,) = source.tables()
        with monkeypatch.context() as patch:
            patch.setattr(streaming, "FEW_ROWS", -1)
            patch.setattr(streaming, "fetch", None)  # so that nothing can be read by rows
            by_arrow = rows_of(source, table, list(_TYPES))
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, "adbc_driver_postgresql", None)  # as if not installed
            by_rows = rows_of(source, table, list(_TYPES))

    assert len(by_arrow) == 2
    assert [_said(row) for row in by_arrow] == [_said(row) for row in by_rows]


def test_reading_imports_no_library_of_frames(pg, pg_run):
    pg_run("CREATE TABLE t AS SELECT x FROM generate_series(1, 60000) x")
    program = (
        "import sys; from connectors import connect\n"
        f"with connect({pg!r}) as source:\n"
        "    print(sum(batch.num_rows for batch in source.stream(*source.tables(), ['x'])))\n"
        "print(sorted({'adbc_driver_postgresql', 'pandas', 'polars'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split("\n") == ["60000", "['adbc_driver_postgresql']", ""]


def test_a_small_table_opens_no_second_session(pg, pg_run, monkeypatch):
    monkeypatch.setattr(streaming, "arrow_batches", None)
    pg_run("CREATE TABLE t AS SELECT x FROM generate_series(1, 3) x")
    with connect(pg) as source:
        (table,) = source.tables()

        assert values_of(source, table, "x") == [1, 2, 3]


def _said(row):
    return {name: json.dumps(json.loads(v)) if name == "j" and v else str(v) for name, v in row.items()}


@pytest.mark.parametrize("kind", ["inet", "interval", "int4range", "text[]"])
def test_what_arrow_would_say_otherwise_is_read_by_rows(pg, pg_run, kind):
    pg_run(f"CREATE TABLE t (x {kind}, y int)", "INSERT INTO t VALUES (NULL, 1)")
    with connect(pg) as source:
        (table,) = source.tables()

        assert rows_of(source, table, ["x", "y"]) == [{"x": None, "y": 1}]


def test_a_session_of_arrow_only_reads_and_says_who_it_is(pg, pg_run):
    pg_run(
        "CREATE SEQUENCE s",
        "CREATE VIEW who AS SELECT current_setting('application_name') AS name,"
        " current_setting('transaction_read_only') AS only_reads",
        "CREATE VIEW writes AS SELECT nextval('s') AS x",
    )
    with connect(pg) as source:
        who, writes = source.tables()

        assert rows_of(source, who, ["name", "only_reads"]) == [{"name": "pandian", "only_reads": "on"}]
        with pytest.raises(TableUnreadable):
            rows_of(source, writes, ["x"])
