"""ClickHouse's own engine, in a process of its own: what every connector does."""

import json
import time

import pyarrow as pa
import pytest
from conformance import DatabaseConformance
from given import REPEATED
from sql_tables import literal


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
            comment = f" COMMENT {literal(given.comment)}" if given.comment else ""
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
    return f"{_clickhouse_name(field.name)} {kind}" + (f" COMMENT {literal(comment)}" if comment else "")


def _clickhouse_value(value):
    return value.decode() if isinstance(value, bytes) else str(value)
