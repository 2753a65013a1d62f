"""A comparison as a page: the answer first, in both languages, with nothing hostile in it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from scanner.changes import diff
from scanner.changes.model import CountChange
from scanner.changes.telling import MOST_ROWS, tell
from scanner.pages import render_html, render_text
from scanner.result import Interval, NotScanned
from scanner.words.texts import texts_of

HOSTILE = (
    "<script>alert(1)</script>",
    "\"quoted' & <b onmouseover='alert(2)'>",
    "line\r\nbreak\x1b[31m",
    "\u202egnp.elif\u202c",
    "{{ 7 * 7 }}{% raw %}{name}",
    "[red]x[/red]",
    "file\udcff.csv",
    "甲" * 300,
)

TAGS = "html head meta title style body main header h1 h2 p a section div table thead tbody tr th td"


@pytest.fixture(scope="module")
def changed(scanned, base):
    """Return a comparison with a bit of everything."""
    after = scanned({"customer": (["mobile", "email", "note"], 60), "guest": (["bank_card"], 40)})
    missed = NotScanned(source="hr", table="salary", reason="permission denied")
    return diff(base, replace(after, not_scanned=(missed,), complete=False))


def named(result, name):
    """Return a result all of whose names are ``name``."""
    (dataset,) = result.datasets
    tables = tuple(
        replace(
            t,
            name=f"{name}{i}",
            columns=tuple(replace(c, name=f"{name}{j}") for j, c in enumerate(t.columns)),
        )
        for i, t in enumerate(dataset.tables)
    )
    missed = NotScanned(source=name, table=name, column=name, reason=name)
    datasets = (replace(dataset, name=name, source=name, tables=tables),)
    return replace(result, datasets=datasets, not_scanned=(missed,), complete=False)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_do_no_harm(name, base, scanned, markup):
    empty = named(scanned({"a": (["note"], 5), "b": (["note"], 5)}), name)
    changes = diff(replace(empty, not_scanned=()), named(base, name))
    pages = [tell(changes, "zh"), tell(changes, "en")]

    html = render_html(pages)
    text = render_text(pages[1])

    html.encode("utf-8")
    text.encode("utf-8")
    tags, attributes = markup(html)
    assert tags <= set(TAGS.split())
    assert not {name for name in attributes if name.startswith("on")}
    assert "\x1b" not in html + text
    assert "\u202e" not in html + text
    assert not [line for line in text.splitlines() if cell_len(line) > 100]


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_the_page_says_what_changed(changed, tongue):
    text = render_text(tell(changed, tongue), width=140)

    for word in ("frames/guest.bank_card", "frames/customer.email", "frames/customer.id_card", "hr/salary"):
        assert word in text
    assert {"zh": "现已满足", "en": "Met now"}[tongue] in text
    assert {"zh": "银行卡号", "en": "Bank card number"}[tongue] in text
    assert "–" in text


def test_the_answer_comes_first(changed):
    page = tell(changed, "en")

    reached = len(changed.reached)
    assert page.banner[0] == "alarm"
    assert f"Lines newly reached: {reached}. New columns with personal information: 2." in page.banner[1]


def test_nothing_is_said_to_be_nothing(base):
    page = tell(diff(base, base), "en")

    assert page.banner == ("good", "Nothing changed.")
    assert page.sections == ()


def test_unread_data_forbid_a_quiet_answer(base, without):
    page = tell(diff(base, without(base, "member")), "en")

    assert page.banner[0] == "caution"
    assert "not proven" in page.banner[1]


def test_long_tables_are_cut_and_say_so(changed):
    count = CountChange(
        scope="dataset",
        name="d",
        category="all",
        window="all_time",
        before=Interval(1, 1, 1),
        after=Interval(2, 2, 2),
        difference=1,
        percent=100.0,
        exceeds=True,
    )
    many = replace(changed, counts=tuple(replace(count, name=f"d{n}") for n in range(MOST_ROWS + 7)))

    (people,) = [section for section in tell(many, "en").sections if section.key == "people"]

    assert len(people.rows) == MOST_ROWS
    assert people.notes[-1] == "7 more are in the JSON."


@pytest.mark.parametrize("package", ["scanner.changes", "scanner.timeline"])
def test_every_text_is_in_both_languages_with_the_same_places(package):
    for key, both in texts_of(package).items():
        assert set(both) == {"zh", "en"}, key
        assert set(re.findall(r"\{\w+\}", both["zh"])) == set(re.findall(r"\{\w+\}", both["en"])), key


def test_the_html_loads_nothing_and_runs_nothing(changed):
    html = render_html([tell(changed, "en")])

    assert "default-src 'none'" in html
    assert not re.search(r"https?://|<script|<link|<img|@import|url\(", html)
