"""Rows that repeat are kept once with their number; where hardly any do, they are kept as they come."""

from __future__ import annotations

import numpy as np
import pytest

from scanner.census import Census
from scanner.census.chunks import condense
from scanner.compiled.loading import always
from scanner.identifiers import Records

SIZE = 8_000


def records(*columns: np.ndarray) -> Records:
    size = len(columns[0])
    return Records(
        table="crm/a",
        slot="",
        ids=tuple(("mobile", phones.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) for phones in columns),
        names=np.zeros(size, np.uint64),
        born_as=np.zeros(size, np.uint64),
        flags=np.zeros(size, np.uint32),
        present=np.ones(size, np.bool_),
        key="k",
    )


@pytest.mark.parametrize(
    ("phones", "kept"),
    [
        pytest.param(np.arange(1, SIZE + 1), SIZE, id="all differ"),
        pytest.param(np.append(np.arange(2, SIZE + 1), 2), SIZE, id="one repeats"),
        pytest.param(np.arange(SIZE) % 100 + 1, 100, id="a log of a hundred people"),
        pytest.param(
            np.where(np.arange(SIZE) % 5, np.arange(SIZE), 0), SIZE * 4 // 5 + 1, id="a fifth is blank"
        ),
    ],
)
def test_compiled_loops_keep_every_row_or_its_number(phones: np.ndarray, kept: int) -> None:
    pytest.importorskip("numba")
    found, plain = condense(records(phones), always()), condense(records(phones))

    assert len(found) == kept
    assert found.counts.sum() == plain.counts.sum() == SIZE
    assert Census.of([found], "k").solve().count() == Census.of([plain], "k").solve().count()


@pytest.mark.parametrize("people", [200_000, 20_000])
def test_a_few_thousand_rows_tell_whether_many_repeat(people: int) -> None:
    pytest.importorskip("numba")
    phones = np.random.default_rng(1).permutation(np.arange(200_000) % people + 1)
    assert len(condense(records(phones), always())) == people


def test_a_number_in_two_columns_of_a_row_is_one() -> None:
    phones = np.arange(1, 4)
    twice, once = condense(records(phones, phones)), condense(records(phones, np.zeros(3)))

    assert twice.keys.tolist() == once.keys.tolist()
    assert Census.from_arrow(Census.of([twice], "k").to_arrow()).solve().count() == (
        Census.of([once], "k").solve().count()
    )
