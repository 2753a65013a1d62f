"""Memory apart: the same arrays, all of whose memory goes at once."""

from __future__ import annotations

import gc
from pathlib import Path

import numpy as np
import pytest

from scanner.machine.apart import RowsApart, copied_apart
from scanner.machine.rooms import Rooms
from scanner.machine.spill import used

_MANY = 1 << 22  # numbers


DTYPES = {"small": np.dtype(np.uint8), "wide": np.dtype(np.int64), "half": np.dtype(np.float32)}


@pytest.mark.parametrize("rows", [0, 3, 200_000])
def test_columns_lie_side_by_side_and_keep_what_is_put_there(rows: int) -> None:
    apart = RowsApart(DTYPES, rows, Rooms())
    for number, column in enumerate(apart.columns.values()):
        column[:] = np.arange(rows) + number
    assert {name: column.dtype for name, column in apart.columns.items()} == DTYPES
    for number, column in enumerate(apart.columns.values()):
        assert (column == (np.arange(rows) + number).astype(column.dtype)).all()


@pytest.mark.parametrize("row", [0, 1, 7, 1_000_000, _MANY - 1])
def test_rows_that_are_not_given_up_stay(row: int) -> None:
    apart = RowsApart(DTYPES, _MANY, Rooms())
    for column in apart.columns.values():
        column[:] = 1
    apart.give_up(row // 2)
    apart.give_up(row)
    assert all((column[row:] == 1).all() for column in apart.columns.values())


def test_what_comes_next_lies_in_the_memory_of_rows_given_up() -> None:
    rooms = Rooms()
    apart = RowsApart(DTYPES, _MANY, rooms)
    apart.columns["wide"][:] = np.arange(_MANY)
    apart.give_up(_MANY // 2)
    copy = copied_apart(np.ones(_MANY // 4), rooms)
    assert np.shares_memory(copy, apart.columns["wide"][: _MANY // 2])
    assert (copy == 1).all()
    assert (apart.columns["wide"][_MANY // 2 :] == np.arange(_MANY // 2, _MANY)).all()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
def test_memory_of_rows_given_up_goes_back() -> None:
    apart = RowsApart({"a": np.dtype(np.int64), "b": np.dtype(np.int64)}, _MANY, Rooms(kept=False))
    for column in apart.columns.values():
        column[:] = 1
    before = used()
    apart.give_up(_MANY // 2)
    assert before - used() > 0.8 * _MANY * 8


def test_a_copy_is_equal_and_its_own() -> None:
    first = {"numbers": np.arange(100), "flags": np.array([True, False]), "none": None, "text": "a"}
    second = copied_apart(first, Rooms())
    first["numbers"][:] = 0
    assert second["numbers"].tolist() == list(range(100))
    assert second["flags"].tolist() == [True, False]
    assert (second["none"], second["text"]) == (None, "a")


def test_without_more_pieces_of_the_system_the_c_library_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("Cannot allocate memory")

    monkeypatch.setattr("scanner.machine.rooms.mmap.mmap", refuse)
    apart = RowsApart(DTYPES, _MANY, Rooms())
    apart.columns["wide"][:] = np.arange(_MANY)
    apart.give_up(_MANY // 2)
    assert (apart.columns["wide"][_MANY // 2 :] == np.arange(_MANY // 2, _MANY)).all()


def test_one_number_again_and_again_stays_small() -> None:
    copy = copied_apart(np.broadcast_to(np.int64(5), _MANY), Rooms())
    assert copy.strides == (0,)
    assert (len(copy), copy[-1]) == (_MANY, 5)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
def test_memory_goes_back_when_the_last_array_goes() -> None:
    apart = RowsApart({"a": np.dtype(np.float64), "b": np.dtype(np.float64)}, _MANY, Rooms())
    for column in apart.columns.values():
        column[:] = 1
    one = apart.columns.pop("a")
    del apart, column
    before = used()
    del one
    gc.collect()
    assert before - used() > 1.5 * _MANY * 8
