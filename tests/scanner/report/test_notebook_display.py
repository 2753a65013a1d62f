"""What a notebook shows of a result: a fragment that fits a page, in two languages, nothing live in it."""

import dataclasses
import re
from html.parser import HTMLParser

import pytest

from scanner.notebook import ScanResult
from scanner.notebook.display import fragment
from scanner.notebook.display._content import MOST_COLUMNS, MOST_LINES, MOST_MISSED, content
from scanner.result import NotScanned
from scanner.words.texts import texts_of

PAGE = (794, 1123)  # A4 at 96 dots an inch, in CSS pixels


class Reader(HTMLParser):
    """What a browser would see: elements, attributes and text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.attributes, self.text = [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def crowded(make_large, result):
    """A result with more of everything than fits."""
    many = make_large(200)
    missed = tuple(NotScanned(source="crm", table="t" * 200, reason=f"{i}" * 900) for i in range(9))
    return dataclasses.replace(
        many,
        findings=result.findings * 5,
        organization=result.organization,
        not_scanned=missed,
        complete=False,
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("which", ["result", "empty_result", "crowded"])
def test_it_fits_a_page_in_a_browser(browser, request, which, lang):
    page = browser.new_page(viewport={"width": PAGE[0], "height": PAGE[1]})
    page.set_content(fragment(request.getfixturevalue(which), lang))
    box = page.locator(".pandian").bounding_box()
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert box["height"] <= PAGE[1]
    assert wide <= PAGE[0]


def test_it_holds_the_numbers_of_the_scan(result):
    seen = Reader(fragment(result, "en")).text
    everybody = next(c for c in result.organization.subjects if c.category == "all")

    assert f"{everybody.lower:,} – {everybody.upper:,}" in seen
    for dataset in result.datasets:
        for table in dataset.tables:
            for column in table.columns:
                shown = f"{column.name}" in seen
                assert shown or len(content(result, "en").held) == MOST_COLUMNS


def test_what_does_not_fit_is_counted_and_the_method_that_has_it_is_named(crowded):
    shown = content(crowded, "en")
    seen = Reader(fragment(crowded, "en")).text

    assert len(shown.held) == MOST_COLUMNS
    assert len(shown.lines) == MOST_LINES
    assert len(shown.missed) == MOST_MISSED
    assert f"{shown.held_more:,} more in .columns()" in seen
    assert f"{shown.lines_more} more in .findings()" in seen
    assert "6 more in .not_scanned()" in seen
    assert "not complete" in seen
    methods = set(re.findall(r"\.(\w+)\(\)", seen))
    assert all(callable(getattr(ScanResult, method)) for method in methods)


def test_sensitive_columns_come_first(result):
    shown = [held.sensitive for held in content(result, "en").held]

    assert shown == sorted(shown, reverse=True)
    assert any(shown)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_are_text(result, hostile_names, lang):
    safe = Reader(fragment(result, lang))
    seen = fragment(result, lang)

    assert set(safe.elements) <= {
        "div", "style", "b", "span", "h5", "table", "tr", "td", "th", "svg", "line", "rect", "circle", "code",
    }  # fmt: skip
    assert not [name for name in safe.attributes if name.startswith("on") or name in {"href", "src"}]
    assert not re.search(r"https?://|@import|url\(", seen)
    assert "\u202e" not in seen
    assert "\x1b" not in seen


def test_a_hostile_column_is_shown_as_its_characters(result):
    name = '<img src=x onerror="alert(1)">\u202e{{ 7*7 }}'
    (dataset, *_) = result.datasets
    (table, *_) = dataset.tables
    columns = tuple(dataclasses.replace(column, name=name) for column in table.columns)
    changed = dataclasses.replace(
        result,
        datasets=(dataclasses.replace(dataset, tables=(dataclasses.replace(table, columns=columns),)),),
    )
    seen = fragment(changed, "en")

    assert "<img" not in seen
    assert "49" not in Reader(seen).text.partition("Columns")[2].partition("People")[0]
    assert "⟨U+202E⟩" in seen


def test_it_speaks_one_language_and_changes_it(result):
    chinese, english = fragment(result, "zh"), fragment(result, "en")

    assert 'lang="zh"' in chinese
    assert "含个人信息的列" in chinese
    assert "含个人信息的列" not in english
    assert ScanResult(result, "en").show("zh")._repr_html_() == chinese


def test_every_label_is_in_both_languages_with_the_same_places():
    for key, said in texts_of("scanner.notebook.display").items():
        assert set(said) == {"zh", "en"}, key
        assert set(re.findall(r"{\w+}", said["zh"])) == set(re.findall(r"{\w+}", said["en"])), key
