"""Linking closed part by closed part gives what linking at once gives, in every scope."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.census import closing, measured, relations, tallies
from scanner.census.chunks import Chunk, condense
from scanner.census.kinds import KINDS as KNOWN_KINDS
from scanner.census.people import People
from scanner.census.plain import FIRM, ONCE
from scanner.census.solving import solve
from scanner.census.store import Store
from scanner.compiled.loading import OFF, Acceleration, always
from scanner.identifiers import (
    ADULT,
    BLANK,
    CATEGORY_BITS,
    MINOR_UNDER_14,
    MINOR_UNDER_18,
    OF_THING,
    RELATION,
    THING,
    Records,
)
from scanner.machine import spill
from scanner.machine.spill import Memory, SpillFull

Row = Mapping[str, int]
TABLES = ("crm/a", "crm/b", "app/c")
KINDS = ("id_card", "passport", "user_account", "mobile", "email")
MINOR = MINOR_UNDER_14 | MINOR_UNDER_18
FLAGS = ((0, 0), (CATEGORY_BITS["health"], 0), (0, MINOR_UNDER_14), (0, MINOR | 1))
NUMPY = Acceleration({OFF: "1"})


@pytest.fixture(autouse=True, scope="module")
def _measured_where_little_is_known():
    """Let the small worlds here show how often values are one person's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measured, "FEWEST", 1)
        patch.setattr(tallies, "FEWEST", 1)
        patch.setattr(tallies, "CLOSE", 2)
        patch.setattr(relations, "FEWEST", 1)
        patch.setattr(measured, "DEVIATIONS", 0.05)
        yield


THINGS = {"thing": THING, "of_thing": OF_THING}


def rows_with(values: int):
    return st.fixed_dictionaries(
        {},
        optional={
            **{kind: st.integers(1, values) for kind in KINDS},
            "name": st.integers(1, 6),
            "born": st.integers(1, 3),
            "relative_of": st.integers(1, 3),
            "thing": st.integers(1, values),
            "of_thing": st.integers(1, values),
            "second_mobile": st.integers(1, values),
            "flags": st.sampled_from([0, ADULT, MINOR, MINOR_UNDER_18, CATEGORY_BITS["health"], BLANK]),
        },
    )


# Of few values, rows meet, contradict one another, and hubs arise; of many, most sets are small.
ROWS = rows_with(9) | rows_with(60)
WORLDS = st.lists(st.tuples(st.sampled_from(TABLES), st.booleans(), st.lists(ROWS, max_size=12)), max_size=8)


