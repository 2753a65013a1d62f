"""Memory apart: the same arrays, all of whose memory goes at once."""

from __future__ import annotations

import gc
from pathlib import Path

import numpy as np
import pytest

from scanner.machine.apart import copied_apart, joined_apart

_MANY = 1 << 22  # numbers


def test_pieces_are_joined_in_order() -> None:
    joined = joined_apart(
        {
            "small": [np.array([1, 2], np.uint8), np.array([3], np.uint8)],
            "wide": [np.array([-1], np.int64), np.zeros(0, np.int64), np.array([7, 8], np.int64)],
            "empty": [np.zeros(0, np.float64)],
        }
    )
    assert {name: array.tolist() for name, array in joined.items()} == {
        "small": [1, 2, 3],
        "wide": [-1, 7, 8],
        "empty": [],
    }


def test_a_copy_is_equal_and_its_own() -> None:
    first = {"numbers": np.arange(100), "flags": np.array([True, False]), "none": None, "text": "a"}
    second = copied_apart(first)
    first["numbers"][:] = 0
    assert second["numbers"].tolist() == list(range(100))
    assert second["flags"].tolist() == [True, False]
    assert (second["none"], second["text"]) == (None, "a")


def test_without_more_pieces_of_the_system_the_c_library_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("Cannot allocate memory")

    monkeypatch.setattr("scanner.machine.apart.mmap.mmap", refuse)
    numbers = np.arange(_MANY)
    assert (joined_apart({"a": [numbers]})["a"] == numbers).all()


def test_one_number_again_and_again_stays_small() -> None:
    copy = copied_apart(np.broadcast_to(np.int64(5), _MANY))
    assert copy.strides == (0,)
    assert (len(copy), copy[-1]) == (_MANY, 5)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
def test_memory_goes_back_when_the_last_array_goes() -> None:
    held = joined_apart({"a": [np.ones(_MANY)], "b": [np.ones(_MANY)]})
    one = held.pop("a")
    del held
    before = _resident()
    del one
    gc.collect()
    assert before - _resident() > 1.5 * _MANY * 8


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096
