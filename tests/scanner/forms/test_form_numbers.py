"""Every number in a form is the scan's, and says so: the files are read back and looked up in scan.json."""

from __future__ import annotations

import re

import pytest

from scanner.forms import forms

EVERY = [(form, lang) for form in forms() for lang in ("zh", "en")]
LABELS = {
    "zh": {"scope": "范围", "category": "类别", "window": "期间", "interval": "区间", "scan": "扫描"},
    "en": {
        "scope": "scope",
        "category": "category",
        "window": "period",
        "interval": "interval",
        "scan": "Scan",
    },
}
WINDOWS = {
    "全部存量": "all_time",
    "all data held": "all_time",
    "本年 1 月 1 日至今": "year_to_date",
    "since 1 January": "year_to_date",
}


def _field(source, label):
    found = re.search(rf"{label}[：:] ?(.*?)(?:[；;。]|\.(?: |$))", source)
    return found[1].strip() if found else None


def _interval(source, lang):
    numbers = re.findall(r"\d[\d,]*", _field(source, LABELS[lang]["interval"]) or "")
    return tuple(int(number.replace(",", "")) for number in numbers)


def _counts(record):
    yield from record["organization"]["subjects"]
    yield from record["organization"]["outbound"]
    for flow in record["flows"]:
        yield from flow["subjects"]
    for dataset in record["datasets"]:
        yield from dataset["subjects"]


def _known(record):
    """Return every count of the record as (scope, window, lower, estimate, upper)."""
    return {(c["scope"], c["window"], c["lower"], c["estimate"], c["upper"]) for c in _counts(record)}


def _scope(name):
    for words, scope in (("全组织", "organization"), ("whole", "organization"), ("数据集", "dataset"),
                         ("dataset", "dataset"), ("出境数据流", "flow"), ("outbound flow", "flow"),
                         ("全部非豁免", "flow"), ("all non-exempt", "flow")):  # fmt: skip
        if name.startswith(words):
            return scope
    raise AssertionError(name)


def _check(found, record, lang):
    """Check one number of a form against the record that its source names."""
    source, numbers = found.source, found.numbers
    labels = LABELS[lang]
    if "declared by the organization" in source or "组织申报的事实" in source:
        return "declared"
    assert record["scan"]["id"] in source
    assert record["scan"]["as_of"] in source
    if _field(source, labels["category"]):
        lower, *_, upper = _interval(source, lang)
        scope = _scope(_field(source, labels["scope"]))
        window = WINDOWS[_field(source, labels["window"])]
        known = {(lo, est, up) for s, w, lo, est, up in _known(record) if (s, w) == (scope, window)}
        assert any((lo, up) == (lower, upper) and set(numbers) <= {lo, est, up} for lo, est, up in known)
        return "counted"
    rule = re.search(r"(?:规则|rule) ([A-Z0-9-]+)", source)
    if rule:
        counts = [f["count"] for f in record["findings"] if f["rule_id"] == rule[1] and f["count"]]
        assert any(set(numbers) <= {c["lower"], c["estimate"], c["upper"]} for c in counts)
        return "tested"
    flow = re.search(r"(?:数据流|of flow) ([\w-]+)", source)
    if flow:
        items = next(f["items"] for f in record["flows"] if f["name"] == flow[1])
        persons = [item["persons"] for item in items if item["persons"]]
        assert any(set(numbers) <= {p["lower"], p["estimate"], p["upper"]} for p in persons)
        return "item"
    return "stated"


@pytest.mark.parametrize("form_format", ["docx", "xlsx"])
@pytest.mark.parametrize(("form", "lang"), EVERY)
def test_every_number_is_that_of_the_scan(form, lang, form_format, declared, read, demo_record):
    document = read[form_format](declared(form, form_format, lang))
    numbers = document.sourced()

    kinds = [_check(found, demo_record, lang) for found in numbers]

    assert kinds
    assert set(kinds) & {"counted", "tested"}


@pytest.mark.parametrize("form", forms())
def test_no_number_of_persons_stands_without_its_source(form, declared, read):
    document = read["docx"](declared(form, "docx"))
    shown = re.findall(r"\d[\d,]* 人", document.text)

    sourced = [found for found in document.sourced() if re.search(r"\d 人", found.shown)]

    assert len(sourced) == len(shown)


@pytest.mark.parametrize("form", forms())
def test_a_workbook_holds_numbers_as_numbers(form, declared, read):
    cells = [cell for cell in read["xlsx"](declared(form, "xlsx")).cells if cell.comment is not None]

    assert cells
    assert all(isinstance(cell.value, int) for cell in cells)


@pytest.mark.parametrize("form", forms())
def test_document_and_workbook_agree(form, declared, read):
    shown = {n for found in read["docx"](declared(form, "docx")).sourced() for n in found.numbers}
    cells = {n for found in read["xlsx"](declared(form, "xlsx")).sourced() for n in found.numbers}

    assert shown <= cells


def test_stated_numbers_are_those_of_the_record(declared, read, demo_record):
    document = read["docx"](declared("self-assessment", "docx"))
    sent = next(f for f in demo_record["flows"] if not f["exemption"])["items"]
    columns = {
        (d["name"], t["name"], c["name"]): tuple(g["type"] for g in c["tags"] if g["decision"] != "rejected")
        for d in demo_record["datasets"]
        for t in d["tables"]
        for c in t["columns"]
    }
    types = [columns[item["dataset"], item["table"], item["column"]] for item in sent]
    named = {found or item["column"] for item, found in zip(sent, types, strict=True)}
    tables = [table for dataset in demo_record["datasets"] for table in dataset["tables"]]
    tagged = [c for t in tables for c in t["columns"] if any(g["decision"] != "rejected" for g in c["tags"])]

    assert f"{len(demo_record['datasets'])} 个数据集" in document.text
    assert f"{len(tables)} 张表" in document.text
    assert f"{len(tagged)} 列" in document.text
    book = read["xlsx"](declared("self-assessment", "xlsx")).book
    listed = next(sheet for sheet in book if sheet.title.startswith("数据项清单"))
    numbers = [cell.value for cell in listed["A"] if str(cell.value).isdigit()]
    assert numbers == [str(n) for n in range(1, len(named) + 1)]
