"""Databases: what every connector does, on real servers and engines."""

import hashlib
import json
import sqlite3
import time
from contextlib import closing

import duckdb
import psycopg
import pyarrow as pa
import pytest
import sqlalchemy as sa
from conformance import CANARIES, REPEATED, DatabaseConformance, comes_to_rest, readable
from sql_tables import MARIADB, POSTGRESQL, SQLITE, create_statement, engine_of, identifier, put_rows

from connectors._databases.connector import SqlConnector
from connectors.dialects import generic
from connectors.dialects.postgresql import streaming


class TestSqlite(DatabaseConformance):
    KIND = "SQLite"
    OPTIONS = ""
    KEY = ""  # of the first column
    JOURNAL = "DELETE"

    @pytest.fixture
    def version(self):
        return f"SQLite {sqlite3.sqlite_version}"

    @pytest.fixture
    def path(self, tmp_path):
        with closing(sqlite3.connect(tmp_path / "crm.sqlite")) as database:
            database.execute(f"PRAGMA journal_mode = {self.JOURNAL}")
            database.execute("VACUUM")
        return tmp_path / "crm.sqlite"

    @pytest.fixture
    def location(self, path):
        return f"sqlite:///{path}"

    @pytest.fixture
    def put(self, path):
        def put(given):
            with closing(sqlite3.connect(path)) as database:
                database.execute(create_statement(given, SQLITE, key=self.KEY) + self.OPTIONS)
                if given.is_series:
                    database.execute(_sqlite_series(given))
                    database.commit()
                else:
                    put_rows(database, given, "?", _sqlite_value)

        return put

    @pytest.fixture
    def fingerprint(self, path):
        return lambda: (hashlib.sha256(path.read_bytes()).hexdigest(), sorted(path.parent.iterdir()))

    @pytest.fixture
    def running(self, path):
        def running():
            """Return 0 if nobody reads: only then can somebody have the file alone."""
            with closing(sqlite3.connect(path, timeout=0.1, isolation_level=None)) as database:
                database.execute("BEGIN EXCLUSIVE")
                database.execute("ROLLBACK")
            return 0

        return running

    @pytest.fixture
    def spoil(self, path):
        def spoil():
            size = path.stat().st_size
            with path.open("r+b") as file:
                file.seek(4096)
                file.write(b"\xff" * (size - 4096))

        return spoil


def _sqlite_series(given):
    return (
        f"INSERT INTO {given.name} WITH RECURSIVE number(n) AS"
        f" (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < {given.data.num_rows - 1})"
        f" SELECT n, replace(printf('%.{REPEATED}c', 'x'), 'x', printf('%09d', n)) FROM number"
    )


def _sqlite_value(value):
    return value if isinstance(value, (int, float, bytes, type(None))) else str(value)


class TestSqliteWithALog(TestSqlite):
    KIND = ""
    test_a_stream_never_holds_the_table = None  # proven above
    JOURNAL = "WAL"


class TestSqliteWithoutRowId(TestSqlite):
    KIND = ""
    test_a_stream_never_holds_the_table = None  # proven above
    KEY = "PRIMARY KEY"
    OPTIONS = " WITHOUT ROWID"


class TestAnyDatabase(TestSqlite):
    """The ways that need nothing particular of a database, tried on SQLite."""

    KIND = ""
    test_the_server_refuses_to_write = None  # only a role keeps a database of any kind from writing

    @pytest.fixture
    def opened(self, path):
        connectors = []

        def opened():
            engine = generic.open_engine(sa.make_url(f"sqlite:///{path}"))
            connectors.append(SqlConnector(engine, generic, "anywhere"))
            return connectors[-1]

        yield opened
        for connector in connectors:
            connector.__exit__(None, None, None)

    def test_the_table_is_described(self, table):
        assert [column.type for column in table.columns] == ["BIGINT", "TEXT", "TEXT"]
        assert table.rows is None


class TestAnyDatabaseWithAKey(TestAnyDatabase):
    KEY = "PRIMARY KEY"
    SAMPLED_BY_NUMBER = False


class TestDuckDB(DatabaseConformance):
    KIND = "DuckDB"
    COMMENTS = ("table", "columns")
    BOUNDED = 256  # its cache of blocks, 384 MB at most; the table, held, would come on top

    @pytest.fixture
    def version(self):
        return f"DuckDB {duckdb.__version__}"

    @pytest.fixture
    def path(self, tmp_path):
        duckdb.connect(tmp_path / "crm.duckdb").close()
        return tmp_path / "crm.duckdb"

    @pytest.fixture
    def location(self, path):
        return f"duckdb:///{path}"

    @pytest.fixture
    def put(self, path):
        def put(given):
            table = identifier(given.name)
            with duckdb.connect(path) as database:
                database.register("given", given.data)
                database.execute(f"CREATE TABLE {table} AS SELECT * FROM given")
                database.unregister("given")
                for statement in comment_statements(given):
                    database.execute(statement)

        return put

    @pytest.fixture
    def fingerprint(self, path):
        return lambda: (hashlib.sha256(path.read_bytes()).hexdigest(), sorted(path.parent.iterdir()))

    @pytest.fixture
    def write(self):
        return lambda source: source._database.execute("INSERT INTO people VALUES (0, 'x', NULL)")

    @pytest.fixture
    def running(self):
        """Return 1 if this process still computes: the engine works in it."""
        return lambda: int(not comes_to_rest(looks=3))

    @pytest.fixture
    def fail(self, put, path, opened):
        """Read a view that casts what cannot be cast; the engine quotes it."""

        def fail():
            put(CANARIES)
            with duckdb.connect(path) as database:
                database.execute("CREATE VIEW broken AS SELECT id, name::INTEGER AS name FROM secrets")
            source = opened()
            list(source.stream(readable(source)["broken"], ["id", "name"]))

        return fail


