"""What every connector does, tried on each kind of source.

A class for one kind inherits `FileConformance`, `DatabaseConformance` or `Conformance`, and says how a table
is put into a source, and where that is, unless it is a folder:

    class TestOrc(FileConformance):
        KIND = "ORC"

        @pytest.fixture
        def put(self, location):
            return lambda given: orc.write_table(given.data, location / f"{given.name}.orc")

Each test that is marked as a capability becomes a cell of docs/sources.md (`make sources`).
"""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from contextlib import suppress
from decimal import Decimal
from importlib import metadata
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from given import (
    CANARIES,
    CANARY,
    COMMENTED,
    HOSTILE,
    NULLS,
    PEOPLE,
    PHONES,
    ROWS,
    Given,
    series,
    typed,
)
from watching import open_files, streamed_alone

from connectors import Table, TableUnreadable, Unread, connect, list_parts, stream_part

_MOST_CHI_SQUARE = 20.5  # of 5 degrees of freedom: one table in a thousand is above
_LARGE_ROWS = 800_000
_WARM_ROWS = 80_000

# The distribution that reads a kind of source, or stands for its service.
_READERS = {
    "Delta": "deltalake",
    "Excel": "python-calamine",
    "Iceberg": "pyiceberg",
    "S3": "moto",
    "pandas": "pandas",
}

# How a value is read back, whatever type the source gives it.
_READ_BACK = {
    "whole": lambda value: int(str(value)),
    "ratio": lambda value: float(str(value)),
    "flag": lambda value: str(value).lower() in {"true", "1"},
    "letters": str,
    "day": lambda value: dt.date.fromisoformat(str(value)[:10]),
    "moment": lambda value: dt.datetime.fromisoformat(str(value)).replace(tzinfo=None),
    "money": lambda value: Decimal(str(value)),
    "picture": lambda value: value if isinstance(value, bytes) else str(value),
}


def capability(name):
    """Mark a test as what proves a capability: a column of the table of sources."""

    def mark(test):
        test.capability = name
        return test

    return mark


