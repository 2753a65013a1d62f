"""Arrow from the cursors of Snowflake's and BigQuery's drivers, which stand-ins play: no server is at hand.

The stand-ins have what the drivers document: ``SnowflakeCursor.fetch_arrow_batches()``, and
``Cursor.query_job``, ``QueryJob.result()`` and ``RowIterator.to_arrow_iterable()``.
"""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pyarrow as pa
import pytest
import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.exc import DBAPIError

from connectors import Column
from connectors._databases import checkup
from connectors._databases.failures import failure
from connectors._databases.relations import Relation
from connectors.dialects import dialect_of, generic

CELL = "13800138000"


class Cursor:
    """What both drivers' cursors have in common."""

    def __init__(self, tables, connection):
        self.tables, self.connection = tables, connection
        self.executed, self.closed = [], False

    def execute(self, text):
        self.executed.append(text)

    def close(self):
        self.closed = True

    def _handed_over(self):
        for table in self.tables:
            if isinstance(table, Exception):
                raise table
            yield table


class SnowflakeCursor(Cursor):
    def fetch_arrow_batches(self):
        return self._handed_over()


class BigQueryCursor(Cursor):
    @property
    def query_job(self):
        return SimpleNamespace(result=lambda: self)

    def to_arrow_iterable(self, bqstorage_client=None, max_stream_count=None):
        assert (bqstorage_client, max_stream_count) == ("storage", 1)
        return (batch for table in self._handed_over() for batch in table.to_batches())


CURSORS = {"snowflake": SnowflakeCursor, "bigquery": BigQueryCursor}


@pytest.fixture(params=CURSORS)
def backend(request):
    return request.param


@pytest.fixture
def open_connection(backend, monkeypatch):
    """Return a connection whose driver hands over tables, and the cursors that it gave."""
    monkeypatch.setattr(generic, "stream", lambda *_: iter(["by rows"]))

    def connection(*tables, name=backend):
        dialect = DefaultDialect()
        dialect.name = name
        driver = SimpleNamespace(_bqstorage_client="storage")
        given = []

        def cursor():
            given.append(CURSORS[name](tables, driver))
            return given[-1]

        return SimpleNamespace(dialect=dialect, connection=SimpleNamespace(cursor=cursor), given=given)

    return connection


def streamed(connection, columns, names=None, where=None):
    relation = Relation(schema="crm", name="people", columns=tuple(Column(*each) for each in columns.items()))
    return dialect_of(connection.dialect.name).stream(connection, relation, names or list(columns), where)


TEXT = {"snowflake": "VARCHAR(16777216)", "bigquery": "STRING"}


def test_batches_of_the_driver_are_handed_on(backend, open_connection):
    first, second = pa.table({"a": ["x", None], "b": ["1", "2"]}), pa.table({"a": ["y"], "b": ["3"]})
    connection = open_connection(first, second)
    batches = list(streamed(connection, {"a": TEXT[backend], "b": TEXT[backend]}))
    (cursor,) = connection.given

    assert pa.Table.from_batches(batches).equals(pa.concat_tables([first, second]))
    assert cursor.closed
    assert cursor.executed == ["/* pandian */ SELECT crm.people.a, crm.people.b \nFROM crm.people"]


def test_only_the_columns_and_rows_that_were_asked_for_are_sent(backend, open_connection):
    connection = open_connection(pa.table({"b": ["1"]}))
    list(streamed(connection, dict.fromkeys("abc", TEXT[backend]), ["b"], sa.column("a") == "x"))

    (text,) = connection.given[0].executed
    assert text.split("\n") == ["/* pandian */ SELECT crm.people.b ", "FROM crm.people ", "WHERE a = 'x'"]


def test_large_batches_are_divided_and_empty_ones_left_out(backend, open_connection):
    large = pa.table({"a": [str(n) for n in range(200_000)]}).combine_chunks()
    batches = list(streamed(open_connection(pa.table({}), large), {"a": TEXT[backend]}))

    assert max(batch.num_rows for batch in batches) <= 65_536
    assert pa.Table.from_batches(batches)["a"].to_pylist() == large["a"].to_pylist()


def test_a_column_has_one_type_in_all_batches(backend, open_connection):
    kind = {"snowflake": "DECIMAL(18, 0)", "bigquery": "INT64"}[backend]
    narrow, wide = pa.table({"a": pa.array([1], pa.int8())}), pa.table({"a": pa.array([10**17])})
    view = pa.table({"a": pa.array(["x" * 20], pa.string_view())})
    numbers = list(streamed(open_connection(narrow, wide), {"a": kind}))
    (text,) = streamed(open_connection(view), {"a": TEXT[backend]})

    assert [str(batch.schema.field("a").type) for batch in (*numbers, text)] == ["int64", "int64", "string"]
    assert [batch.column(0)[0].as_py() for batch in (*numbers, text)] == [1, 10**17, "x" * 20]


