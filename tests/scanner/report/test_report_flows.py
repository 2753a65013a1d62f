"""How flows are drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.report._flows import THICKEST, THINNEST, flow_counts, streams


@pytest.fixture
def flow(result):
    return result.flows[0]


def widened(flow, factor):
    subjects = tuple(replace(count, upper=round(count.upper * factor)) for count in flow.subjects)
    return replace(flow, subjects=subjects)


def test_an_arrow_is_as_thick_as_its_people_are_many(flow):
    thickness = [one.thickness for one in streams([flow, widened(flow, 0.5), widened(flow, 0.001)])]

    assert thickness == [THICKEST, THICKEST // 2, THINNEST]


def test_a_flow_that_nobody_counted_is_drawn_thin(flow):
    (drawn,) = streams([replace(flow, subjects=())])

    assert (drawn.people, drawn.thickness) == (None, THINNEST)


def test_a_stream_comes_from_each_of_its_tables_once(flow):
    (drawn,) = streams([flow])

    assert drawn.tables == (("crm", "crm_sync"),)


def test_the_window_of_the_law_comes_first(flow):
    year, sensitive = flow.subjects
    counts = flow_counts(replace(flow, subjects=(replace(year, window="all_time"), year, sensitive)))

    assert counts.windows == ("year_to_date", "all_time")
    assert counts.rows["all"]["year_to_date"] is year
    assert "all_time" not in counts.rows["sensitive"]