class Conformance:
    """What holds for any source.

    Attributes:
        KIND: The row of docs/sources.md; empty for variants of a kind that another class proves.
        COMMENTS: What may have a comment in this kind of source: "table", "columns".
        TYPES: Columns of `typed` that this kind of source can hold.
        UNNAMEABLE: Characters that a name cannot hold there.
        SAMPLED_BY_NUMBER: A sample of many rows is exactly as large as asked for.
        BOUNDED: MiB by which the peak of memory may grow while 320 MB are streamed, once 32 MB were: what
            batches, readers and caches need was needed then.
    """

    KIND = ""
    COMMENTS: tuple[str, ...] = ()
    TYPES = tuple(_READ_BACK)
    UNNAMEABLE = ""
    SAMPLED_BY_NUMBER = True
    BOUNDED = 128

    @pytest.fixture
    def opened(self, location):
        """Return a function that opens the source."""
        sources = []

        def opened():
            sources.append(connect(str(location)))
            return sources[-1]

        yield opened
        for source in sources:
            source.__exit__(None, None, None)

    @pytest.fixture
    def source(self, put, opened):
        put(PEOPLE)
        return opened()

    @pytest.fixture
    def table(self, source):
        (table,) = source.tables()
        return table

    @pytest.fixture
    def version(self):
        """Return what reads this kind of source, or the server, and its version."""
        name = _READERS.get(self.KIND, "pyarrow")
        return f"{name} {metadata.version(name)}"

    def test_what_proves_it_is_known(self, version, record_property):
        record_property("version", version)

        assert any(letter.isdigit() for letter in version)

    @capability("listing")
    def test_the_table_is_described(self, table):
        assert (table.name, table.group) == ("people", "")
        assert [column.name for column in table.columns] == ["id", "phone", "note"]
        assert table.rows is not None
        assert table.rows.value == ROWS

    @capability("listing")
    def test_a_table_that_is_not_there_is_named_and_nothing_else(self, source, table):
        gone = type(table)(name="gone", columns=table.columns)

        with pytest.raises(TableUnreadable, match="gone"):
            source.sample(gone, rows=1, seed=0)

    def test_a_source_can_be_left(self, source, table):
        with source:
            source.sample(table, rows=1, seed=0)

    @capability("comments")
    def test_comments_come_along(self, put, opened):
        put(COMMENTED)
        (table,) = opened().tables()

        assert table.comment == (COMMENTED.comment if "table" in self.COMMENTS else "")
        comments = COMMENTED.comments if "columns" in self.COMMENTS else {"xm": "", "sfzh": ""}
        assert {column.name: column.comment for column in table.columns} == comments

    @capability("types")
    def test_values_of_every_type_arrive(self, put, opened):
        given = typed()
        put(Given("typed", given.data.select(self.TYPES)))
        source = opened()
        (table,) = source.tables()
        streamed = pa.Table.from_batches(source.stream(table, list(self.TYPES)))
        sampled = source.sample(table, rows=9, seed=0)

        for name in self.TYPES:
            expected = sorted(map(_READ_BACK[name], given.data.column(name).to_pylist()))
            for found in (streamed, sampled):
                assert sorted(map(_READ_BACK[name], found.column(name).to_pylist())) == expected, name

    @capability("nulls")
    def test_nulls_stay_null_and_nothing_else_becomes_null(self, put, opened):
        put(NULLS)
        source = opened()
        (table,) = source.tables()
        names = ["id", "text", "whole", "never"]
        rows = [row for batch in source.stream(table, names) for row in batch.to_pylist()]
        found = {int(row.pop("id")): list(row.values()) for row in rows}

        assert {number: [_plain(value) for value in values] for number, values in found.items()} == {
            1: ["x", None, None],
            2: [None, 2, None],
            3: ["NULL", None, None],
            4: ["y", 4, None],
        }

    @capability("sampling, seeded")
    def test_same_seed_same_sample(self, source, table):
        first = source.sample(table, rows=50, seed=7)

        assert first.num_rows == 50
        assert first.equals(source.sample(table, rows=50, seed=7))

    @capability("sampling, seeded")
    def test_another_seed_another_sample(self, source, table):
        first, second = (source.sample(table, rows=50, seed=seed) for seed in (7, 8))

        assert not first.equals(second)

    @capability("sampling, spread")
    def test_a_sample_reaches_all_over_the_table(self, source, table):
        numbers = sorted(int(value) for value in source.sample(table, rows=60, seed=1).column(0).to_pylist())

        assert numbers[0] <= ROWS // 4
        assert numbers[-1] >= ROWS * 3 // 4
        assert len(set(numbers)) == 60

    @capability("sampling, spread")
    def test_every_place_of_the_table_has_the_same_chance(self, source, table):
        """One row of each of many samples: pages and ranges that come together do not count twice."""
        drawn = []
        for seed in range(120):
            numbers = source.sample(table, rows=12, seed=seed).column(0).to_pylist()
            drawn.append(int(numbers[seed % len(numbers)]))

        assert chi_square(drawn, ROWS, places=6) < _MOST_CHI_SQUARE

    def test_a_sample_has_no_more_rows_than_the_table(self, source, table):
        phones = source.sample(table, rows=10 * ROWS, seed=1).column(1).to_pylist()

        assert sorted(phones) == PHONES if self.SAMPLED_BY_NUMBER else set(phones) <= set(PHONES)

    def test_a_sample_has_all_columns_in_order(self, source, table):
        sample = source.sample(table, rows=5, seed=1)

        assert sample.schema.names == ["id", "phone", "note"]
        assert sample.column(2).null_count == 5

    @capability("streaming, complete")
    def test_a_stream_reads_only_what_is_asked_for(self, source, table):
        batches = list(source.stream(table, ["phone"]))

        assert {tuple(batch.schema.names) for batch in batches} == {("phone",)}
        assert sorted(value for batch in batches for value in batch.column(0).to_pylist()) == PHONES

    def test_a_stream_keeps_the_order_asked_for(self, source, table):
        batch = next(iter(source.stream(table, ["phone", "id"])))

        assert batch.schema.names == ["phone", "id"]
        assert str(batch.column(0)[0]).endswith(f"{int(str(batch.column(1)[0])):08d}")

    def test_a_stream_of_no_columns_still_counts(self, source, table):
        assert sum(batch.num_rows for batch in source.stream(table, [])) == ROWS

    @capability("streaming, complete")
    def test_the_parts_together_are_the_table(self, source, table):
        parts = list_parts(source, table)
        batches = [b for part in parts for b in stream_part(source, table, part, ["phone", "id"])]

        assert len({part.name for part in parts}) == len(parts)
        assert {tuple(batch.schema.names) for batch in batches} == {("phone", "id")}
        assert sorted(value for batch in batches for value in batch.column(0).to_pylist()) == PHONES

    def test_parts_stay_while_nothing_changes(self, source, table):
        assert list_parts(source, table) == list_parts(source, table)

    @capability("streaming, bounded memory")
    def test_a_stream_never_holds_the_table(self, put, location):
        put(series("warm", _WARM_ROWS))
        put(series("large", _LARGE_ROWS))
        rows, grown = streamed_alone(location)

        assert rows == _LARGE_ROWS
        assert grown < self.BOUNDED

    @capability("read-only")
    def test_reading_changes_nothing(self, source, table, fingerprint):
        before = fingerprint()
        source.sample(table, rows=5, seed=1)
        list(source.stream(table, ["id"]))

        assert fingerprint() == before

    @capability("cancellation")
    def test_a_stream_can_be_left_early_and_read_again(self, source, table):
        stream = source.stream(table, ["id"])
        next(stream)
        stream.close()

        assert sum(batch.num_rows for batch in source.stream(table, ["id"])) == ROWS

    @capability("hostile names")
    @pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
    def test_hostile_names_are_only_names(self, put, opened, name):
        name = self.column_name("".join(letter for letter in name if letter not in self.UNNAMEABLE))
        table_name = self.table_name(name)
        put(Given(table_name, pa.table({name: ["a", "b"], "other": ["c", "d"]})))
        source = opened()
        (table,) = source.tables()

        assert (table.name, [column.name for column in table.columns]) == (table_name, [name, "other"])
        assert source.sample(table, rows=5, seed=0).schema.names == [name, "other"]
        found = [value for batch in source.stream(table, [name]) for value in batch.column(name).to_pylist()]
        assert sorted(found) == ["a", "b"]

    def column_name(self, name):
        """Return as much of a name as this kind of source takes for a column."""
        return name

    def table_name(self, name):
        """Return the name of a table, as hostile as one can be in this kind of source."""
        return name

    def test_values_never_show_in_names_and_notes(self, source, table):
        assert not any(phone in repr((table, source)) + source.location for phone in PHONES)

    @pytest.fixture
    def fail(self, put, opened, spoil):
        """Return a function that reads a table full of secrets in the moment that it goes wrong."""

        def fail():
            put(CANARIES)
            source = opened()
            (table,) = source.tables()
            stream = source.stream(table, ["id", "name"])
            next(stream)
            spoil()
            for _ in stream:
                pass
            for _ in source.stream(table, ["id", "name"]):
                pass

        return fail

    @capability("no values in errors")
    def test_what_goes_wrong_is_said_without_values(self, fail, caplog, capfd):
        caplog.set_level(logging.DEBUG)
        with pytest.raises(TableUnreadable) as caught:
            fail()

        written = capfd.readouterr()
        said = "".join(traceback.format_exception(caught.value)) + repr(caught.value.args)
        for text in (said, caplog.text, written.out, written.err):
            assert CANARY not in text
            assert CANARY[-11:] not in text


