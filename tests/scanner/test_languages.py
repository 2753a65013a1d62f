"""A scan in which much goes wrong, reported in one language: nothing of ours is in the other one."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from scanner import scan
from scanner.report import render
from scanner.report._texts import texts

HAN = re.compile(r"[\u4e00-\u9fff]+")
ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,}")
# In a Chinese report: sources of law as they are cited abroad, commands.
CITED = re.compile(
    r"CAC Q&A|NDSMR|GB/T|pandian [a-z]+( list| SCAN| --form called| --format ics)?|arts? [0-9, ]+"
)
# In an English report: words of the law in brackets after a number or where it is quoted, and our own name.
QUOTED = re.compile(r"\([^()]*[\u4e00-\u9fff][^()]*\)|（[^（）]*）|《[^《》]*》|says \S+|盘点|超过|以上")

CONFIG = """
organization: {name: ACME}
sources:
  - {name: odd, url: FOLDER}
  - {name: none, url: FOLDER/nothing.csv}
  - {name: closed, url: "postgresql+psycopg://a:b@127.0.0.1:1/x"}
tables:
  - {dataset: odd, table: nope}
flows:
  - name: f1
    recipient_country: DE
    purpose: crm
    tables: [{dataset: odd, table: people, time_column: nowhere}, {dataset: odd, table: gone}]
"""
FILES = {
    "broken.parquet": b"garbage",
    "bad.jsonl": b'{"a":1',
    "empty.csv": b"",
    "people.csv": b"name,phone\nWang,13800138000\nLi,13900139000,extra\n",
    "nameless.csv": b"13800138000,1\n13900139000,2\n13800138001,3\n",
    "tool.exe": b"x",
    "bytes.csv": b"a,b\n\xff\xfe\xfa\x81,2\n",
    "book.xlsx": b"x" * 99,
    "x.orc": b"x" * 99,
    "y.arrow": b"x" * 99,
    "delta/_delta_log/00000000000000000000.json": b"{bad",
    "ice/metadata/v1.metadata.json": b"{",
}


class Shown(HTMLParser):
    """All that a reader may see: texts, titles of elements, and the texts that the script shows."""

    def __init__(self, page):
        super().__init__()
        self.texts, self.open, self.quoting = [], "", False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.open = tag
        self.quoting = self.quoting or tag == "blockquote"
        self.texts += [value for name, value in attrs if name in {"title", "aria-label", "placeholder"}]

    def handle_endtag(self, tag):
        self.quoting = self.quoting and tag != "blockquote"

    def handle_data(self, data):
        if self.open == "script" and data.lstrip().startswith("{"):
            self.texts += [text for phrase in json.loads(data)["phrases"] for text in phrase]
        elif self.open not in {"script", "style"} and not self.quoting and data.strip():
            self.texts.append(data.strip())


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("odd")
    for name, content in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    config = folder.with_suffix(".yaml")
    config.write_text(CONFIG.replace("FOLDER", str(folder)), "utf-8")
    return scan(config=config, as_of="2026-11-22", store=False).record


def test_much_of_it_was_not_read(result):
    assert len({entry.reason for entry in result.not_scanned}) >= 12
    assert len(result.scan.limits) >= 1


@pytest.mark.parametrize("what", ["html", "text"])
def test_a_chinese_report_has_nothing_in_english(result, what):
    report = render(what, result, "zh")
    shown = Shown(report).texts if what == "html" else report.splitlines()

    assert [text for text in shown if ENGLISH.search(CITED.sub("", text))] == []


def test_an_english_report_has_nothing_in_chinese_but_what_it_quotes(result):
    shown = [QUOTED.sub("", text) for text in Shown(render("html", result, "en")).texts]
    laws = {finding.quote for finding in result.findings}
    ours = {words["zh"] for words in texts().values()}

    assert [text for text in shown if HAN.search(text) and text not in laws] == []
    assert ours.isdisjoint(shown)


@pytest.mark.parametrize(("what", "lang"), [("html", "zh"), ("html", "en"), ("text", "zh"), ("text", "en")])
def test_what_a_flow_lacks_is_said_where_the_flow_is_shown(result, what, lang):
    report = " ".join(render(what, result, lang).split())
    flow = report.partition('<section id="flows">' if what == "html" else "f1")[2]
    shown = flow.partition(
        "</section>" if what == "html" else {"zh": "个人信息分布", "en": "Where personal"}[lang]
    )[0]

    assert "odd/people" in shown
    assert "nowhere" in shown
    assert "time_column" in shown
    assert "odd/gone" in shown


def test_the_record_names_the_tables_of_a_flow_read_or_not(result):
    (flow,) = result.flows

    assert flow.tables == ("odd/people", "odd/gone")
