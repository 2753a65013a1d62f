"""SQLite, and with it the ways that any database is read: what every connector does."""

import hashlib
import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa
from conformance import DatabaseConformance, Variant
from given import REPEATED
from sql_tables import SQLITE, create_statement, put_rows

from connectors._databases.connector import SqlConnector
from connectors.dialects import generic


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


class TestSqliteWithALog(Variant, TestSqlite):
    JOURNAL = "WAL"


class TestSqliteWithoutRowId(Variant, TestSqlite):
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
