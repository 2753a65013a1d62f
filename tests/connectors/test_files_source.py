"""Tables in folders: which files belong together, and Parquet."""

import errno
import json
import os
import sqlite3

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors import Column, RowCount, SourceUnreachable, Table, TableUnreadable, Unread, connect
from connectors._storage.places import LocalStorage


def write(path, rows, **columns):
    path.parent.mkdir(parents=True, exist_ok=True)
    data = columns or {"id": list(range(rows))}
    if path.suffix == ".parquet":
        pq.write_table(pa.table(data), path)
    else:
        path.write_text("id,x\n" + "".join(f"{number},a\n" for number in range(rows)), encoding="utf-8")


def keys(source):
    return [(table.group, getattr(table, "name", None) or table.table) for table in source.tables()]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["a.csv", "b.parquet"], [("", "a"), ("", "b")]),
        (["a.csv", "sub/b.csv", "sub/deep/c.csv"], [("", "a"), ("sub", "b"), ("sub/deep", "c")]),
        (["t/dt=1/part-0.parquet", "t/dt=2/part-0.parquet"], [("", "t")]),
        (["s/t/y=1/m=1/x.parquet", "s/t/y=1/m=2/y.parquet"], [("s", "t")]),
        (["t/part-00000.parquet", "t/part-00001.parquet", "t/_SUCCESS", "t/.x.crc"], [("", "t")]),
        (["t/part-0.csv", "t/part-1.parquet"], [("t", "part-0"), ("t", "part-1")]),
        (["t/part-0.csv", "t/other.csv"], [("t", "other"), ("t", "part-0")]),
        (["a.csv", "a.parquet"], [("", "a.csv"), ("", "a.parquet")]),
        (["v1.2.csv", "_hidden.csv", ".hidden.csv", "_tmp/x.csv"], [("", "v1.2")]),
        (["a.csv", "readme.md", "x.csv.crc"], [("", "a"), ("", "readme.md")]),
    ],
)
def test_files_become_tables(tmp_path, files, expected):
    for name in files:
        write(tmp_path / name, 3)

    with connect(str(tmp_path)) as source:
        assert keys(source) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("t/dt=*/*.parquet", [("", "t")]),
        ("t", [("", "t")]),
        ("*/dt=1/part-*", [("", "t")]),
        ("t/dt=1/part-0.parquet", [("", "part-0")]),
        ("*", [("", "t")]),
    ],
)
def test_a_partitioned_table_is_found_from_anywhere(tmp_path, pattern, expected):
    write(tmp_path / "t/dt=1/part-0.parquet", 3)
    write(tmp_path / "t/dt=2/part-0.parquet", 3)

    with connect(str(tmp_path / pattern)) as source:
        assert keys(source) == expected


def test_partition_keys_are_columns(tmp_path):
    write(tmp_path / "t/dt=2025-01/city=%E5%8C%97%E4%BA%AC/a.parquet", 2)
    write(tmp_path / "t/dt=2025-02/city=__HIVE_DEFAULT_PARTITION__/b.parquet", 1)

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        rows = [row for batch in source.stream(table, ["city", "dt", "id"]) for row in batch.to_pylist()]

    assert [column.name for column in table.columns] == ["id", "dt", "city"]
    assert rows == [
        {"city": "北京", "dt": "2025-01", "id": 0},
        {"city": "北京", "dt": "2025-01", "id": 1},
        {"city": None, "dt": "2025-02", "id": 0},
    ]


def test_parts_that_differ_are_united(tmp_path):
    write(tmp_path / "t/part-0.parquet", 1, id=[1], phone=[13900000001], flag=pa.nulls(1))
    write(tmp_path / "t/part-1.parquet", 1, phone=["13900000002"], flag=[True], extra=[1.5])

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        sample = source.sample(table, rows=9, seed=0)

    assert [column.type for column in table.columns] == ["int64", "string", "bool", "double"]
    assert sample.to_pylist() == [
        {"id": 1, "phone": "13900000001", "flag": None, "extra": None},
        {"id": None, "phone": "13900000002", "flag": True, "extra": 1.5},
    ]


