"""What is wrong with databases: privileges, encodings, values that nobody can hold, schemas that move."""

import math
import sys
from datetime import date

import pytest
import sqlalchemy as sa

from connectors import Access, Retries, RowCount, TableUnreadable, Unread, connect
from connectors.dialects.postgresql import sampling, sessions, streaming


def entries(source):
    return list(source.tables())


def streamed(source, table, columns=None):
    names = columns or [column.name for column in table.columns]
    return [row for batch in source.stream(table, names) for row in batch.to_pylist()]


def as_role(url, name):
    return sa.make_url(url).set(username=name).render_as_string(hide_password=False)


@pytest.fixture(params=["arrow", "rows"])
def way(request, monkeypatch):
    """Both ways in which PostgreSQL is read."""
    monkeypatch.setattr(streaming, "FEW_ROWS", -1)
    if request.param == "rows":
        monkeypatch.setitem(sys.modules, "adbc_driver_postgresql", None)
    return request.param


@pytest.fixture
def clerk(pg, pg_run):
    """URL of a role that may read nothing yet."""
    pg_run("DO $$ BEGIN CREATE ROLE clerk LOGIN; EXCEPTION WHEN duplicate_object THEN END $$")
    yield as_role(pg, "clerk")
    pg_run("DROP OWNED BY clerk")


@pytest.mark.parametrize("small", [True, False])
def test_a_column_that_may_not_be_read_is_named_and_the_rest_is_read(pg_run, clerk, way, small, monkeypatch):
    if not small:
        monkeypatch.setattr(sampling, "SMALL", 100)
    pg_run(
        "CREATE TABLE half (id int, mobile text, pay int)",
        "INSERT INTO half SELECT n, '1390000' || n, n FROM generate_series(1, 3000) n",
        "GRANT SELECT (id, mobile) ON half TO clerk",
    )
    with connect(clerk) as source:
        half, refused = entries(source)
        first, again = (source.sample(half, rows=50, seed=2) for _ in range(2))

        assert refused == Unread(table="half", reason="permission denied", column="pay")
        assert [column.name for column in half.columns] == ["id", "mobile"]
        assert half.rows == RowCount(3_000, exact=True)
        assert (first.num_rows, first.equals(again)) == (50, True)
        assert max(first.column(0).to_pylist()) > 1_500
        assert len(streamed(source, half)) == 3_000


def test_a_table_without_any_readable_column_is_refused_as_a_whole(pg_run, clerk):
    pg_run("CREATE TABLE closed (x int)", "CREATE TABLE shown (x int)", "GRANT SELECT ON shown TO clerk")
    with connect(clerk) as source:
        closed, shown = entries(source)

    assert closed == Unread(table="closed", reason="permission denied")
    assert shown.name == "shown"


def test_rows_that_row_security_hides_are_not_silent(pg_run, clerk, way):
    pg_run(
        "CREATE TABLE t (x int)",
        "INSERT INTO t SELECT generate_series(1, 10)",
        "GRANT SELECT ON t TO clerk",
        "CREATE POLICY few ON t USING (x < 4)",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
    )
    with connect(clerk) as source:
        table, hidden = entries(source)

        assert hidden == Unread(
            table="t", reason="row security shows this role some rows only, and those were read"
        )
        assert len(streamed(source, table)) == 3


def test_one_connection_is_enough(pg, pg_run, way):
    pg_run(
        "CREATE TABLE t (x int, y text)",
        "INSERT INTO t SELECT n, repeat('y', 100) FROM generate_series(1, 200000) n",
    )
    engine = sa.create_engine(pg, poolclass=sa.NullPool)
    query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pandian' AND datname = %s"

    def open_now():
        with engine.connect() as connection:
            name = sa.make_url(pg).database
            return connection.exec_driver_sql(query, (name,)).scalar_one()

    with connect(pg) as source:
        seen = [open_now()]
        (table,) = entries(source)
        seen.append(open_now())
        source.sample(table, rows=5, seed=0)
        rows = 0
        for batch in source.stream(table, ["x", "y"]):
            rows += batch.num_rows
            seen.append(open_now())
        source.sample(table, rows=5, seed=0)
        seen.append(open_now())

    assert rows == 200_000
    assert set(seen) == {1}


def test_rows_are_read_where_arrow_does_not_open(pg, pg_run, monkeypatch):
    """Also after the catalogue was asked in the same session whether equal rows are sent once."""
    import adbc_driver_manager as manager
    import adbc_driver_postgresql as adbc

    pg_run(
        "CREATE TABLE t (x int)",
        "INSERT INTO t SELECT n % 7 FROM generate_series(1, 150000) n".replace("%", "%%"),
        "ANALYZE t",
    )

    def refuse(*_arguments, **_options):
        raise manager.OperationalError("no", status_code=1)

    monkeypatch.setattr(adbc, "connect", refuse)
    with connect(pg) as source:
        (table,) = entries(source)
        assert source.grouping(table, ["x"]) is not None
        rows = sum(batch.num_rows for batch in source.stream(table, ["x"]))

    assert rows == 150_000


