"""How the time of growing tables is judged."""

from __future__ import annotations

import pytest

from benchmarks.census.__main__ import grown

ONE_SLOW_STEP = {5: 1.0, 20: 4.0, 50: 9.0, 200: 40.0}


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        ({5: 1.0}, ""),
        ({5: 1.0, 20: 4.0}, "; after 5 4.00 x, target <= 4.24  reached"),
        ({5: 1.0, 50: 11.1}, "; after 5 11.10 x, target <= 11.00  NOT reached"),
        (
            ONE_SLOW_STEP,
            "; after 20 10.00 x, target <= 11.00  reached; after 50 4.44 x, target <= 4.24  NOT reached",
        ),
        ({5: 1.0, 50: 10.0, 500: 100.0}, "; after 50 10.00 x, target <= 11.00  reached"),
        ({1: 1.0, 100: 122.0}, "; after 1 122.00 x, target <= 121.00  NOT reached"),
    ],
)
def test_tables_are_compared_with_the_one_before_and_that_of_a_tenth(
    seconds: dict[int, float], said: str
) -> None:
    assert "".join(grown(seconds)) == said
