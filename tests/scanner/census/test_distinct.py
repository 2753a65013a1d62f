from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scanner.census.distinct import Distinct

DIGESTS = st.integers(0, 7).map(lambda n: n << 61 | n) | st.integers(0, 2**64 - 1)


@given(st.lists(st.lists(DIGESTS)))
def test_equal_digests_count_once_and_zero_is_none(batches: list[list[int]]) -> None:
    distinct = Distinct()
    for batch in batches:
        distinct.add(np.array(batch, np.uint64))

    assert distinct.count() == len({value for batch in batches for value in batch} - {0})
