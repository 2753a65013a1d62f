"""Columns of large Parquet files by Polars: the same rows as by PyArrow, whatever happens amid them."""

import datetime as dt
import os
import subprocess
import sys
import time
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors import TableUnreadable, connect, list_parts, parquet, sparing_memory, spelled_out, stream_part
from connectors._files import polars_columns, row_groups

ROWS = 3_000
TEXTS = ["", "a", "13800138000", "130102199003070012", "张三", "𠮷" * 9, "x" * 300, "a\0b", "\u202e"]
PLAIN = {
    "text": pa.array([TEXTS[n % 9] + str(n) if n % 7 else None for n in range(ROWS)]),
    "large": pa.array([f"{n}@例子.cn" if n % 3 else "" for n in range(ROWS)], pa.large_string()),
    "yes": pa.array([n % 2 == 0 if n % 5 else None for n in range(ROWS)]),
    "small": pa.array([n % 100 for n in range(ROWS)], pa.int8()),
    "unsigned": pa.array([2**64 - 1 - n for n in range(ROWS)], pa.uint64()),
    "whole": pa.array([n - 2**62 if n % 4 else None for n in range(ROWS)], pa.int64()),
    "real": pa.array([(float("nan"), float("inf"), -0.0, 1.5, None)[n % 5] for n in range(ROWS)]),
    "single": pa.array([n / 3 for n in range(ROWS)], pa.float32()),
    "day": pa.array([dt.date(1900, 1, 1) + dt.timedelta(n) if n % 6 else None for n in range(ROWS)]),
}
MOMENTS = [dt.datetime(1, 1, 1) + dt.timedelta(days=n * 900, microseconds=n) for n in range(ROWS)]
PLAIN |= {
    "moment": pa.array(MOMENTS, pa.timestamp("us")),
    "instant": pa.array(MOMENTS, pa.timestamp("us", "UTC")),
    "rounded": pa.array([moment.replace(microsecond=0) for moment in MOMENTS], pa.timestamp("ms")),
}
OTHER = {
    "elsewhere": pa.array(MOMENTS, pa.timestamp("us", "Asia/Shanghai")),
    "exact": pa.array(
        [dt.datetime(2026, 1, 1) + dt.timedelta(hours=n) for n in range(ROWS)], pa.timestamp("ns")
    ),
    "amount": pa.array([Decimal(n) / 100 for n in range(ROWS)], pa.decimal128(12, 2)),
    "bytes": pa.array([b"\xff"] * ROWS),
    "list": pa.array([[str(n)] for n in range(ROWS)]),
    "nested": pa.array([{"name": str(n)} for n in range(ROWS)]),
    "coded": pa.array([str(n) for n in range(ROWS)]).dictionary_encode(),
    "null": pa.nulls(ROWS),
    "clock": pa.array([dt.time(n % 24) for n in range(ROWS)]),
}


@pytest.fixture
def small_files(monkeypatch):
    """Files of any size are large enough."""
    monkeypatch.setattr(polars_columns, "LEAST_ROWS", 1)


@pytest.fixture
def by_pyarrow(monkeypatch, small_files):
    """Return rows of the only table as PyArrow reads them."""

    def read(place, columns=None):
        with monkeypatch.context() as patch:
            patch.setattr(parquet, "viewed", lambda *_: None)
            return rows_of(place, columns)

    return read


def rows_of(place, columns=None):
    with connect(str(place)) as source:
        (table,) = source.tables()
        names = columns or [column.name for column in table.columns]
        return pa.Table.from_batches(source.stream(table, names))


def counted(place, columns=None):
    """Return the batches as those get them who count."""
    with connect(str(place)) as source:
        (table,) = source.tables()
        names = columns or [column.name for column in table.columns]
        return [
            batch for part in list_parts(source, table) for batch in stream_part(source, table, part, names)
        ]


def kinds_of(batches):
    return {str(kind) for batch in batches for kind in batch.schema.types}


def united(batches):
    return pa.Table.from_batches([spelled_out(batch) for batch in batches])


def equal(found, expected):
    """Return whether tables are equal, NaN being equal to itself."""
    return found.schema == expected.schema and str(found.to_pydict()) == str(expected.to_pydict())


def write(place, columns=PLAIN, **how):
    pq.write_table(pa.table(columns), place, **{"row_group_size": 700, **how})
    return place