def digests(salt: int, values: list[int]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    spread = np.array([value + (salt << 32) if value else 0 for value in values], np.uint64)
    return spread * np.uint64(0x9E3779B97F4A7C15)


def records(table: str, own: bool, rows: list[Row]) -> Records:
    names = digests(100, [row.get("name", 0) for row in rows])
    born = [
        row.get("born", 0) * 10 + row.get("name", 0) if "born" in row and "name" in row else 0 for row in rows
    ]
    return Records(
        table=table,
        slot="" if own else "guardian",
        ids=(
            *((kind, digests(salt, [row.get(kind, 0) for row in rows])) for salt, kind in enumerate(KINDS)),
            *[("mobile", digests(3, [row.get("second_mobile", 0) for row in rows]))] * (not own),
            *[(RELATION, digests(102, [relation(row) for row in rows]))] * (not own),
            *((kind, digests(103, [row.get(of, 0) for row in rows])) for of, kind in THINGS.items() if own),
        ),
        names=names,
        born_as=digests(101, born),
        flags=np.array([flags_of(row, own=own) for row in rows], np.uint32),
        present=np.ones(len(rows), np.bool_),
        key="k",
    )


def flags_of(row: Row, *, own: bool) -> int:
    """Return the flags of a row: who may be a further person always shows an identifier."""
    flags = row.get("flags", 0)
    return flags if own or any(kind in row for kind in KINDS) else flags & ~BLANK


def relation(row: Row) -> int:
    return row["mobile"] * 4 + row["relative_of"] if "mobile" in row and "relative_of" in row else 0


def store(world, memory: Memory | None = None, threads: int = 2) -> Store:
    filled = Store(memory or Memory(), threads)
    for table, own, rows in world:
        if rows:
            filled.add(condense(records(table, own, rows)))
    return filled


def scopes(people: People):
    for tables in (None, *([name] for name in TABLES), TABLES[:2]):
        for every, some in FLAGS:
            yield people.count(tables, every=every, some=some)


@pytest.mark.parametrize("kernels", ["numpy", "compiled"])
@given(WORLDS, st.integers(1, 7))
@settings(deadline=None, max_examples=300)
def test_parts_count_as_the_whole_does(kernels: str, world, part_rows: int) -> None:
    if kernels == "compiled":
        pytest.importorskip("numba")
    acceleration = always() if kernels == "compiled" else NUMPY
    whole = solve(store(world), Memory(), NUMPY, 1)
    parts = solve(store(world), Memory(), acceleration, 2, part_rows)

    assert list(scopes(parts)) == list(scopes(whole))
    assert parts.reasons() == whole.reasons()
    assert parts.doubts(TABLES) == whole.doubts(TABLES)


@pytest.mark.parametrize("span", [7, 1000])  # rows that a thread numbers at a time
def test_rows_with_two_values_of_the_first_kind_lie_where_both_lead(span: int, monkeypatch) -> None:
    pytest.importorskip("numba")
    monkeypatch.setattr(closing, "_SPAN", span)
    values = np.arange(1, 41)
    phones = np.concatenate([values, values[:20]]), np.concatenate([0 * values, values[20:]])
    filled = Store(Memory(), 2)
    filled.add(
        Chunk(
            table=TABLES[0],
            own=True,
            ids=tuple((KNOWN_KINDS["mobile"].order, digests(3, column.tolist())) for column in phones),
            names=np.zeros(60, np.uint64),
            born_as=np.zeros(60, np.uint64),
            flags=np.zeros(60, np.uint32),
            counts=np.ones(60, np.int64),
        )
    )
    closing.close(filled, 2, always().kernels("joins"), None, 2)

    (packed,) = filled.packed
    assert packed.bounds is not None
    parts = [len(set(packed.sets_of(number).tolist())) for number in range(2)]
    assert parts == [10, 10]


def test_small_sets_of_many_people_are_linked_as_by_numpy() -> None:
    pytest.importorskip("numba")
    people = range(1, 4001)  # more sets of each size, also in a part, than are looked at together
    rows: list[Row] = [
        row
        for n in people
        for row in (
            {"id_card": n, "mobile": n, "flags": ADULT},
            {"mobile": n, "email": n, "name": n % 6} if n % 3 else {"passport": n, "email": n},
            {"id_card": n + n % 7 // 6, "email": n},
        )[: n % 4 + 1]
    ]
    world = [
        (TABLES[0], True, rows),
        (TABLES[1], False, [{"second_mobile": n, "mobile": n + 4000} for n in people]),
    ]
    expected = solve(store(world), Memory(), NUMPY, 1)
    found = solve(store(world), Memory(), always(), 2, 8000)

    assert list(scopes(found)) == list(scopes(expected))
    assert found.reasons() == expected.reasons()


def test_a_small_set_of_very_many_values_is_linked_as_by_numpy() -> None:
    pytest.importorskip("numba")
    orders = np.flatnonzero(FIRM & ~ONCE).tolist()  # kinds of which one person may have several
    rows = 6  # not 7: of a kind so many, values that come to share a bit would be of one row
    shared = KNOWN_KINDS["mobile"].order, digests(3, [1] * rows)

    def filled() -> Store:
        out = Store(Memory(), 1)
        out.add(
            Chunk(
                table=TABLES[0],
                own=True,
                ids=(shared, *((order, digests(order, list(range(1, rows + 1)))) for order in orders)),
                names=np.zeros(rows, np.uint64),
                born_as=np.zeros(rows, np.uint64),
                flags=np.zeros(rows, np.uint32),
                counts=np.ones(rows, np.int64),
            )
        )
        return out

    found = solve(filled(), Memory(), always(), 1, 4)
    expected = solve(filled(), Memory(), NUMPY, 1)
    assert len(orders) * rows > 62
    assert found.count() == expected.count()
    assert found.reasons() == expected.reasons()


def test_whoever_may_be_somebody_else_without_a_usable_value_is_one_more_in_every_part() -> None:
    several = [{"flags": BLANK, "born": n} for n in (1, 1, 2, 3)]
    world = [(TABLES[0], True, [{"mobile": n} for n in range(1, 9)]), (TABLES[0], False, several)]

    counts = [solve(store(world), Memory(), NUMPY, 1, rows).count() for rows in (100, 1)]

    assert counts[0] == counts[1]
    assert counts[0].upper == 8 + 4


@pytest.mark.parametrize("threads", [1, 2, 3, 5, 7])
@pytest.mark.parametrize("size", [3, 60, 64, 100])
def test_every_part_is_linked_once_by_any_number_of_threads(threads: int, size: int) -> None:
    world = [(TABLES[0], True, [{"mobile": n} for n in range(1, size + 1)])]
    assert solve(store(world), Memory(), NUMPY, threads, 1).count().upper == size


@given(WORLDS, st.randoms(use_true_random=False), st.integers(1, 3))
@settings(deadline=None, max_examples=50)
def test_order_of_rows_tables_and_threads_changes_nothing(world, shuffle, threads: int) -> None:
    other = [(table, own, shuffle.sample(rows, len(rows))) for table, own, rows in world]
    shuffle.shuffle(other)

    expected = solve(store(world), Memory(), NUMPY, 1, 3)
    assert list(scopes(solve(store(other), Memory(), NUMPY, threads, 3))) == list(scopes(expected))


@given(WORLDS)
@settings(deadline=None, max_examples=50)
def test_what_lies_in_the_file_counts_as_what_lies_in_memory(world) -> None:
    limited = Memory(limit=1)
    filled = store(world, limited)
    filled._write()

    assert list(scopes(solve(filled, limited, NUMPY, 2, 3))) == list(
        scopes(solve(store(world), Memory(), NUMPY, 1))
    )


def test_what_was_written_over_cannot_be_asked_for_again() -> None:
    limited = Memory(limit=1)
    filled = store([(TABLES[0], True, [{"mobile": n} for n in range(1, 9)])], limited)
    filled._write()
    assert solve(filled, limited, NUMPY, 1, 3).count().estimate == 8

    with pytest.raises(RuntimeError, match="written over"):
        solve(filled, limited, NUMPY, 1, 3)


def test_alone_a_full_disk_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    filled = store([(TABLES[0], True, [{"mobile": 1}, {"mobile": 2}])], Memory(limit=1), threads=1)
    monkeypatch.setattr(spill.shutil, "disk_usage", lambda _: SimpleNamespace(free=spill.KEPT_FREE))

    with pytest.raises(SpillFull, match="nearly full"):
        filled._write()


@pytest.mark.parametrize("threads", [1, 2])
def test_what_could_not_be_kept_is_told_as_often_as_anything_is_asked(threads: int, monkeypatch) -> None:
    """The rows may be those of tables that were read to their end."""
    filled = store([(TABLES[0], True, [{"mobile": 1}, {"mobile": 2}])], Memory(limit=1), threads)
    monkeypatch.setattr(spill.os, "pwritev", _broken)
    with suppress(SpillFull):  # alone it is told at once
        filled._write()

    for _ in range(2):
        with pytest.raises(SpillFull, match=r"cannot be written there \(Input/output error\)"):
            filled.tables()


def _broken(*_: object) -> int:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_full_disk_is_told_by_whatever_is_asked_next(monkeypatch: pytest.MonkeyPatch) -> None:
    filled = store([(TABLES[0], True, [{"mobile": 1}, {"mobile": 2}])], Memory(limit=1))
    monkeypatch.setattr(spill.shutil, "disk_usage", lambda _: SimpleNamespace(free=spill.KEPT_FREE))
    filled._write()

    with pytest.raises(SpillFull, match="nearly full"):
        filled.tables()


@pytest.mark.parametrize("threads", [1, 2])
def test_what_was_forgotten_while_it_was_written_is_not_counted(threads: int) -> None:
    kept, forgotten = ([(table, True, [{"mobile": n}])] for n, table in enumerate(TABLES[:2], start=1))
    filled = store(kept, Memory(limit=1), threads)
    mark = len(filled.packed)
    filled._write()
    for table, own, rows in forgotten:
        filled.add(condense(records(table, own, rows)))
    filled._write()
    filled.cut(mark)

    assert filled.tables() == TABLES[:1]
    assert filled.rows == 1


@pytest.mark.parametrize("room", [1, 1 << 20])
@given(WORLDS)
@settings(deadline=None, max_examples=50)
def test_what_is_asked_at_once_is_what_is_asked_by_itself(room: int, world) -> None:
    groups = {name: ([name], 0) for name in TABLES}
    alone, at_once = (solve(store(world), Memory(), NUMPY, 2, 3) for _ in range(2))
    at_once._walks._room = lambda: room  # type: ignore[method-assign]

    at_once.prepare(
        [
            (tables, every, some)
            for tables in (None, *([name] for name in TABLES), TABLES[:2])
            for every, some in FLAGS
        ],
        doubts=[TABLES],
        overlaps=[groups],
        reasons=True,
        model=True,
    )

    assert list(scopes(at_once)) == list(scopes(alone))
    assert at_once.reasons() == alone.reasons()
    assert at_once.doubts(TABLES) == alone.doubts(TABLES)
    assert at_once.overlap(groups) == alone.overlap(groups)
    assert at_once.model(TABLES) == alone.model(TABLES)


class Watched:
    """Kernels that take note of how many values they are given at a time."""

    def __init__(self, joins) -> None:
        self.joins, self.held = joins, []

    def __getattr__(self, name: str):
        return getattr(self.joins, name)

    def fill_parts(self, *given) -> None:
        self.held.append(len(given[-1]))
        self.joins.fill_parts(*given)


@pytest.mark.parametrize(
    ("room", "most"), [(None, 2_000), (1 << 20, 2_000), (2_000 * 4 + 24 * 500, 500), (0, 100)]
)
def test_no_more_values_are_held_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch, room: int | None, most: int
) -> None:
    pytest.importorskip("numba")
    monkeypatch.setattr(closing, "_FEWEST_PAIRS", 100)
    filled = store([("crm/a", True, [{"mobile": number} for number in range(1, 2_001)])])
    joins = Watched(always().kernels("joins"))

    closing.close(filled, 2, joins, room, 1)

    assert sum(joins.held) == 2_000
    assert max(joins.held) <= most


def kind(counts: list[int]) -> closing._Kind:
    return closing._Kind([(0, 0)], np.array([counts]))


@given(counts=st.lists(st.integers(0, 50), min_size=1, max_size=40), most=st.integers(1, 200))
def test_spans_hold_every_part_once_and_no_more_than_there_is_room_for(counts: list[int], most: int) -> None:
    spans = list(kind(counts).spans(most))

    assert [part for span in spans for part in range(*span)] == list(range(len(counts)))
    held = [sum(counts[slice(*span)]) for span in spans]
    assert max(held) <= max(most, *counts)
    assert kind(counts).most_held(most) == max(held)


def test_spans_are_equally_large() -> None:
    spans = kind([10] * 100).spans(600)

    assert [stop - start for start, stop in spans] == [51, 49]  # not 60 and 40
