"""Tables in memory."""

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from scipy.stats import chisquare

from connectors import NotASource, TableUnreadable
from connectors.frame import FrameConnector


def sample(frame):
    source = FrameConnector({"t": frame})
    (table,) = source.tables()
    return source.sample(table, rows=9, seed=0)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([1, "a", None], ["1", "a", None]),
        ([13900000001, float("nan"), "x"], ["13900000001", None, "x"]),
        ([b"\xff", "x"], [b"\xff", b"x"]),
        ([None, None], [None, None]),
        ([{"a": 1}, {"a": 2}], [1, 2]),
        (["\ud800bad", "x"], ["?bad", "x"]),
    ],
)
def test_object_columns_are_read_whatever_they_hold(cells, expected):
    frame = pd.DataFrame({"x": pd.Series(cells, dtype=object)})

    assert sample(frame).column(0).to_pylist() == expected


def test_names_that_repeat_or_are_numbers_are_told_apart():
    frame = pd.DataFrame([[1, 2, 3]], columns=["a", "a", 0])

    assert sample(frame).schema.names == ["a", "a_2", "0"]


@pytest.mark.parametrize("make", [pa.table, pa.record_batch, lambda data: pa.table(data).to_reader()])
def test_arrow_data_is_taken_as_it_is(make):
    assert sample(make({"x": pa.array([[1.0]], pa.list_(pa.float32(), 1))})).schema.types == [
        pa.list_(pa.float32(), 1)
    ]


@pytest.mark.parametrize(
    "frame", [pd.DataFrame(), pd.DataFrame({"x": []}), pa.table({}), pa.table({"x": pa.array([], "int8")})]
)
def test_empty_frames_are_tables(frame):
    source = FrameConnector({"t": frame})
    (table,) = source.tables()

    assert source.sample(table, rows=5, seed=0).num_rows == 0
    assert (
        sum(batch.num_rows for batch in source.stream(table, [column.name for column in table.columns])) == 0
    )


def test_a_long_frame_is_streamed_in_batches():
    source = FrameConnector({"t": pa.table({"x": range(200_000)})})
    (table,) = source.tables()

    assert [batch.num_rows for batch in source.stream(table, ["x"])] == [65_536, 65_536, 65_536, 3_392]


ROWS = 5_000
CELLS = {"number": list(range(ROWS)), "word": [f"w{i}" for i in range(ROWS)]}
RECORDS = [{"number": i, "word": f"w{i}"} for i in range(ROWS)]


def parquet_dataset(tmp_path):
    for part in range(4):
        some = {name: cells[part::4] for name, cells in CELLS.items()}
        folder = tmp_path / f"day={part}"
        folder.mkdir()
        pq.write_table(pa.table(some), folder / "part.parquet", row_group_size=100)
    return ds.dataset(tmp_path, partitioning="hive")


def csv_dataset(tmp_path):
    pd.DataFrame(CELLS).to_csv(tmp_path / "rows.csv", index=False)
    return ds.dataset(tmp_path, format="csv")


def relation(_tmp_path):
    return duckdb.connect().from_arrow(pa.table(CELLS))


KINDS = {
    "pandas": lambda _: pd.DataFrame(CELLS),
    "pandas, objects": lambda _: pd.DataFrame(CELLS, dtype=object),
    "pandas, in the index": lambda _: pd.DataFrame(CELLS).set_index(["number", "word"]),
    "polars": lambda _: pl.DataFrame(CELLS),
    "polars, lazy": lambda _: pl.LazyFrame(CELLS),
    "arrow": lambda _: pa.table(CELLS),
    "arrow, batch": lambda _: pa.record_batch(CELLS),
    "arrow, reader": lambda _: pa.table(CELLS).to_reader(max_chunksize=700),
    "arrow, Parquet dataset": parquet_dataset,
    "arrow, CSV dataset": csv_dataset,
    "arrow, dataset in memory": lambda _: ds.dataset(pa.table(CELLS)),
    "arrow, dataset of a reader": lambda _: ds.dataset(pa.table(CELLS).to_reader()),
    "duckdb": relation,
    "dictionaries": lambda _: RECORDS,
}


@pytest.fixture(params=KINDS)
def held(request, tmp_path):
    source = FrameConnector({"t": KINDS[request.param](tmp_path)})
    (table,) = source.tables()
    return source, table


def test_every_kind_is_streamed_whole_and_by_the_columns_asked_for(held):
    source, table = held
    batches = list(source.stream(table, ["word"]))

    assert {name for batch in batches for name in batch.schema.names} == {"word"}
    assert sorted(cell for batch in batches for cell in batch.column(0).to_pylist()) == sorted(CELLS["word"])


def test_every_kind_is_counted_without_columns(held):
    source, table = held

    assert sum(batch.num_rows for batch in source.stream(table, [])) == ROWS
    assert table.rows is None or (table.rows.value, table.rows.exact) == (ROWS, True)


