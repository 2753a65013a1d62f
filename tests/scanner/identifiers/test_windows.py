"""Which reporting window a row lies in, by its time in whatever form."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.identifiers import AHEAD, FIRST_WINDOW_BIT
from scanner.identifiers.windows import CERTAIN, POSSIBLE, row_windows

AS_OF = dt.date(2026, 11, 22)
YEAR, TWO = "year_to_date", "since_1_jan_previous_year"
THIS_YEAR, LAST_YEAR, OUTSIDE, UNKNOWN = "this year", "last year", "outside", "unknown"
UTC = dt.UTC


def where(array, as_of=AS_OF):
    """Return in words where each row of a time column lies."""
    flags = row_windows(pa.record_batch({"at": array}), "at", as_of) & ~np.uint32(AHEAD)
    words = {
        CERTAIN[YEAR] | CERTAIN[TWO] | POSSIBLE[YEAR] | POSSIBLE[TWO]: THIS_YEAR,
        CERTAIN[TWO] | POSSIBLE[TWO]: LAST_YEAR,
        POSSIBLE[YEAR] | POSSIBLE[TWO]: UNKNOWN,
        0: OUTSIDE,
    }
    return [words[bits] for bits in flags]


def test_the_bits_are_those_left_to_the_caller():
    bits = [*CERTAIN.values(), *POSSIBLE.values()]

    assert len({*bits}) == 4
    assert all(1 << FIRST_WINDOW_BIT <= bit < 1 << 32 for bit in bits)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-01", THIS_YEAR),
        ("2025-12-31", LAST_YEAR),
        ("2025-01-01", LAST_YEAR),
        ("2024-12-31", OUTSIDE),
        ("2026-11-22", THIS_YEAR),
        ("2026-11-23", OUTSIDE),
        ("2026-01-01T00:00:00", THIS_YEAR),
        ("2026-01-01 23:59:59.999+08:00", THIS_YEAR),
        ("2025-12-31T16:00:00Z", THIS_YEAR),  # midnight in Beijing
        ("2025-12-31T15:59:59.999Z", LAST_YEAR),
        ("2025-12-31 16:00 UTC", THIS_YEAR),
        ("2026-01-01T00:30:00+09:00", LAST_YEAR),
        ("2026-01-01T00:30:00+0800", THIS_YEAR),
        ("2025-12-31 08:00:00 -08", THIS_YEAR),
        ("2024-12-31T16:00:00-00:00", LAST_YEAR),
        ("2026-11-22T16:00:00Z", OUTSIDE),
        ("2026-01-01T25:00:00Z", THIS_YEAR),  # no time of day: the day stands
        ("2026/1/1", THIS_YEAR),
        ("2026.01.01", THIS_YEAR),
        ("2026年1月1日", THIS_YEAR),
        ("２０２６-０１-０１", THIS_YEAR),
        (" 2026-01-01 ", THIS_YEAR),
        ("20260101", THIS_YEAR),
        ("20260101080000", THIS_YEAR),
        ("20251231", LAST_YEAR),
        ("1767196799", LAST_YEAR),  # one second before midnight in Beijing
        ("1767196800", THIS_YEAR),
        ("1767196800000", THIS_YEAR),
        (None, UNKNOWN),
        ("", UNKNOWN),
        ("soon", UNKNOWN),
        ("2026", UNKNOWN),
        ("202601", UNKNOWN),
        ("2026-02-30", UNKNOWN),
        ("2026-13-01", UNKNOWN),
        ("0000-00-00", UNKNOWN),
        ("0001-01-01", UNKNOWN),  # days that systems write where they know none
        ("1900-01-01", UNKNOWN),
        ("1970-01-01 00:00:00", UNKNOWN),
        ("0000000000", UNKNOWN),
        ("1970-01-02", OUTSIDE),
        ("2098-12-31", OUTSIDE),
        ("2099-12-31", UNKNOWN),
        ("9999-12-31", UNKNOWN),
        ("13800138000", UNKNOWN),
        ("13800138000-99-99", UNKNOWN),
        ("2026-W05", UNKNOWN),
    ],
)
def test_a_time_in_text(text, expected):
    assert where(pa.array([text], pa.string())) == [expected]


@pytest.mark.parametrize(
    "array",
    [
        pa.array([dt.date(2026, 1, 1), dt.date(2025, 12, 31), None], pa.date32()),
        pa.array([dt.date(2026, 1, 1), dt.date(2025, 12, 31), None], pa.date64()),
        pa.array([dt.datetime(2026, 1, 1), dt.datetime(2025, 12, 31, 23, 59), None], pa.timestamp("ns")),
        pa.array(
            [
                dt.datetime(2025, 12, 31, 16, tzinfo=UTC),
                dt.datetime(2025, 12, 31, 15, 59, tzinfo=UTC),
                None,
            ],
            pa.timestamp("us", tz="UTC"),
        ),
        pa.array([1767196800, 1767196799, None], pa.int64()),
        pa.array([1767196800000.0, 1767196799000.0, None], pa.float64()),
        pa.array([20260101, 20251231, 0], pa.int32()),
        pa.array([Decimal(20260101), Decimal(20251231), None], pa.decimal128(20, 0)),
        pa.array(["2026-01-01", "2025-12-31", "x"], pa.large_string()),
        pa.array(["2026-01-01", "2025-12-31", "x"]).dictionary_encode(),
        pa.array([b"2026-01-01", b"2025-12-31", b"x"], pa.binary()),
    ],
    ids=lambda array: str(array.type)[:30],
)
def test_a_time_of_any_type(array):
    assert where(array) == [THIS_YEAR, LAST_YEAR, UNKNOWN]


@pytest.mark.parametrize(
    "array",
    [
        pa.array([b"\xff\xfe2026-01-01", None], pa.binary()),
        pa.nulls(2),
        pa.array([[1], None]),
        pa.array([True, None]),
        pa.array([float("nan"), float("inf")]),
    ],
    ids=lambda array: str(array.type),
)
def test_what_is_no_time_is_unknown(array):
    assert where(array) == [UNKNOWN, UNKNOWN]


def test_without_a_time_column_every_row_may_lie_in_every_window():
    flags = row_windows(pa.record_batch({"x": pa.array([1, 2])}), None, AS_OF)

    assert flags.tolist() == [POSSIBLE[YEAR] | POSSIBLE[TWO]] * 2


def test_no_rows_have_no_flags():
    assert where(pa.array([], pa.string())) == []


@given(
    st.dates(dt.date(1970, 1, 2), dt.date(2098, 12, 31)), st.dates(dt.date(2001, 1, 1), dt.date(2099, 1, 1))
)
def test_a_day_lies_in_the_windows_that_hold_it(day, as_of):
    this_year = dt.date(as_of.year, 1, 1) <= day <= as_of
    last_year = day.year == as_of.year - 1
    expected = THIS_YEAR if this_year else LAST_YEAR if last_year else OUTSIDE

    assert where(pa.array([day.isoformat(), f"{day:%Y%m%d}"]), as_of) == [expected] * 2
    assert where(pa.array([day]), as_of) == [expected]


@pytest.mark.parametrize(
    ("day", "ahead"), [("2026-11-22", False), ("2026-11-23", True), ("9999-12-31", False), ("soon", False)]
)
def test_a_day_that_may_come_lies_ahead(day, ahead):
    (flags,) = row_windows(pa.record_batch({"at": [day]}), "at", AS_OF).tolist()

    assert bool(flags & AHEAD) is ahead
