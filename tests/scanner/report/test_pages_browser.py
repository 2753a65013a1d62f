"""Comparisons and histories in a real browser: no request, no complaint, no grave fault."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe

from scanner.changes import diff
from scanner.changes.telling import tell as tell_changes
from scanner.pages import render_html
from scanner.result import UNBOUNDED, Interval
from scanner.timeline import Chart, Line, Point, ScanFigures, Timeline
from scanner.timeline.telling import tell as tell_timeline


@pytest.fixture(scope="module")
def comparison(result, empty_result):
    """Return what changed to the realistic result from one with less in it, some of it unread."""
    fewer = tuple(replace(dataset, tables=dataset.tables[1:]) for dataset in result.datasets)
    findings = tuple(replace(finding, verdict="not_met") for finding in result.findings)
    before = replace(result, datasets=fewer, findings=findings, not_scanned=empty_result.not_scanned)
    return [tell_changes(diff(before, result), tongue) for tongue in ("zh", "en")]


@pytest.fixture(scope="module")
def history():
    start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    points = tuple(
        Point(
            scan_id=f"scan-{n}",
            when=start + dt.timedelta(days=30 * n),
            count=Interval(
                900_000 + n * 20_000, 920_000 + n * 20_000, UNBOUNDED if n == 4 else 950_000 + n * 20_000
            ),
            open_ended=n == 4,
        )
        for n in range(9)
    )
    line = Line(rule_id="PIPL-52-OFFICER", operator="ge", threshold=1_000_000, verdict="met")
    chart = Chart(
        metric="held.pi_subjects", scope="organization", unit="persons", points=points, lines=(line,)
    )
    scans = tuple(
        ScanFigures(
            id=point.scan_id,
            started=f"{point.when:%Y-%m-%dT%H:%M:%SZ}",
            as_of=f"{point.when:%Y-%m-%d}",
            complete=not point.open_ended,
            organization="甲",
            sources=("crm",),
            persons=point.count,
            sensitive=None,
            met=3,
            undetermined=1,
        )
        for point in reversed(points)
    )
    timeline = Timeline(location="here", organization="甲", scans=scans, others=0, charts=(chart, chart))
    return [tell_timeline(timeline, tongue) for tongue in ("zh", "en")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["comparison", "history"])
def test_a_page_loads_nothing_fits_its_width_and_has_no_grave_fault(
    name, width, scheme, browser, request, tmp_path
):
    file = tmp_path / "page.html"
    file.write_text(render_html(request.getfixturevalue(name)), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda one: asked.append(one.url))
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(file.as_uri())
    faults = [
        (fault["id"], [node["html"][:120] for node in fault["nodes"][:3]])
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    context.close()

    assert asked == [file.as_uri()]
    assert faults == []
    assert overflow <= 0
    assert complaints == []
