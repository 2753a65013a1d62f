"""What sources tell the doctor, where that is not tested with the command."""

import pytest

from connectors import Column, RowCount, checkup_of, connect, table_checkup_of
from connectors._databases import checkup as checkups
from connectors._databases.relations import Relation


def test_clickhouse_tells_of_itself(clickhouse):
    clickhouse.run("CREATE TABLE t (x Int64) ENGINE = MergeTree ORDER BY tuple()")
    clickhouse.run("INSERT INTO t SELECT number FROM numbers(50000)")
    with connect(clickhouse.url) as source:
        (table,) = source.tables()
        found, of_table = checkup_of(source), table_checkup_of(source, table, 2_000)

    assert found.server.startswith("ClickHouse 2")
    assert found.drivers[0].startswith("clickhouse-connect ")
    assert of_table.sampling == "granules chosen by a hash of their place"
    assert 0 < of_table.size < 500_000


@pytest.mark.parametrize(
    ("backend", "rows", "words"),
    [
        ("trino", 2_000_000, "TABLESAMPLE SYSTEM (1.000000)"),
        ("oracle", 2_000_000, "SAMPLE BLOCK (1.000000) SEED (0)"),
        ("snowflake", 2_000_000, "SAMPLE SYSTEM (1.000000) SEED (0)"),
        ("mssql", 50_000, "a random choice of all rows"),
        ("mssql", None, "a random choice of the first 1,000,000 rows"),
        ("redshift", 2_000_000, "a random choice of the first 1,000,000 rows"),
    ],
)
def test_the_sampling_of_every_database_is_told_in_its_own_words(backend, rows, words):
    count = RowCount(rows, exact=False) if rows else None
    relation = Relation(schema="s", name="t", columns=(Column("x", "INT"),), rows=count)

    assert checkups._sampling(backend, relation, 2_000) == words


def test_a_frame_tells_nothing_and_is_asked_nothing():
    assert checkup_of(object()).kind == ""
