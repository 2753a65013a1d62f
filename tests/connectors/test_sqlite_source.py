"""SQLite: hostile names, mixed cells, views, and what cannot be read."""

import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from connectors import Column, RowCount, Table, TableUnreadable, Unread, connect

HOSTILE = [
    'quote"inside',
    "apostrophe'",
    "semi;colon -- comment",
    "select",
    "new\nline",
    "per%cent %s",
    ":colon",
    "back\\slash",
    "中文 列",
    "rtl\u202eoverride",
    "0digit",
    "x" * 200,
    "[bracket]",
    "rowid",
]


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


@pytest.fixture
def opened(tmp_path):
    """Return a function: statements in, connector out."""
    sources = []

    def open_with(*statements, rows=()):
        path = tmp_path / "x.sqlite"
        database = sqlite3.connect(path)
        for statement in statements:
            database.execute(statement)
        for statement, values in rows:
            database.executemany(statement, values)
        database.commit()
        database.close()
        sources.append(connect(f"sqlite:///{path}"))
        return sources[-1]

    yield open_with
    for source in sources:
        source.__exit__(None, None, None)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_only_names(opened, name):
    source = opened(
        f"CREATE TABLE {quoted(name)} ({quoted(name)} TEXT, other)",
        f"INSERT INTO {quoted(name)} VALUES ('a', 1), ('b', 2)",
    )
    (table,) = source.tables()
    sample = source.sample(table, rows=5, seed=0)

    assert (table.name, table.columns[0].name) == (name, name)
    assert sample.column(0).to_pylist() == ["a", "b"]
    assert [row for batch in source.stream(table, [name]) for row in batch.to_pylist()] == [
        {name: "a"},
        {name: "b"},
    ]


def test_declared_types_are_kept_as_they_are(opened):
    source = opened("CREATE TABLE t (a bigint(20), b, c VARCHAR (3), d AS (a + 1))")

    (table,) = source.tables()

    assert table.columns == (
        Column("a", "bigint(20)"),
        Column("b", ""),
        Column("c", "VARCHAR (3)"),
        Column("d", ""),
    )


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([1, 2, None], [1, 2, None]),
        ([1, 2.5], [1.0, 2.5]),
        ([2**60, 0.5], [str(2**60), "0.5"]),
        ([13900000001, "139-0000"], ["13900000001", "139-0000"]),
        ([b"\xff\xd8", None], [b"\xff\xd8", None]),
        ([b"\xff\xd8", "x", b"ab"], ["ffd8", "x", "ab"]),
        ([None, None], [None, None]),
    ],
)
def test_cells_of_mixed_types_become_text(opened, cells, expected):
    source = opened("CREATE TABLE t (x)", rows=[("INSERT INTO t VALUES (?)", [(cell,) for cell in cells])])
    (table,) = source.tables()

    assert source.sample(table, rows=9, seed=0).column(0).to_pylist() == expected


def test_text_that_is_not_utf8_does_not_stop_the_table(opened):
    source = opened(
        "CREATE TABLE t (x TEXT)", "INSERT INTO t VALUES ('a'), (CAST(x'D5C5C8FD' AS TEXT)), ('b')"
    )
    (table,) = source.tables()

    assert source.sample(table, rows=9, seed=0).column(0).to_pylist() == ["a", "张三", "b"]
    assert [value for batch in source.stream(table, ["x"]) for value in batch.column(0).to_pylist()] == [
        "a",
        "张三",
        "b",
    ]


def test_a_view_is_read_and_a_broken_one_is_named(opened):
    source = opened(
        "CREATE TABLE t (x)",
        "INSERT INTO t VALUES (1), (2)",
        "CREATE VIEW good AS SELECT x + 1 AS y FROM t",
        "CREATE VIEW bad AS SELECT z FROM gone",
    )
    bad, good, _ = source.tables()

    assert bad == Unread(table="bad", reason="it refers to what does not exist")
    assert (good.rows, source.sample(good, rows=5, seed=0).to_pylist()) == (None, [{"y": 2}, {"y": 3}])


