"""The page: harmless, self-contained, in two languages, accessible, small."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from scanner.report import html
from scanner.report._texts import texts
from scanner.words.visible import visible

VOID = {"meta", "input", "br", "rect", "line", "circle"}
LANGS = ("zh", "en", "both")


class Page(HTMLParser):
    """Elements, texts and nesting of a page."""

    def __init__(self, source):
        super().__init__()
        self.elements, self.texts, self.open, self.raw = [], [], [], {}
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in ("style", "script"):
            kind = "ledger" if self.elements[-1][1].get("id") == "ledger" else self.open[-1]
            self.raw[kind] = data
        elif data.strip():
            self.texts.append(data.strip())

    def all(self, name):
        return [attrs for tag, attrs in self.elements if tag == name]

    def having(self, attribute):
        return [attrs[attribute] for _, attrs in self.elements if attribute in attrs]


@pytest.fixture(scope="module", params=LANGS)
def page(request, result):
    return Page(html.render(result, lang=request.param))


@pytest.fixture(scope="module")
def english(result):
    return " ".join(Page(html.render(result, lang="en")).texts)


def test_every_element_is_closed(page):
    assert page.open == []


def test_hostile_names_add_no_element_and_no_attribute(page):
    names = {tag for tag, _ in page.elements}

    assert [script.get("type") for script in page.all("script")] == ["application/json", None]
    assert names.isdisjoint(
        {"img", "iframe", "object", "embed", "link", "base", "form", "video", "audio", "image"}
    )
    assert [a for _, attrs in page.elements for a in attrs if a.startswith("on") or a == "style"] == []


def test_every_hostile_name_is_shown_or_listed_in_full(result, hostile_names):
    page = Page(html.render(result, lang="en"))
    shown = [*page.texts, *json.loads(page.raw["ledger"])["texts"]]

    assert [name for name in hostile_names if visible(name) not in shown] == []


def test_no_invisible_character_reaches_the_page(result):
    source = html.render(result)

    assert source.replace("\n", "").isprintable()


def test_the_page_refers_to_nothing_but_itself(page):
    ids = set(page.having("id"))

    assert page.having("src") == []
    assert {href.partition("?")[0] for href in page.having("href")} <= {f"#{name}" for name in ids}
    assert not re.search(r"url\(|@import|https?:", page.raw["style"])


def test_the_policy_allows_this_style_and_this_script_only(page):
    policies = [m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    digests = {
        kind: b64encode(hashlib.sha256(content.encode()).digest()).decode()
        for kind, content in page.raw.items()
        if kind != "ledger"  # data, which no policy has to allow
    }

    expected = (
        f"default-src 'none'; style-src 'sha256-{digests['style']}'; "
        f"script-src 'sha256-{digests['script']}'; base-uri 'none'; form-action 'none'"
    )

    assert policies == [expected]


def test_ids_are_unique(page):
    assert [name for name, times in Counter(page.having("id")).items() if times > 1] == []


def test_headings_start_at_one_and_skip_no_level(page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_drawings_speak_or_are_hidden(page):
    assert [svg for svg in page.all("svg") if not (svg.get("aria-label") or svg.get("aria-hidden"))] == []


def test_wide_tables_scroll_in_a_box_that_the_keyboard_reaches_and_that_has_a_name(page):
    boxes = [div for div in page.all("div") if div.get("class") in ("scroll", "rows")]

    assert len(boxes) == len(page.all("table")) == len(page.all("caption"))
    assert all(box["tabindex"] == "0" and box["role"] == "group" and box["aria-label"] for box in boxes)


@pytest.mark.parametrize(("lang", "other"), [("zh", "en"), ("en", "zh")])
def test_one_language_holds_no_label_of_the_other(lang, other, result):
    shown = set(Page(html.render(result, lang=lang)).texts)
    foreign = {words[other] for words in texts().values()} - {words[lang] for words in texts().values()}

    assert shown & foreign - {"盘点", "Pandian"} == set()


def test_both_languages_are_told_apart_and_complete(result):
    page = Page(html.render(result, lang="both"))
    languages = Counter(page.having("lang"))

    assert languages["zh-CN"] - 1 == languages["en"]  # the page itself is Chinese
    switches = [label["for"] for label in page.all("label") if "language" in label.get("for", "")]
    assert switches == ["language-zh", "language-en"]
    assert [field["id"] for field in page.all("input") if "checked" in field] == ["language-zh", "theme-auto"]


@pytest.mark.parametrize(
    "words",
    [
        "Not complete: things not read: 4.",
        "1,301,220 – 1,566,903 estimate 1,384,410 modelled ≈ 1,342,000",
        "0 – 48,212 not identifiable",
        "8,914 – 13,658 estimate 10,102 people",
        "The line lies inside the interval",
        "Declare: <script>alert(1)</script>",
        "provincial CAC (contract) or an accredited certification body",
        "crm audit_log permission denied",
        "hdfs (whole source) the source did not open within 30 s",
        "export-2024 2024-03-22 sha256:51be90aa1",
        "It is not legal advice.",
        # each line: distance, addressee, deadline with its day, conditions met and assumed
        "beyond 301,220 – 566,903 beyond it (30.1 – 56.7 %)",
        "straddling the lower bound is 1,086 short of it, the upper bound 3,658 beyond",
        "near 4,598 – 11,070 short of it (4.6 – 11.1 %)",
        "Addressee PI processor",
        "within 30 working days after reaching the number 2027-01-07",
        "Sanction up to CNY 50 million",
        "Conditions met in business",
        "Assumed, to be checked not research",
        # negative list, necessity, grades, obligations
        "RETAIL-1 <script>alert(1)</script> security assessment 8,914 – 13,658",
        "Columns outside the list 1 crm_sync.shop_code",
        "Columns that could not be decided 1 crm_sync.<script>",
        "email crm · crm_sync E-mail address 0 – 109,870 estimate 95,101 80 % expected",
        "Diagnosis, type_of_own ◆ sensitive",
        "core indicated for a person to decide Tracks of a wide area.",
        "JR/T 0197-2020 4 / 5",
        "overdue 2026-05-01 duty of AUD-LATE",
        "coming 2026-11-23 02:10 duty of CLOCK",
        "at the latest 2028-05-01 can be done from 2027-02-08",
        "Assumed: the number was reached on 2026-11-22",
        "Conditional, while the verdict is open (1)",
        "nothing counts twice, and nothing is missing",
        "crm orders connection lost 2",
        "lake (list of tables) lock timeout 1",
    ],
)
def test_the_page_says_what_matters(words, english):
    assert words in english


def test_a_complete_scan_says_so(result):
    shown = " ".join(Page(html.render(replace(result, complete=True, not_scanned=()), lang="en")).texts)

    assert "Complete: everything in the named sources was read." in shown
    assert "Nothing. Everything in the named sources was read." in shown


def test_the_counts_on_the_cover_of_an_incomplete_scan_are_of_what_was_read(result, english):
    said = "of what was read; no upper bound holds"
    complete = html.render(replace(result, complete=True, not_scanned=()), lang="en")

    assert english.count(said) == 4
    assert said not in complete


def test_an_incomplete_scan_without_a_list_is_not_called_complete(result):
    shown = " ".join(Page(html.render(replace(result, not_scanned=()), lang="en")).texts)

    assert "Not complete: what was not read is not listed" in shown
    assert "everything in the named sources was read" not in shown.casefold()


def test_an_empty_result_claims_nothing(empty_result):
    shown = " ".join(Page(html.render(empty_result, lang="en")).texts)

    assert shown.count("not counted") == 4
    assert "Not counted does not mean zero." in shown
    assert "No outbound flow is declared." in shown
    assert "No personal information was found." in shown
    assert "This scan evaluated no rules." in shown


def test_each_line_with_a_number_has_a_gauge_beside_the_others_and_one_of_its_own(page):
    own = [figure for figure in page.all("figure") if figure["class"].startswith("gauge")]
    beside = [span for span in page.all("span") if span.get("class", "").startswith("gauge ")]

    assert len(own) == len(beside) == 6  # two met, two undetermined, one near, one far


def test_links_of_rules_lead_to_the_appendix(page):
    rows = [row["id"] for row in page.all("tr") if row.get("id", "").startswith("rule-")]

    assert sorted(rows) == sorted(f"rule-{i}" for i in range(1, len(rows) + 1))


def test_five_thousand_tables_fit_in_five_megabytes(make_large):
    source = html.render(make_large(5_000))

    assert len(source.encode()) < 5_000_000
    assert all(f"table_{number:05}" in source for number in range(0, 5_000, 499))
    assert texts()["where.collapsed"]["en"] in source


def test_sixty_tables_are_mapped_one_by_one_and_more_by_dataset(make_large):
    few, many = (html.render(make_large(number), lang="en") for number in (60, 61))

    assert ">table_00059</a></th>" in few.split('id="where"')[1].split("</section>")[0]
    assert ">table_00059</a></th>" not in many.split('id="where"')[1].split("</section>")[0]


def test_datasets_of_one_grade_for_one_reason_share_a_row(make_large):
    grades = html.render(make_large(300), lang="en").split('id="grades"')[1].split("</section>")[0]

    assert grades.count("none reached") == 1
    assert all(f"warehouse/{number:03}" in grades for number in range(3))


def test_an_article_is_quoted_once_beside_all_rules_that_rest_on_it(result):
    first, second, *rest = result.findings
    quoted = [
        replace(one, instrument="Law", instrument_zh="法", article="1", quote="原文")
        for one in (first, second)
    ]
    shown = html.render(replace(result, findings=(*quoted, *rest)), lang="en").split('id="rules"')[1]

    assert shown.count("原文") == 1
    assert 'rowspan="3"' in shown  # two rules and the quotation


def test_without_scripts_the_page_says_what_is_missing(english):
    assert "The list that belongs here (30 columns with personal information in 16 tables" in english