WRITTEN = [
    {"compression": "snappy"},
    {"compression": "zstd", "use_dictionary": False, "data_page_version": "2.0"},
    {"compression": "gzip", "data_page_size": 64},
    {"compression": "none", "use_dictionary": False, "write_statistics": False},
    {"compression": "lz4", "store_schema": False},
    {"compression": "brotli", "use_dictionary": False, "column_encoding": "DELTA_BYTE_ARRAY"},
    {"use_dictionary": False, "column_encoding": "DELTA_LENGTH_BYTE_ARRAY"},
]


@pytest.mark.parametrize("how", WRITTEN, ids=str)
def test_rows_and_types_are_those_of_pyarrow(tmp_path, by_pyarrow, how):
    texts = {name: PLAIN[name] for name in ("text", "large")}
    place = write(tmp_path / "t.parquet", texts if "column_encoding" in how else PLAIN, **how)
    batches, expected = counted(place), by_pyarrow(place)

    assert "string_view" in kinds_of(batches)
    assert equal(united(batches), expected)
    assert equal(rows_of(place), expected)


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(st.tuples(st.none() | st.text(max_size=30), st.none() | st.floats()), min_size=1),
    group=st.integers(1, 40),
    page=st.integers(1, 400),
    dictionary=st.booleans(),
)
def test_any_rows_are_those_of_pyarrow(tmp_path, by_pyarrow, rows, group, page, dictionary):
    texts, numbers = zip(*rows, strict=True)
    columns = {"text": pa.array(texts, pa.string()), "number": pa.array(numbers, pa.float64())}
    place = tmp_path / "t.parquet"
    write(place, columns, row_group_size=group, data_page_size=page, use_dictionary=dictionary)

    assert equal(united(counted(place)), by_pyarrow(place))


@pytest.mark.parametrize("name", OTHER)
def test_what_the_libraries_may_say_otherwise_is_read_by_pyarrow(tmp_path, by_pyarrow, name):
    place = write(tmp_path / "t.parquet", {"text": PLAIN["text"], name: OTHER[name]})

    assert "string_view" not in kinds_of(counted(place))
    assert equal(rows_of(place), by_pyarrow(place))


@pytest.mark.parametrize(
    ("limit", "share", "read"),
    [
        (None, 2**30, "string_view"),
        (2**30, 128, "string_view"),
        (2**30, 2**20, "string"),  # 1 KiB for a row group
        (2**30 - 1, 128, "string"),
    ],
)
def test_where_memory_is_limited_only_small_row_groups_are_read_by_polars(
    tmp_path, monkeypatch, small_files, limit, share, read
):
    place = write(tmp_path / "t.parquet")
    monkeypatch.setattr(polars_columns, "_SHARE", share)

    with sparing_memory(limit):
        assert str(counted(place)[0].schema.field("text").type) == read


@pytest.mark.parametrize(("group", "lengths"), [(10, {520, 400}), (300, {300}), (ROWS, {ROWS})])
def test_batches_are_row_groups_or_several_small_ones(tmp_path, monkeypatch, small_files, group, lengths):
    monkeypatch.setattr(row_groups, "_BATCH_ROWS", 256)
    place = write(tmp_path / "t.parquet", row_group_size=group)

    assert {batch.num_rows for batch in counted(place)} == lengths


@pytest.mark.parametrize("group", [ROWS, 700, 41])
def test_text_with_a_dictionary_is_read_beside_the_views(tmp_path, monkeypatch, by_pyarrow, group):
    monkeypatch.setattr(row_groups, "_BATCH_ROWS", 256)
    often = pa.array([str(n % 9) if n % 4 else None for n in range(ROWS)])
    columns = {"often": often, "text": PLAIN["text"], "again": often, "whole": PLAIN["whole"]}
    place = write(tmp_path / "t.parquet", columns, row_group_size=group)
    batches = counted(place)

    assert {str(batch.schema.field("text").type) for batch in batches} == {"string_view"}
    assert {pa.types.is_dictionary(batch.schema.field("again").type) for batch in batches} == {group > 41}
    assert equal(united(batches), by_pyarrow(place))


@pytest.mark.parametrize("name", ["^.*$", "*", "a.b", "a[]", "{}", "t e x t", "姓名", '"', ""])
def test_names_are_no_patterns(tmp_path, by_pyarrow, name):
    place = write(tmp_path / "t.parquet", {name: PLAIN["text"], "other": PLAIN["large"]})

    assert equal(united(counted(place, [name or "column_1"])), by_pyarrow(place, [name or "column_1"]))