def test_an_empty_table_is_a_table(opened):
    source = opened("CREATE TABLE t (x TEXT)")
    (table,) = source.tables()

    assert table.rows == RowCount(0, exact=True)
    assert source.sample(table, rows=5, seed=0).schema.names == ["x"]
    assert list(source.stream(table, ["x"])) == []


def test_an_empty_file_is_an_empty_database(tmp_path):
    (tmp_path / "x.db").touch()

    with connect(f"sqlite:///{tmp_path / 'x.db'}") as source:
        assert list(source.tables()) == []


def test_a_large_table_is_sampled_all_over_by_seeks(opened):
    count = 200_050
    source = opened(
        "CREATE TABLE t (x INTEGER)",
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
        " INSERT INTO t SELECT i FROM n",
    )
    (table,) = source.tables()
    first, again = (source.sample(table, rows=100, seed=5) for _ in range(2))
    values = first.column(0).to_pylist()

    assert first.equals(again)
    assert len(set(values)) == len(values) > 90
    assert min(values) < count // 4
    assert max(values) > count * 3 // 4


def test_a_cell_of_100_mb_is_read(opened):
    size = 100 * 2**20
    source = opened(
        "CREATE TABLE t (id, x TEXT)",
        f"INSERT INTO t VALUES (1, 'a'), (2, hex(zeroblob({size // 2})))",
    )
    (table,) = source.tables()

    assert max(len(str(cell)) for cell in source.sample(table, rows=2, seed=0).column(1)) == size
    assert sum(batch.num_rows for batch in source.stream(table, ["x"])) == 2


def test_a_damaged_file_is_said_without_its_content(tmp_path):
    path = tmp_path / "x.sqlite"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE t (x TEXT)")
    database.executemany("INSERT INTO t VALUES (?)", [("secret" * 200,)] * 500)
    database.commit()
    database.close()
    content = path.read_bytes()
    with connect(f"sqlite:///{path}") as source:
        (table,) = source.tables()
        path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))

        with pytest.raises(TableUnreadable, match="damaged database file") as caught:
            list(source.stream(table, ["x"]))

    assert "secret" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_nothing_can_be_written(opened):
    source = opened("CREATE TABLE t (x)")

    with source._engine.connect() as connection, pytest.raises(Exception, match=r"readonly|read-only"):
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")


def test_one_connection_serves_many_tables_and_the_file_as_it_is(tmp_path):
    path = tmp_path / "x.db"

    def put(file, *statements):
        with closing(sqlite3.connect(file)) as database:
            database.executescript(";".join(statements))

    put(path, *(f"CREATE TABLE t{n} (x TEXT); INSERT INTO t{n} VALUES ('a')" for n in range(5)))
    with connect(f"sqlite:///{path}") as source:
        made = []
        sa.event.listen(source._engine, "connect", lambda connection, _record: made.append(connection))
        tables = list(source.tables())
        for table in tables:
            assert source.sample(table, rows=9, seed=0).column(0).to_pylist() == ["a"]
        assert len(made) <= 1

        put(path, "DROP TABLE t0", "INSERT INTO t1 VALUES ('b')")
        assert source.sample(tables[1], rows=9, seed=0).num_rows == 2
        with pytest.raises(TableUnreadable, match="t0"):
            source.sample(tables[0], rows=9, seed=0)

        put(tmp_path / "y.db", "CREATE TABLE t1 (x TEXT)", "INSERT INTO t1 VALUES ('new')")
        (tmp_path / "y.db").replace(path)
        assert source.sample(tables[1], rows=9, seed=0).column(0).to_pylist() == ["new"]


def test_tables_come_in_name_order(opened):
    source = opened(*(f"CREATE TABLE {name} (x)" for name in "cab"))

    assert [table.name for table in source.tables() if isinstance(table, Table)] == ["a", "b", "c"]
