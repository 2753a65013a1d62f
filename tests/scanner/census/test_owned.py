"""Of whom values are that one person has each, and tables whose columns need no copy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.census import joins
from scanner.census.alike import repeated, table_of
from scanner.census.chunks import condense
from scanner.census.small import divide_small
from scanner.compiled.loading import always
from scanner.identifiers import Records

LOOPS = {name: always().kernels(name) for name in ("small", "lone", "touches")}
ROWS = st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=1, max_size=40)
KINDS = ("id_card", "email", "mobile")


def linked_of(rows: list[tuple[int, ...]]):
    """Link the small sets of rows of three identifiers."""
    columns = np.array(rows, np.uint64).T
    ids = tuple(
        (kind, np.where(held, held + np.uint64(99 * n), held))
        for n, (kind, held) in enumerate(zip(KINDS, columns, strict=True))
    )
    nothing = np.zeros(len(rows), np.uint64)
    chunk = condense(
        Records(
            table="people",
            slot="",
            ids=ids,
            names=nothing,
            born_as=nothing,
            flags=np.zeros(len(rows), np.uint32),
            present=np.ones(len(rows), np.bool_),
            key="k",
        )
    )
    parents = np.arange(len(chunk), dtype=np.int32)
    for _, held in chunk.ids:
        known = np.flatnonzero(held).astype(np.int32)
        joins.unite_equal(held[known], known, held[:0], parents[:0], parents)
    joins.number_roots(parents, 0, 0)
    joins.number_others(parents, 0, len(parents))
    return divide_small([chunk], ~parents, ("people",), LOOPS["small"]).linked


@given(rows=ROWS)
def test_values_of_small_sets_are_one_persons_each(rows: list[tuple[int, ...]]) -> None:
    linked = linked_of(rows)
    graph = linked.graph
    expected = np.full(len(graph.kinds), -1)
    expected[graph.value] = linked.person[graph.identity]

    for loops in (None, LOOPS["lone"], LOOPS["touches"]):
        owners = linked.owners(loops)
        assert owners.tolist() == expected.tolist()
        assert (owners[graph.value] == linked.person[graph.identity]).all()


@given(
    values=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5))),
    known=st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_owned_values_are_counted_by_kind(values: list[tuple[int, int]], known: list[bool]) -> None:
    kinds, owners = (
        np.array([pair[n] for pair in values], dtype) for n, dtype in ((0, np.uint8), (1, np.int32))
    )
    counts = np.zeros(5, np.int64)
    LOOPS["touches"].count_owned(owners, kinds, np.array(known), counts)

    assert counts.tolist() == [sum(known[who] for kind, who in values if kind == n) for n in range(5)]


def test_all_columns_of_a_table_are_it() -> None:
    table = np.zeros((4, 3), np.uint64)

    assert table_of([table[:, 0], table[:, 1], table[:, 2]]) is table


@pytest.mark.parametrize(
    "columns",
    [
        [],
        [np.arange(4)],
        [np.zeros((4, 3))[:, 0]],
        [table[:, 1] for table in (np.zeros((4, 2)),) for _ in range(2)],
        [np.zeros((4, 2))[:, n] for n in range(2)],
        [table[::2, n] for table in (np.zeros((4, 2)),) for n in range(2)],
        [repeated(np.uint64(1), 4), np.arange(4)],
    ],
    ids=["none", "by itself", "one of three", "one twice", "of two tables", "not all rows", "a number"],
)
def test_other_columns_are_of_no_table(columns: list[np.ndarray]) -> None:
    assert table_of(columns) is None
