"""What reports choose to show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.report import _ranking as ranking
from scanner.report import _view as view
from scanner.report._texts import text
from scanner.result import Distance, Interval, selecting


@pytest.fixture
def rule(result):
    (finding,) = (f for f in result.findings if f.rule_id == "FACE-M25-100K")
    return finding


def at(lower, upper, band, *, first=100_000):
    shares = [None if n is None else round(100 * n / first, 1) for n in (lower, upper)]
    return Distance(lower=lower, upper=upper, percent_lower=shares[0], percent_upper=shares[1], band=band)


@pytest.mark.parametrize(
    ("distance", "expected", "why"),
    [
        (at(20_001, 90_000, "far"), False, "outside the band"),
        (at(20_000, 90_000, "near"), True, "inside the band"),
        (at(0, 90_000, "open"), False, "a line inside the interval is not near but open"),
        (None, False, "no line"),
    ],
)
def test_near_is_what_the_rules_call_near(distance, expected, why, rule):
    assert ranking.is_near(replace(rule, distance=distance)) is expected, why


@pytest.mark.parametrize(
    ("distance", "said"),
    [
        (at(1_000, 1_000, "near"), "1,000 short of it (1 %)"),
        (at(1_000, 2_500, "near"), "1,000 – 2,500 short of it (1 – 2.5 %)"),
        (at(-3_000, 500, "open"), "the lower bound is 500 short of it, the upper bound 3,000 beyond"),
        (at(None, 500, "open"), "the lower bound is 500 short of it (0.5 %); there is no upper bound"),
        (at(-3_000, -500, "beyond"), "500 – 3,000 beyond it (0.5 – 3 %)"),
        (at(0, 0, "beyond"), "0 beyond it (0 %)"),
        (at(None, -500, "beyond"), "at least 500 beyond it (0.5 %)"),
    ],
)
def test_the_distance_is_said_in_numbers_and_per_cent(distance, said):
    key, numbers = ranking.gap(distance)

    assert text(key, "en", **numbers) == said


def test_conditions_are_told_apart_by_their_state(rule):
    texts = (
        "a (甲): holds",
        "b: c (乙): does not hold",
        "d (丁): unknown",
        "e: to be checked by a person",
        "f: g",
    )

    assert ranking.conditions(replace(rule, conditions=texts)) == {
        "holds": ["a (甲)"],
        "fails": ["b: c (乙)"],
        "open": ["d (丁)", "e", "f: g"],
    }


def test_obligations_are_firm_with_a_day_firm_without_one_or_conditional(result):
    groups = view.due_groups(result.obligations)

    assert [one.rule_id for one in groups.dated] == ["AUD-LATE", "PIPO-M25-1M", "VALID", "CLOCK"]
    assert [one.rule_id for one in groups.undated] == ["PIA", "FILED"]
    assert [one.rule_id for one in groups.conditional] == ["IF"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"verdict": "met"}, "a line that is met is not near"),
        ({"operator": "lt"}, "an upper limit is not approached from below"),
        ({"operator": "present"}, "nothing to be near to"),
    ],
)
def test_only_unreached_lines_with_a_number_can_be_near(changes, why, rule):
    assert not ranking.is_near(replace(rule, **changes)), why


@pytest.mark.parametrize(
    ("count", "group", "why"),
    [
        (Interval(95_000, 99_000, 110_000), "unsure", "the line is inside"),
        (Interval(200_000, 200_000, 200_000), "unsure", "the line is reached, a fact is missing"),
        (Interval(0, 10, 20), "waiting", "far from the line, a fact is missing"),
        (None, "waiting", "no number at all"),
    ],
)
def test_undetermined_rules_are_sorted_by_what_would_settle_them(count, group, why, rule):
    lines = ranking.lines([replace(rule, verdict="undetermined", count=count)])

    assert [bool(lines.unsure), bool(lines.waiting)] == [group == "unsure", group == "waiting"], why


def test_every_finding_has_one_place(result):
    lines = ranking.lines(result.findings)
    groups = (lines.met, lines.first_person, lines.unsure, lines.waiting, lines.near)
    shown = sum(map(len, groups))

    assert shown + lines.not_met + lines.not_applicable == len(result.findings)


def test_met_rules_with_a_number_come_first(result):
    numbers = [finding.count is not None for finding in ranking.lines(result.findings).met]

    assert numbers == sorted(numbers, reverse=True)


def test_facts_that_help_most_rules_come_first(result):
    waiting = ranking.lines(result.findings).waiting

    assert ranking.missing_facts(waiting) == (("held.important_data", 4), ("organization.ciio", 2))


def test_what_settles_most_open_lines_is_the_first_step(rule):
    open_line = replace(rule, verdict="undetermined", count=Interval(95_000, 99_000, 110_000))
    ages = replace(open_line, settle="their ages", settle_zh="年龄")
    count = replace(open_line, settle="a narrower count", settle_zh="缩小区间")
    far = replace(count, count=Interval(0, 10, 20), settle="a fact", settle_zh="事实")

    steps = ranking.next_steps(ranking.lines([count, ages, ages, far, open_line]))

    assert steps == ((("their ages", "年龄"), 2), (("a narrower count", "缩小区间"), 1))


def test_what_settles_a_route_says_nothing_twice(rule, result):
    flow = replace(result.flows[0], name="f", mechanism="undetermined", because=("A", "B", "C"))
    said = {"A": "their ages", "B": "their ages; a narrower count", "C": "a fact"}
    findings = tuple(
        replace(rule, rule_id=name, scope="flow:f", settle=settle, settle_zh=settle)
        for name, settle in said.items()
    )

    settling = view.settling(flow, replace(result, findings=findings))

    assert [en for en, _ in settling] == ["their ages; a narrower count", "a fact"]


def test_a_rejected_tag_is_no_personal_information(result):
    (table,) = (table for _, table in selecting.tables(result) if table.name == "service_log")

    assert [column.name for column in table.pi_columns] == ["content"]


def test_the_map_and_the_totals_agree(result):
    by_table = view.heat(result, by_dataset=False)
    by_dataset = view.heat(result, by_dataset=True)

    for total in selecting.type_totals(result):
        assert sum(row.columns.get(total.type, 0) for row in by_table) == total.columns
        assert sum(row.columns.get(total.type, 0) for row in by_dataset) == total.columns
        assert sum(total.type in row.columns for row in by_table) == total.tables


def test_the_total_is_over_all_data_held_where_that_was_counted(result):
    everything = result.organization.subjects[0]
    recent = replace(everything, window="year_to_date", upper=everything.upper // 2)

    assert selecting.total((recent, everything)) is everything
    assert selecting.total((recent,)) is recent
    assert selecting.total(()) is None


def test_the_least_certain_tables_come_first(result):
    widths = [count.upper - count.lower for _, _, count in view.widest(result)]

    assert widths == sorted(widths, reverse=True)
    assert len(widths) == 5


def test_sources_that_did_not_open_are_listed_too(result):
    sources = dict(view.sources(result))

    assert sources["hdfs"] == ""
    assert sources["crm"] == "postgresql+psycopg://db.internal/crm"
