"""Golden scenarios: facts in, verdicts, routes and grades out."""

from pathlib import Path

import pytest

from scanner.rules import assess, load_facts
from scanner.user_files.yaml_text import read_yaml

SCENARIOS = read_yaml((Path(__file__).parent / "scenarios.yaml").read_text(encoding="utf-8"))


def run(scenario):
    return assess(
        load_facts(scenario["facts"]),
        include_drafts=scenario.get("drafts", False),
        include_unverified=scenario.get("unverified", False),
    )


def findings(assessment):
    named = {}
    for finding in assessment.findings:
        _, flow, name = finding.scope.partition("flow:")
        named[f"{finding.rule_id}@{name}" if flow else finding.rule_id] = finding
    return named


@pytest.fixture(params=SCENARIOS, ids=lambda scenario: scenario["name"])
def scenario(request):
    return request.param


def test_verdicts_are_those_of_the_law(scenario):
    found = findings(run(scenario))
    expected = scenario.get("verdicts", {})

    assert {rule: found[rule].verdict for rule in expected} == expected


def test_rules_not_in_force_are_not_evaluated(scenario):
    rules = {finding.rule_id for finding in run(scenario).findings}

    assert rules.isdisjoint(scenario.get("absent", ()))


def test_routes_follow_the_order_of_decision(scenario):
    route = run(scenario).route
    expected = scenario.get("route", {})

    assert {name: route[name].mechanism for name in expected} == expected


def test_routes_name_their_rules(scenario):
    route = run(scenario).route
    expected = scenario.get("because", {})

    assert {name: list(route[name].because) for name in expected} == expected


def test_open_verdicts_name_what_is_missing(scenario):
    found = findings(run(scenario))
    expected = scenario.get("needs", {})

    assert {rule: list(found[rule].needs) for rule in expected} == expected


def test_open_verdicts_say_what_settles_them(scenario):
    found = findings(run(scenario))

    for rule, words in scenario.get("settle", {}).items():
        assert [word for word in words if word not in found[rule].settle + found[rule].settle_zh] == []


def test_counts_are_the_united_bounds(scenario):
    found = findings(run(scenario))

    for rule, bounds in scenario.get("counts", {}).items():
        count = found[rule].count
        assert [count.lower, count.estimate, count.upper] == bounds


def test_grade_of_what_the_organization_holds(scenario):
    grade = run(scenario).grade

    assert [grade.level, grade.status] == scenario.get("grade", [grade.level, grade.status])


def test_every_finding_can_be_read(scenario):
    for finding in run(scenario).findings:
        assert finding.why.endswith(".")
        assert finding.why_zh.endswith("。")
        assert finding.title_zh
        assert finding.duty_zh
        assert finding.source
        assert "{" not in finding.why + finding.why_zh
        is_open = finding.verdict == "undetermined"
        assert bool(finding.needs) == bool(finding.settle) == bool(finding.settle_zh) == is_open, (
            finding.rule_id
        )
