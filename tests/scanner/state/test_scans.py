"""Scans with state: only what is new is read, and the result is that of a scan that reads everything."""

from __future__ import annotations

import datetime as dt
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.config import ScanConfig
from scanner.pipeline import run
from scanner.review import Decision
from scanner.stages.underway import Options
from scanner.state import StateFolder

from .scans import AS_OF, KEY, NOON, Scanner, organization, sent, without_parts, write


def test_a_second_scan_reads_nothing_and_finds_the_same(scan):
    first = scan()
    assert len(scan.read) == 2
    second = scan()

    assert scan.read == []
    assert without_parts(second) == without_parts(first) == without_parts(scan(kept=False))
    assert (second.scan.parts.read, second.scan.parts.from_state) == (0, 2)
    assert organization(second) == (50, 50, 50)


def test_only_a_new_part_is_read(scan, make_people):
    scan()
    write(scan.root, "month=03", make_people(30, 100))
    result = scan()

    assert scan.read == ["sent/month=03/part-0.parquet"]
    assert organization(result) == (80, 80, 80)
    assert without_parts(result) == without_parts(scan(kept=False))


def test_only_a_changed_part_is_read_and_counts_once(scan, make_people):
    scan()
    write(scan.root, "month=02", make_people(31, 20))
    result = scan()

    assert scan.read == ["sent/month=02/part-0.parquet"]
    assert organization(result) == (51, 51, 51)


def test_a_scan_without_counting_leaves_the_state_alone(scan, tmp_path):
    scan()
    with StateFolder(scan.folder, KEY) as folder:
        settings = ScanConfig.model_validate({"sources": [{"name": "lake", "url": str(scan.root)}]})
        result = run(settings, Options(as_of=AS_OF, count="none"), KEY, clock=lambda: NOON, state=folder)
        assert len(folder.infos()) == 2
    assert result.scan.parts is None


def test_changed_tags_count_a_table_anew(scan):
    scan()
    decision = Decision(dataset="lake", table="sent", column="mobile", types=())
    review = {("lake", "sent", "mobile"): decision}
    result = scan(review=review)

    assert len(scan.read) == 2
    assert without_parts(result) == without_parts(scan(kept=False, review=review))
    scan(review=review)
    assert scan.read == []


def test_another_time_column_counts_a_table_anew(scan):
    scan()
    scan(flows=[])

    assert len(scan.read) == 2


def test_a_column_of_another_type_counts_a_table_anew(scan, make_people):
    scan()
    path = write(scan.root, "month=03", make_people(3, 100))
    table = pq.read_table(path)
    numbers = pa.array([int(p.mobile) for p in make_people(3, 100)])
    pq.write_table(table.set_column(2, "mobile", numbers), path)
    result = scan()

    assert len(scan.read) == 1  # the union of text and numbers is text, as before
    assert without_parts(result) == without_parts(scan(kept=False))


def test_another_version_counts_anew(scan, monkeypatch):
    scan()
    monkeypatch.setattr("scanner.stages.collecting.version", lambda _: "999")
    scan()

    assert len(scan.read) == 2


@pytest.mark.parametrize("days", [1, 40, 365, 700])
def test_a_later_day_counts_from_the_state(scan, make_people, days):
    """Minors come of age and the year turns, without reading anything."""
    write(scan.root, "month=03", make_people(40, 100, year=2009), at="2025-12-30")
    write(scan.root, "month=04", make_people(40, 200, year=2013), at=None)
    scan()
    later = AS_OF + dt.timedelta(days=days)
    result = scan(as_of=later)

    assert scan.read == []
    assert without_parts(result) == without_parts(scan(kept=False, as_of=later))


def test_an_earlier_day_reads_again(scan):
    scan()
    scan(as_of=AS_OF - dt.timedelta(days=1))

    assert len(scan.read) == 2


def test_a_row_that_lies_ahead_reads_its_part_again_on_another_day(scan, make_people):
    write(scan.root, "month=12", make_people(5, 100), at="2026-12-24")
    scan()
    result = scan(as_of=dt.date(2026, 12, 31))

    assert scan.read == ["sent/month=12/part-0.parquet"]
    assert sent(result) == (55, 55, 55)


@settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(
        st.lists(
            st.tuples(
                st.integers(0, 3),
                st.one_of(st.none(), st.tuples(st.integers(0, 12), st.integers(1, 25))),
            ),
            min_size=1,
            max_size=3,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_scans_of_changing_data_equal_full_scans(tmp_path_factory, make_people, steps):
    """Each step writes, rewrites or deletes some partitions, and a day passes."""
    root = tmp_path_factory.mktemp("world")
    write(root / "lake", "month=00", make_people(40))
    scan = Scanner(root / "lake", root / "state")
    for day, step in enumerate(steps):
        for number, rows in step:
            if rows is None:
                shutil.rmtree(root / "lake" / "sent" / f"month={number:02}x", ignore_errors=True)
            else:
                first, size = rows
                write(root / "lake", f"month={number:02}x", make_people(size, first))
        today = AS_OF + dt.timedelta(days=day)
        config = {"flows": [], "as_of": today}
        assert without_parts(scan(**config)) == without_parts(scan(kept=False, **config))
