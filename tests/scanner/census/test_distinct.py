from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.census import joins as by_numpy
from scanner.census.distinct import Distinct
from scanner.compiled.loading import always

DIGESTS = st.integers(0, 7).map(lambda n: n << 61 | n) | st.integers(0, 2**64 - 1)


@pytest.mark.parametrize("joins", [by_numpy, always().kernels("joins")], ids=["numpy", "compiled"])
@given(batches=st.lists(st.lists(DIGESTS)), threads=st.integers(1, 2))
def test_equal_digests_count_once_and_zero_is_none(
    joins: ModuleType, batches: list[list[int]], threads: int
) -> None:
    distinct = Distinct(joins)
    for batch in batches:
        distinct.take(distinct.parted(np.array(batch, np.uint64)))

    assert distinct.count(threads) == len({value for batch in batches for value in batch} - {0})
