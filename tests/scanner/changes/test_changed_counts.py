"""Which counts moved, and whether the move is beyond what the intervals leave open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.changes import diff
from scanner.result import PARTIAL, UNBOUNDED, Interval


def counted(result, *, note="", as_of=None, window="all_time", **figures):
    """Return a result that counts persons of the organization once, with these figures."""
    count = replace(result.organization.subjects[0], note=note, window=window, **figures)
    info = replace(result.scan, as_of=as_of or result.scan.as_of)
    organization = replace(result.organization, subjects=(count,))
    return replace(result, organization=organization, scan=info)


def moved(before, after):
    return [c for c in diff(before, after).counts if c.scope == "organization"]


intervals = st.lists(st.integers(0, 10**7), min_size=3, max_size=3).map(sorted).map(lambda b: Interval(*b))


@given(intervals, intervals)
def test_a_move_exceeds_the_intervals_if_and_only_if_they_have_no_number_in_common(base, old, new):
    before = counted(base, lower=old.lower, estimate=old.estimate, upper=old.upper)
    after = counted(base, lower=new.lower, estimate=new.estimate, upper=new.upper)

    found = moved(before, after)

    assert bool(found) == (old != new)
    for change in found:
        common = max(old.lower, new.lower) <= min(old.upper, new.upper)
        assert change.exceeds is not common
        assert change.difference == new.estimate - old.estimate
        assert (change.before, change.after) == (old, new)


def test_a_drop_is_not_certain_while_something_is_unread(base):
    before = counted(base, lower=90, estimate=95, upper=100)
    after = counted(base, lower=10, estimate=11, upper=12, note=f"{PARTIAL} More.")

    (change,) = moved(before, after)

    assert (change.exceeds, change.open_after, change.after.upper) == (False, True, UNBOUNDED)


def test_a_rise_is_certain_though_something_is_unread(base):
    before = counted(base, lower=90, estimate=95, upper=100)
    after = counted(base, lower=110, estimate=120, upper=130, note=PARTIAL)

    assert moved(before, after)[0].exceeds


def test_the_same_figures_of_a_part_are_a_change(base):
    whole, part = counted(base), counted(base, note=PARTIAL)

    assert len(moved(whole, part)) == 1
    assert not moved(part, part)


@pytest.mark.parametrize(
    ("window", "restarted"),
    [("year_to_date", True), ("since_1_jan_previous_year", True), ("all_time", False)],
)
def test_windows_begin_anew_with_the_year(window, restarted, base):
    before = counted(base, window=window, as_of="2025-12-31", lower=5, estimate=5, upper=5)
    after = counted(base, window=window, as_of="2026-01-01", lower=1, estimate=1, upper=1)

    assert moved(before, after)[0].restarted is restarted


def test_percent_of_nothing_is_none(base):
    before = counted(base, lower=0, estimate=0, upper=0)
    after = counted(base, lower=3, estimate=3, upper=3)

    assert moved(before, after)[0].percent is None
    assert moved(after, before)[0].percent == -100


def test_a_renamed_organization_is_the_same_one(base):
    renamed = replace(
        base.organization, subjects=tuple(replace(c, name="新名") for c in base.organization.subjects)
    )

    assert diff(base, replace(base, organization=renamed)).counts == ()


def test_counts_of_new_tables_have_nothing_before(scanned, base):
    after = scanned(
        {"customer": (["id_card", "mobile", "note"], 40), "member": (["mobile"], 12), "guest": (["email"], 7)}
    )

    (guest,) = [c for c in diff(base, after).counts if c.name == "frames/guest" and c.category == "all"]

    assert (guest.before, guest.difference, guest.after.estimate) == (None, None, 7)
