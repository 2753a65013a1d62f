"""While something is unread no upper bound holds, and no view of the scan states one."""

from __future__ import annotations

import re

import pytest

from scanner.catalogue._rows import sheets
from scanner.catalogue._said import numbers
from scanner.notebook.display import fragment
from scanner.notify.scan_news import scan_news
from scanner.report import html, terminal
from scanner.result import UNBOUNDED

from .pipelines import UNREACHABLE, columns, scan


@pytest.fixture
def incomplete(make_people):
    return scan({"crm": {"t": columns(make_people(30))}, "hr": UNREACHABLE})


def test_a_count_of_what_was_read_is_left_open(incomplete):
    everybody = incomplete.organization.subjects[0]

    assert (everybody.category, everybody.upper, everybody.partial) == ("all", 30, True)
    assert everybody.bounds.upper == UNBOUNDED
    assert not incomplete.datasets[0].subjects[0].partial, "its whole source was read"


def test_the_summary_and_the_pages_say_so(incomplete):
    page = html.render(incomplete, lang="en")

    assert re.search(r"All people +30 – ∞, estimate 30", terminal.render(incomplete))
    assert '<p class="figure">30</p><p class="sub">30 – ∞</p>' in page
    assert "bounds agree" not in page
    assert "<b>≥ 30 " in fragment(incomplete, "en")


def test_exports_leave_the_upper_bound_out(incomplete):
    people = next(sheet for sheet in sheets(incomplete) if sheet.name == "people")
    of = {(row[0], row[2]): row[4:7] for row in people.rows}

    assert of["organization", "all"] == (30, 30, None)
    assert of["dataset", "all"] == (30, 30, 30)
    assert numbers(incomplete.datasets[0].tables[0])["data_subjects.upper"] == "30"


def test_the_message_of_a_first_scan_says_so(incomplete):
    first = next(scan_news(None, incomplete, None))

    assert "30 (30 – ∞)" in first.en