def test_every_kind_is_sampled_by_the_seed_and_from_all_over(held):
    source, table = held
    drawn = [source.sample(table, rows=400, seed=seed) for seed in (1, 1, 2)]
    numbers = np.array(drawn[0].column("number").to_pylist()).astype(int)
    quarters = np.bincount(numbers * 4 // ROWS, minlength=4)

    assert drawn[0] == drawn[1] != drawn[2]
    assert drawn[0].num_rows == len(set(numbers.tolist())) == 400
    assert chisquare(quarters).pvalue > 1e-4


def test_a_row_stays_together(held):
    source, table = held
    rows = source.sample(table, rows=50, seed=0).to_pylist()

    assert all(row["word"] == f"w{row['number']}" for row in rows)


def test_columns_of_a_partitioned_dataset_are_there(tmp_path):
    source = FrameConnector({"t": parquet_dataset(tmp_path)})
    (table,) = source.tables()

    assert [column.name for column in table.columns] == ["number", "word", "day"]
    assert set(source.sample(table, rows=400, seed=0).column("day").to_pylist()) == {0, 1, 2, 3}


@pytest.mark.parametrize(
    "frame",
    [
        pa.table({"p": [{"mobile": "1", "tags": [{"v": 1}]}]}),
        pl.DataFrame({"p": [{"mobile": "1", "tags": [{"v": 1}]}]}),
        pl.LazyFrame({"p": [{"mobile": "1", "tags": [{"v": 1}]}]}),
        [{"p": {"mobile": "1", "tags": [{"v": 1}]}}],
    ],
)
def test_nested_cells_become_leaf_columns(frame):
    source = FrameConnector({"t": frame})
    (table,) = source.tables()
    (batch,) = source.stream(table, ["p.mobile"])

    assert [column.name for column in table.columns] == ["p.mobile", "p.tags[].v"]
    assert batch.to_pylist() == [{"p.mobile": "1"}]


def test_dictionaries_may_lack_keys_and_hold_whatever_they_like():
    found = sample([{"a": 1}, {"b": "x", 3: b"y"}, {"a": "z", "b": None}])

    assert found.to_pydict() == {"a": ["1", None, "z"], "b": [None, "x", None], "3": [None, b"y", None]}


def test_levels_of_an_index_are_read_where_they_may_hold_data():
    frame = pd.DataFrame({"x": [1, 2]}, index=pd.Index(["p", "q"]))
    named = pd.DataFrame({"x": [1, 2]}, index=pd.Index([7, 8], name="customer"))
    cut = pd.DataFrame({"x": [1, 2, 3]}).iloc[1:]

    assert [sample(each).schema.names for each in (frame, named, cut)] == [
        ["index", "x"],
        ["customer", "x"],
        ["x"],
    ]


def test_names_of_several_levels_are_dotted():
    frame = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("home", "phone"), ("work", "phone")]))

    assert sample(frame).schema.names == ["home.phone", "work.phone"]


def test_views_of_text_are_read():
    assert sample(pa.table({"x": pa.array(["a", "b"], pa.string_view())})).column(0).to_pylist() == ["a", "b"]


def test_a_lazy_frame_is_asked_for_no_more_columns_than_needed(tmp_path):
    pq.write_table(pa.table(CELLS), tmp_path / "rows.parquet")
    seen = []
    lazy = pl.scan_parquet(tmp_path / "rows.parquet").with_columns(
        pl.col("word").map_batches(lambda cells: seen.append(len(cells)) or cells, return_dtype=pl.String)
    )
    source = FrameConnector({"t": lazy})
    (table,) = source.tables()
    list(source.stream(table, ["number"]))

    assert seen == []


def test_a_lazy_frame_that_fails_loses_its_table_and_shows_no_value():
    lazy = pl.LazyFrame({"word": ["13900000001-canary"]}).with_columns(pl.col("word").cast(pl.Int64))
    source = FrameConnector({"t": lazy})
    (table,) = source.tables()

    with pytest.raises(TableUnreadable) as failed:
        source.sample(table, rows=5, seed=0)
    assert "canary" not in str(failed.value)
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__


@pytest.mark.parametrize("name", ['a"b', "a'b; DROP TABLE x", "列", "a\nb", "x" * 200])
def test_hostile_names_are_read_from_a_relation(name):
    source = FrameConnector({"t": duckdb.connect().from_arrow(pa.table({name: ["v"]}))})
    (table,) = source.tables()

    assert source.sample(table, rows=5, seed=0).to_pydict() == {name: ["v"]}


@pytest.mark.parametrize("kind", ["MAP {'a': 1}", "INTERVAL 1 DAY", "'101'::BIT"])
def test_what_arrow_cannot_hold_comes_from_a_relation_as_text(kind):
    source = FrameConnector({"t": duckdb.connect().sql(f"SELECT {kind} AS x")})
    (table,) = source.tables()

    assert source.sample(table, rows=5, seed=0).schema.types == [pa.string()]


@pytest.mark.parametrize(
    ("frame", "advice"),
    [
        (5, "int is no table"),
        ([1, 2], "row 0 of the list is a int"),
        ([{"a": 1}, ["b"]], "row 1 of the list is a list"),
        (np.zeros((2, 2)), "pandas.DataFrame(array"),
        (pl.Series([1]), "series.to_frame()"),
        (pa.array([1]), "Hand in a pandas or Polars DataFrame"),
    ],
)
def test_what_is_no_table_is_refused_with_advice(frame, advice):
    with pytest.raises(NotASource, match=r"^Table 't': ") as refused:
        FrameConnector({"t": frame})
    assert advice in str(refused.value)


@pytest.mark.parametrize(
    "column",
    [
        pa.array([{"tel": "1"}, None], pa.struct([("tel", pa.string_view())])),
        pa.array([["1"], None], pa.large_list(pa.string_view())),
        pa.array([["1"], None], pa.list_view(pa.string())),
        pa.RunEndEncodedArray.from_arrays(pa.array([1, 2], pa.int32()), pa.array(["1", None])),
    ],
    ids=lambda column: str(column.type),
)
def test_views_at_any_depth_are_read(column):
    with FrameConnector({"t": pa.table({"c": column})}) as source:
        (table,) = source.tables()
        sample = source.sample(table, rows=5, seed=0)

    assert {str(value).strip("[]'") for value in sample.column(0).to_pylist()} == {"1", "None"}
