"""The golden table: every line of the law below, at and above, each row with its article.

What a line needs is read from the packs, so a new line without its rows fails here.
"""

from collections import defaultdict

import pytest

from benchmarks.law.golden import (
    TABLE,
    golden_cases,
    golden_dates,
    golden_routes,
    in_force,
    outcomes,
    rows,
    verdict_of,
)
from benchmarks.law.mutation import survivors
from scanner.rules import find_rule, load_packs
from scanner.rules.facts.conditions import CONDITION_FACTS
from scanner.rules.metrics import METRICS
from scanner.rules.verdicts.evaluation import state_of
from scanner.user_files.yaml_text import read_yaml

CASES = list(golden_cases())
RULES = [rule for loaded in load_packs() for rule in loaded.pack.rules]
TESTS = [(rule, test) for rule in RULES for test in (rule, *rule.also, *rule.instead)]
NUMERIC = [pair for pair in TESTS if pair[1].threshold is not None]
YES_NO = [pair for pair in TESTS if pair[1].threshold is None]
# Read off a date, which is known or not.
COUNTED = [
    pair for pair in NUMERIC if not METRICS[pair[1].metric].path.startswith(("events.", "flows.assessment"))
]
# Left out, no exemption is claimed; left out, there was no incident.
ASKED = [pair for pair in TESTS if not pair[1].metric.startswith("flow.exemption.")]
NEVER_UNKNOWN = "incident.declared"
CONDITIONS = [(rule, condition) for rule in RULES for condition in rule.conditions]


def named(pair):
    rule, part = pair
    return f"{rule.id}-{getattr(part, 'fact', None) or part.metric}"


@pytest.fixture(scope="module")
def seen():
    """By rule id, the facts of its rows as the rule sees them."""
    views = defaultdict(list)
    for case in CASES:
        views[case.rule] += [view for view, _ in outcomes(find_rule(case.rule)[1], case)]
    return views


def readings(seen, pair):
    rule, test = pair
    return [METRICS[test.metric].read(view) for view in seen[rule.id]]


def test_every_row_has_the_verdict_of_the_law():
    found = [(case, verdict_of(find_rule(case.rule)[1], case)) for case in CASES]

    assert [(case.rule, case.about, verdict) for case, verdict in found if verdict != case.expected] == []


def test_every_rule_has_rows_and_every_row_its_article():
    articles = {(row["rule"], row["article"]) for row in rows()}

    assert articles == {(rule.id, rule.article) for rule in RULES}
    assert len(CASES) >= 150


@pytest.mark.parametrize("pair", NUMERIC, ids=named)
def test_every_number_has_rows_below_at_and_above_it(seen, pair):
    _, test = pair
    exact = {one.lower for one in readings(seen, pair) if one.lower == one.upper}
    numbers = {test.threshold, test.upper or test.threshold}
    around = {number + step for number in numbers for step in (-1, 0, 1)}

    assert {number for number in around if number >= 0} - exact == set()


@pytest.mark.parametrize("pair", COUNTED, ids=named)
def test_every_number_has_an_interval_across_it(seen, pair):
    _, test = pair
    wide = [(one.lower, one.upper) for one in readings(seen, pair) if one.upper is not None]
    edges = [test.threshold - (test.operator in ("ge", "lt"))] + ([test.upper - 1] if test.upper else [])

    assert [edge for edge in edges if edge >= 0 and not any(a <= edge < b for a, b in wide)] == []


@pytest.mark.parametrize("pair", ASKED, ids=named)
def test_every_test_has_a_row_where_its_fact_is_missing(seen, pair):
    assert [one for one in readings(seen, pair) if one.upper is None and not one.lower]


@pytest.mark.parametrize("pair", YES_NO, ids=named)
def test_every_yes_or_no_has_both_answers(seen, pair):
    assert {min(one.lower, 1) for one in readings(seen, pair) if one.upper is not None} == {0, 1}


@pytest.mark.parametrize("pair", CONDITIONS, ids=named)
def test_every_condition_has_rows_where_it_holds_fails_and_is_unknown(seen, pair):
    rule, condition = pair
    states = {state_of(condition, view) for view in seen[rule.id]}
    values = {CONDITION_FACTS[condition.fact].read(view) for view in seen[rule.id]}

    assert states >= {True, False}
    assert None in values or condition.fact == NEVER_UNKNOWN


def test_every_rule_is_in_force_from_its_first_day_to_its_last():
    dates = golden_dates()
    dated = {rule.id: (loaded.pack, rule) for loaded in load_packs() for rule in loaded.pack.rules}
    never = {name for name, (pack, _) in dated.items() if pack.status == "draft"}

    assert dates.keys() == dated.keys() - never
    assert [name for name, days in dates.items() if not in_force(*dated[name], days)] == []


def test_every_rule_that_leads_somewhere_is_the_reason_of_a_route():
    reasons = {rule for one in golden_routes() for rules in one.because.values() for rule in rules}

    assert {rule.id for rule in RULES if rule.route} - reasons == set()


def test_any_change_of_a_pack_breaks_a_row():
    survived = []
    made = survivors(survived.append)

    assert made.total() > 1000
    assert survived == []


def clock(deadline):
    """Return a deadline in the words of clocks.yaml."""
    if deadline.fixed or deadline.each_year:
        return f"on {deadline.fixed}" if deadline.fixed else f"each {deadline.each_year}"
    span = f"{deadline.number}{f' to {deadline.upto}' if deadline.upto else ''} {deadline.unit} "
    event = f"after {deadline.after}" if deadline.after else f"before {deadline.before}"
    prefix = "every " * deadline.recurring + "opens " * deadline.opens
    whose = f" for {deadline.when.equals}" if deadline.when else ""
    return prefix + (span if deadline.number else "") + event + whose


def test_every_duty_falls_due_as_the_texts_say():
    table = read_yaml((TABLE.parent / "clocks.yaml").read_bytes())
    expected = {rule: row["clocks"] for row in table for rule in row["rules"]}

    assert {rule.id: [clock(one) for one in rule.deadlines] for rule in RULES if rule.deadlines} == expected