@pytest.mark.parametrize("small", [True, False])
def test_rows_of_tables_that_inherit_are_counted_once(pg, pg_run, way, small, monkeypatch):
    if not small:
        monkeypatch.setattr(sampling, "SMALL", 10)
    pg_run(
        "CREATE TABLE person (mobile text)",
        "CREATE TABLE employee (salary int) INHERITS (person)",
        "INSERT INTO person SELECT 'p' || n FROM generate_series(1, 30) n",
        "INSERT INTO employee SELECT 'e' || n, n FROM generate_series(1, 20) n",
    )
    with connect(pg) as source:
        employee, person = entries(source)

        assert (employee.rows, person.rows) == (RowCount(20, exact=True), RowCount(30, exact=True))
        assert {row["mobile"][0] for row in streamed(source, person)} == {"p"}
        assert source.sample(person, rows=99, seed=0).num_rows == 30
        assert len(streamed(source, employee, ["salary"])) == 20


@pytest.mark.parametrize(("timeouts", "pauses"), [(False, []), (True, [1, 2])])
def test_a_statement_timeout_is_tried_again_by_choice_only(pg, pg_run, monkeypatch, timeouts, pauses):
    monkeypatch.setitem(sessions.SETTINGS, "statement_timeout", "1500")
    pg_run("CREATE VIEW slow AS SELECT pg_sleep(60)::text AS x")
    seen = []
    with connect(pg, access=Access(retries=Retries(attempts=3, timeouts=timeouts))) as source:
        source.patience.sleep = seen.append
        (table,) = entries(source)
        with pytest.raises(TableUnreadable, match="statement timeout"):
            source.sample(table, rows=1, seed=0)

    assert seen == pauses


def test_a_column_that_goes_after_listing_is_said(pg, pg_run, way):
    pg_run("CREATE TABLE t (x int, y int)", "INSERT INTO t VALUES (1, 2)", "CREATE TABLE u (x int)")
    with connect(pg) as source:
        table, other = entries(source)
        pg_run("ALTER TABLE t DROP COLUMN y", "INSERT INTO u VALUES (7)")

        with pytest.raises(TableUnreadable, match="no such table or column"):
            source.sample(table, rows=1, seed=0)
        assert streamed(source, table, ["x"]) == [{"x": 1}]
        assert streamed(source, other) == [{"x": 7}]


def test_a_column_that_changes_its_type_after_listing_is_read_as_it_is(pg, pg_run, way):
    pg_run("CREATE TABLE t (x int)", "INSERT INTO t VALUES (1)")
    with connect(pg) as source:
        (table,) = entries(source)
        pg_run("ALTER TABLE t ALTER x TYPE text", "ALTER TABLE t ADD COLUMN z int")

        assert [str(row["x"]) for row in streamed(source, table)] == ["1"]


@pytest.mark.parametrize("kind", ["date", "timestamp", "timestamptz"])
def test_dates_beyond_the_calendar_stay_in_order(pg, pg_run, way, kind):
    days = ["-infinity", "0044-03-15 BC", "2024-02-29", "12024-01-01", "infinity"]
    values = ", ".join(f"({n}, '{day}'::{kind})" for n, day in enumerate(days))
    pg_run(f"CREATE TABLE t (n int, d {kind})", f"INSERT INTO t VALUES {values}, (9, NULL)")
    with connect(pg) as source:
        (table,) = entries(source)
        rows = {row["n"]: row["d"] for row in streamed(source, table)}

    assert [rows[n] for n in range(5)] == sorted(rows[n] for n in range(5))
    assert [rows[n].year for n in range(5)] == [1, 1, 2024, 9999, 9999]
    assert rows[9] is None


def test_numbers_that_are_none_or_too_large_lose_no_row(pg, pg_run, way):
    pg_run(
        "CREATE TABLE t (f float8, n numeric, big numeric)",
        "INSERT INTO t VALUES ('NaN', 'NaN', repeat('9', 900)::numeric), ('Infinity', 'Infinity', 1.5),"
        " ('-Infinity', '-Infinity', -1), (NULL, NULL, NULL), (13800138000, 13800138000, 0.1)",
    )
    with connect(pg) as source:
        (table,) = entries(source)
        rows = streamed(source, table)
        sample = source.sample(table, rows=9, seed=0).to_pylist()

    assert len(rows) == len(sample) == 5
    assert math.isnan(rows[0]["f"])
    assert str(rows[0]["big"]) == "9" * 900
    assert {str(row["n"]) for row in rows} == {"NaN", "Infinity", "-Infinity", "None", "13800138000"}


