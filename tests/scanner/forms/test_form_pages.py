"""What stands on the pages: a draft to sign, the legal source, blanks, what was not scanned, the verdict."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from scanner.forms import fill_form, find_form, forms, load_forms, render
from scanner.forms.content import Blank
from scanner.result import PARTIAL


@pytest.mark.parametrize("form", forms())
def test_every_page_says_that_a_person_has_to_sign(form, declared, read):
    document, book = read["docx"](declared(form, "docx")), read["xlsx"](declared(form, "xlsx"))
    stamp = f"草稿 · 须经{load_forms()[form].signer.zh}核对签署后方可报送"

    assert stamp in document.everywhere("header")
    assert all(sheet.oddHeader.center.text == stamp for sheet in book.book)
    assert all(sheet.cell(1, 1).value == stamp for sheet in book.book)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", forms())
def test_source_version_and_addressee_are_named(form, lang, declared, read):
    text = read["docx"](declared(form, "docx", lang)).text.replace("\u200b", "")
    defined = load_forms()[form]

    for part in (defined.source, defined.file_with, defined.deadline):
        assert part.said(lang) in text
    assert defined.version.isoformat() in text


@pytest.mark.parametrize("form", forms())
def test_what_no_scan_knows_is_a_marked_blank(form, declared, read):
    document = read["docx"](declared(form, "docx"))

    assert document.text.count("【待填写：") >= 5
    assert b"w:highlight" in document.parts["word/document.xml"]
    assert "【待填写：签名】" in document.text


def test_nothing_is_invented_where_nothing_is_known(demo_result):
    unknown = replace(
        demo_result,
        facts=None,
        flows=(),
        findings=(),
        organization=replace(demo_result.organization, name="", subjects=()),
    )
    filled = fill_form("officer", unknown)
    rows = dict(row for block in filled.blocks for row in getattr(block, "rows", ()) if len(row) == 2)

    for asked in (
        "单位名称",
        "处理个人信息的自然人数量（去重，不含已删除）",
        "其中敏感个人信息",
        "是否关键信息基础设施运营者",
    ):
        assert isinstance(rows[asked][-1][-1], Blank), asked


@pytest.mark.parametrize("form_format", ["docx", "xlsx"])
@pytest.mark.parametrize("form", forms())
def test_the_first_page_says_what_was_not_scanned(form, form_format, unread_result, read):
    text = read[form_format](render(fill_form(form, unread_result), form_format)).text

    assert "扫描不完整：12 项未读取" in text
    assert "hr/pay_0：没有权限" in text
    assert "另有 4 项，见文末清单" in text
    assert "pay_11" in text
    # Before the first chapter of the form.
    assert text.index("扫描不完整") < text.index(load_forms()[form].parts[0].heading.zh)


def test_the_day_that_the_scan_worked_out_stands_beside_the_deadline(demo_result, declared, read):
    (due,) = {one.due for one in demo_result.obligations if one.rule_id == "MIN-AUDIT"}

    assert f"按扫描记录推算：{due}（MIN-AUDIT）" in read["docx"](declared("minors-audit", "docx")).text


@pytest.mark.parametrize("form_format", ["docx", "xlsx"])
def test_counts_of_an_incomplete_scan_have_no_upper_bound(form_format, unread_result, read):
    counts = tuple(replace(count, note=PARTIAL) for count in unread_result.organization.subjects)
    organization = replace(unread_result.organization, subjects=counts)
    filled = fill_form("officer", replace(unread_result, organization=organization, findings=()))
    document = read[form_format](render(filled, form_format))
    everybody = next(count for count in counts if count.category == "all")

    assert f"{everybody.estimate:,} 人（不少于 {everybody.lower:,}，上限未知）" in document.text
    assert f"{everybody.upper:,}" not in document.text
    assert any("仅含已读取的数据" in found.source for found in document.sourced())


@pytest.mark.parametrize(
    ("form", "title"),
    [
        ("officer", "未达到报送标准"),
        ("face-recognition", "未达到报送标准"),
        ("minors-audit", "达到报送标准"),
        ("automotive", "按申报的事实，本表的规则不适用"),
        ("important-data", "是否达到报送标准：待定"),
    ],
)
def test_the_first_page_says_whether_the_line_is_reached(form, title, declared, read):
    assert f"\n{title}\n" in read["docx"](declared(form, "docx")).text


def test_forms_with_sections_for_each_scenario_leave_exempt_flows_out_and_say_so(declared, read):
    text = read["docx"](declared("security-assessment", "docx")).text

    assert "hr-payroll（免予办理（评估、标准合同、认证）：跨境人力资源管理）" in text


def _items(filled):
    return [b for b in filled.blocks if getattr(b, "name", "").startswith("数据项清单")]


def test_flows_of_one_scenario_share_their_data_items(demo_result):
    sent = next(flow for flow in demo_result.flows if not flow.exemption)
    alike = (replace(sent, scenario="会员管理"), replace(sent, name="us-crm", scenario="会员管理"))
    (alone,) = _items(fill_form("self-assessment", replace(demo_result, flows=(sent,))))
    (grid,) = _items(fill_form("self-assessment", replace(demo_result, flows=alike)))
    names = [row[1][0][0].text for row in grid.rows]

    assert grid.name == "数据项清单（会员管理）"
    assert len(names) == len(set(names)) == len(alone.rows)


@pytest.mark.parametrize("form", forms())
def test_without_flows_a_form_says_so_and_stays_a_form(form, demo_result):
    text = str(fill_form(form, replace(demo_result, flows=())))

    assert "扫描配置未申报出境数据流" in text or not any(part.each for part in load_forms()[form].parts)


def test_a_claim_that_no_rule_grants_does_not_take_the_flow_out_of_the_form(demo_result):
    claiming = tuple(replace(flow, exemption="hr") for flow in demo_result.flows)
    text = str(fill_form("standard-contract", replace(demo_result, flows=claiming)))

    assert "没有须列入本表的出境场景" not in text


def test_where_all_flows_are_exempt_the_form_says_that_none_is_for_it(demo_result):
    exempt = tuple(replace(flow, exemption="hr") for flow in demo_result.flows)
    granted = tuple(
        replace(one, verdict="met") if one.rule_id == "EXP-P24-EXEMPT-HR" else one
        for one in demo_result.findings
    )
    text = str(fill_form("standard-contract", replace(demo_result, flows=exempt, findings=granted)))

    assert "没有须列入本表的出境场景" in text


def test_a_flow_can_be_chosen(demo_result):
    filled = fill_form("certification", demo_result, flows=["hr-payroll"])
    text = str(filled)

    assert "hr-payroll" in text
    with pytest.raises(ValueError, match="no flow 'x'"):
        fill_form("certification", demo_result, flows=["x"])


@pytest.mark.parametrize(
    "name", ["officer", "Officer", "pipo", "个人信息保护负责人信息报送表", "officer_filing"]
)
def test_a_form_has_several_names(name):
    assert find_form(name).id == "officer"


def test_every_answer_and_table_that_a_definition_names_exists():
    from scanner.forms.answers import ANSWERS
    from scanner.forms.tables import TABLES
    from scanner.rules import find_rule

    parts = [part for form in load_forms().values() for part in form.parts]
    fills = {part.fill for part in parts} | {q.fill for part in parts for q in part.questions}

    assert fills - {""} <= set(ANSWERS)
    assert {part.table for part in parts} - {""} <= set(TABLES)
    assert all(find_rule(rule) for form in load_forms().values() for rule in (*form.rules, *form.also))


def test_the_nine_filings_of_the_rule_book_are_there():
    assert set(forms()) == {
        *(
            "security-assessment",
            "self-assessment",
            "standard-contract",
            "impact-assessment",
            "certification",
        ),
        *("officer", "face-recognition", "important-data", "automotive", "cybersecurity-review"),
        *("extension", "minors-audit"),
    }


@pytest.mark.parametrize("form", forms())
def test_what_has_to_be_signed_stands_on_one_page(form, declared):
    document = Document(BytesIO(declared(form, "docx")))
    *rows, _ = document.tables[-1].rows
    kept = [p.paragraph_format.keep_with_next for row in rows for cell in row.cells for p in cell.paragraphs]

    assert len(rows) >= 3
    assert all(kept)
