"""One list, laid out in several ways: each loads to the same lines and decides alike."""

from __future__ import annotations

import csv
import datetime as dt
import io

import openpyxl
import pytest

from scanner.negative_lists import Declared, Edition, ListProblem, decide, load_list
from scanner.negative_lists.persons import LineUnreadable, persons_lines
from scanner.result import Interval

DAY = dt.date(2026, 11, 22)
EDITION = Edition(
    zone="beijing", edition="2026", title="t", effective_from=dt.date(2026, 5, 11), source="t", compiled=DAY
)
A, C = "security_assessment", "standard_contract_or_certification"
MEANT = {
    "会员管理": {
        "姓名": (False, {(A, "nonsensitive", "ge", 500_000), (C, "nonsensitive", "ge", 100_000)}),
        "手机号": (False, {(A, "nonsensitive", "ge", 500_000), (C, "nonsensitive", "ge", 100_000)}),
        "银行卡号": (False, {(A, "sensitive", "ge", 50_000), (C, "sensitive", "ge", 1)}),
    },
    "售后服务": {"车间产能": (True, set())},
}
WIDE, NARROW = (
    "自当年1月1日起累计50万人以上（不含敏感个人信息）",
    "10万人以上、不满50万人（不含敏感个人信息）",
)
CARDS, FEW = "5万人以上敏感个人信息", "不满5万人敏感个人信息"