class Variant:
    """Another way to keep or read a kind of source, inherited before the class that proves the kind."""

    KIND = ""
    test_a_stream_never_holds_the_table = None  # proven there, and slow


class FileConformance(Conformance):
    """What holds for files: nothing is left open, and a file that is cut off is said."""

    @pytest.fixture
    def location(self, tmp_path):
        return tmp_path

    # No file system takes these in a name, or the length.
    def table_name(self, name):
        return "hostile " + "".join(letter for letter in name if letter not in "[]?*;\n\t")[:40]

    @pytest.fixture
    def fingerprint(self, location):
        def everything():
            files = sorted(path for path in Path(location).rglob("*") if path.is_file())
            return [(path, path.read_bytes()) for path in files]

        return everything

    @pytest.fixture
    def spoil(self, location):
        """Cut every file in half, and overwrite the rest."""

        def cut():
            for path in Path(location).rglob("*"):
                if path.is_file():
                    size = path.stat().st_size // 2
                    path.write_bytes(b"\xff" * size)

        return cut

    @capability("cancellation")
    def test_a_stream_that_is_left_leaves_no_file_open(self, source, table, location):
        stream = source.stream(table, ["id"])
        next(stream)
        stream.close()

        assert not open_files(location)


class DatabaseConformance(Conformance):
    """What holds for databases: the server refuses writes, and a query that is left ends there.

    Fixtures beside the others: ``running`` (returns the number of our own queries that the server,
    or the engine in this process, still works on).
    """

    @pytest.fixture
    def write(self):
        """Try to write through the connection of a source, and raise what the server says."""

        def write(source):
            with source._engine.connect() as connection:
                connection.exec_driver_sql("INSERT INTO people SELECT 0, 'x', NULL")

        return write

    @capability("read-only")
    def test_the_server_refuses_to_write(self, source, write, fingerprint):
        before = fingerprint()
        with pytest.raises(Exception, match=r"(?i)read.?only"):
            write(source)

        assert fingerprint() == before

    @capability("cancellation")
    def test_a_query_that_is_left_ends_on_the_server(self, put, opened, running):
        put(series("large", _LARGE_ROWS // 4))
        source = opened()
        (table,) = source.tables()
        stream = source.stream(table, ["id", "pad"])
        next(stream)
        stream.close()

        assert running() == 0
        with suppress(StopIteration):
            assert next(iter(source.stream(table, ["id"]))).num_rows

    @capability("listing")
    def test_tables_come_in_order(self, put, opened):
        names = ["a", "b", "c_1", "c_2"]
        for name in reversed(names):
            put(Given(name, pa.table({"x": [1]})))

        assert [entry.name for entry in opened().tables()] == names


def chi_square(numbers, total, *, places):
    """Return how far numbers from 1 to ``total`` are from being evenly spread over so many places."""
    counts, _ = np.histogram(numbers, bins=places, range=(1, total + 1))
    expected = len(numbers) / places
    return float(((counts - expected) ** 2 / expected).sum())


def _plain(value):
    """Return a number also where the source keeps text."""
    return int(value) if isinstance(value, str) and value.isdigit() else value


def readable(source):
    """Return the tables of a source by name."""
    return {entry.name: entry for entry in source.tables() if isinstance(entry, Table)}


def refused(source):
    """Return what cannot be read in a source."""
    return [entry for entry in source.tables() if isinstance(entry, Unread)]
