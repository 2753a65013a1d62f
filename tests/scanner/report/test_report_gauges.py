"""Drawings: positions follow the numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.report._gauges import ALIGNED_TICKS, Bar, aligned, bar, gauge
from scanner.report._voice import short
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


@given(intervals(), st.integers(1, 2 * 10**9))
def test_lines_stand_in_the_middle_and_no_number_changes_sides(count, threshold):
    drawing = aligned(count, threshold)
    places = [drawing.start, drawing.estimate, drawing.end]

    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)
    for number, place in zip((count.lower, count.estimate, count.upper), places, strict=True):
        assert (place >= 50) if number >= threshold else (place <= 50)


def test_a_count_just_short_of_a_line_is_seen_beside_it():
    drawing = aligned(Interval(98_448, 98_527, 102_029), 100_000)

    assert drawing.start < 48
    assert drawing.end > 52


def test_what_is_beyond_the_scale_goes_to_its_end():
    assert aligned(Interval(0, 5, 10**10), 1_000).end == 100


def test_the_marks_rise_and_the_line_is_one_of_them():
    places = [place for place, _ in ALIGNED_TICKS]

    assert places == sorted(places)
    assert (50.0, "100 %") in ALIGNED_TICKS