@pytest.mark.parametrize(
    ("backend", "kind"),
    [
        ("snowflake", "DECIMAL(38, 0)"),
        ("snowflake", "DECIMAL(10, 2)"),
        ("snowflake", "NUMBER(19,0)"),
        ("snowflake", "BIGINT"),
        ("bigquery", "NUMERIC"),
        ("bigquery", "BIGNUMERIC(40, 0)"),
    ],
)
def test_numbers_that_would_lose_digits_are_asked_for_as_text(backend, kind, open_connection):
    connection = open_connection(pa.table({"a": ["110101199003070012"]}))
    (batch,) = streamed(connection, {"a": kind})

    assert "CAST(crm.people.a AS VARCHAR) AS a" in connection.given[0].executed[0]
    assert batch.column(0).to_pylist() == ["110101199003070012"]


@pytest.mark.parametrize("backend", ["snowflake"])
def test_times_of_snowflake_are_those_of_python(backend, open_connection):
    said = ["1677-01-01T00:00:00.000000", "9999-12-31T23:59:59.999999", None]
    connection = open_connection(pa.table({"a": said}))
    (batch,) = streamed(connection, {"a": "TIMESTAMP_NTZ"})

    assert "to_varchar(crm.people.a, 'YYYY-MM-DD\"T\"HH24:MI:SS.FF6') AS a" in connection.given[0].executed[0]
    assert batch.column(0).to_pylist() == [
        dt.datetime(1677, 1, 1), dt.datetime(9999, 12, 31, 23, 59, 59, 999_999), None,
    ]  # fmt: skip


PLAIN = {
    "snowflake": {"FLOAT": 1.5, "BOOLEAN": True, "BINARY": b"\xff", "DATE": dt.date(9999, 12, 31)},
    "bigquery": {
        "FLOAT64": 1.5, "BOOL": True, "BYTES": b"\xff", "DATE": dt.date(1, 1, 1),
        "DATETIME": dt.datetime(2026, 1, 1, 12), "TIMESTAMP": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    },
}  # fmt: skip


def test_what_means_the_same_as_in_rows_stays_what_it_is(backend, open_connection):
    columns = {name.lower(): name for name in PLAIN[backend]}
    row = dict(zip(columns, PLAIN[backend].values(), strict=True))
    (batch,) = streamed(open_connection(pa.Table.from_pylist([row])), columns)

    assert batch.to_pylist() == [row]


@pytest.mark.parametrize(
    ("backend", "kind"),
    [
        *(
            ("snowflake", kind)
            for kind in ("VARIANT", "TIMESTAMP_TZ", "TIMESTAMP_LTZ", "TIME", "ARRAY", "VECTOR", "")
        ),
        *(
            ("bigquery", kind)
            for kind in ("ARRAY<STRING>", "STRUCT<a STRING>", "JSON", "GEOGRAPHY", "TIME", "")
        ),
    ],
)
def test_what_arrow_would_say_otherwise_is_read_by_rows(backend, kind, open_connection):
    connection = open_connection()

    assert list(streamed(connection, {"a": TEXT[backend], "b": kind})) == ["by rows"]
    assert connection.given == []


def test_a_name_with_a_percent_sign_is_read_by_rows(backend, open_connection):
    assert list(streamed(open_connection(), {"50%": TEXT[backend]})) == ["by rows"]


@pytest.mark.parametrize("error", [ImportError("pyarrow"), ValueError(CELL), pa.ArrowInvalid(CELL)], ids=repr)
def test_what_fails_before_the_first_batch_is_read_by_rows(backend, open_connection, error):
    connection = open_connection(error)

    assert list(streamed(connection, {"a": TEXT[backend]})) == ["by rows"]
    assert connection.given[0].closed


def test_an_answer_without_a_job_is_read_by_rows(monkeypatch, open_connection, backend):
    monkeypatch.setattr(BigQueryCursor, "query_job", None)
    found = list(streamed(open_connection(pa.table({"a": ["x"]}), name="bigquery"), {"a": "STRING"}))

    assert found == ["by rows"]


def test_what_fails_later_is_an_error_without_a_value(backend, open_connection):
    connection = open_connection(pa.table({"a": ["x"]}), pa.ArrowInvalid(f"cannot parse {CELL}"))
    batches = streamed(connection, {"a": TEXT[backend]})
    assert next(batches).num_rows == 1

    with pytest.raises(DBAPIError) as raised:
        list(batches)
    assert raised.value.__cause__ is None
    assert failure(raised.value) == "the driver reports ArrowInvalid"
    assert connection.given[0].closed


def test_a_reader_that_leaves_closes_the_cursor(backend, open_connection):
    connection = open_connection(pa.table({"a": ["x"]}), pa.table({"a": ["y"]}))
    batches = streamed(connection, {"a": TEXT[backend]})
    next(batches)
    batches.close()

    assert connection.given[0].closed


def test_decimals_keep_their_digits(open_connection, backend):
    cell = Decimal("12345678901234567890.123456789")
    connection = open_connection(pa.table({"a": [str(cell)]}))
    (batch,) = streamed(connection, {"a": "NUMERIC(38, 9)"})

    assert Decimal(batch.column(0)[0].as_py()) == cell


def test_the_doctor_says_so(backend):
    assert checkup._reading(backend) == "Arrow from the driver where the types allow it"
    assert checkup._reading("oracle") == "rows from a cursor on the server"
