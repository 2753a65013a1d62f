"""What was collected on one day counts on a later day as if it had been collected then."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.census import Census
from scanner.identifiers import AHEAD, MINOR_UNDER_18, SlotPlan, SubjectKey, TablePlan, identify
from scanner.identifiers.age_clock import births_of, clock_bits
from scanner.identifiers.windows import row_windows
from scanner.state import PartInfo, Place
from scanner.state.rolling import holds_on, rolled

KEY = SubjectKey(bytes(range(16)))
DAYS = st.dates(dt.date(2006, 1, 1), dt.date(2030, 12, 31))
FIELDS = ("keys", "ages", "born_as", "flags", "counts")
PLAN = TablePlan(
    dataset="d",
    table="t",
    slots=(
        SlotPlan(slot="", identifiers=(("mobile", "mobile"),), births=("born",)),
        SlotPlan(slot="guardian", identifiers=(("guardian_mobile", "mobile"),), births=("guardian_born",)),
    ),
)


def collected(rows, as_of):
    """Return the chunks of rows of mobile, birth text, guardian's birth text, day of the row."""
    mobiles, births, guardians, days = zip(*rows, strict=True)
    batch = pa.record_batch(
        {
            "mobile": [f"1380000{n:04}" for n in mobiles],
            "born": pa.array(births, pa.string()),
            "guardian_mobile": [f"1390000{n:04}" for n in mobiles],
            "guardian_born": pa.array(guardians, pa.string()),
            "at": pa.array(days, pa.date32()),
        }
    )
    census = Census()
    census.add(identify(batch, PLAN, KEY, as_of=as_of, row_flags=row_windows(batch, "at", as_of)))
    return census.chunks


def contents(chunks):
    """Return the rows of chunks without the clock and ``AHEAD``, equal ones together."""
    found = {}
    for chunk in chunks:
        flags = chunk.flags & np.uint32(((1 << 19) - 1) & ~AHEAD)
        rows = zip(chunk.keys, chunk.ages, chunk.born_as, flags, chunk.counts, strict=True)
        for *row, count in rows:
            key = (chunk.table, chunk.own, *(int(value) for value in row))
            found[key] = found.get(key, 0) + int(count)
    return found


BIRTHS = st.one_of(
    st.none(),
    st.dates(dt.date(1990, 1, 1), dt.date(2033, 12, 31)).map(str),
    st.sampled_from(["2008-00-00", "20101399", "2012-02-29", "99991231", "2011-12-99", "unknown"]),
)


@settings(deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 3), BIRTHS, BIRTHS, st.one_of(st.none(), DAYS)), min_size=1, max_size=12
    ),
    since=st.dates(dt.date(2022, 1, 1), dt.date(2027, 12, 31)),
    later=st.integers(0, 1000),
)
def test_rolling_equals_collecting_later(rows, since, later):
    as_of = since + dt.timedelta(days=later)
    then = collected(rows, since)
    ahead = any((chunk.flags & AHEAD).any() for chunk in then)
    info = PartInfo(
        place=Place(source="d", dataset="d", table="t"),
        fingerprint="",
        plan="",
        as_of=since,
        rows=1,
        ahead=ahead,
    )
    if not holds_on(info, as_of):
        assert ahead
        return

    moved = [rolled(chunk, since, as_of, KEY) for chunk in then]

    assert contents(moved) == contents(collected(rows, as_of))


@pytest.mark.parametrize(
    ("as_of", "holds"),
    [
        (dt.date(2026, 2, 28), False),
        (dt.date(2026, 3, 1), True),
        (dt.date(2028, 12, 31), True),
        (dt.date(2029, 3, 1), False),
    ],
)
def test_a_part_holds_for_three_years_and_never_backwards(as_of, holds):
    info = PartInfo(
        place=Place(source="d", dataset="d", table="t"),
        fingerprint="",
        plan="",
        as_of=dt.date(2026, 3, 1),
        rows=1,
    )

    assert holds_on(info, as_of) is holds


@settings(deadline=None)
@given(
    births=st.lists(st.dates(dt.date(2008, 3, 2), dt.date(2026, 3, 1)), max_size=20),
    secret=st.binary(min_size=16, max_size=16),
)
def test_the_clock_gives_back_the_birth_dates_with_its_key_only(births, secret):
    as_of = dt.date(2026, 3, 1)
    days = np.array([d.year * 10_000 + d.month * 100 + d.day for d in births], np.int32)

    flags = clock_bits(days, as_of, secret)

    assert births_of(flags | np.uint32(MINOR_UNDER_18), as_of, secret).tolist() == days.tolist()


def test_the_clock_is_another_under_another_key():
    as_of = dt.date(2026, 3, 1)
    days = np.arange(20_100_101, 20_100_132, dtype=np.int32)

    mine, theirs = (clock_bits(days, as_of, bytes([n] * 16)) for n in (1, 2))

    assert (mine == theirs).mean() < 0.2
    assert (births_of(mine, as_of, bytes([2] * 16)) == days).mean() < 0.2
