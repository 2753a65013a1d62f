"""Patience: what is tried again, how often, and when no more."""

import pytest
import sqlalchemy as sa

from connectors import Access, Retries, SourceUnreachable, TransientFailure, connect
from connectors._databases.failures import failure, is_transient
from connectors._retry import Patience, patience_of


class Flaky:
    """An action that fails a number of times."""

    def __init__(self, failures):
        self.failures, self.calls = failures, 0

    def __call__(self):
        self.calls += 1
        if self.calls <= self.failures:
            raise TransientFailure("db: connection lost.")
        return "made"


@pytest.fixture
def pauses():
    return []


def patience(pauses, **retries):
    return Patience(retries=Retries(**retries), sleep=pauses.append)


def test_waits_double_up_to_half_a_minute(pauses):
    flaky = Flaky(7)

    assert patience(pauses, attempts=8, wait=1).keep_trying(flaky) == "made"
    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_it_ends_with_the_last_failure(pauses):
    flaky = Flaky(99)

    with pytest.raises(TransientFailure, match="connection lost"):
        patience(pauses, attempts=3, wait=1).keep_trying(flaky)
    assert (flaky.calls, pauses) == (3, [1, 2])


def test_an_outage_is_waited_for_once_not_for_every_table(pauses):
    one = patience(pauses, attempts=3, wait=1)
    for _ in range(1_000):
        with pytest.raises(TransientFailure):
            one.keep_trying(Flaky(99))
    assert pauses == [1, 2]

    one.keep_trying(Flaky(0))
    one.keep_trying(Flaky(1))
    assert pauses == [1, 2, 1]


def test_what_is_waited_for_is_told(pauses):
    told = []
    Patience(retries=Retries(wait=2), sleep=pauses.append, tell=told.append).keep_trying(Flaky(1))

    assert told == ["next attempt in 2 s: db: connection lost."]


def test_a_connector_that_knows_no_transient_failures_is_not_tried_again():
    assert patience_of(object()).retries.attempts == 1


class DriverError(Exception):
    def __init__(self, sqlstate=None, number=None, words=""):
        super().__init__(*([number] if number else []), words)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (DriverError("40P01"), "deadlock"),
        (DriverError("40001"), "conflict with another transaction"),
        (DriverError("57P01"), "connection lost"),
        (DriverError("57P03"), "the server is starting up or shutting down"),
        (DriverError("53300"), "the server is out of resources"),
        (DriverError("55P03"), "lock timeout"),
        (DriverError("08006"), "connection lost"),
        (DriverError(number=1213), "deadlock"),
        (DriverError(number=1205), "lock timeout"),
        (DriverError(number=2013), "connection lost"),
        (DriverError(number=1040), "the server is out of resources"),
        (
            DriverError(words="FATAL: the database system is starting up"),
            "the server is starting up or shutting down",
        ),
        (DriverError(words="FATAL: sorry, too many clients already"), "the server is out of resources"),
    ],
)
def test_what_passes_is_tried_again(error, reason):
    assert failure(error) == reason
    assert is_transient(reason)


@pytest.mark.parametrize(
    "error",
    [
        DriverError("42501"),
        DriverError("42P01"),
        DriverError("28P01"),
        DriverError("22003"),
        DriverError("XX001"),
        DriverError(number=1142),
        DriverError(number=1146),
        DriverError(words="something unheard of"),
    ],
)
def test_what_stays_is_not(error):
    assert not is_transient(failure(error))


def test_a_statement_timeout_is_tried_again_where_the_configuration_says_so():
    reason = failure(DriverError("57014"))

    assert not is_transient(reason)
    assert is_transient(reason, timeouts=True)


def test_a_wrong_address_is_not_waited_for(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _s: pytest.fail("waited"))

    with pytest.raises(SourceUnreachable, match="no server"):
        connect("postgresql+psycopg://me@127.0.0.1:1/x")


def test_a_full_server_is_waited_for(pg, pg_run, monkeypatch):
    pg_run(
        "DO $$ BEGIN CREATE ROLE one_at_a_time LOGIN CONNECTION LIMIT 1;"
        " EXCEPTION WHEN duplicate_object THEN END $$"
    )
    url = sa.make_url(pg).set(username="one_at_a_time").render_as_string(hide_password=False)
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    taken = engine.connect()
    taken.exec_driver_sql("SELECT 1")
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        taken.close()

    monkeypatch.setattr("connectors._retry.time.sleep", pause)
    with connect(url, access=Access(retries=Retries(wait=0.1))):
        assert pauses[0] == 0.1
