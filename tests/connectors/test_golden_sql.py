"""What is sent to databases that no test can start."""

import re
import sqlite3

import pytest
import sqlalchemy as sa
from golden_sql import DIALECTS, GOLDEN, LIGHT, compiled

from connectors import RowCount
from connectors._databases.connector import SqlConnector
from connectors._databases.relations import Relation
from connectors.dialects import dialect_of
from connectors.dialects.described import Described
from connectors.dialects.traits import TRAITS, Traits


def golden(backend):
    header, _, text = (GOLDEN / f"{backend}.sql").read_text(encoding="utf-8").partition("\n\n")
    assert header.startswith("-- Compiled by ")
    return text


@pytest.mark.parametrize("backend", LIGHT)
def test_its_own_dialect_compiles_the_golden_statements(backend):
    assert compiled(backend) == golden(backend)


@pytest.mark.parametrize("backend", sorted(DIALECTS))
def test_golden_statements_say_what_the_traits_say(backend):
    """Where the dialect is not in the development environment, too: `make golden-sql` compiles it anew."""
    traits, text = TRAITS[backend], golden(backend)
    sample = traits.sample.format(percent="0.050000", seed=42) or "-- none"

    assert f"{sample}\n\n-- estimate\n" in text
    for said in (*traits.session, traits.transaction):
        assert said in text
    for asked in (traits.estimate, traits.running):
        pieces = [piece for piece in re.split(r":\w+|\{\w+\}|%", asked) if piece]
        assert all(piece in text for piece in pieces)


@pytest.mark.parametrize("backend", sorted(DIALECTS))
def test_no_hostile_name_leaves_its_quotes(backend):
    """Of two signs that quote, the one in use has to be doubled, and the other must not be."""
    text = golden(backend)
    quoted = re.findall(r"""(["`\[])User(`{1,2})("{1,2})s["`\]]""", text)

    assert quoted
    for sign, ticks, quotes in quoted:
        assert (len(ticks), len(quotes)) == (1 + (sign == "`"), 1 + (sign == '"'))


BLOCKS = Traits(
    sample="WHERE id % 7 = {seed} % 7 AND {percent} > 0",  # stands for whole blocks
    estimate="SELECT 150000 AS row_count WHERE :name = 't'",
    session=("PRAGMA query_only = ON",),
    transaction="PRAGMA user_version",
)


@pytest.fixture
def database(tmp_path):
    with sqlite3.connect(tmp_path / "x.db") as database:
        database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)")
        database.executemany("INSERT INTO t VALUES (?, 'a')", ((number,) for number in range(150_000)))
        database.execute("CREATE TABLE u (x TEXT)")
        database.execute("CREATE VIEW v AS SELECT x FROM t")
    return tmp_path / "x.db"


def opened(path, traits):
    described = Described(traits)
    engine = described.open_engine(sa.make_url(f"sqlite:///{path}"))
    return SqlConnector(engine, described, "anywhere")


def test_a_large_table_is_sampled_by_its_clause(database):
    with opened(database, BLOCKS) as source:
        table, unknown, view = source.tables()
        first, again, other = (
            source.sample(table, rows=50, seed=seed).column(0).to_pylist() for seed in (3, 3, 4)
        )

    assert table.rows == RowCount(150_000, exact=False)
    assert {number % 7 for number in first} == {3}
    assert (first == again, first == other) == (True, False)
    assert (unknown.rows, view.rows) == (None, None)


def test_a_session_begins_with_its_statements(database):
    refused = pytest.raises(sa.exc.OperationalError, match="readonly")
    with opened(database, BLOCKS) as source, source._engine.connect() as connection, refused:
        connection.exec_driver_sql("INSERT INTO u VALUES ('x')")


def test_an_estimate_that_may_not_be_asked_for_is_none(database):
    with opened(database, Traits(estimate="SELECT rows FROM gone")) as source:
        assert [table.rows for table in source.tables()] == [None, None, None]


def test_too_few_rows_are_drawn_another_way(database):
    nothing = Traits(sample="WHERE {percent} < 0", estimate=BLOCKS.estimate)
    with opened(database, nothing) as source:
        table = next(iter(source.tables()))

        assert table.note == "The sample cannot be drawn again: the database's TABLESAMPLE takes no seed."
        assert source.sample(table, rows=50, seed=1).num_rows == 50


def test_small_tables_are_drawn_from_as_a_whole():
    small = Relation(schema=None, name="t", columns=(), rows=RowCount(9, exact=False))

    assert "TABLESAMPLE" not in str(dialect_of("trino").sample_statement(small, 5, 1))
