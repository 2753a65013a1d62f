from __future__ import annotations

import errno
import os
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.machine import spill
from scanner.machine.spill import (
    Memory,
    MemoryUnusable,
    Place,
    Spill,
    SpillFull,
    as_bytes,
    memory_of,
    parse_size,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1GiB", 1 << 30),
        ("512m", 512 << 20),
        ("1.5 GB", 3 << 29),
        ("2T", 2 << 40),
        ("700000000", 700_000_000),
    ],
)
def test_sizes(text: str, expected: int) -> None:
    assert parse_size(text) == expected


@pytest.mark.parametrize("text", ["", "much", "GiB", "-1GiB", "1PiB", "nan", "inf"])
def test_what_is_no_size_is_refused_in_words(text: str) -> None:
    with pytest.raises(MemoryUnusable, match="--memory"):
        memory_of(text, None)


def test_a_limit_that_cannot_be_held_is_refused() -> None:
    with pytest.raises(MemoryUnusable, match="512 MiB"):
        memory_of("100MiB", None)


def test_a_folder_that_cannot_be_written_is_found_out_before_the_scan(tmp_path: Path) -> None:
    with pytest.raises(SpillFull, match="--spill"):
        memory_of("1GiB", str(tmp_path / "missing"))


def test_arrays_and_objects_come_back(tmp_path: Path) -> None:
    file = Spill(tmp_path)
    numbers = np.arange(1000, dtype=np.uint64) << np.uint64(40)
    thing = {"small": np.arange(-3, 4), "large": numbers, "none": np.zeros(0, np.int64), "mask": numbers > 9}
    place, whole = file.write(numbers[:400], numbers[400:]), file.write_object(thing)
    back, some, one = file.read_object(whole), np.zeros(10, np.uint64), np.zeros(1, np.uint64)
    file.read(place + 10 * numbers.itemsize, [as_bytes(some), as_bytes(one)])

    assert [*some.tolist(), *one.tolist()] == numbers[10:21].tolist()
    assert {name: (a.dtype, a.tolist()) for name, a in back.items()} == {
        name: (a.dtype, a.tolist()) for name, a in thing.items()
    }
    assert size(whole) < numbers.nbytes * 2

    file.rewrite(place, [as_bytes(numbers[::-1])])
    back = np.empty_like(numbers)
    file.read(place, [as_bytes(back)])
    assert back.tolist() == numbers[::-1].tolist()


