"""Equal rows sent once by databases that call different text equal: not a letter may be lost."""

from collections import Counter

import pytest
import sqlalchemy as sa
from sql_tables import engine_of

from connectors import connect
from connectors._databases.grouping import spread
from connectors.dialects import clickhouse as clickhouse_dialect
from connectors.dialects import mysql
from connectors.dialects.postgresql import streaming

# Case, blanks at the end, accents in one letter or two, full width, what collates as two letters, emoji.
HOSTILE = [
    "a", "A", "a ", "a  ", "a\t", "ａ", "Ａ", "é", "e\u0301", "e", "ß", "ss", "ﬁ", "fi", "", " ", "İ", "i",
    "ı", "😀", "😁", "0", "00", "１", "1", "ä", "ae", "x\u200b", "x", "\u202ex", "張", "张",
]  # fmt: skip
ZERO = ["n\0", "n", "n\0\0"]  # PostgreSQL's text cannot hold them
TIMES = 5_000


def rows_of(values):
    """Return the rows that each table has, with their numbers."""
    return Counter({(value, len(str(value)) % 3): TIMES for value in [*values, None]})


@pytest.fixture(params=["PostgreSQL", "MariaDB", "ClickHouse"])
def kind(request):
    return request.param


@pytest.fixture
def filled(kind, request):
    """Return the dialect, the URL and the rows of a table ``t`` whose values come again and again."""
    make = {"PostgreSQL": _in_postgresql, "MariaDB": _in_mariadb, "ClickHouse": _in_clickhouse}
    return make[kind](request)


def _insert(url, statements, values):
    engine = engine_of(url)
    with engine.connect() as connection:
        connection.exec_driver_sql(statements[0])
        given = [{"x": value, "n": len(str(value)) % 3} for value in [*values, None]]
        connection.execute(sa.text("INSERT INTO v VALUES (:x, :n)"), given)
        for statement in statements[1:]:
            connection.exec_driver_sql(statement)
        connection.commit()


def _in_postgresql(request):
    url = request.getfixturevalue("pg")
    _insert(
        url,
        [
            "CREATE TABLE v (x text, n int)",
            f"CREATE TABLE t AS SELECT x, n FROM v, generate_series(1, {TIMES})",
            "DROP TABLE v",
            "ANALYZE t",
        ],
        HOSTILE,
    )
    return streaming, url, rows_of(HOSTILE)


def _in_mariadb(request):
    url = request.getfixturevalue("mariadb")
    values = [*HOSTILE, *ZERO]
    kind = "varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
    _insert(
        url,
        [
            f"CREATE TABLE v (x {kind}, n int)",
            f"CREATE TABLE t (x {kind}, n int, KEY (x), KEY (n))",
            f"INSERT INTO t SELECT x, n FROM v, seq_1_to_{TIMES}",
            "DROP TABLE v",
            "ANALYZE TABLE t",
        ],
        values,
    )
    return mysql, url, rows_of(values)


def _in_clickhouse(request):
    server = request.getfixturevalue("clickhouse")
    values = [*HOSTILE, *ZERO]
    listed = ", ".join(f"({_literal(value)}, {len(str(value)) % 3})" for value in [*values, None])
    server.run("CREATE TABLE t (x Nullable(String), n Int32) ENGINE = MergeTree ORDER BY tuple()")
    server.run(
        f"INSERT INTO t SELECT v.x, v.n FROM values('x Nullable(String), n Int32', {listed}) AS v"
        f" CROSS JOIN numbers({TIMES}) AS times"
    )
    return clickhouse_dialect, server.url, rows_of(values)


def _literal(value):
    if value is None:
        return "NULL"
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\0", "\\0") + "'"


@pytest.mark.parametrize("names", [["x"], ["n", "x"]])
def test_counts_are_the_same_with_and_without_grouping(filled, monkeypatch, names):
    dialect, url, expected = filled
    sent = []
    monkeypatch.setattr(dialect, "spread", lambda batches, names: spread(_noted(batches, sent), names))
    with connect(url) as source:
        (table,) = source.tables()
        grouping = source.grouping(table, names)
        grouped = _counted(source, table, names)
        monkeypatch.setattr(dialect, "grouping_of" if dialect is streaming else "grouping", lambda *_: None)
        plain = _counted(source, table, names)

    assert grouping is not None
    assert grouping.rows >= 0.9 * sum(expected.values())
    assert 0 < sum(sent) < 1_000
    assert grouped == plain
    assert grouped == _project(expected, names)


def test_the_doctor_says_which_columns_are_grouped(filled):
    _, url, _ = filled
    with connect(url) as source:
        (table,) = source.tables()

        assert "equal values of x, n are sent once" in source.table_checkup(table, 1_000).reading


def _project(rows, names):
    found = Counter()
    for (x, n), count in rows.items():
        found[tuple({"x": x, "n": n}[name] for name in names)] += count
    return found


def _counted(source, table, names):
    found = Counter()
    for batch in source.stream(table, names):
        found.update(tuple(row.values()) for row in batch.to_pylist())
    return found


def _noted(batches, sent):
    for batch in batches:
        sent.append(batch.num_rows)
        yield batch


def test_nothing_is_grouped_where_most_values_are_different(mariadb, mariadb_run, clickhouse):
    mariadb_run(
        "CREATE TABLE t (x varchar(20), long_text varchar(300), y int, KEY (x), KEY (long_text))",
        "INSERT INTO t SELECT seq, 'a', 1 FROM seq_1_to_120000",
        "ANALYZE TABLE t",
    )
    clickhouse.run("CREATE TABLE t (x String, f Float64) ENGINE = MergeTree ORDER BY tuple()")
    clickhouse.run("INSERT INTO t SELECT toString(number), 0.5 FROM numbers(300000)")
    for url, refused in ((mariadb, ["x", "long_text", "y"]), (clickhouse.url, ["x", "f"])):
        with connect(url) as source:
            (table,) = source.tables()

            assert [source.grouping(table, [name]) for name in refused] == [None] * len(refused)
            assert source.grouping(table, []) is None
            assert "sent once" not in source.table_checkup(table, 1_000).reading
