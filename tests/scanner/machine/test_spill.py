from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.machine import spill
from scanner.machine.spill import Memory, MemoryUnusable, Spill, SpillFull, memory_of, parse_size


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
    place, whole = file.write(numbers), file.write_object(thing)
    back = file.read_object(whole)

    assert file.read(place, 10, 20).tolist() == numbers[10:20].tolist()
    assert {name: (a.dtype, a.tolist()) for name, a in back.items()} == {
        name: (a.dtype, a.tolist()) for name, a in thing.items()
    }
    assert whole.size < numbers.nbytes * 2

    file.rewrite(place, numbers[::-1])
    assert file.read(place).tolist() == numbers[::-1].tolist()


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


def test_steps_and_repetition_take_few_bytes() -> None:
    file = Spill()
    rising, alike = np.arange(10**6, 2 * 10**6, dtype=np.int32), np.broadcast_to(np.int64(7), 10**6)

    assert file.write_object(rising).size < 1.1 * len(rising)
    assert file.write_object(alike).size < 1000


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