_ODD_TYPES = {
    "j": '\'{"电话": "1"}\'::json',
    "jb": "'[1, \"二\"]'::jsonb",
    "a": "ARRAY[['x', 'y'], ['z', NULL]]",
    "mood": "'glad'::mood",
    "i": "'1 year 2 days 03:04:05'::interval",
    "huge": "'178000000 years'::interval",
    "p": "'(1,2)'::point",
    "poly": "'((0,0),(1,1),(1,0))'::polygon",
    "u": "'00000000-0000-0000-0000-000000000001'::uuid",
    "ip": "'2001:db8::1/64'::inet",
    "m": "'08:00:2b:01:02:03'::macaddr",
    "r": "'[2024-01-01,)'::daterange",
    "t": "'24:00:00'::time",
    "tz": "'10:00:00+08'::timetz",
    "bits": "B'101'",
    "money": "'12.50'::money",
    "tsv": "'a b'::tsvector",
    "pair": "ROW(1, 'x')::pair",
    "oid": "7::oid",
    "e": "''::text",
    "v": "'[1,2,3]'::vector",
}


def test_types_of_every_kind_are_read_both_ways(pg, pg_run, way):
    pg_run("CREATE TYPE mood AS ENUM ('glad')", "CREATE TYPE pair AS (n int, t text)")
    kinds = dict(_ODD_TYPES)
    try:
        pg_run("CREATE EXTENSION vector")
    except sa.exc.DBAPIError:
        del kinds["v"]  # a server of one's own may lack it
    columns = ", ".join(f"{value} AS {name}" for name, value in kinds.items())
    pg_run(f"CREATE TABLE t AS SELECT {columns}", "INSERT INTO t DEFAULT VALUES")
    with connect(pg) as source:
        (table,) = entries(source)
        full, empty = streamed(source, table)
        for name in kinds:
            assert len(streamed(source, table, [name])) == 2, name
        assert source.sample(table, rows=9, seed=0).num_rows == 2

    assert all(value is not None for value in full.values())
    assert all(value is None for value in empty.values())


def test_text_in_a_wrong_encoding_loses_no_row(pg, pg_run, way):
    """A database that checks no encoding may hold anything."""
    admin = sa.create_engine(pg, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    name = f"{sa.make_url(pg).database}_ascii"
    with admin.connect() as connection:
        connection.exec_driver_sql(
            f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    url = sa.make_url(pg).set(database=name)
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"client_encoding": "utf8"})
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE t (n int, x text)")
            connection.exec_driver_sql("SET client_encoding = SQL_ASCII")
            for n, data in enumerate(["张".encode(), "张三".encode("gb18030"), b"\xff\xfe", b"138"], start=1):
                escaped = "".join(f"\\x{byte:02x}" for byte in data)
                connection.exec_driver_sql(f"INSERT INTO t VALUES ({n}, E'{escaped}')")
        with connect(url.render_as_string(hide_password=False)) as source:
            (table,) = entries(source)
            rows = {row["n"]: row["x"] for row in streamed(source, table)}
            sample = source.sample(table, rows=9, seed=0)
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")

    assert (rows[1], rows[2], rows[4]) == ("张", "张三", "138")
    assert sorted(rows) == [1, 2, 3, 4]
    assert sample.num_rows == 4
    sample.validate(full=True)


def test_dates_are_dates(pg, pg_run, way):
    pg_run("CREATE TABLE t (d date)", "INSERT INTO t VALUES ('1990-01-02')")
    with connect(pg) as source:
        (table,) = entries(source)

        assert streamed(source, table) == [{"d": date(1990, 1, 2)}]


def lengths(source):
    (table,) = entries(source)
    sample = source.sample(table, rows=9, seed=0)
    (batch,) = source.stream(table, ["image"])
    return [
        sorted(len(value) for value in found.column(found.schema.names.index("image")).to_pylist())
        for found in (sample, batch)
    ]


def test_of_large_bytes_the_beginning_is_read(pg, pg_run, way):
    pg_run(
        "CREATE TABLE t (id int PRIMARY KEY, image bytea)",
        "INSERT INTO t SELECT 1, decode(repeat('ffd8', 5000000), 'hex')",
        "INSERT INTO t SELECT 2, decode('ffd8', 'hex')",
    )
    with connect(pg) as source:
        assert lengths(source) == [[2, 65_536]] * 2


def test_of_large_bytes_in_mariadb_the_beginning_is_read(mariadb, mariadb_run):
    mariadb_run(
        "CREATE TABLE t (id int PRIMARY KEY, image longblob)",
        "INSERT INTO t VALUES (1, repeat(x'ffd8', 2000000)), (2, x'ffd8')",
    )
    with connect(mariadb) as source:
        assert lengths(source) == [[2, 65_536]] * 2


def test_of_large_bytes_in_sqlite_the_beginning_is_read(tmp_path, write_sqlite):
    path = write_sqlite(
        tmp_path / "a.sqlite",
        "t",
        {"id": "INTEGER PRIMARY KEY", "image": "BLOB"},
        [(1, b"\xff\xd8" * 2_000_000), (2, b"\xff\xd8")],
    )
    with connect(str(path)) as source:
        assert lengths(source) == [[2, 65_536]] * 2
