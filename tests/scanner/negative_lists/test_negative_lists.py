"""Negative lists: the table becomes a list, the list decides, and what it cannot decide is named."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from scanner.negative_lists import (
    Declared,
    Edition,
    ListProblem,
    decide,
    list_in_force,
    load_list,
    parse_columns,
    shipped_lists,
)
from scanner.result import UNBOUNDED, Interval

TABLE = [
    ["示例自贸区数据出境负面清单", "", "", "", "", ""],
    [
        "序号",
        "行业领域",
        "业务场景",
        "数据项",
        "数据类别",
        "需申报安全评估的数量",
        "需订立标准合同或认证的数量",
    ],
    [
        "1",
        "零售",
        "会员管理",
        "姓名、手机号码、电子邮箱",
        "个人信息",
        "自当年1月1日起累计500万人以上",
        "10万人以上、不满500万人",
    ],
    ["2", "", "", "银行卡号", "敏感个人信息", "5万人以上敏感个人信息", "不满5万人敏感个人信息"],
    ["3", "", "售后服务", "车间产能", "重要数据", "/", "/"],
]
EDITION = Edition(
    zone="beijing",
    edition="2026",
    title="x",
    effective_from=dt.date(2026, 6, 1),
    source="x",
    compiled=dt.date(2026, 6, 1),
)


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(rows):
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode("gb18030")


@pytest.fixture(params=[("t.xlsx", workbook), ("t.csv", as_csv)], ids=["xlsx", "csv"])
def loaded(request):
    name, write = request.param
    return load_list(name, write(TABLE), EDITION)


def test_a_table_becomes_scenarios_entries_items_and_lines(loaded):
    first, second = loaded.scenarios
    basic, sensitive = first.entries
    (important,) = second.entries

    assert (first.name.zh, first.sector, second.name.zh) == ("会员管理", "零售", "售后服务")
    assert [item.pi_types for item in basic.items] == [("person_name",), ("mobile",), ("email",)]
    assert [(line.mechanism, line.people, line.number) for line in basic.lines] == [
        ("security_assessment", "all", 5_000_000),
        ("standard_contract_or_certification", "all", 100_000),
    ]
    assert [(line.people, line.number) for line in sensitive.lines] == [
        ("sensitive", 50_000),
        ("sensitive", 1),
    ]
    assert (important.kind, important.lines) == ("important", ())


def people(everybody, sensitive=0):
    wide = everybody if isinstance(everybody, Interval) else Interval(everybody, everybody, everybody)
    some = Interval(sensitive, sensitive, sensitive)
    return {
        "all": wide,
        "sensitive": some,
        "nonsensitive": wide,
        "health": Interval(0, sensitive, wide.upper),
    }


PLAIN = (("name", "person_name"), ("phone", "mobile"))
CARD = (*PLAIN, ("card", "bank_card"))
OPAQUE = (*PLAIN, ("c7",))
# columns, persons, sensitive persons, mechanism, outside, undecided
DECIDED = [
    (PLAIN, 99_999, 0, "exempt", 0, 0),
    (PLAIN, 100_000, 0, "standard_contract_or_certification", 0, 0),
    (PLAIN, 100_001, 0, "standard_contract_or_certification", 0, 0),
    (PLAIN, 4_999_999, 0, "standard_contract_or_certification", 0, 0),
    (PLAIN, 5_000_000, 0, "security_assessment", 0, 0),
    (PLAIN, Interval(90_000, 100_000, 110_000), 0, "undetermined", 0, 0),
    (CARD, 10, 0, "exempt", 0, 0),
    (CARD, 10, 1, "standard_contract_or_certification", 0, 0),
    (CARD, 60_000, 49_999, "standard_contract_or_certification", 0, 0),
    (CARD, 60_000, 50_000, "security_assessment", 0, 0),
    ((("addr", "address"),), 9_000_000, 0, "exempt", 1, 0),
    ((("diag", "diagnosis_text"),), 9_000_000, 9_000_000, "exempt", 1, 0),
    (OPAQUE, 10, 0, "undetermined", 0, 1),
    (OPAQUE, 100_000, 0, "undetermined", 0, 1),
    (OPAQUE, 5_000_000, 0, "security_assessment", 0, 1),
    ((), 10, 0, "undetermined", 0, 0),
]


def flow_items(build, columns):
    made = [build.column(name, *types) for name, *types in columns]
    return build.items(build.table("t", *made))


@pytest.mark.parametrize(("columns", "persons", "sensitive", "mechanism", "outside", "undecided"), DECIDED)
def test_the_list_decides(columns, persons, sensitive, mechanism, outside, undecided, build, loaded):
    declared = Declared(zone="beijing", scenario="会员管理", as_of=build.AS_OF)
    items = flow_items(build, columns)

    found = decide(items, people(persons, sensitive), declared, [loaded])

    assert found.mechanism == mechanism
    assert (len(found.outside), len(found.undecided)) == (outside, undecided)
    assert len({one.item for one in found.listed}) + outside + undecided == len(items)
    assert found.reasons


def test_important_data_need_an_assessment_whatever_the_number(build, loaded):
    declared = Declared(zone="beijing", scenario="售后服务", as_of=build.AS_OF)

    found = decide(flow_items(build, [("车间产能",)]), people(0), declared, [loaded])

    assert found.mechanism == "security_assessment"


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ({"scenario": "金融风控"}, "does not cover"),
        ({"scenario": "会员管理", "ciio": True}, "Operators of critical"),
        ({"scenario": "会员管理", "zone": "anhui"}, "No list of the zone anhui"),
    ],
)
def test_where_the_list_does_not_speak_the_national_rules_stay(declared, words, build, loaded):
    told = Declared(**{"zone": "beijing", "as_of": build.AS_OF, **declared})

    found = decide(flow_items(build, PLAIN), people(1), told, [loaded])

    assert found.mechanism == "national_rules"
    assert words in found.reasons[0].en


@pytest.mark.parametrize("missing", [{"zone": ""}, {"scenario": ""}])
def test_without_zone_or_scenario_there_is_no_decision(missing, build, loaded):
    told = Declared(**{"zone": "beijing", "scenario": "会员管理", "as_of": build.AS_OF, **missing})

    assert decide(flow_items(build, PLAIN), people(1), told, [loaded]) is None


def test_a_count_that_is_not_there_stays_open(build, loaded):
    told = Declared(zone="beijing", scenario="会员管理", as_of=build.AS_OF)

    assert decide(flow_items(build, PLAIN), {}, told, [loaded]).mechanism == "undetermined"


def test_a_count_without_an_upper_bound_says_so(build, loaded):
    told = Declared(zone="beijing", scenario="会员管理", as_of=build.AS_OF)

    found = decide(flow_items(build, PLAIN), people(Interval(10, 10, UNBOUNDED)), told, [loaded])

    assert found.mechanism == "undetermined"
    assert any("10 – ∞ persons" in reason.en and "10 – ∞人" in reason.zh for reason in found.reasons)


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (dt.date(2024, 8, 29), None),
        (dt.date(2024, 8, 30), "2024"),
        (dt.date(2026, 5, 10), "2024"),
        (dt.date(2026, 5, 11), "2025"),
    ],
)
def test_the_edition_in_force(day, edition):
    found = list_in_force("beijing", day, ())

    assert (found.edition if found else None) == edition


def test_the_users_list_decides_before_the_shipped_one(loaded):
    supplied = loaded.model_copy(update={"supplied": True})

    assert list_in_force("beijing", dt.date(2026, 11, 22), [supplied]) is supplied
    assert list_in_force("beijing", dt.date(2026, 5, 31), [supplied]).edition == "2025"


def test_no_shipped_list_claims_to_be_complete():
    for one in shipped_lists():
        assert not one.complete
        assert all(not scenario.complete for scenario in one.scenarios)


@pytest.mark.parametrize(
    ("sensitive", "mechanism"),
    [(49_999, "undetermined"), (50_000, "security_assessment"), (50_001, "security_assessment")],
)
def test_the_known_line_of_clinical_trials(sensitive, mechanism, build):
    told = Declared(zone="beijing", scenario="临床试验", as_of=dt.date(2026, 5, 10))

    found = decide(flow_items(build, [("diag", "diagnosis_text")]), people(60_000, sensitive), told, ())

    assert found.mechanism == mechanism
    assert {line.confidence for line in found.lines} <= {"medium", "low"}


def test_fields_that_are_not_known_leave_columns_undecided(build):
    told = Declared(zone="beijing", scenario="临床试验", as_of=dt.date(2026, 5, 10))

    found = decide(flow_items(build, [("addr", "address")]), people(1), told, ())

    assert (found.mechanism, len(found.undecided)) == ("undetermined", 1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.pop(1), "no sheet has a row of headings"),
        (lambda t: t[2].__setitem__(5, "很多人"), "row 3: the cell for assessment names no number"),
        (lambda t: t[2].__setitem__(2, ""), "row 3: has a data item but no scenario"),
        (lambda t: t[4].__setitem__(4, ""), "row 5: is neither important data nor has a line"),
        (lambda t: t[2].__setitem__(3, ""), "row 3: has a line in persons but no data item"),
        (lambda t: t[2].__setitem__(5, "1万人3万人5万人"), "names more than two numbers"),
    ],
)
def test_a_row_that_is_not_understood_is_named(change, message):
    table = [list(row) for row in TABLE]
    change(table)

    with pytest.raises(ListProblem, match=message):
        load_list("t.xlsx", workbook(table), EDITION)


def test_headings_can_be_named():
    table = [["A", "B", "C"], ["演示", "姓名", "3万人以上"]]
    columns = parse_columns("scenario=A,item=B,assessment=C")

    found = load_list("t.csv", as_csv(table), EDITION, columns=columns)

    assert found.scenarios[0].entries[0].lines[0].number == 30_000


@pytest.mark.parametrize(
    ("text", "message"), [("scenario", "is not FIELD=HEADING"), ("colour=A", "is not FIELD=HEADING")]
)
def test_a_mapping_that_is_none_is_refused(text, message):
    with pytest.raises(ListProblem, match=message):
        parse_columns(text)


def test_a_sheet_that_is_not_there_is_named():
    with pytest.raises(ListProblem, match=r"no sheet 'X'\. There are: Sheet"):
        load_list("t.xlsx", workbook(TABLE), EDITION, sheet="X")