def workbook(*sheets, merged=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        made = book.create_sheet(title)
        for row in rows:
            made.append(row)
        for area in merged:
            made.merge_cells(area)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_csv(rows, encoding="utf-8", delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def headings_over_two_rows():
    return [
        ["中国（北京）自由贸易试验区数据出境负面清单", "", "", "", "", "", ""],
        ["序号", "行业", "业务场景", "数据项", "数据类别", "出境数量门槛", ""],
        ["", "", "", "", "", "安全评估", "标准合同备案或认证"],
        ["1", "零售", "会员管理", "姓名、手机号", "个人信息", WIDE, NARROW],
        ["2", "零售", "会员管理", "银行卡号", "个人信息", CARDS, FEW],
        ["3", "汽车", "售后服务", "车间产能", "重要数据", "/", "/"],
        ["注：1. 本清单所称数量按自然人计算。", "", "", "", "", "", ""],
    ]


def parts_under_a_mechanism():
    heads = ["序号", "行业", "场景", "数据子类", "数量要求"]
    return [
        ["负面清单", "", "", "", ""],
        ["第一部分 需要通过数据出境安全评估的重要数据清单", "", "", "", ""],
        heads,
        ["1", "汽车", "售后服务", "车间产能", "/"],
        ["第二部分 需要通过数据出境安全评估的个人信息清单", "", "", "", ""],
        heads,
        ["1", "零售", "会员管理", "1. 姓名；2. 手机号", WIDE],
        ["2", "零售", "会员管理", "银行卡号", CARDS],
        ["第三部分 需要订立标准合同或者通过认证的个人信息清单", "", "", "", ""],
        heads,
        ["1", "零售", "会员管理", "姓名，手机号", NARROW],
        ["2", "零售", "会员管理", "银行卡号", FEW],
    ]


def chapters_and_sections():
    return [
        ["序号", "数据字段", "数据性质", "申报安全评估的数量", "备案标准合同的数量"],
        ["一、零售行业", "", "", "", ""],
        ["（一）会员管理场景", "", "", "", ""],
        ["1", "姓名", "个人信息", WIDE, NARROW],
        ["2", "手机号", "个人信息", WIDE, NARROW],
        ["3", "银行卡号", "个人信息", CARDS, FEW],
        ["二、汽车行业", "", "", "", ""],
        ["（一）售后服务场景", "", "", "", ""],
        ["4", "车间产能", "重要数据", "", ""],
    ]


def other_words():
    return [
        [
            "所属行业",
            "应用场景",
            "字段名称",
            "数据类型",
            "需申报数据出境安全评估",
            "需订立标准合同、通过认证",
        ],
        [
            "零售",
            "会员管理",
            "姓名\n手机号",
            "一般个人信息",
            "五十万人以上（非敏感）",
            "十万人（含）以上（非敏感）",
        ],
        ["", "", "银行卡号", "敏感个人信息", "≥50,000人（敏感）", "1人以上（敏感）"],
        ["汽车", "售后服务", "车间产能", "重要数据", "无", "无"],
    ]


def two_sheets():
    heads = ["行业领域", "业务场景", "数据项", "数据基本特征与描述"]
    assessed = [
        heads,
        ["零售", "会员管理", "姓名、手机号", f"会员的身份信息，{WIDE}"],
        ["零售", "会员管理", "银行卡号", CARDS],
    ]
    filed = [heads, ["零售", "会员管理", "姓名、手机号", NARROW], ["零售", "会员管理", "银行卡号", FEW]]
    important = [heads, ["汽车", "售后服务", "车间产能", "反映产能的数据"]]
    return (
        ("填表说明", [["本表分三部分"]]),
        ("重要数据（安全评估）", important),
        ("个人信息（安全评估）", assessed),
        ("标准合同、认证", filed),
    )


LAYOUTS = {
    "two-row headings, CSV": ("t.csv", as_csv(headings_over_two_rows())),
    "two-row headings, merged XLSX": (
        "t.xlsx",
        workbook(
            ("清单", headings_over_two_rows()),
            merged=["A1:G1", "F2:G2", *(f"{c}2:{c}3" for c in "ABCDE"), "C4:C5", "B4:B5", "A7:G7"],
        ),
    ),
    "parts under a mechanism, CSV": ("t.csv", as_csv(parts_under_a_mechanism())),
    "parts under a mechanism, merged XLSX": (
        "t.xlsx",
        workbook(("清单", parts_under_a_mechanism()), merged=["A1:E1", "A2:E2", "A5:E5", "A9:E9", "C7:C8"]),
    ),
    "chapters and sections, CSV": ("t.csv", as_csv(chapters_and_sections())),
    "chapters and sections, merged XLSX": (
        "t.xlsx",
        workbook(("清单", chapters_and_sections()), merged=["A2:E2", "A3:E3", "A7:E7", "A8:E8"]),
    ),
    "other words, GB18030 with semicolons": ("t.csv", as_csv(other_words(), "gb18030", ";")),
    "other words, merged XLSX": (
        "t.xlsx",
        workbook(("Sheet1", other_words()), merged=["A2:A3", "B2:B3"]),
    ),
    "a sheet for each part": ("t.xlsx", workbook(*two_sheets())),
}


def meaning(found):
    """Return scenario → item → (important, lines)."""
    told: dict[str, dict[str, tuple[bool, set]]] = {}
    for scenario in found.scenarios:
        items = told.setdefault(scenario.name.zh, {})
        for entry in scenario.entries:
            lines = {(one.mechanism, one.people, one.operator, one.number) for one in entry.lines}
            for item in entry.items:
                important, before = items.get(item.name, (False, set()))
                items[item.name] = (important or entry.kind == "important", before | lines)
    return told


@pytest.fixture(scope="module", params=LAYOUTS)
def laid_out(request):
    return load_list(*LAYOUTS[request.param], EDITION)


def test_every_layout_means_the_same(laid_out):
    assert meaning(laid_out) == MEANT


@pytest.mark.parametrize(
    ("columns", "persons", "sensitive", "mechanism"),
    [
        ((("xm", "person_name"),), 99_999, 0, "exempt"),
        ((("xm", "person_name"),), 100_000, 0, C),
        ((("xm", "person_name"),), 500_000, 0, A),
        ((("card", "bank_card"),), 60_000, 1, C),
        ((("card", "bank_card"),), 60_000, 50_000, A),
        ((("addr", "address"),), 9_000_000, 0, "exempt"),
    ],
)
def test_every_layout_decides_alike(laid_out, columns, persons, sensitive, mechanism, build):
    declared = Declared(zone="beijing", scenario="会员管理", as_of=DAY)
    items = build.items(build.table("t", *(build.column(name, *types) for name, *types in columns)))
    counted = {
        "all": Interval(persons, persons, persons),
        "sensitive": Interval(sensitive, sensitive, sensitive),
        "nonsensitive": Interval(persons - sensitive, persons - sensitive, persons - sensitive),
    }

    assert decide(items, counted, declared, [laid_out]).mechanism == mechanism


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        (
            "100万人以上个人信息（不含敏感个人信息）、1万人以上敏感个人信息",
            [("nonsensitive", 10**6), ("sensitive", 10**4)],
        ),
        ("10万人以上、不满100万人", [("all", 10**5)]),
        ("10万人（含10万）以上100万人以下", [("all", 10**5)]),
        ("一百二十万人以上", [("all", 1_200_000)]),
        ("不满1万人", [("all", 1)]),
        ("自2026年1月1日起累计达到 3 万 人", [("all", 30_000)]),
        ("100万人以上或者1万人以上敏感个人信息", [("all", 10**6), ("sensitive", 10**4)]),
    ],
)  # fmt: skip
def test_lines_in_a_cell(cell, lines):
    assert [(one["people"], one["number"]) for one in persons_lines(cell, A)] == lines


@pytest.mark.parametrize("cell", ["达到规定数量", "约若干人"])
def test_a_cell_without_a_number_is_refused(cell):
    with pytest.raises(LineUnreadable, match="names no number of persons"):
        list(persons_lines(cell, A))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [["场景", "数据项", "数量要求"], ["会员管理", "姓名", "10万人以上"]],
            "row 2: has a line in persons, but no heading above it says for which mechanism",
        ),
        ([["场景", "数据项"], ["会员管理", "姓名"]], "no heading says which rows are important data"),
        ([["数据项", "安全评估"], ["姓名", "10万人以上"]], "row 2: has a data item but no scenario"),
        ([["说明"], ["无"]], "no sheet has a row of headings"),
    ],
)
def test_what_is_missing_is_named(rows, message):
    with pytest.raises(ListProblem, match=message):
        load_list("t.csv", as_csv(rows), EDITION)