def test_files_with_names_like_patterns_are_read_alone(tmp_path, small_files):
    write(tmp_path / "part-[12].parquet", {"text": PLAIN["text"]})
    write(tmp_path / "part-1.parquet", {"text": PLAIN["large"]})

    with connect(str(tmp_path / "part-[[]12[]].parquet")) as source:
        (table,) = source.tables()
        (part,) = list_parts(source, table)
        found = united(stream_part(source, table, part, ["text"]))

    assert found["text"].to_pylist() == PLAIN["text"].to_pylist()


def test_partitions_and_files_that_drifted_apart_are_one_table(tmp_path, by_pyarrow):
    for day, columns in (("1", ["text", "whole"]), ("2", ["whole", "large", "text"])):
        (tmp_path / "t" / f"day={day}").mkdir(parents=True)
        write(tmp_path / "t" / f"day={day}" / "part-0.parquet", {name: PLAIN[name] for name in columns})
    batches, expected = counted(tmp_path), by_pyarrow(tmp_path)

    assert "string_view" in kinds_of(batches)
    assert equal(united(batches), expected)
    assert expected["day"].to_pylist() == ["1"] * ROWS + ["2"] * ROWS


@pytest.mark.parametrize("error", [OSError, ValueError, pl.exceptions.PanicException], ids=str)
@pytest.mark.parametrize("frames", [0, 1, 2])
def test_where_polars_breaks_off_pyarrow_goes_on(tmp_path, monkeypatch, by_pyarrow, error, frames):
    monkeypatch.setattr(row_groups, "_BATCH_ROWS", 256)
    place = write(tmp_path / "t.parquet", row_group_size=500)
    cut = pl.LazyFrame.slice

    def some(scan, start, length):  # in several threads, in any order
        if start >= 1_000 * frames:
            raise error("13800138000")
        return cut(scan, start, length)

    monkeypatch.setattr(pl.LazyFrame, "slice", some)
    batches = counted(place)

    views = [batch for batch in batches if "string_view" in kinds_of([batch])]
    assert sum(batch.num_rows for batch in views) == 1_000 * frames
    assert equal(united(batches), by_pyarrow(place))


def test_a_type_that_was_not_told_is_read_by_pyarrow(tmp_path, monkeypatch, by_pyarrow):
    place = write(tmp_path / "t.parquet")
    cast = pl.DataFrame.to_arrow
    monkeypatch.setattr(
        pl.DataFrame,
        "to_arrow",
        lambda frame, **how: cast(frame.with_columns(pl.col("text").cast(pl.Binary)), **how),
    )

    assert "string_view" not in kinds_of(counted(place))
    assert equal(united(counted(place)), by_pyarrow(place))


def test_text_that_is_no_utf_8_is_the_same_text(tmp_path, by_pyarrow):
    texts = [b"%d" % n if n != 2_000 else b"\xd5\xc5" for n in range(ROWS)]
    offsets = pa.array([0, *accumulate(map(len, texts))], pa.int32())
    array = pa.StringArray.from_buffers(ROWS, offsets.buffers()[1], pa.py_buffer(b"".join(texts)))
    place = write(tmp_path / "t.parquet", {"text": array}, use_dictionary=False)
    found, expected = united(counted(place)), by_pyarrow(place)

    assert (
        found["text"].cast(pa.binary()).to_pylist() == expected["text"].cast(pa.binary()).to_pylist() == texts
    )


