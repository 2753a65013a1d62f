"""Both ways to join rows, compiled and by numpy, have the same results."""

from __future__ import annotations

from types import ModuleType

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scanner.census import joins
from scanner.census.distinct import empty_table
from scanner.compiled.loading import always

COMPILED = always().kernels("joins")
SHIFT, PARTS = np.uint64(61), 8
DIGESTS = st.lists(st.integers(0, 2**64 - 1) | st.sampled_from([0, 1, 5, 1 << 61, 7 << 61]))
COLUMNS = st.lists(DIGESTS, min_size=1, max_size=3)
FIRST = 3  # part that is held


def pairs(way: ModuleType, column: list[int]) -> dict[int, list[tuple[int, int]]]:
    """Return digests and their rows in each part held; the order within one is free."""
    digests, counts = np.array(column, np.uint64), np.zeros(PARTS, np.int64)
    way.count_parts(digests, SHIFT, counts)
    ends = np.cumsum(counts[FIRST:])
    places = ends - counts[FIRST:]
    starts = places.copy()
    keys, rows = np.zeros(len(column), np.uint64), np.zeros(len(column), np.int32)
    way.fill_parts(digests, 10, SHIFT, FIRST, PARTS, places, keys, rows)
    assert places.tolist() == ends.tolist()
    return {
        FIRST + n: sorted(zip(keys[a:b].tolist(), rows[a:b].tolist(), strict=True))
        for n, (a, b) in enumerate(zip(starts, ends, strict=True))
    }


@given(column=DIGESTS)
def test_values_come_to_the_same_parts(column: list[int]) -> None:
    expected = {
        part: sorted(
            (digest, 10 + row) for row, digest in enumerate(column) if digest and digest >> 61 == part
        )
        for part in range(FIRST, PARTS)
    }

    assert pairs(joins, column) == expected
    assert pairs(COMPILED, column) == expected


def sets(way: ModuleType, columns: list[list[int]]) -> list[int]:
    """Return the number of the set of every row; those with equal values of a column are in one."""
    size = max(map(len, columns))
    parents = np.arange(size, dtype=np.int32)
    for column in columns:
        digests = np.array(column, np.uint64)
        rows = np.flatnonzero(digests).astype(np.int32)
        table = empty_table(len(rows))
        way.unite_equal(digests[rows], rows, table, np.empty(len(table), np.int32), parents)
    roots = way.count_roots(parents, 0)
    way.number_roots(parents, 0, 0)
    way.number_others(parents, 0, size)
    numbers: list[int] = (~parents).tolist()
    assert sorted(set(numbers)) == list(range(roots))
    return numbers


def searched(columns: list[list[int]]) -> list[int]:
    """Return the same by looking through all rows."""
    number = list(range(max(map(len, columns))))
    for column in columns:
        for row, value in enumerate(column):
            if value:
                old, new = number[row], number[column.index(value)]
                number = [new if each == old else each for each in number]
    order = list(dict.fromkeys(number))
    return [order.index(each) for each in number]


@given(columns=st.lists(st.lists(st.integers(0, 6)), min_size=1, max_size=4))
def test_rows_that_share_values_come_to_the_same_sets(columns: list[list[int]]) -> None:
    expected = searched(columns)

    assert sets(joins, columns) == expected
    assert sets(COMPILED, columns) == expected


@given(numbers=st.lists(st.integers(0, 40)))
def test_rows_of_a_part_come_together_in_their_order(numbers: list[int]) -> None:
    def placed(way: ModuleType) -> list[list[int]]:
        given = np.array(numbers, np.int32)
        bounds, (places, within) = np.zeros(5, np.int64), np.empty((2, len(given)), np.int32)
        way.place_by_part(given, 2, bounds, places, within)
        way.put_in_places(given.astype(np.uint32), places, out := np.empty(len(given), np.uint32))
        return [bounds.tolist(), places.tolist(), within.tolist(), out.tolist()]

    assert placed(joins) == placed(COMPILED)
    assert placed(joins)[3] == sorted(numbers, key=lambda number: number % 4)