def comment_statements(given):
    """Yield what gives comments in PostgreSQL and DuckDB."""
    table = identifier(given.name)
    if given.comment:
        yield f"COMMENT ON TABLE {table} IS {_quoted(given.comment)}"
    for name, comment in given.comments.items():
        yield f"COMMENT ON COLUMN {table}.{identifier(name)} IS {_quoted(comment)}"


def _quoted(text):
    return "'" + text.replace("'", "''") + "'"


class TestPostgresql(DatabaseConformance):
    KIND = "PostgreSQL"
    COMMENTS = ("table", "columns")

    def column_name(self, name):
        return name.encode()[:63].decode()

    @pytest.fixture
    def version(self, pg):
        with engine_of(pg).connect() as connection:
            return "PostgreSQL " + connection.exec_driver_sql("SHOW server_version").scalar_one()

    @pytest.fixture
    def location(self, pg):
        return pg

    @pytest.fixture
    def put(self, pg):
        libpq = pg.replace("postgresql+psycopg://", "postgresql://")

        def put(given):
            with psycopg.connect(libpq) as session, session.cursor() as cursor:
                for statement in (create_statement(given, POSTGRESQL), *comment_statements(given)):
                    cursor.execute(statement)
                if given.is_series:
                    cursor.execute(
                        f"INSERT INTO {given.name} SELECT n, repeat(lpad(n::text, 9, '0'), {REPEATED})"
                        f" FROM generate_series(0, {given.data.num_rows - 1}) n"
                    )
                    return
                with cursor.copy(f"COPY {identifier(given.name)} FROM STDIN") as copy:
                    for row in zip(*(column.to_pylist() for column in given.data.columns), strict=True):
                        copy.write_row(row)

        return put

    @pytest.fixture
    def fingerprint(self, pg):
        def checksum():
            with engine_of(pg).connect() as connection:
                query = "SELECT count(*), sum(hashtext(people::text)) FROM people"
                return tuple(connection.exec_driver_sql(query).one())

        return checksum

    @pytest.fixture
    def running(self, pg):
        def running():
            ours = "application_name = 'pandian' AND state = 'active'"
            query = f"SELECT count(*) FROM pg_stat_activity WHERE {ours}"
            with engine_of(pg).connect() as connection:
                return connection.exec_driver_sql(query).scalar_one()

        return running

    @pytest.fixture
    def spoil(self, pg_run):
        """End the query, and leave cells that cannot be cast, whose values the server quotes."""

        def spoil():
            pg_run(
                "SELECT pg_terminate_backend(pid, 9999) FROM pg_stat_activity"
                " WHERE application_name = 'pandian'",
                "ALTER TABLE secrets RENAME TO kept",
                "CREATE VIEW secrets AS SELECT id, (name || id)::int::text AS name FROM kept",
            )

        return spoil


class TestPostgresqlIntoArrow(TestPostgresql):
    """Small tables as large ones are read: through ADBC."""

    KIND = ""
    test_a_stream_never_holds_the_table = None  # proven above

    @pytest.fixture(autouse=True)
    def _no_table_is_small(self, monkeypatch):
        monkeypatch.setattr(streaming, "FEW_ROWS", -1)


