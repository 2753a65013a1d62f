"""Rules in words: what a lawyer reads first, one language at a time, and what differs between two packs."""

import re

import pytest

from scanner.rules import load_packs
from scanner.rules.law.citation import cite
from scanner.rules.law.rulebook import find_entry
from scanner.rules.wording.differing import pack_differences
from scanner.rules.wording.showing import show_entry

ENTRIES = [entry.id for loaded in load_packs() for entry in loaded.pack.entries()]
PACKS = {loaded.pack.id: loaded.pack for loaded in load_packs()}


def shown(entry, tongue="en"):
    return show_entry(*find_entry(entry), tongue)


def test_a_line_of_order_16_reads_from_article_to_sanction():
    text = shown("EXP-P24-10K")
    in_order = [
        "Article: art. 7(2)",
        "In force: since 2024-03-22",
        "Wording: 关键信息基础设施运营者以外",
        "Test: persons whose sensitive PI is exported, exempt flows left out: at least 10,000",
        "Period: cumulative from 1 January of the year on",
        "Only if: processor is not a CII operator",
        "Consequence: apply for the CAC data export security assessment",
        "File with: CAC through the provincial CAC; online: sjcj.cac.gov.cn",
        "Sanction:",
        "How it is counted:",
        "took the place of EXP-M22-10K",
        "Source:",
    ]
    places = [text.find(part) for part in in_order]

    assert -1 not in places
    assert places == sorted(places)


def test_the_same_line_in_chinese():
    text = shown("EXP-P24-10K", "zh")

    assert "条款：第七条第二项" in text
    assert "1万人以上，含本数" in text
    assert "计算期间：自当年1月1日起累计" in text
    assert "报送机关：通过所在地省级网信部门向国家网信部门申报" in text


def test_a_number_that_an_answer_made_inclusive_says_from_when():
    assert (
        "more than 10,000,000, the number itself excluded; from 2026-04-29 on at least 10,000,000"
        in shown("AUD-10M")
    )
    assert "超过1000万人，不含本数；自2026-04-29起1000万人以上，含本数" in shown("AUD-10M", "zh")


def test_what_is_not_verified_says_so():
    assert "NOT VERIFIED" in shown("MIIT-CHANGE30")
    assert "未经核实" in shown("MIIT-CHANGE30", "zh")
    assert "art. 4(4) (number from knowledge)" in shown("EXP-D21-100K")
    assert "never: draft of 2021-10-29" in shown("EXP-D21-100K")


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_chinese_of_an_entry_is_chinese(entry):
    lines = [line for line in shown(entry, "zh").splitlines()[2:] if "]" not in line]

    assert [line for line in lines if not re.search(r"[\u4e00-\u9fff]", line)] == []
    assert [
        word for word in ("held", "the number", "years", "metric", "None") if word in "".join(lines)
    ] == []


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_in_english_has_no_empty_line_after_its_title(entry):
    head, empty, *rest = shown(entry).splitlines()

    assert head.startswith(entry)
    assert empty == ""
    assert all(line.strip() and "None" not in line for line in rest)


def test_packs_are_compared_along_what_replaced_what():
    lines = list(pack_differences(PACKS["cn-export-order11-2022"], PACKS["cn-export-order16-2024"]))
    start = lines.index(
        "~ EXP-M22-10K -> EXP-P24-10K  Sensitive PI of 10,000 persons or more exported this year"
    )

    assert "    Period: cumulative from 1 January of the year before on" in lines[start:]
    assert "      -> cumulative from 1 January of the year on" in lines[start:]
    assert "- EXP-M22-REDO  Material change during the validity of the result: apply again" in lines
    assert any(line.startswith("+ EXP-P24-EXEMPT-HR") for line in lines)


def test_a_pack_does_not_differ_from_itself():
    pack = PACKS["cn-face-order19-2025"]

    assert [line for line in pack_differences(pack, pack) if not line.startswith("~")] == []


def test_every_article_is_cited_in_both_languages():
    for loaded in load_packs():
        for entry in loaded.pack.entries():
            assert cite(entry.article, chinese=False)
            assert not re.search(r"[A-Za-z]{2}", cite(entry.article, chinese=True))