def test_a_file_cut_off_amid_its_rows_is_said_to_be_damaged(tmp_path, small_files):
    place = write(
        tmp_path / "t.parquet", {"text": [f"{n:0200}" for n in range(200_000)]}, use_dictionary=False
    )
    with connect(str(place)) as source:
        (table,) = source.tables()
        batches = stream_part(source, table, list_parts(source, table)[0], ["text"])
        read = [next(batches).num_rows]
        os.truncate(place, place.stat().st_size // 2)
        with pytest.raises(TableUnreadable, match=r"damaged|replaced or written to"):
            read.extend(batch.num_rows for batch in batches)

    assert 0 < sum(read) <= 200_000  # all may have been read ahead


def test_a_file_that_was_replaced_amid_its_rows_is_said(tmp_path, small_files):
    place = write(tmp_path / "t.parquet", {"text": [str(n) for n in range(200_000)]})
    with connect(str(place)) as source:
        (table,) = source.tables()
        batches = stream_part(source, table, list_parts(source, table)[0], ["text"])
        next(batches)
        other = write(tmp_path / "other", {"text": ["b"] * 200_000})
        other.replace(place)
        with pytest.raises(TableUnreadable, match="was replaced"):
            list(batches)


def test_small_files_and_large_row_groups_are_read_by_pyarrow(tmp_path, monkeypatch):
    place = write(tmp_path / "t.parquet")
    assert "string_view" not in kinds_of(counted(place))

    monkeypatch.setattr(polars_columns, "LEAST_ROWS", ROWS)
    assert "string_view" in kinds_of(counted(place))
    monkeypatch.setattr(polars_columns, "_MOST_GROUP_BYTES", 1_000)
    assert "string_view" not in kinds_of(counted(place))


def test_without_polars_everything_is_read_by_pyarrow(tmp_path):
    place = write(tmp_path / "t.parquet")
    program = (
        "import sys; sys.modules['polars'] = None\n"
        "from connectors._files import polars_columns\n"
        "from connectors import connect, list_parts, stream_part\n"
        "polars_columns.LEAST_ROWS = 1\n"
        f"with connect({str(place)!r}) as source:\n"
        "    (table,) = source.tables()\n"
        "    batches = list(stream_part(source, table, list_parts(source, table)[0], ['text']))\n"
        "print(sum(batch.num_rows for batch in batches), batches[0].schema.field('text').type)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split() == [str(ROWS), "string"]


def test_polars_takes_no_more_threads_than_arrow(tmp_path):
    place = write(tmp_path / "t.parquet")
    program = (
        "import pyarrow as pa; pa.set_cpu_count(1)\n"
        "from connectors._files import polars_columns\n"
        "from connectors import connect, list_parts, stream_part\n"
        "polars_columns.LEAST_ROWS = 1\n"
        f"with connect({str(place)!r}) as source:\n"
        "    (table,) = source.tables()\n"
        "    batches = list(stream_part(source, table, list_parts(source, table)[0], ['text']))\n"
        "import polars; print(polars.thread_pool_size(), batches[0].schema.field('text').type)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["1", "string_view"]


@pytest.mark.parametrize(("of_user", "used"), [(None, "oversize_threshold:0"), ("narenas:2", "narenas:2")])
def test_polars_keeps_memory_for_the_next_columns_unless_the_user_says_how(of_user, used):
    program = (
        "import os\n"
        "from connectors._files.polars_columns import _polars\n"
        "_polars(); print(os.environ['_RJEM_MALLOC_CONF'])"
    )
    environment = {name: value for name, value in os.environ.items() if name != "_RJEM_MALLOC_CONF"}
    environment |= {"_RJEM_MALLOC_CONF": of_user} if of_user else {}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    )

    assert used in done.stdout


def test_memory_and_threads_are_let_go_with_the_batches(tmp_path, small_files):
    place = write(
        tmp_path / "t.parquet", {"text": [f"{n:050}" for n in range(400_000)]}, row_group_size=20_000
    )
    with connect(str(place)) as source:
        (table,) = source.tables()
        batches = stream_part(source, table, list_parts(source, table)[0], ["text"])
        next(batches)
        batches.close()

    end = time.monotonic() + 30
    while is_open(place) and time.monotonic() < end:
        time.sleep(0.01)
    assert not is_open(place)


def is_open(place):
    return any(
        link.is_symlink() and link.samefile(place)
        for link in Path("/proc/self/fd").iterdir()
        if link.exists()
    )


def test_people_counted_from_views_are_those_counted_from_text(
    tmp_path, by_pyarrow, monkeypatch, make_people
):
    from scanner import scan

    people = make_people(40)
    rows = [people[n * 7 % 40] for n in range(2_000)]
    columns = {
        "姓名": [p.name for p in rows],
        "身份证号": [p.id_card if n % 5 else None for n, p in enumerate(rows)],
        "手机号": [p.mobile if n % 3 else "" for n, p in enumerate(rows)],
        "备注": [f"{n}" for n in range(2_000)],
    }
    monkeypatch.setattr(parquet, "_is_short", lambda _: False)  # repeated text, too
    place = write(tmp_path / "crm.parquet", columns)
    from_views = scan(str(place)).subjects().to_dict("list")
    with monkeypatch.context() as patch:
        patch.setattr(parquet, "viewed", lambda *_: None)
        from_text = scan(str(place)).subjects().to_dict("list")

    assert max(from_views["estimate"]) == 40
    assert str(from_views) == str(from_text)  # NaN is equal to itself
