"""Charts from the figures of kept scans: which lines, which points, where they stand."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from scanner.pages import render_html, render_text
from scanner.result import UNBOUNDED, Interval
from scanner.store import KeptCount, KeptLine, KeptScan
from scanner.timeline import Chart, Line, Point, timeline_of, to_dict
from scanner.timeline.plotting import plotted
from scanner.timeline.scale import Scale, scale_of
from scanner.timeline.telling import ChartFigure, tell, tell_all

START = dt.datetime(2026, 1, 1, 2, tzinfo=dt.UTC)
HOSTILE = "<svg onload=alert(1)>\x1b[31m\u202e{{7*7}}\udcff"


def scan(number, *, complete=True, organization="甲"):
    started = f"{START + dt.timedelta(days=30 * number):%Y-%m-%dT%H:%M:%SZ}"
    return KeptScan(
        id=f"scan-{number}",
        started=started,
        finished=started,
        as_of=started[:10],
        version="0",
        count="exact",
        complete=complete,
        organization=organization,
        sources=("crm",),
        config_digest="",
        record_digest="",
        kept=started,
    )


def line(number, rule, count, threshold=1_000_000, *, scope="organization", verdict="not_met", **more):
    values = {"metric": "held.pi_subjects", "unit": "persons", "operator": "ge"} | more
    persons = count if isinstance(count, Interval) else Interval(count, count, count)
    return KeptLine(
        scan_id=f"scan-{number}",
        rule_id=rule,
        scope=scope,
        verdict=verdict,
        threshold=threshold,
        count=persons,
        **values,
    )


def charts(*lines, scans=3):
    return timeline_of("here", [scan(n) for n in reversed(range(scans))], 0, (), lines).charts


def test_rules_on_one_number_share_a_chart():
    (chart,) = charts(
        line(0, "A", 5),
        line(1, "A", 7),
        line(0, "B", 5, 100_000),
        line(1, "B", 7, 100_000),
        line(2, "B", 9, 100_000),
    )

    assert [(one.rule_id, one.threshold) for one in chart.lines] == [("B", 100_000), ("A", 1_000_000)]
    assert [point.count.estimate for point in chart.points] == [5, 7, 9]


def test_one_metric_counted_in_two_windows_makes_two_charts():
    assert len(charts(line(0, "A", 5), line(0, "B", 50))) == 2


@pytest.mark.parametrize(
    "more",
    [{"metric": "held.spi_subjects"}, {"scope": "flow:eu"}],
)
def test_other_numbers_are_other_charts(more):
    assert len(charts(line(0, "A", 5), line(0, "B", 5, **more))) == 2


@pytest.mark.parametrize(
    "dull",
    [
        line(0, "A", 5, threshold=1),
        line(0, "A", 5, threshold=None),
        line(0, "A", 0),
        line(0, "A", 5, operator="lt"),
        line(0, "A", 5, verdict="not_applicable"),
    ],
)
def test_what_tests_no_number_on_its_way_up_has_no_chart(dull):
    assert charts(dull) == ()


def test_the_chart_nearest_to_its_line_comes_first():
    found = charts(line(0, "FAR", 10), line(0, "NEAR", 900_000, scope="outbound"))

    assert [chart.lines[0].rule_id for chart in found] == ["NEAR", "FAR"]


def test_the_verdict_is_that_of_the_last_scan():
    (chart,) = charts(line(1, "A", 2_000_000, verdict="met"), line(0, "A", 5))

    assert chart.lines[0].verdict == "met"


def test_lines_far_above_are_left_out_where_one_is_near():
    lines = [
        line(0, rule, 1_100_000, n) for rule, n in (("A", 1_000_000), ("B", 2_000_000), ("C", 10_000_000))
    ]
    (chart,) = charts(*lines)
    (alone,) = charts(line(0, "C", 1_100_000, 10_000_000))

    assert [one.rule_id for one in chart.shown] == ["A", "B"]
    assert [one.rule_id for one in alone.shown] == ["C"]


@pytest.mark.parametrize("of_everybody", [False, True])
@pytest.mark.parametrize(
    ("ends", "length"),
    [
        (("100000000000Z-aa", "200000000000Z-aa"), 15),  # of other seconds
        (("00100000Z-aa", "00200000Z-aa"), 16),
        (("00100000Z-aa", "00100000Z-ab"), 25),
    ],
)
def test_beginnings_of_ids_tell_scans_apart(ends, length, of_everybody):
    """Commands take them, and refuse one that fits several scans."""
    ids = [f"{'20261122T031500'[: 25 - len(end)]}{end}"[:25] for end in ends]
    scans = [dataclasses.replace(scan(0), id=name) for name in ids]
    listed = timeline_of("here", scans, 0, (), ())
    page = tell_all(scans, "here", "en") if of_everybody else tell(listed, "en")

    shown = [row.cells[-1] for row in page.sections[0].rows]
    assert len(set(shown)) == 2
    assert {len(name) for name in shown} == {length}
    assert all(name.startswith(cut) for name, cut in zip(ids, shown, strict=True))


def test_the_list_has_people_and_what_follows():
    counts = [
        KeptCount(
            scan_id="scan-1",
            scope="organization",
            name="",
            category=category,
            window="all_time",
            persons=Interval(n, n, n),
            partial=False,
        )
        for category, n in (("all", 9), ("sensitive", 2))
    ]
    lines = [line(1, "A", 9, verdict="met"), line(1, "B", 9, verdict="undetermined")]

    newest, oldest = timeline_of("here", [scan(1), scan(0, complete=False)], 4, counts, lines).scans

    assert (newest.persons.estimate, newest.sensitive.estimate, newest.met, newest.undetermined) == (
        9,
        2,
        1,
        1,
    )
    assert (oldest.persons, oldest.complete) == (None, False)


numbers = st.integers(0, 2_000_000_000)


@given(numbers.filter(bool), st.booleans(), numbers, numbers)
def test_a_scale_keeps_the_order_and_stays_inside(top, logarithmic, one, other):
    scale = Scale(max(2, top), logarithmic)
    low, high = sorted((one, other))

    assert 0 <= scale.place(low) <= scale.place(high) <= 1
    assert all(0 <= tick <= scale.top for tick in scale.ticks())
    assert 1 <= len(scale.ticks()) <= 11


@st.composite
def any_chart(draw):
    bounds = draw(st.lists(st.tuples(numbers, numbers, numbers).map(sorted), min_size=1, max_size=9))
    opened = draw(st.lists(st.booleans(), min_size=len(bounds), max_size=len(bounds)))
    points = tuple(
        Point(
            scan_id=f"s{i}",
            when=START + dt.timedelta(days=i * draw(st.integers(0, 40))),
            count=Interval(low, middle, UNBOUNDED if unbounded else high),
            open_ended=unbounded,
        )
        for i, ((low, middle, high), unbounded) in enumerate(zip(bounds, opened, strict=True))
    )
    thresholds = sorted(draw(st.lists(st.integers(2, 20_000_000), min_size=1, max_size=5)))
    return Chart(
        metric="held.pi_subjects",
        scope="organization",
        unit="persons",
        points=tuple(sorted(points, key=lambda point: point.when)),
        lines=tuple(
            Line(rule_id=f"R{i}", operator="ge", threshold=n, verdict="met") for i, n in enumerate(thresholds)
        ),
    )


@given(any_chart(), st.integers(58, 160))
def test_every_plot_fits_its_width_and_shows_every_scan(chart, width):
    figure = ChartFigure(chart, "en")
    text = figure.text(width)

    assert max(cell_len(row) for row in text.splitlines()) <= width
    assert ("●" in text) or ("○" in text)
    assert f"{chart.points[0].when:%Y-%m-%d}" in text


@given(any_chart())
def test_every_drawing_is_well_formed_and_stays_in_its_frame(chart):
    drawing = ET.fromstring(str(ChartFigure(chart, "zh").svg()))

    circles = [one for one in drawing.iter() if one.tag.endswith("circle")]
    assert len(circles) == len(chart.points)
    for mark in drawing.iter():
        for name, most in (
            ("cx", 960),
            ("x", 960),
            ("x1", 960),
            ("x2", 960),
            ("cy", 320),
            ("y1", 320),
            ("y2", 320),
        ):
            assert 0 <= float(mark.get(name, 0)) <= most
    for band in (one for one in drawing.iter() if one.tag.endswith("polygon")):
        assert all(0 <= float(n) <= 960 for pair in band.get("points").split() for n in pair.split(","))


def test_points_rise_with_their_counts():
    figure = ChartFigure(charts(line(0, "A", 100_000), line(1, "A", 500_000), line(2, "A", 900_000))[0], "en")

    heights = [float(y) for y in re.findall(r'cy="([\d.]+)"', str(figure.svg()))]
    (threshold,) = re.findall(r'class="threshold" [^>]*y1="([\d.]+)"', str(figure.svg()))

    assert heights == sorted(heights, reverse=True)
    assert float(threshold) < heights[-1]


def test_an_open_count_is_hollow_and_has_no_upper_end():
    figure = ChartFigure(charts(line(0, "A", 5), line(1, "A", Interval(4, 5, UNBOUNDED - 3)))[0], "en")

    assert figure.text(100).count("○") == 1
    assert "┆" in figure.text(100)
    assert str(figure.svg()).count("point partial") == 1
    assert "∞" in str(figure.svg())


def test_a_far_line_is_shown_on_a_logarithmic_scale():
    (chart,) = charts(line(0, "A", 50), line(1, "A", 60))

    assert scale_of(chart).logarithmic
    assert not scale_of(charts(line(0, "A", 500_000))[0]).logarithmic
    assert "1,000,000" in plotted(chart, ["≥ 1,000,000"], 80)


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_hostile_names_do_no_harm(tongue, markup):
    lines = [line(0, HOSTILE, 5, scope=f"flow:{HOSTILE}", metric=HOSTILE)]
    timeline = timeline_of(HOSTILE, [scan(0, organization=HOSTILE)], 0, (), lines)
    page = tell(timeline, tongue)

    html, text = render_html([page]), render_text(page)

    html.encode()
    text.encode()
    assert len(timeline.charts) == 1
    tags, attributes = markup(html)
    assert not {name for name in attributes if name.startswith("on")}
    assert not tags & {"script", "link", "img", "iframe", "object"}
    assert "\x1b" not in html + text
    assert "\u202e" not in html + text
    assert "https:" not in html
    assert not re.search(r"<script|<link|<img|@import|url\(", html)


def test_the_page_of_an_empty_store_says_what_to_do():
    page = tell(timeline_of("here", [], 0, (), ()), "en")

    assert page.banner == ("caution", "No scan is kept here; pandian scan keeps scans.")


def test_an_incomplete_latest_scan_is_said_first():
    page = tell(timeline_of("here", [scan(0, complete=False)], 2, (), ()), "en")

    assert "no upper bound" in page.banner[1]
    assert "of other organizations or sources kept here too: 2" in page.lead[-1]


def test_charts_left_out_are_counted():
    lines = [line(0, f"R{n}", 10 + n) for n in range(6)]
    timeline = timeline_of("here", [scan(0)], 0, (), lines)

    assert tell(timeline, "en", short=True).sections[-1].title == "More charts, in HTML and JSON: 2."
    assert len([s for s in tell(timeline, "en").sections if s.figure]) == 6


def test_old_scans_of_a_short_page_are_counted():
    timeline = timeline_of("here", [scan(n) for n in reversed(range(33))], 0, (), ())

    (short,) = tell(timeline, "en", short=True).sections
    (long,) = tell(timeline, "en").sections

    assert (len(short.rows), short.notes) == (30, ("Earlier scans, in HTML and JSON: 3.",))
    assert (len(long.rows), long.notes) == (33, ())


def test_the_json_has_every_number():
    timeline = timeline_of("here", [scan(1), scan(0)], 0, (), [line(0, "A", 5), line(1, "A", 6)])

    (chart,) = to_dict(timeline)["charts"]

    assert [(p["scan_id"], p["when"], p["count"]["estimate"]) for p in chart["points"]] == [
        ("scan-0", "2026-01-01T02:00:00Z", 5),
        ("scan-1", "2026-01-31T02:00:00Z", 6),
    ]