def test_a_cut_file_among_good_ones_is_named_and_the_others_are_read(tmp_path):
    for name in ("a", "b", "c"):
        write(tmp_path / f"{name}.parquet", 3)
    whole = (tmp_path / "b.parquet").read_bytes()
    (tmp_path / "b.parquet").write_bytes(whole[: len(whole) // 2])

    with connect(str(tmp_path)) as source:
        good, broken, other = source.tables()

    assert (good.name, other.name) == ("a", "c")
    assert broken.table == "b"
    assert "b.parquet: cut off" in broken.reason


def test_a_cut_part_is_named_and_the_other_parts_are_read(tmp_path):
    for number in range(3):
        write(tmp_path / f"t/part-{number}.parquet", 3)
    (tmp_path / "t/part-1.parquet").write_bytes(b"PAR1")

    with connect(str(tmp_path)) as source:
        table, broken = source.tables()
        rows = sum(batch.num_rows for batch in source.stream(table, ["id"]))

    assert (table.rows, rows) == (RowCount(6, exact=True), 6)
    assert (broken.table, broken.reason.startswith("part-1.parquet")) == ("t", True)


def test_a_part_that_breaks_while_it_is_read_does_not_hide_the_others(tmp_path):
    for number in range(3):
        write(tmp_path / f"t/part-{number}.parquet", 1000)
    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        content = bytearray((tmp_path / "t/part-0.parquet").read_bytes())
        content[4:400] = b"\xff" * 396
        (tmp_path / "t/part-0.parquet").write_bytes(content)
        batches = []

        with pytest.raises(TableUnreadable, match=r"1 of 3 files broke off. part-0.parquet"):
            batches.extend(source.stream(table, ["id"]))

        assert sum(batch.num_rows for batch in batches) == 2000
        assert source.sample(table, rows=30, seed=0).num_rows == 20


def test_a_file_that_is_gone_is_said(tmp_path):
    write(tmp_path / "a.parquet", 3)
    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        (tmp_path / "a.parquet").unlink()

        with pytest.raises(TableUnreadable, match="no such file"):
            source.sample(table, rows=1, seed=0)


def test_databases_among_files_are_groups(tmp_path):
    write(tmp_path / "sub/a.csv", 1)
    for name in ("sub/crm.db", "his.sqlite"):
        database = sqlite3.connect(tmp_path / name)
        database.execute("CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES (1)")
        database.commit()
        database.close()
    (tmp_path / "bad.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 2000)

    with connect(str(tmp_path)) as source:
        found = list(source.tables())
        tables = [table for table in found if isinstance(table, Table)]
        assert [(table.group, table.name) for table in tables] == [
            ("his", "t"),
            ("sub", "a"),
            ("sub/crm", "t"),
        ]
        assert source.sample(tables[2], rows=1, seed=0).to_pylist() == [{"x": 1}]
        assert next(iter(source.stream(tables[0], ["x"]))).num_rows == 1
    assert [unread.table for unread in found if isinstance(unread, Unread)] == ["bad.sqlite"]


def test_links_in_a_circle_end(tmp_path):
    write(tmp_path / "a/b.csv", 1)
    (tmp_path / "a/again").symlink_to(tmp_path)

    with connect(str(tmp_path)) as source:
        assert keys(source) == [("a", "b")]


def test_an_empty_folder_has_no_tables(tmp_path):
    with connect(str(tmp_path)) as source:
        assert list(source.tables()) == []


def test_nested_fields_are_dotted_columns(tmp_path):
    person = pa.struct([("phone", pa.string()), ("home", pa.struct([("city", pa.large_string())]))])
    data = pa.table(
        {
            "u": pa.array(
                [{"phone": "1", "home": {"city": "x"}}, None, {"phone": "2", "home": None}], person
            ),
            "u.phone": ["a", "b", "c"],
            "visits": pa.array([[{"at": 1, "who": "p"}, {"at": 2, "who": None}], None, []]),
            "tags": [["q"], [], None],
        }
    )
    pq.write_table(data, tmp_path / "n.parquet")

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        (batch,) = source.stream(table, ["visits[].who", "u.home.city", "u.phone_2"])
        sample = source.sample(table, rows=3, seed=0)

    assert [(column.name, column.type) for column in table.columns] == [
        ("u.phone", "string"),
        ("u.home.city", "string"),
        ("u.phone_2", "string"),
        ("visits[].at", "list<item: int64>"),
        ("visits[].who", "list<item: string>"),
        ("tags", "list<element: string>"),
    ]
    assert batch.to_pydict() == {
        "visits[].who": [["p", None], None, []],
        "u.home.city": ["x", None, None],
        "u.phone_2": ["a", "b", "c"],
    }
    assert sample.column(0).to_pylist() == ["1", None, "2"]


def test_types_come_through_and_strings_are_plain(tmp_path):
    data = pa.table(
        {
            "vector": pa.array([[1.0, 2.0]], pa.list_(pa.float32(), 2)),
            "image": pa.array([b"\xff\xd8"]),
            "price": pa.array([None], pa.decimal128(20, 3)),
            "at": pa.array([0], pa.timestamp("ms", "UTC")),
            "city": pa.array(["x"]).dictionary_encode(),
            "long": pa.array(["x"], pa.large_string()),
            "view": pa.array(["x"], pa.string_view()),
            "map": pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int64())),
        }
    )
    pq.write_table(data, tmp_path / "t.parquet")

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        (batch,) = source.stream(table, [column.name for column in table.columns])

    expected = [data.schema.field(position).type for position in range(4)] + [pa.string()] * 3
    assert batch.schema.types[:7] == expected
    assert [column.type for column in table.columns] == [str(kind) for kind in batch.schema.types]


def test_comments_of_fields_are_read(tmp_path):
    schema = pa.schema(
        [pa.field("xm", pa.string(), metadata={"comment": "姓名"}), pa.field("sj", pa.string())],
        metadata={
            "org.apache.spark.sql.parquet.row.metadata": json.dumps(
                {"fields": [{"name": "sj", "metadata": {"comment": "手机"}}]}
            )
        },
    )
    pq.write_table(pa.table({"xm": ["a"], "sj": ["b"]}, schema), tmp_path / "t.parquet")

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()

    assert table.columns == (Column("xm", "string", "姓名"), Column("sj", "string", "手机"))


def test_a_sample_of_many_small_row_groups_fills_up(tmp_path):
    pq.write_table(pa.table({"id": range(1000)}), tmp_path / "t.parquet", row_group_size=5)

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        sample = source.sample(table, rows=300, seed=3)

    assert len(set(sample.column(0).to_pylist())) == 300


@pytest.mark.parametrize("data", [{"id": pa.array([], pa.int64())}, {}])
def test_a_table_without_rows_or_columns_is_a_table(tmp_path, data):
    pq.write_table(pa.table(data), tmp_path / "t.parquet")

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        names = [column.name for column in table.columns]

        assert (table.rows, names) == (RowCount(0, exact=True), list(data))
        assert source.sample(table, rows=5, seed=0).num_rows == 0
        assert sum(batch.num_rows for batch in source.stream(table, names)) == 0


@pytest.fixture
def lock(monkeypatch):
    """Return a function that locks folders, as rights do for everybody but root."""
    locked = set()
    entries = LocalStorage.entries

    def refuse(self, folder):
        if folder.path in locked:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), folder.path)
        return entries(self, folder)

    monkeypatch.setattr(LocalStorage, "entries", refuse)
    return lambda *folders: locked.update(map(str, folders))


