"""Memory used again: never by two at once, and given back when nobody needs it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.machine.rooms import LINE, Rooms, fresh_room
from scanner.machine.spill import used

_SIZE = 1 << 25  # bytes


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux is asked")
@pytest.mark.parametrize("threads", [1, 2])
def test_the_memory_of_fresh_room_is_there_at_once(threads: int) -> None:
    before = used()
    room = fresh_room(3 * _SIZE + 5, threads)

    assert used() - before > 2.5 * _SIZE
    assert not room.any()


def test_what_was_freed_is_taken_again() -> None:
    rooms = Rooms()
    first = rooms.take(_SIZE)
    rooms.free(first, 0, _SIZE)
    second, third = rooms.take(_SIZE // 2), rooms.take(_SIZE // 2)
    assert np.shares_memory(first[: _SIZE // 2], second)
    assert np.shares_memory(first[_SIZE // 2 :], third)


def test_pieces_freed_one_after_another_become_one() -> None:
    rooms = Rooms()
    room = rooms.take(_SIZE)
    rooms.free(room, 0, _SIZE // 4)
    rooms.free(room, _SIZE // 4, _SIZE)
    assert np.shares_memory(rooms.take(_SIZE), room)


def test_pieces_freed_in_any_order_become_one() -> None:
    rooms = Rooms()
    rooms.free(room := rooms.take(_SIZE), 0, _SIZE)
    pieces = [rooms.take(size) for size in (1001, 300_000, 70, 5000)]
    for number in (2, 0, 3, 1):
        rooms.free(pieces[number], 0, len(pieces[number]))
    assert np.shares_memory(rooms.take(_SIZE), room)


def test_too_little_is_left_for_another_time() -> None:
    rooms = Rooms()
    room = rooms.take(_SIZE)
    rooms.free(room, 0, 1000)
    assert not np.shares_memory(rooms.take(1001), room)
    assert np.shares_memory(rooms.take(1000), room)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 300_000)), max_size=40))
def test_two_never_share_a_byte(steps: list[tuple[int, int]]) -> None:
    rooms = Rooms()
    held: list[tuple[int, np.ndarray]] = []
    for number, (which, size) in enumerate(steps):
        if which < len(held):
            _, gone = held.pop(which)
            rooms.free(gone, 0, len(gone))
        room = rooms.take(size)
        assert len(room) == size
        room[:] = number
        held.append((number, room))
        assert all((each == mark).all() for mark, each in held)


@pytest.mark.parametrize("size", [0, 1, LINE, 100_000, _SIZE])
def test_fresh_room_is_as_large_as_asked_for(size: int) -> None:
    room = fresh_room(size)
    room[:] = 1
    assert (len(room), int(room.sum())) == (size, size)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
@pytest.mark.parametrize("kept", [False, True])
def test_what_is_given_back_goes_to_the_system(kept: bool) -> None:
    rooms = Rooms(kept=kept)
    room = rooms.take(4 * _SIZE)[_SIZE:]  # a piece of a room, too
    room[:] = 1
    before = used()
    rooms.free(room, 1000, 2 * _SIZE)
    rooms.give_back()
    assert 1.9 * _SIZE < before - used() < 2.1 * _SIZE
    assert (room[:1000] == 1).all()
    assert (room[2 * _SIZE :] == 1).all()
    assert not np.shares_memory(rooms.take(_SIZE), room)
