"""Views become the same text by compiled kernels as by Arrow, however long and wherever a batch begins."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.compiled.loading import OFF, Acceleration, always
from scanner.digests import views
from scanner.digests.views import together, without_views

pytest.importorskip("numba")

CELLS = st.lists(st.none() | st.text(max_size=14) | st.text("ab中", min_size=25, max_size=100), max_size=70)


def batch_of(cells: pa.Array) -> pa.RecordBatch:
    return pa.record_batch([cells], names=["text"])


def plain(*pieces: pa.Array) -> pa.Array:
    (column,) = without_views([batch_of(cells) for cells in pieces], always()).columns
    column.validate(full=True)
    assert column.type == pa.string()
    return column


@given(CELLS, st.integers(0, 20))
def test_text_stays_the_same(cells: list[str | None], start: int) -> None:
    assert plain(pa.array(cells, pa.string_view()).slice(start)).to_pylist() == cells[start:]


@given(st.lists(st.tuples(CELLS, st.integers(0, 20)), min_size=1, max_size=3))
def test_several_batches_become_one(pieces: list[tuple[list[str | None], int]]) -> None:
    columns = [pa.array(cells, pa.string_view()).slice(start) for cells, start in pieces]
    expected = [cell for cells, start in pieces for cell in cells[start:]]

    assert plain(*columns).to_pylist() == expected
    without = without_views([batch_of(cells) for cells in columns], Acceleration({OFF: "1"}))
    assert without.column(0).to_pylist() == expected


_VIEWS, _TEXT = pa.string_view(), pa.string()


@pytest.mark.parametrize(
    ("batches", "expected"),
    [
        ([], []),
        ([(_VIEWS, 9)], [[9]]),
        ([(_VIEWS, 9), (_VIEWS, 8), (_VIEWS, 9)], [[9, 8], [9]]),
        ([(_VIEWS, 9), (_VIEWS, 3), (_VIEWS, 9)], [[9], [3], [9]]),
        ([(_VIEWS, 3), (_VIEWS, 3)], [[3], [3]]),
        ([(_VIEWS, 11), (_VIEWS, 11)], [[11], [11]]),
        ([(_TEXT, 9), (_TEXT, 9)], [[9], [9]]),
        ([(_VIEWS, 9), (_TEXT, 9), (_VIEWS, 9), (_VIEWS, 9)], [[9], [9], [9, 9]]),
    ],
)
def test_long_batches_with_views_are_taken_two_and_two(
    monkeypatch: pytest.MonkeyPatch, batches: list[tuple[pa.DataType, int]], expected: list[list[int]]
) -> None:
    monkeypatch.setattr(views, "_FEWEST_ROWS", 5)
    monkeypatch.setattr(views, "_MOST_ROWS", 10)
    made = [batch_of(pa.nulls(rows, kind)) for kind, rows in batches]

    assert [[len(batch) for batch in taken] for taken in together(made, limited=False)] == expected


def test_batches_with_dictionaries_are_by_themselves() -> None:
    rows = views._FEWEST_ROWS
    numbered = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["a", None]))
    batch = pa.record_batch({"text": pa.nulls(rows, _VIEWS), "numbered": numbered})

    assert [len(taken) for taken in together([batch, batch], limited=False)] == [1, 1]


def test_with_a_limit_of_memory_each_batch_is_by_itself() -> None:
    batch = batch_of(pa.nulls(views._FEWEST_ROWS, _VIEWS))

    assert list(together([batch, batch], limited=True)) == [[batch], [batch]]


def test_what_was_read_before_reading_broke_off_is_not_lost() -> None:
    def broken() -> Iterator[pa.RecordBatch]:
        yield batch_of(pa.nulls(views._FEWEST_ROWS, _VIEWS))
        raise EOFError

    taken = together(broken(), limited=False)
    assert len(next(taken)) == 1
    with pytest.raises(EOFError):
        next(taken)


@pytest.mark.parametrize("size", [12, 13, 31, 32, 33, 64, 65])
def test_the_last_text_of_a_buffer_is_not_read_beyond_its_end(size: int) -> None:
    assert plain(pa.array(["x" * size], pa.string_view())).to_pylist() == ["x" * size]


def test_what_null_cells_hold_is_not_looked_at() -> None:
    garbage = pa.py_buffer(b"\xff" * 16 + (2).to_bytes(4, "little") + b"ok" + bytes(10))
    cells = pa.Array.from_buffers(pa.string_view(), 2, [pa.py_buffer(b"\x02"), garbage])

    assert plain(cells).to_pylist() == [None, "ok"]


def test_several_buffers_are_told_apart() -> None:
    pieces = [pa.array([letter * 20, None, letter], pa.string_view()) for letter in "abc"]
    whole = pa.concat_arrays(pieces)

    assert plain(whole).to_pylist() == whole.to_pylist()


def test_other_columns_stay_as_they_are() -> None:
    batch = pa.record_batch({"number": pa.array([1]), "text": pa.array(["a"])})

    assert without_views([batch], always()) is batch


def test_without_kernels_views_stay() -> None:
    batch = pa.record_batch({"text": pa.array(["a"], pa.string_view())})

    assert without_views([batch], Acceleration({OFF: "1"})) is batch


def test_more_than_a_column_holds_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_MOST_BYTES", 5)

    batch = pa.record_batch({"text": pa.array(["abc", "def"], pa.string_view())})

    assert without_views([batch], always()).equals(batch)