def listed(pattern, **selection):
    """Return what a source has, with the reasons of what is not read."""
    with connect(str(pattern), **selection) as source:
        return {
            (t.group, getattr(t, "table", "") or t.name): getattr(t, "reason", "") for t in source.tables()
        }


LOCKED = "permission denied: the folder cannot be listed"


def test_a_folder_that_may_not_be_listed_is_named_and_the_others_are_read(tmp_path, lock):
    for name in ("a.csv", "open/b.csv", "shut/c.csv", "open/deep/d.csv"):
        write(tmp_path / name, 3)
    lock(tmp_path / "shut", tmp_path / "open" / "deep")

    assert listed(tmp_path) == {
        ("", "a"): "",
        ("open", "b"): "",
        ("", "shut"): LOCKED,
        ("open", "deep"): LOCKED,
    }


@pytest.mark.parametrize("pattern", ["**/*.csv", "*/*.csv", "*"])
def test_a_pattern_names_the_folders_that_it_could_not_look_into(tmp_path, lock, pattern):
    write(tmp_path / "open" / "b.csv", 3)
    write(tmp_path / "shut" / "c.csv", 3)
    lock(tmp_path / "shut")

    assert listed(tmp_path / pattern) == {("open", "b"): "", ("", "shut"): LOCKED}


def test_a_partition_that_may_not_be_listed_is_missing_in_its_table(tmp_path, lock):
    for day in (1, 2, 3):
        write(tmp_path / "events" / f"day={day}" / "part-0.parquet", 3)
    lock(tmp_path / "events" / "day=2")

    with connect(str(tmp_path)) as source:
        table, missed = source.tables()

    assert (table.name, table.rows) == ("events", RowCount(6, exact=True))
    assert missed == Unread(table="events", reason=f"a partition by 'day': {LOCKED}")


