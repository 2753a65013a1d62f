"""How scans are named, and how long they are kept."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.store import KeptScan, UnknownScan, find_scan
from scanner.store.retention import kept_until, past_retention

days = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))


def kept(day, organization="", sources=("crm",), number=0):
    started = f"{day}T02:00:{number:02}Z"
    return KeptScan(
        id=f"{day:%Y%m%d}T0200{number:02}-{organization or 'x'}",
        started=started,
        finished=started,
        as_of=f"{day}",
        version="0",
        count="exact",
        complete=True,
        organization=organization,
        sources=sources,
        config_digest="",
        record_digest="",
        kept=started,
    )


NEWEST_FIRST = (
    kept(dt.date(2026, 3, 1), "甲", number=1),
    kept(dt.date(2026, 3, 1), "乙"),
    kept(dt.date(2026, 2, 1), "甲"),
    kept(dt.date(2026, 1, 1), "甲"),
)


@pytest.mark.parametrize(
    ("name", "position"),
    [
        ("latest", 0),
        ("previous", 2),
        ("2026-03-01", 0),
        ("2026-02-28", 2),
        ("2030-01-01", 0),
        ("20260201T020000-甲", 2),
        ("202601", 3),
    ],
)
def test_a_name_means_one_scan(name, position):
    assert find_scan(NEWEST_FIRST, name) == NEWEST_FIRST[position]


@pytest.mark.parametrize("name", ["", "2025-12-31", "20250101", "2026-13-01", "earliest"])
def test_a_name_of_none_is_refused(name):
    with pytest.raises(UnknownScan):
        find_scan(NEWEST_FIRST, name)


def test_an_ambiguous_beginning_names_the_ends():
    with pytest.raises(UnknownScan, match="fits 2 scans, from 20260301T020000-乙 to 20260301T020001-甲"):
        find_scan(NEWEST_FIRST, "20260301")


def test_without_a_name_of_the_organization_the_sources_make_the_series():
    day = dt.date(2026, 1, 1)
    crm, both = kept(day), kept(day, sources=("crm", "hr"))

    assert crm.goes_with(crm)
    assert not crm.goes_with(both)
    assert kept(day, "甲").goes_with(kept(day, "甲", sources=("hr",)))
    assert not crm.goes_with(kept(day, "甲"))


@pytest.mark.parametrize(
    ("started", "years", "last_day"),
    [
        ("2023-11-22", 3, "2026-11-21"),
        ("2024-02-29", 3, "2027-02-28"),
        ("2024-02-29", 4, "2028-02-28"),
        ("2023-01-01", 3, "2025-12-31"),
        ("2026-11-22", 0, "2026-11-21"),
    ],
)
def test_a_scan_is_kept_for_whole_years(started, years, last_day):
    assert kept_until(kept(dt.date.fromisoformat(started)), years) == dt.date.fromisoformat(last_day)


@given(days, days, st.integers(0, 30))
def test_nothing_is_pruned_before_its_years_are_over(started, today, years):
    scan = kept(started)

    pruned = past_retention([scan], years, today)

    anniversary = (started.year + years, started.month, started.day)
    assert bool(pruned) == (anniversary <= (today.year, today.month, today.day))


@given(st.lists(days, max_size=8), days)
def test_pruning_takes_the_oldest_first_and_never_a_younger_one_instead(started, today):
    scans = [kept(day, number=i) for i, day in enumerate(started)]

    pruned = past_retention(scans, 3, today)

    assert list(pruned) == sorted(pruned, key=lambda scan: scan.started)
    left = [scan for scan in scans if scan not in pruned]
    assert all(scan.day < other.day for scan in pruned for other in left)
