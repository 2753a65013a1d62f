"""Drawings: positions follow the numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.report._gauges import Bar, bar, gauge
from scanner.report.html import short
from scanner.result import Interval

PERSONS = st.integers(0, 2 * 10**9)


@st.composite
def intervals(draw):
    return Interval(*sorted(draw(st.tuples(PERSONS, PERSONS, PERSONS))))


@given(intervals(), PERSONS)
def test_a_gauge_keeps_the_order_of_its_numbers(count, threshold):
    drawing = gauge(count, threshold)
    places = {
        count.lower: drawing.start,
        count.estimate: drawing.estimate,
        count.upper: drawing.end,
        threshold: drawing.threshold,
    }

    assert [place for _, place in sorted(places.items())] == sorted(places.values())
    assert all(0 <= place <= 100 for place in places.values())


@given(intervals(), PERSONS)
def test_ticks_are_few_rise_and_stay_on_the_scale(count, threshold):
    ticks = gauge(count, threshold).ticks

    assert 2 <= len(ticks) <= 7
    assert list(ticks) == sorted(set(ticks))
    assert all(0 <= place <= 100 for place, _ in ticks)


@pytest.mark.parametrize(
    ("count", "threshold", "logarithmic", "why"),
    [
        (
            Interval(8_914, 10_102, 13_658),
            10_000,
            False,
            "numbers of one size compare best on a linear scale",
        ),
        (Interval(0, 900, 1_000), 1_000_000, True, "far below"),
        (Interval(50_000_000, 50_000_000, 50_000_000), 100_000, True, "far above"),
        (Interval(0, 0, 0), 10_000, False, "nobody at all"),
    ],
)
def test_the_scale_suits_the_numbers(count, threshold, logarithmic, why):
    assert gauge(count, threshold).logarithmic is logarithmic, why


@pytest.mark.parametrize(
    ("count", "longest", "expected"),
    [
        (Interval(0, 50, 100), 100, Bar(0, 100, 50)),
        (Interval(25, 25, 25), 100, Bar(25, 25, 25)),
        (Interval(0, 0, 0), 0, Bar(0, 0, 0)),
    ],
)
def test_a_bar_is_a_share_of_the_longest(count, longest, expected):
    assert bar(count, longest) == expected


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (0, "0", "0"),
        (9_999, "9,999", "9,999"),
        (10_000, "1万", "10k"),
        (250_000, "25万", "250k"),
        (1_000_000, "100万", "1M"),
        (1_500_000_000, "15亿", "1.5bn"),
    ],
)
def test_ticks_count_as_people_of_each_language_do(number, zh, en):
    assert (short(number, "zh"), short(number, "en")) == (zh, en)
