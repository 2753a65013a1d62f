"""What is particular to a database that no test can start, and what its errors mean."""

import sqlite3

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mysql as mysql_dialect
from sqlalchemy.dialects import oracle as oracle_dialect

from connectors import Column, RowCount
from connectors._databases.failures import failure
from connectors._databases.relations import Relation, location_of
from connectors.dialects import dialect_of, generic, mysql, postgresql, relatives, sqlite


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
        ("postgresql", relatives),
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
    """Stands for a driver's connection and cursor: keeps what is executed, and refuses some of it."""

    def __init__(self, *named, refuses=""):
        self.said = []
        self.named = named
        self.refuses = refuses

    def cursor(self):
        return self

    def execute(self, statement):
        if self.refuses and self.refuses in statement:
            raise DriverError(1105, "not known here")
        self.said.append(statement)

    def fetchone(self):
        return self.named

    def close(self):
        self.said.append("closed")


@pytest.mark.parametrize(
    ("version", "comment", "said"),
    [
        ("8.0.36", "MySQL", ["SET SESSION max_execution_time=600000, lock_wait_timeout=5"]),
        ("10.11.19-MariaDB-log", "Debian 12", ["SET SESSION max_statement_time=600, lock_wait_timeout=5"]),
        ("5.7.25-OceanBase-v4.2", "OceanBase", ["SET SESSION ob_query_timeout=600000000"]),
    ],
)
def test_mysql_sessions_only_read_and_end_some_day(version, comment, said):
    session = Session(version, comment)
    mysql._guard(session, None)

    assert session.said[1:] == ["SET SESSION TRANSACTION READ ONLY", *said, "closed"]


@pytest.mark.parametrize(
    ("version", "comment", "timeout"),
    [
        ("8.0.11-TiDB-v7.5.0", "TiDB Server", "SET SESSION max_execution_time=600000"),
        ("5.7.99", "Doris version 2.1", "SET query_timeout=600"),
        ("8.0.33", "StarRocks version 3.3", "SET query_timeout=600"),
    ],
)
def test_relatives_of_mysql_are_limited_in_their_own_words(version, comment, timeout):
    session = Session(version, comment)
    mysql._guard(session, None)
    refusing = Session(version, comment, refuses="SET")
    mysql._guard(refusing, None)

    assert session.said[1:] == [timeout, "closed"]
    assert refusing.said[1:] == ["closed"]


def test_a_mysql_server_that_cannot_be_made_read_only_is_not_read():
    with pytest.raises(DriverError):
        mysql._guard(Session("8.0.36", "MySQL", refuses="READ ONLY"), None)


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


@pytest.mark.parametrize(
    ("version", "expected"), [((18, 6), postgresql), ((12, 1), postgresql), ((9, 4, 26), relatives._BEFORE)]
)
def test_what_began_as_an_early_postgresql_is_read_with_less(version, expected):
    class Connection:
        class dialect:  # noqa: N801
            server_version_info = version

    assert relatives._of(Connection()) is expected
