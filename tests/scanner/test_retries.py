"""A table that breaks off is read again from its beginning; nothing of it counts twice."""

import datetime as dt

import pyarrow as pa
import pytest

from connectors import Column, Patience, Retries, RowCount, Table, TableUnreadable, TransientFailure
from scanner.config import SourceConfig, without_file
from scanner.identifiers import SubjectKey
from scanner.pipeline import run
from scanner.report.terminal import render
from scanner.result import Retried
from scanner.stages.underway import Options

TABLE = Table(name="customer", columns=(Column("mobile", "text"),), rows=RowCount(600, exact=False))


class Breaking:
    """A source of one table whose streams end as told: after some batches of 100 rows, with an error."""

    location = "db"

    def __init__(self, mobiles, *ends):
        self.mobiles, self.ends = mobiles, list(ends)
        self.pauses = []
        self.patience = Patience(retries=Retries(attempts=4, wait=1), sleep=self.pauses.append)

    def tables(self):
        yield TABLE

    def sample(self, table, *, rows, seed):
        del table, rows, seed
        return pa.record_batch({"mobile": self.mobiles})

    def stream(self, table, columns):
        del table, columns
        batches, error = self.ends.pop(0)
        for start in range(0, 100 * batches, 100):
            yield pa.record_batch({"mobile": self.mobiles[start : start + 100]})
        if error:
            raise error

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


LOST = TransientFailure("db: table 'customer': connection lost.", "connection lost")
GONE = TableUnreadable("db: table 'customer': no such table or column.")


@pytest.fixture(scope="module")
def mobiles(make_people):
    # Every third row names nobody: such rows would count twice, whatever their digests.
    return [None if i % 3 == 0 else person.mobile for i, person in enumerate(make_people(600))]


def scanned(source, count="exact", progress=lambda *_: None):
    config = without_file((SourceConfig(name="crm", url="memory"),))
    options = Options(as_of=dt.date(2026, 11, 22), count=count, threads=1)
    key = SubjectKey(bytes(range(16)))
    now = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    return run(config, options, key, clock=lambda: now, open_source=lambda _: source, progress=progress)


def subjects(result):
    return result.datasets[0].tables[0].subjects


@pytest.mark.parametrize("count", ["exact", "sketch"])
@pytest.mark.parametrize(
    "ends", [[(3, LOST), (6, None)], [(0, LOST), (6, None)], [(6, LOST), (1, LOST), (5, LOST), (6, None)]]
)
def test_what_broke_off_counts_as_if_it_had_not(mobiles, count, ends):
    source = Breaking(mobiles, *ends)
    result = scanned(source, count)

    assert (result.complete, result.not_scanned) == (True, ())
    assert subjects(result) == subjects(scanned(Breaking(mobiles, (6, None)), count))
    assert result.datasets[0].tables[0].rows.value == 600
    assert source.pauses == [1, 2, 4][: len(ends) - 1]
    assert result.retried == (
        Retried(source="crm", table="customer", reason="connection lost", times=len(ends) - 1),
    )


@pytest.mark.parametrize("count", ["exact", "sketch"])
def test_what_was_read_stays_when_no_attempt_works(mobiles, count):
    never = [(0, LOST)] * 3
    result = scanned(Breaking(mobiles, (3, LOST), *never), count)

    assert not result.complete
    assert result.retried == ()
    assert result.not_scanned[0].reason == "db: table 'customer': connection lost. Tried 4 times."
    assert subjects(result)[0].lower == subjects(scanned(Breaking(mobiles, (3, GONE)), count))[0].lower > 0


def test_the_summary_says_what_was_tried_again(mobiles):
    said = render(scanned(Breaking(mobiles, (1, LOST), (6, None))))

    assert "Read after further attempts" in said
    assert "crm.customer  connection lost (tried again: 1)" in said


def test_an_outage_while_tables_are_listed_is_of_the_source(mobiles):
    class Slow(Breaking):
        def tables(self):
            tries = iter([LOST, LOST, TransientFailure("db: lock timeout.", "lock timeout"), None])

            def listed():
                if error := next(tries):
                    raise error
                return [TABLE]

            yield from self.patience.keep_trying(listed)

    result = scanned(Slow(mobiles, (6, None)))

    assert {(entry.table, entry.reason): entry.times for entry in result.retried} == {
        ("", "connection lost"): 2,
        ("", "lock timeout"): 1,
    }


def test_what_does_not_pass_is_not_tried_again(mobiles):
    source = Breaking(mobiles, (2, GONE))
    result = scanned(source)

    assert (result.not_scanned[0].reason, source.pauses) == (str(GONE), [])


def test_a_table_that_was_emptied_meanwhile_is_empty(mobiles):
    result = scanned(Breaking(mobiles, (3, LOST), (0, None)))

    assert result.complete
    assert subjects(result)[0].upper == 0


def test_progress_tells_which_table_of_how_many_and_what_is_waited_for(mobiles):
    seen = []
    source = Breaking(mobiles, (3, LOST), (6, None))
    source.listed = 1
    scanned(source, progress=lambda *told: seen.append(told[:2]))

    assert seen[0] == ("1 of 1  crm/customer", 0)
    assert ("1 of 1  crm/customer", 300) in seen
    assert "next attempt in 1 s: db: table 'customer': connection lost." in [doing for doing, _ in seen]
    assert ("1 of 1  crm/customer", 600) in seen
