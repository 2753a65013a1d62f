"""Tables in memory."""

import pandas as pd
import pyarrow as pa
import pytest

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
