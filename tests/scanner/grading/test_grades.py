"""Grades: what confirms, what indicates, what a person has to decide, what aggregation raises."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from scanner.grading import (
    Grading,
    Setting,
    grade_dataset,
    grade_items,
    grade_organization,
    parse_catalogue,
    shipped_indicators,
)
from scanner.rules import find_rule

GOLDEN = yaml.safe_load(Path(__file__).with_name("golden.yaml").read_text(encoding="utf-8"))

CATALOGUE = """
name: 行业重要数据目录
basis: published
issuer: 示例主管部门
date: 2026-05-01
reference: 〔2026〕1号
entries:
  - {id: A-1, name: 线路负荷, match: {tables: [grid_*], words: [负荷, load]}}
  - {id: C-1, name: 核心, grade: core, match: {columns: [vault_code]}}
"""


def graded(dataset, grading, *, unread=False):
    return grade_dataset(grade_items(dataset, grading), grading, unread=unread)


def columns_of(build, case, as_of):
    for name, told in case["columns"].items():
        about = told if isinstance(told, dict) else {"types": told}
        more = {"decimals": about["decimals"]} if "decimals" in about else {}
        yield build.column(name, *about["types"], comment=about.get("comment", ""), as_of=as_of, **more)


@pytest.mark.parametrize("case", GOLDEN, ids=[case["case"] for case in GOLDEN])
def test_golden(case, build):
    as_of = case.get("as_of", build.AS_OF)
    table = build.table("t1", *columns_of(build, case, as_of), rows=case.get("rows", 1000))
    setting = Setting(
        as_of=as_of,
        sectors=tuple(case.get("sectors", ())),
        zone=case.get("zone", ""),
        ciio=case.get("ciio"),
    )
    found = graded(
        build.dataset(table, persons=case.get("persons", {"all": 10, "sensitive": 0})),
        Grading(setting=setting, declared=case.get("declared", "none")),
    )

    assert f"{found.grade.level} {found.grade.status}" == case["grade"]
    assert {reason.rule for reason in found.grade.reasons} - {""} == set(case["rules"])
    assert found.grade.for_person is case.get("for_person", False)
    items = {c.name: c.grade.level for c in found.tables[0].columns if c.grade.level != "general"}
    assert items == case.get("items", {})


def test_every_shipped_indicator_has_a_golden_case():
    covered = {rule for case in GOLDEN for rule in case["rules"]}
    shipped = {one.id for pack in shipped_indicators() for one in pack.indicators}
    untested = {
        "GBT43697-TERRITORY",
        "GBT43697-KEY-TARGETS",
        "GBT43697-EXPORT-CONTROL",
        "GBT43697-ENVIRONMENT",
        "GBT43697-SEA-SPACE-POLAR",
        "GBT43697-ECONOMY",
        "JRT0197-IND-AGGREGATE",
        "BJREF-IND-PI-10M",
    }

    assert shipped - covered == untested


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        (indicator, words)
        for pack in shipped_indicators()
        for indicator in pack.indicators
        if indicator.match and (words := indicator.match.words)
    ],
    ids=lambda value: value.id if hasattr(value, "id") else "",
)
def test_every_word_of_an_indicator_finds_a_column_of_that_name(indicator, words, build):
    for word in words:
        item_table = build.table("t1", build.column(word.replace(" ", "_")))
        sectors = ("automotive", "finance")
        found = graded(
            build.dataset(item_table), Grading(setting=Setting(as_of=build.AS_OF, sectors=sectors))
        )

        assert indicator.id in {reason.rule for reason in found.tables[0].columns[0].grade.reasons}, word


def test_lines_name_rules_that_exist():
    lines = [one.line for pack in shipped_indicators() for one in pack.indicators if one.line]

    assert all(find_rule(line.rule) for line in lines if line.rule)


def test_each_reason_is_one_language_and_says_what_would_settle_it(build):
    case = build.dataset(build.table("t1", build.column("genome_file")))
    reasons = graded(case, Grading(setting=Setting(as_of=build.AS_OF))).grade.reasons

    for reason in reasons:
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in reason.en), reason.en
        assert any("\u4e00" <= letter <= "\u9fff" for letter in reason.zh), reason.zh
    assert all(reason.settle_en and reason.settle_zh for reason in reasons if reason.rule)


def test_a_basis_is_its_reasons_in_both_languages(build):
    grade = graded(
        build.dataset(build.table("t1", build.column("x"))), Grading(setting=Setting(as_of=build.AS_OF))
    ).grade

    assert grade.basis == tuple(f"{reason.en} {reason.zh}" for reason in grade.reasons)


def with_catalogue(build, content=CATALOGUE, name="c.yaml", as_of=None):
    return Grading(
        setting=Setting(as_of=as_of or build.AS_OF),
        catalogues=parse_catalogue(name, content.encode() if isinstance(content, str) else content),
    )


@pytest.mark.parametrize(
    ("table", "column", "level", "status"),
    [
        ("grid_2026", "peak_load", "important", "confirmed"),
        ("GRID_x", "负荷", "important", "confirmed"),
        ("billing", "peak_load", "general", "indicated"),
        ("grid_2026", "price", "general", "indicated"),
        ("anything", "vault_code", "core", "confirmed"),
    ],
)
def test_a_catalogue_confirms_what_fits_all_its_keys(table, column, level, status, build):
    found = graded(build.dataset(build.table(table, build.column(column))), with_catalogue(build))

    assert (found.grade.level, found.grade.status) == (level, status)
    assert found.tables[0].columns[0].grade.level == level


def test_a_confirmed_reason_names_issuer_date_and_number(build):
    found = graded(build.dataset(build.table("grid_1", build.column("load"))), with_catalogue(build))

    reason = found.grade.reasons[0]
    for part in ("示例主管部门", "2026-05-01", "〔2026〕1号"):
        assert part in reason.zh


def test_a_catalogue_says_nothing_before_its_date(build):
    earlier = with_catalogue(build, as_of=dt.date(2026, 4, 30))

    found = graded(build.dataset(build.table("grid_1", build.column("load"))), earlier)

    assert found.grade.status == "indicated"


def test_a_confirmed_grade_is_not_raised_by_an_indication(build):
    table = build.table("grid_1", build.column("load"), build.column("nuclear_material"))

    found = graded(build.dataset(table), with_catalogue(build))

    assert (found.grade.level, found.grade.status, found.grade.for_person) == ("important", "confirmed", True)


def test_tables_below_a_line_reach_it_together_and_the_reason_says_so(build):
    tables = [build.table(n, build.column("phone", "mobile"), persons={"all": 60_000}) for n in ("a", "b")]
    grading = Grading(setting=Setting(as_of=build.AS_OF, sectors=("automotive",)))

    found = graded(build.dataset(*tables, persons={"all": 120_000, "sensitive": 0}), grading)

    assert found.grade.level == "important"
    assert any("aggregation" in reason.en for reason in found.grade.reasons)


def test_one_table_that_reaches_it_alone_is_no_aggregation(build):
    tables = [build.table("a", build.column("phone", "mobile"), persons={"all": 120_000}), build.table("b")]
    grading = Grading(setting=Setting(as_of=build.AS_OF, sectors=("automotive",)))

    found = graded(build.dataset(*tables, persons={"all": 120_000, "sensitive": 0}), grading)

    assert not any("aggregation" in reason.en for reason in found.grade.reasons)


def test_the_organization_may_be_graded_higher_than_each_dataset(build):
    grading = Grading(setting=Setting(as_of=build.AS_OF))
    parts = [graded(build.dataset(persons={"all": 6_000_000, "sensitive": 0}, name=n), grading) for n in "ab"]
    people = [build.count("all", 12_000_000), build.count("sensitive", 0)]

    grade = grade_organization(people, parts, grading, unread=False)

    assert {part.grade.level for part in parts} == {"general"}
    assert grade.level == "important"


def test_unread_data_leave_a_higher_grade_open(build, plain):
    case = build.dataset(build.table("t1"), persons={"all": 1, "sensitive": 0})

    assert any("not read" in basis for basis in graded(case, plain, unread=True).grade.basis)
    assert not any("not read" in basis for basis in graded(case, plain).grade.basis)


def test_people_who_were_not_counted_are_named(build, plain):
    found = graded(build.dataset(build.table("t1")), plain)

    assert any("not counted" in basis for basis in found.grade.basis)


def test_a_rejected_tag_indicates_nothing(build):
    column = build.column("position", "geo_location", decimals=6)
    rejected = replace(column, tags=tuple(replace(tag, decision="rejected") for tag in column.tags))
    grading = Grading(setting=Setting(as_of=build.AS_OF))

    found = graded(build.dataset(build.table("t1", rejected, rows=2_000_000)), grading)

    assert found.grade.level == "general"