def test_objects_are_written_over_what_is_needed_no_more(tmp_path: Path) -> None:
    file, rng = Spill(tmp_path), np.random.default_rng(3)
    place = file.write(np.zeros(100_000, np.uint64))
    written = file.written
    for start in (0, 100_000, 400_000, 700_000):
        file.give_up(place + start, 100_000 - start // 100)
    things = [rng.integers(0, 1 << 63, 10_000) for _ in range(6)]
    places = [file.write_object(thing) for thing in things]

    assert file.written - written == sum(map(size, places)) - (400_000 - 12_000)
    assert max(map(len, places)) > 1
    assert [file.read_object(each).tolist() for each in places] == [thing.tolist() for thing in things]


def test_what_the_system_writes_in_several_goes_is_whole(tmp_path: Path, monkeypatch) -> None:
    file, whole = Spill(tmp_path), os.pwritev
    monkeypatch.setattr(spill.os, "pwritev", lambda fd, pieces, at: whole(fd, [pieces[0][:7]], at))
    arrays = [np.arange(n, dtype=np.int32) for n in (3, 0, 1, 5)]
    back = np.empty(9, np.int32)
    file.read(file.write(*arrays), [as_bytes(back)])

    assert back.tolist() == np.concatenate(arrays).tolist()


def test_many_arrays_are_written(tmp_path: Path) -> None:
    file, back = Spill(tmp_path), np.empty(3_000, np.int64)
    file.read(file.write(*np.arange(3_000).reshape(-1, 1)), [as_bytes(back)])

    assert back.tolist() == list(range(3_000))


def test_a_longer_file_is_written_little_by_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes, whole = [], os.pwritev

    def pwritev(number: int, pieces: list[memoryview], at: int) -> int:
        sizes.append(sum(map(len, pieces)))
        return whole(number, pieces, at)

    monkeypatch.setattr(spill.os, "pwritev", pwritev)
    monkeypatch.setattr(spill, "AT_ONCE", 100)
    arrays = [np.arange(n, dtype=np.int32) for n in (3, 60, 0, 25, 1, 20, 4)]
    file, back = Spill(tmp_path), np.empty(113, np.int32)
    file.read(file.write(*arrays), [as_bytes(back)])

    assert back.tolist() == np.concatenate(arrays).tolist()
    assert sizes == [12, 100, 100, 40, 100, 100]


@pytest.mark.parametrize(("code", "told"), [(errno.ENOSPC, True), (errno.EOPNOTSUPP, False)])
def test_a_disk_without_room_is_told_and_one_that_reserves_none_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, told: bool
) -> None:
    def reserve(*_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(spill.os, "posix_fallocate", reserve)
    file = Spill(tmp_path)
    with pytest.raises(SpillFull, match="cannot be written there") if told else nullcontext():
        file.write(np.arange(10))
    assert file.written == (0 if told else 80)


def test_what_cannot_be_read_back_ends_the_scan(tmp_path: Path) -> None:
    file = Spill(tmp_path)
    place = file.write_object(np.arange(10))
    os.ftruncate(file._file.fileno(), 20)

    with pytest.raises(SpillFull, match="cannot be read there"):
        file.read_object(place)


def size(place: Place) -> int:
    return sum(size for _, size in place)


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int32, np.int64, np.uint16, np.uint32, np.uint64])
@given(st.data())
def test_what_is_written_in_fewer_bytes_comes_back(kind: type[np.integer], data: st.DataObject) -> None:
    limits = np.iinfo(kind)
    near = st.integers(max(-300, limits.min), min(300, limits.max))
    numbers = np.array(data.draw(st.lists(near | st.integers(limits.min, limits.max))), kind)
    alike = np.broadcast_to(numbers[:1], len(numbers) * 2)
    file = Spill()
    back = [file.read_object(file.write_object(each)) for each in (numbers, np.sort(numbers), alike)]
    file.close()

    assert [each.dtype for each in back] == [kind] * 3
    assert [each.tolist() for each in back] == [numbers.tolist(), sorted(numbers.tolist()), alike.tolist()]


def test_small_numbers_and_repetition_take_few_bytes() -> None:
    file = Spill()
    small, alike = np.arange(10**6, dtype=np.int32) % 200, np.broadcast_to(np.int64(7), 10**6)

    assert size(file.write_object(small)) < 1.1 * len(small)
    assert size(file.write_object(alike)) < 1000


def test_the_file_has_no_name(tmp_path: Path) -> None:
    file = Spill(tmp_path)
    file.write(np.arange(10))

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_before_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = SimpleNamespace(free=spill.KEPT_FREE + 79)
    monkeypatch.setattr(spill.shutil, "disk_usage", lambda _: usage)
    file = Spill(tmp_path)

    with pytest.raises(SpillFull, match="nearly full"):
        file.write(np.arange(10))
    assert file.written == 0


def test_room_shrinks_with_what_is_held() -> None:
    assert Memory().room() is None
    assert (Memory(limit=1 << 40).room() or 0) > 1 << 39
    assert Memory(limit=1).room() == 32 << 20


def test_arrays_that_come_back_lie_where_numbers_of_their_width_may(tmp_path: Path) -> None:
    file = Spill(tmp_path)
    held = [np.arange(size, dtype=np.uint8) for size in (1, 3, 9)] + [np.array([1 << 63, 7], np.uint64)] * 2
    back = file.read_object(file.write_object(held))
    assert [each.tolist() for each in back] == [each.tolist() for each in held]
    assert all(each.flags.aligned and each.flags.writeable for each in back)
