"""Engines and connections that a program has open: read, and given back as they were."""

import asyncio
import sqlite3

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import Session

from connectors import NotASource, Selection, SourceUnreachable, TableUnreadable
from connectors.lent import connect_lent, refuse_other_handles

PEOPLE = [(i, f"139{i:08}") for i in range(3_000)]


def fill(engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE people (id INTEGER PRIMARY KEY, mobile VARCHAR(20))")
        connection.execute(sa.text("INSERT INTO people VALUES (:id, :mobile)"), rows())
    return engine


def rows(first=0):
    return [{"id": i + first, "mobile": mobile} for i, mobile in PEOPLE]


@pytest.fixture(params=["sqlite in memory", "sqlite file", "postgresql", "mariadb"])
def engine(request, tmp_path):
    urls = {"sqlite in memory": lambda: "sqlite://", "sqlite file": lambda: f"sqlite:///{tmp_path}/a.db"}
    fixture = {"postgresql": "pg", "mariadb": "mariadb"}
    url = urls.get(request.param, lambda: request.getfixturevalue(fixture[request.param]))()
    engine = fill(sa.create_engine(url))
    yield engine
    engine.dispose()


def read(lent):
    """Return the rows and the sample of table people as a source."""
    with connect_lent(lent) as source:
        (table,) = (found for found in source.tables() if found.name == "people")
        batches = list(source.stream(table, ["mobile"]))
        return sum(batch.num_rows for batch in batches), source.sample(table, rows=10, seed=0)


def settings(connection):
    """Return what the loan could change in a session."""
    queries = {
        "postgresql": "SELECT name, setting FROM pg_settings WHERE name IN ('statement_timeout', "
        "'transaction_read_only', 'lock_timeout', 'application_name') ORDER BY name",
        "sqlite": "PRAGMA query_only",
        "mysql": "SELECT @@session.transaction_read_only",
        "mariadb": "SELECT @@session.tx_read_only",
    }
    return connection.exec_driver_sql(queries[connection.dialect.name]).all()


def test_an_open_engine_is_read_and_stays_usable(engine):
    pool = engine.pool
    count, sample = read(engine)

    assert (count, sample.num_rows) == (3_000, 10)
    assert engine.pool is pool
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO people VALUES (9999, 'x')")
    assert read(engine)[0] == 3_001


def test_an_open_connection_keeps_its_transaction_and_sees_what_it_did(engine):
    with engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO people VALUES (9999, 'x')")
        count, _ = read(connection)

        assert count == 3_001
        assert connection.in_transaction()
        assert not connection.closed
        connection.exec_driver_sql("INSERT INTO people VALUES (9998, 'x')")
        connection.rollback()
        assert connection.exec_driver_sql("SELECT count(*) FROM people").scalar() == 3_000


def test_an_open_connection_without_a_transaction_is_left_without_one(engine):
    with engine.connect() as connection:
        assert read(connection)[0] == 3_000
        assert not connection.in_transaction()
        connection.exec_driver_sql("INSERT INTO people VALUES (9999, 'x')")
        connection.commit()
    assert read(engine)[0] == 3_001


def test_settings_and_options_are_as_before(engine):
    with engine.connect() as connection:
        before = settings(connection)
        options = connection.get_execution_options()
        read(connection)

        assert settings(connection) == before
        assert connection.get_execution_options() == options


@pytest.mark.parametrize("as_connection", [True, False])
def test_the_database_refuses_to_write_during_the_loan(engine, as_connection):
    with engine.connect() as connection, connect_lent(connection if as_connection else engine) as source:
        list(source.tables())
        with (
            pytest.raises(sa.exc.DBAPIError, match=r"(?i)read.?only"),
            source._engine.connect() as lent,
        ):
            lent.exec_driver_sql("INSERT INTO people VALUES (9999, 'x')")
    assert read(engine)[0] == 3_000


def test_a_stream_that_is_abandoned_gives_the_connection_back(engine):
    with engine.connect() as connection, connect_lent(connection) as source:
        (table,) = source.tables()
        stream = source.stream(table, ["mobile"])
        next(stream)
        stream.close()

        assert connection.exec_driver_sql("SELECT count(*) FROM people").scalar() == 3_000


def test_only_chosen_tables_are_listed(engine):
    with connect_lent(engine, Selection(exclude=("peo*",))) as source:
        assert list(source.tables()) == []


def test_a_closed_connection_is_named():
    engine = sa.create_engine("sqlite://")
    connection = engine.connect()
    connection.close()

    with pytest.raises(SourceUnreachable, match=r"is closed\. Hand in an open one"):
        connect_lent(connection)


def test_an_engine_whose_server_is_gone_shows_no_credential():
    engine = sa.create_engine("postgresql+psycopg://me:secret-canary@127.0.0.1:1/crm")

    with pytest.raises(SourceUnreachable) as failed:
        connect_lent(engine)
    assert str(failed.value) == "postgresql+psycopg://127.0.0.1:1/crm: no server answers there."


def test_a_table_that_cannot_be_read_does_not_break_the_transaction(pg, pg_run):
    pg_run(
        "CREATE TABLE people (id int, mobile text)",
        "CREATE VIEW broken AS SELECT 1 / (id - 1) AS x FROM people",
        "INSERT INTO people VALUES (1, 'a')",
    )
    engine = sa.create_engine(pg)
    with engine.connect() as connection, connect_lent(connection) as source:
        connection.exec_driver_sql("INSERT INTO people VALUES (2, 'b')")
        broken, people = source.tables()
        with pytest.raises(TableUnreadable):
            source.sample(broken, rows=5, seed=0)

        assert source.sample(people, rows=5, seed=0).num_rows == 2
        assert connection.exec_driver_sql("SELECT count(*) FROM people").scalar() == 2
    engine.dispose()


def test_temporary_tables_and_dates_that_python_has_not_are_read_in_the_session(pg):
    engine = sa.create_engine(pg)
    with engine.connect() as connection, connect_lent(connection) as source:
        connection.exec_driver_sql("CREATE TABLE born (day date)")
        connection.exec_driver_sql("INSERT INTO born VALUES ('infinity'), ('2000-01-01')")
        (table,) = source.tables()

        assert sum(batch.num_rows for batch in source.stream(table, ["day"])) == 2
        connection.exec_driver_sql("DELETE FROM born WHERE day = 'infinity'")
        assert str(connection.exec_driver_sql("SELECT day FROM born").scalar_one()) == "2000-01-01"
        assert type(connection.exec_driver_sql("SELECT day FROM born").scalar_one()).__name__ == "date"
    engine.dispose()


def test_an_engine_in_autocommit_is_read_in_transactions_and_stays_in_autocommit(pg):
    engine = fill(sa.create_engine(pg)).execution_options(isolation_level="AUTOCOMMIT")

    assert read(engine)[0] == 3_000
    with engine.connect() as connection:
        assert connection.connection.driver_connection.autocommit
        with pytest.raises(SourceUnreachable, match="AUTOCOMMIT"):
            connect_lent(connection)
    engine.dispose()


def test_text_that_is_not_utf8_is_read_and_the_driver_is_as_before(tmp_path):
    engine = sa.create_engine(f"sqlite:///{tmp_path}/a.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE people (name TEXT)")
        connection.exec_driver_sql("INSERT INTO people VALUES (CAST(x'd5c5c8fd' AS TEXT))")
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        with connect_lent(connection) as source:
            (table,) = source.tables()
            (batch,) = source.stream(table, ["name"])

        assert batch.to_pydict() == {"name": ["张三"]}
        assert driver.text_factory is str
    engine.dispose()


@pytest.mark.parametrize(
    ("make", "advice"),
    [
        (lambda: Session(sa.create_engine("sqlite://")), "session.connection()"),
        (lambda: create_async_engine("postgresql+psycopg://h/db"), "engine.sync_engine"),
        (lambda: sqlite3.connect(":memory:"), "A connection of the driver (sqlite3) is no source"),
    ],
)
def test_other_handles_are_refused_with_advice(make, advice):
    handle = make()
    with pytest.raises(NotASource) as refused:
        refuse_other_handles(handle)
    if asyncio.iscoroutinefunction(getattr(handle, "dispose", None)):
        asyncio.run(handle.dispose())
    else:
        handle.close()

    assert advice in str(refused.value)
