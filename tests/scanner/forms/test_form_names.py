"""Names from a source do no harm: no formula, no broken document, no reversed text, nothing lost."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from scanner.forms import fill_form, forms, render
from scanner.forms.rendering.clean import breakable, clean, no_formula
from scanner.result import NotScanned

HOSTILE = {
    "formula": '=HYPERLINK("http://x.example","y")',
    "plus": "+1+cmd|'/c calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(A1:A9)",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "wide": "＝1+1",
    "blank": " =1+1",
    "controls": "a\x00b\x07c\x1bd\x7f",
    "no_xml": "x\ufffe\uffff\ud800y",
    "marks": "a\u202egnp.exe\u2066\u200f",
    "long": "l" * 200,
    "markup": "<w:p>&amp;</w:p><!-- ]]>",
    "sheet": "[a]:b*c?d/e\\f'",
    "header": '&P&N&"Arial"',
    "empty": "",
    "lines": "first\nsecond",
}  # fmt: skip


def _renamed(result, name):
    """Return the result with a hostile name and comment wherever a source, or a person, gives one."""
    datasets = tuple(
        replace(
            dataset,
            name=f"{dataset.name}{name}" if name else dataset.name,
            location=name,
            source=name,
            tables=tuple(
                replace(t, comment=name, columns=tuple(replace(c, comment=name) for c in t.columns))
                for t in dataset.tables
            ),
        )
        for dataset in result.datasets
    )
    flows = tuple(
        replace(
            flow,
            name=name or "x",
            purpose=name,
            scenario=name,
            recipient_country=name,
            items=tuple(replace(i, dataset=f"{i.dataset}{name}" if name else i.dataset) for i in flow.items),
        )
        for flow in result.flows[:1]
    )
    missed = (NotScanned(source=name, table=name, reason=name, column=name),)
    organization = replace(result.organization, name=name)
    return replace(
        result,
        facts=None,
        datasets=datasets,
        flows=flows,
        organization=organization,
        not_scanned=missed,
        complete=False,
    )


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("form", ["self-assessment", "officer"])
def test_hostile_names_leave_both_files_whole(form, name, demo_result, read):
    filled = fill_form(form, _renamed(demo_result, name))
    document = read["docx"](render(filled, "docx"))
    book = read["xlsx"](render(filled, "xlsx"))

    for part, content in document.parts.items():
        if part.endswith(".xml"):
            ET.fromstring(content)
    if name.strip():
        shown = clean(name)
        assert shown in document.text.replace("\u200b", "")
        assert shown in book.text.replace("\u200b", "")
    for text in (document.text, book.text):
        assert not re.search(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_no_cell_is_a_formula(name, demo_result, read):
    book = read["xlsx"](render(fill_form("self-assessment", _renamed(demo_result, name)), "xlsx"))

    for cell in book.cells:
        assert cell.data_type != "f"
        if isinstance(cell.value, str):
            assert not cell.value.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


def test_a_form_without_hostile_names_has_no_apostrophes_before_text(declared, read):
    for form in forms():
        cells = read["xlsx"](declared(form, "xlsx")).cells
        assert not [cell.value for cell in cells if str(cell.value).startswith("'")]


def test_long_names_can_be_broken_and_stay_what_they_are():
    name = "warehouse_of_customers.contacts_abroad" * 6

    assert "\u200b" in breakable(name)
    assert breakable(name).replace("\u200b", "") == name


@pytest.mark.parametrize("name", ["=a", "+a", "-a", "@a", "  =a", "％a", "%a", "|a"])
def test_what_a_spreadsheet_may_run_is_marked_as_text(name):
    assert no_formula(name).startswith("'") or name == "％a"


def test_a_result_with_thousands_of_unread_tables_is_written_quickly(demo_result):
    missed = tuple(NotScanned(source="hr", table=f"t{n}", reason="denied") for n in range(5_000))
    filled = fill_form("officer", replace(demo_result, complete=False, not_scanned=missed))

    assert len(render(filled, "docx")) < 2_000_000
    assert "另有 4,600 项未列出" in str(filled)
