"""What is particular to a database that no test can start, and what its errors mean."""

import sqlite3

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mysql as mysql_dialect
from sqlalchemy.dialects import oracle as oracle_dialect

from connectors import Column, RowCount
from connectors._sql import Relation, failure, location_of
from connectors.dialects import dialect_of, generic, mysql, postgresql, sqlite


class DriverError(Exception):
    def __init__(self, *args, **attributes):
        super().__init__(*args)
        self.__dict__.update(attributes)


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (DriverError("x", sqlstate="57P01"), "connection lost"),
        (DriverError("x", sqlstate="57014"), "statement timeout"),
        (DriverError("x", pgcode="42501"), "permission denied"),
        (DriverError("x", sqlstate="28P01"), "login refused (user name or password)"),
        (DriverError("x", sqlstate="22012"), "a value that cannot be converted"),
        (DriverError(1045, "Access denied for user"), "login refused (user name or password)"),
        (DriverError(2013, "x"), "connection lost"),
        (DriverError(3024, "x"), "statement timeout"),
        (DriverError(1969, "x"), "statement timeout"),
        (DriverError("x", sqlite_errorname="SQLITE_CORRUPT_VTAB"), "damaged database file"),
        (DriverError("could not connect: Connection refused"), "no server answers there"),
        (DriverError("No such file or directory"), "no server answers there"),
        (DriverError("value 13900000001 is odd"), "the driver reports DriverError"),
        (DriverError(), "the driver reports DriverError"),
    ],
)
def test_errors_are_said_in_our_own_words(error, meaning):
    wrapped = sa.exc.OperationalError("SELECT 'secret'", {"phone": "13900000001"}, error)

    assert failure(error) == failure(wrapped) == meaning


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("mysql+pymysql://u:p%40ss@h:3306/db?ssl_key=x", "mysql+pymysql://h:3306/db"),
        ("postgresql:///db?host=/run/pg&password=x", "postgresql:///db"),
        ("mssql+pyodbc:///?odbc_connect=UID%3Du%3BPWD%3Dp", "mssql+pyodbc:///"),
    ],
)
def test_locations_hold_no_credentials(url, location):
    assert location_of(sa.make_url(url)) == location


@pytest.mark.parametrize(
    ("backend", "module"),
    [
        ("mysql", mysql),
        ("mariadb", mysql),
        ("postgresql", postgresql),
        ("sqlite", sqlite),
        ("access", generic),
    ],
)
def test_a_backend_has_its_dialect(backend, module):
    assert dialect_of(backend) is module


@pytest.mark.parametrize(
    ("exact", "dialect", "text"),
    [
        (True, mysql_dialect.dialect(), "SELECT `T`.`a``b`, `T`.`x` FROM `T`"),
        (True, oracle_dialect.dialect(), 'SELECT "T"."a`b", "T"."x" FROM "T"'),
        (False, oracle_dialect.dialect(), 'SELECT "T"."a`b", "T".x FROM "T"'),
    ],
)
def test_names_are_quoted_as_the_dialect_wants(exact, dialect, text):
    relation = Relation(
        schema=None, name="T", columns=(Column("a`b", ""), Column("x", "")), exact_names=exact
    )
    statement = relation.select(["a`b", "x"])

    assert " ".join(str(statement.compile(dialect=dialect)).split()) == text


class Session:
    """Stands for a driver's connection and cursor: keeps what is executed."""

    def __init__(self, version):
        self.said = []
        self.version = version

    def cursor(self):
        return self

    def execute(self, statement):
        self.said.append(statement)

    def fetchone(self):
        return (self.version,)

    def close(self):
        self.said.append("closed")


@pytest.mark.parametrize(
    ("version", "timeout"),
    [("8.0.36", "max_execution_time=600000"), ("10.11.19-MariaDB-log", "max_statement_time=600")],
)
def test_mysql_sessions_only_read_and_end_some_day(version, timeout):
    session = Session(version)
    mysql._guard(session, None)

    assert session.said[0] == "SET SESSION TRANSACTION READ ONLY"
    assert session.said[2:] == [f"SET SESSION {timeout}, lock_wait_timeout=5", "closed"]


def test_a_small_mysql_table_is_put_into_a_seeded_order():
    class Recorder:
        def execute(self, statement):
            self.text = str(
                statement.compile(dialect=mysql_dialect.dialect(), compile_kwargs={"literal_binds": True})
            )
            return self

        def all(self):
            return []

    recorder = Recorder()
    relation = Relation(schema=None, name="t", columns=(Column("x", "int"),), rows=RowCount(9, exact=False))
    mysql.sample(recorder, relation, 5, 42)

    assert " ".join(recorder.text.split()).endswith("ORDER BY rand(42) LIMIT 5")


def test_views_and_keys_are_reflected_by_any_database(tmp_path):
    database = sqlite3.connect(tmp_path / "x.db")
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x VARCHAR(3))")
    database.execute("CREATE VIEW v AS SELECT x FROM t")
    database.execute("CREATE VIEW bad AS SELECT y FROM gone")
    database.close()
    engine = generic.open_engine(sa.make_url(f"sqlite:///{tmp_path / 'x.db'}"))
    with engine.connect() as connection:
        names = generic.relation_names(connection, None)
        bad, table, view = generic.relations(connection, None, names)
    engine.dispose()

    assert bad.reason == "it refers to what does not exist"
    assert (table.key, table.is_view, table.note) == ("id", False, "")
    assert (view.key, view.is_view, view.note) == ("", True, generic.STREAMED_NOTE)
