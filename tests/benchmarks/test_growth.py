"""How the time of growing tables is judged."""

from __future__ import annotations

import pytest

from benchmarks.census.__main__ import grown

LINEAR = {5: 1.0, 20: 4.0, 50: 10.0, 200: 40.0}


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        ({5: 1.0}, ""),
        ({5: 1.0, 20: 4.0}, ", 4.00 x for 4 x the rows"),
        (
            {5: 1.0, 50: 12.0},
            ", 12.00 x for 10 x the rows; from 5 on 12.0 x per tenfold, target <= 11.0  NOT reached",
        ),
        (
            LINEAR,
            ", 4.00 x for 4 x the rows; from 20 on 10.0 x per tenfold, target <= 11.0  reached",
        ),
        (
            {5: 1.0, 50: 10.0, 500: 120.0},
            ", 12.00 x for 10 x the rows; from 50 on 12.0 x per tenfold, target <= 11.0  NOT reached",
        ),
        (
            {1: 1.0, 100: 100.0},
            ", 100.00 x for 100 x the rows; from 1 on 10.0 x per tenfold, target <= 11.0  reached",
        ),
    ],
)
def test_the_largest_table_is_judged_by_the_largest_of_a_tenth_or_less(
    seconds: dict[int, float], said: str
) -> None:
    assert "".join(grown(seconds)) == said