def test_numbered_parts_beside_a_locked_folder_stay_one_table(tmp_path, lock):
    for name in ("t/part-0.parquet", "t/part-1.parquet", "t/shut/x.parquet"):
        write(tmp_path / name, 3)
    lock(tmp_path / "t" / "shut")

    assert listed(tmp_path) == {("", "t"): "", ("t", "shut"): LOCKED}


def test_a_locked_folder_that_is_excluded_is_not_named(tmp_path, lock):
    write(tmp_path / "a.csv", 3)
    write(tmp_path / "shut" / "c.csv", 3)
    lock(tmp_path / "shut")

    assert listed(tmp_path, exclude=["shut/*"]) == {("", "a"): ""}


def test_a_source_that_may_not_be_listed_is_refused(tmp_path, lock):
    lock(tmp_path)

    with pytest.raises(SourceUnreachable, match="Permission denied"):
        connect(str(tmp_path))


def test_a_file_that_nobody_expected_loses_no_other(tmp_path):
    write(tmp_path / "a.parquet", 3)
    (tmp_path / "b.json").write_text("[" * 100_000, encoding="utf-8")
    write(tmp_path / "c.parquet", 3)

    with connect(str(tmp_path)) as source:
        found = {getattr(table, "name", None) or table.table: table for table in source.tables()}

    assert {name: isinstance(table, Unread) for name, table in found.items()} == {
        "a": False,
        "b": True,
        "c": False,
    }
    assert found["b"].reason == "b.json: lists in lists without end"


def test_links_to_nothing_are_listed_and_lose_no_file(tmp_path):
    write(tmp_path / "a.parquet", 3)
    (tmp_path / "gone.parquet").symlink_to(tmp_path / "nowhere.parquet")
    (tmp_path / "self.parquet").symlink_to("self.parquet")

    with connect(str(tmp_path)) as source:
        reasons = {table.table: table.reason for table in source.tables() if isinstance(table, Unread)}

    assert reasons == {
        "gone": "gone.parquet: no such file (any more)",
        "self": "self.parquet: a link that leads back to itself",
    }


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array(["x", None], pa.string_view()), ["x", None]),
        (pa.array([[["x"], ["y"]], []]), ['[["x"], ["y"]]', "[]"]),
        (pa.array([[[{"tel": "1"}]], None]), ['[[{"tel": "1"}]]', None]),
        (pa.array([[[7]], []]), [[[7]], []]),
        (pa.array([b"x", None], pa.binary_view()), [b"x", None]),
        (pa.array(['{"a": 1}', None], pa.json_()), ['{"a": 1}', None]),
    ],
)
def test_columns_of_unusual_types_are_sampled_and_streamed(tmp_path, column, expected):
    pq.write_table(pa.table({"c": column}), tmp_path / "t.parquet")

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        sampled = source.sample(table, rows=2, seed=0)
        streamed = [value for batch in source.stream(table, ["c"]) for value in batch.column("c").to_pylist()]

    assert sorted(sampled.column("c").to_pylist(), key=str) == sorted(expected, key=str)
    assert streamed == expected


def test_many_files_that_hold_no_tables_are_named_together_and_not_opened(tmp_path, monkeypatch):
    for number in range(150):
        (tmp_path / f"photo_{number}.jpg").write_bytes(b"x")
    for number in range(3):
        (tmp_path / f"note_{number}.bin").write_bytes(b"x")
    (tmp_path / "a.csv").write_text("x\n1\n", encoding="utf-8")
    opened = []
    real = LocalStorage.open
    monkeypatch.setattr(
        LocalStorage, "open", lambda self, stored: opened.append(stored.name) or real(self, stored)
    )

    with connect(str(tmp_path)) as source:
        found = [entry for entry in source.tables() if isinstance(entry, Unread)]

    crowd = Unread(table="*.jpg", reason="150 files of a format that is not supported")
    assert found == [
        crowd,
        *(Unread(table=f"note_{number}.bin", reason="format not supported") for number in range(3)),
    ]
    assert not [name for name in opened if name.endswith(".jpg")]


def test_a_store_is_listed_once(tmp_path, monkeypatch):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.csv").write_text("x\n1\n", encoding="utf-8")
    listed = []
    real = LocalStorage.listing
    monkeypatch.setattr(
        LocalStorage, "listing", lambda self, root: listed.append(root.path) or real(self, root)
    )

    with connect(str(tmp_path)) as source:
        assert [table.name for table in source.tables()] == ["a"]
    assert listed == [str(tmp_path)]