class TestMariadb(DatabaseConformance):
    KIND = "MariaDB"
    COMMENTS = ("table", "columns")
    KEY = ""

    def column_name(self, name):
        return name[:64]

    @pytest.fixture
    def version(self, mariadb):
        with engine_of(mariadb).connect() as connection:
            return "MariaDB " + connection.exec_driver_sql("SELECT version()").scalar_one().partition("-")[0]

    @pytest.fixture
    def location(self, mariadb):
        return mariadb

    @pytest.fixture
    def put(self, mariadb):
        def put(given):
            raw = engine_of(mariadb).raw_connection()
            try:
                raw.cursor().execute(create_statement(given, MARIADB, mark="`", key=self.KEY, inline=True))
                if given.is_series:
                    raw.cursor().execute(
                        f"INSERT INTO {given.name} SELECT seq, repeat(lpad(seq, 9, '0'), {REPEATED})"
                        f" FROM seq_0_to_{given.data.num_rows - 1}"
                    )
                    raw.commit()
                else:
                    put_rows(raw, given, "%s", mark="`")
                raw.cursor().execute(f"ANALYZE TABLE {identifier(given.name, '`')}")
            finally:
                raw.close()

        return put

    @pytest.fixture
    def fingerprint(self, mariadb):
        def checksum():
            with engine_of(mariadb).connect() as connection:
                return tuple(connection.exec_driver_sql("CHECKSUM TABLE people").one())

        return checksum

    @pytest.fixture
    def running(self, mariadb):
        def running():
            query = (
                "SELECT count(*) FROM information_schema.processlist"
                " WHERE info LIKE '%pandian%' AND id <> connection_id()"
            )
            with engine_of(mariadb).connect() as connection:
                return connection.exec_driver_sql(query.replace("%", "%%")).scalar_one()

        return running

    @pytest.fixture
    def spoil(self, mariadb, mariadb_run):
        """End the query, and leave cells that make the server quote them."""

        def spoil():
            with engine_of(mariadb).connect() as connection:
                query = "SELECT id FROM information_schema.processlist WHERE id <> connection_id()"
                for (number,) in connection.exec_driver_sql(query).all():
                    connection.exec_driver_sql(f"KILL {number}")
            mariadb_run(
                "RENAME TABLE secrets TO kept",
                "CREATE FUNCTION leak(told text) RETURNS text BEGIN"
                " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = told; RETURN ''; END",
                "CREATE VIEW secrets AS SELECT id, leak(name) AS name FROM kept",
            )

        return spoil


class TestMariadbWithAKey(TestMariadb):
    KIND = ""
    test_a_stream_never_holds_the_table = None  # proven above
    KEY = "PRIMARY KEY"


class TestClickHouse(DatabaseConformance):
    """The real engine, chDB, behind a small server that speaks ClickHouse's HTTP."""

    KIND = "ClickHouse"
    COMMENTS = ("table", "columns")
    TYPES = tuple(name for name in DatabaseConformance.TYPES if name != "picture")  # String is text here

    def table_name(self, name):
        return name[-150:]  # which becomes the name of a folder, with %E4 and the like

    @pytest.fixture
    def version(self, clickhouse):
        return f"chDB {clickhouse.run('SELECT version()').strip()}, ClickHouse's engine"

    @pytest.fixture
    def location(self, clickhouse):
        return clickhouse.url

    @pytest.fixture
    def put(self, clickhouse):
        def put(given):
            name = _clickhouse_name(given.name)
            columns = ", ".join(_clickhouse_column(field, given) for field in given.data.schema)
            comment = f" COMMENT {_quoted(given.comment)}" if given.comment else ""
            clickhouse.run(f"CREATE TABLE {name} ({columns}) ENGINE = MergeTree ORDER BY tuple(){comment}")
            if given.is_series:
                pad = f"repeat(leftPad(toString(number), 9, '0'), {REPEATED})"
                clickhouse.run(f"INSERT INTO {name} SELECT number, {pad} FROM numbers({given.data.num_rows})")
            else:
                lines = (json.dumps(row, default=_clickhouse_value) for row in given.data.to_pylist())
                clickhouse.run(f"INSERT INTO {name} FORMAT JSONEachRow\n" + "\n".join(lines))

        return put

    @pytest.fixture
    def fingerprint(self, clickhouse):
        return lambda: clickhouse.run("SELECT count(), sum(cityHash64(*)) FROM people")

    @pytest.fixture
    def running(self, clickhouse):
        def running():
            """Return how many answers are sent; the server notices a little later that nobody listens."""
            deadline = time.monotonic() + 60
            while (left := clickhouse.under_way()) and time.monotonic() < deadline:
                time.sleep(0.05)
            return left

        return running

    @pytest.fixture
    def spoil(self, clickhouse):
        """Leave cells that cannot be cast, which the engine quotes."""

        def spoil():
            clickhouse.run("RENAME TABLE secrets TO kept")
            clickhouse.run(
                "CREATE VIEW secrets AS SELECT id, toString(toUInt8(assumeNotNull(name))) AS name FROM kept"
            )

        return spoil


_CLICKHOUSE_TYPES = {
    pa.int64(): "Int64",
    pa.float64(): "Float64",
    pa.bool_(): "Bool",
    pa.string(): "String",
    pa.date32(): "Date32",
    pa.timestamp("us"): "DateTime64(6)",
    pa.decimal128(20, 2): "Decimal(20, 2)",
    pa.binary(): "String",
}


def _clickhouse_name(name):
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


def _clickhouse_column(field, given):
    kind = f"Nullable({_CLICKHOUSE_TYPES[field.type]})"
    comment = given.comments.get(field.name)
    return f"{_clickhouse_name(field.name)} {kind}" + (f" COMMENT {_quoted(comment)}" if comment else "")


def _clickhouse_value(value):
    return value.decode() if isinstance(value, bytes) else str(value)
