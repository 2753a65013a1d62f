"""DISTINCT is pushed down where that saves transfer, and nobody who reads can tell."""

import pyarrow as pa
import pytest

from connectors import connect
from connectors._databases.grouping import COUNTED, spread
from connectors.dialects.postgresql import streaming

ROWS = 120_000
TABLE = (
    "CREATE TABLE events (id_card text, phone text, seen integer, price numeric, city varchar(20))",
    f"""INSERT INTO events SELECT CASE WHEN n % 11 > 0 THEN 'card-' || n % 50 END, 'phone-' || n % 20, n,
        n % 3, CASE n % 3 WHEN 0 THEN '北京' WHEN 1 THEN '上海' END FROM generate_series(1, {ROWS}) n""",
    "ANALYZE events",
)


@pytest.fixture
def source(pg, pg_run):
    pg_run(*(statement.replace("%", "%%") for statement in TABLE))
    with connect(pg) as source:
        yield source


def rows_of(source, table, names):
    batches = list(source.stream(table, names))
    assert {tuple(batch.schema.names) for batch in batches} == {tuple(names)}
    return sorted((tuple(row.values()) for batch in batches for row in batch.to_pylist()), key=repr)


@pytest.mark.parametrize("arrow", [True, False])
def test_the_same_rows_arrive_whether_grouped_or_not(source, monkeypatch, arrow):
    (table,) = source.tables()
    names = ["id_card", "phone", "city"]
    if not arrow:
        monkeypatch.setitem(__import__("sys").modules, "adbc_driver_postgresql", None)
    sent = []
    monkeypatch.setattr(streaming, "spread", lambda batches, names: spread(_noted(batches, sent), names))
    grouped = rows_of(source, table, names)
    monkeypatch.setattr(streaming, "grouping_of", lambda *_: None)

    assert grouped == rows_of(source, table, names)
    assert len(grouped) == ROWS
    assert 0 < sum(sent) < 1_000


def _noted(batches, sent):
    for batch in batches:
        sent.append(batch.num_rows)
        yield batch


def test_what_is_saved_is_said(source):
    (table,) = source.tables()
    found = source.grouping(table, ["id_card", "phone"])

    assert found is not None
    assert (found.rows, found.groups) == (ROWS, 51 * 20)
    assert str(found) == "equal rows are grouped by the server: at most 1,020 instead of 120,000 are sent"


def test_the_doctor_names_what_is_grouped(source):
    (table,) = source.tables()

    assert "equal values of id_card, phone, city are sent once" in source.table_checkup(table, 1_000).reading


@pytest.mark.parametrize(
    "names",
    [
        ["seen"],  # all different
        ["id_card", "seen"],
        ["price"],  # 1.0 and 1.00 are equal and not the same
        [],
    ],
)
def test_nothing_is_grouped_that_saves_little_or_would_change_values(source, names):
    (table,) = source.tables()

    assert source.grouping(table, names) is None


def test_text_that_is_equal_without_being_the_same_is_not_grouped(pg, pg_run):
    pg_run(
        'CREATE COLLATION blind FROM "C"',
        "CREATE TABLE t (x text COLLATE blind)",
        f"INSERT INTO t SELECT 'a' FROM generate_series(1, {ROWS})",
        "ANALYZE t",
    )
    with connect(pg) as source:
        (table,) = source.tables()
        before = source.grouping(table, ["x"])
        # As one of ICU would be, which not every build of the server has.
        pg_run("UPDATE pg_collation SET collisdeterministic = false WHERE collname = 'blind'")

        assert (before is None, source.grouping(table, ["x"])) == (False, None)


def test_a_table_without_statistics_is_not_grouped(pg, pg_run):
    pg_run("CREATE TABLE t (x text)", f"INSERT INTO t SELECT 'a' FROM generate_series(1, {ROWS})")
    with connect(pg) as source:
        (table,) = source.tables()

        assert source.grouping(table, ["x"]) is None


def test_groups_become_rows_in_bounded_batches():
    batch = pa.record_batch({"x": ["a", None, "b"], COUNTED: pa.array([2, 70_000, 1], pa.int64())})
    found = list(spread(iter([batch, batch.slice(0, 0)]), ["x"]))

    assert [part.num_rows for part in found] == [65_536, 4_467]
    values = pa.concat_arrays([part.column(0) for part in found])
    assert (values.null_count, values[0].as_py(), values[-1].as_py()) == (70_000, "a", "b")
