"""Laws that hold for every number: wider intervals know less, more people never mean less duty."""

from copy import deepcopy
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scanner.result import Interval
from scanner.rules import assess, grade_dataset, load_facts, load_packs
from scanner.rules.facts.readings import Reading, unite
from scanner.rules.law.rule_parts import Comparison
from scanner.rules.verdicts.evaluation import compare

EDGES = (0, 1, 10_000, 100_000, 1_000_000, 10_000_000, 50_000_000, 100_000_000)
DAYS = st.sampled_from([date(2022, 6, 1), date(2023, 7, 1), date(2024, 6, 1), date(2026, 11, 22)])
COUNTED = {
    "held": ("pi_subjects", "spi_subjects", "users", "minors_under_14", "minors_under_18", "face_subjects"),
    "outbound": ("nonsensitive_subjects", "sensitive_subjects"),
    "incident": ("pi_subjects", "spi_subjects"),
}


@st.composite
def counts(draw):
    """Draw numbers near the lines of the law."""
    return max(0, draw(st.sampled_from(EDGES)) + draw(st.integers(-2, 2)))


@st.composite
def intervals(draw):
    lower, estimate, upper = sorted((draw(counts()), draw(counts()), draw(counts())))
    return {"lower": lower, "estimate": estimate, "upper": upper}


@st.composite
def declared(draw):
    data = {
        "organization": {
            "ciio": draw(st.sampled_from([None, True, False])),
            "network_platform": draw(st.booleans()),
            "listing": draw(st.sampled_from(["none", "foreign"])),
            "sectors": draw(st.sampled_from([["retail"], ["automotive"]])),
            "face_recognition_in_use": draw(st.booleans()),
            "ftz": draw(st.sampled_from([None, "beijing"])),
        }
    }
    for section, keys in COUNTED.items():
        data[section] = {key: draw(intervals()) for key in keys}
    return data


def widened(data, by):
    wide = {**data}
    for section, keys in COUNTED.items():
        wide[section] = {key: widen(data[section][key], by) for key in keys}
    return wide


def widen(interval, by):
    return {**interval, "lower": max(0, interval["lower"] - by), "upper": interval["upper"] + by}


def verdicts(data, day):
    assessment = assess(load_facts(data, consistent=False), day, include_drafts=True)
    return {(finding.rule_id, finding.scope): finding.verdict for finding in assessment.findings}


@settings(deadline=None, max_examples=60)
@given(declared(), DAYS, st.integers(0, 2_000_000))
def test_widening_an_interval_never_settles_what_was_open(data, day, by):
    narrow, wide = verdicts(data, day), verdicts(widened(data, by), day)

    assert [key for key, verdict in narrow.items() if verdict == "undetermined" != wide[key]] == []
    assert [key for key, verdict in narrow.items() if verdict == "met" and wide[key] == "not_met"] == []


@settings(deadline=None, max_examples=60)
@given(declared(), DAYS, st.integers(0, 2_000_000))
def test_widening_an_interval_never_settles_a_route(data, day, by):
    facts, wide = load_facts(data, consistent=False), load_facts(widened(data, by), consistent=False)
    narrow_route = assess(facts, day).route["all"].mechanism
    wide_route = assess(wide, day).route["all"].mechanism

    assert wide_route in (narrow_route, "undetermined")


AGES = (("held", "spi_subjects"), ("held", "minors_under_14"), ("outbound", "sensitive_subjects"))


def with_ages(data, share):
    """Return the facts with so many quarters of some upper ends of unknown age, and with all of age."""
    asked, told = deepcopy(data), deepcopy(data)
    for section, key in AGES:
        one = data[section][key]
        unknown = (one["upper"] - one["estimate"]) * share // 4
        asked[section][key]["unknown_age"] = unknown
        told[section][key]["upper"] -= unknown
    return asked, told


@settings(deadline=None, max_examples=60)
@given(declared(), DAYS, st.integers(0, 4))
def test_unknown_ages_change_no_verdict_and_settle_what_they_are_said_to_settle(data, day, share):
    asked, told = with_ages(data, share)
    held = told["held"]
    assume(held["minors_under_14"]["lower"] <= held["spi_subjects"]["upper"])  # children are sensitive
    settled = verdicts(told, day)
    found = assess(load_facts(asked, consistent=False), day, include_drafts=True).findings
    by_age = [f for f in found if f.settle.startswith("the ages of") and ";" not in f.settle]

    assert {(f.rule_id, f.scope): f.verdict for f in found} == verdicts(data, day)
    assert [f.rule_id for f in by_age if settled[f.rule_id, f.scope] == "undetermined"] == []


@settings(deadline=None, max_examples=40)
@given(declared(), DAYS, st.sampled_from([(s, k) for s, keys in COUNTED.items() for k in keys]), counts())
def test_more_people_never_undo_a_lower_line(data, day, where, more):
    section, key = where
    larger = {**data, section: {**data[section], key: {k: v + more for k, v in data[section][key].items()}}}
    before, after = verdicts(data, day), verdicts(larger, day)
    # Non-sensitive persons are those held less the sensitive ones, so more of these lower that count.
    excluded = {"BJREF-PI-10M"}
    lines = {
        rule.id
        for loaded in load_packs()
        for rule in loaded.pack.rules
        if rule.operator in ("ge", "gt") and rule.upper is None and rule.id not in excluded
    }

    assert [
        one
        for one, verdict in before.items()
        if one[0] in lines and verdict == "met" and after[one] == "not_met"
    ] == []


@given(st.sampled_from(["ge", "gt", "le", "lt"]), counts(), intervals())
def test_an_interval_agrees_with_every_number_inside(operator, threshold, interval):
    test = Comparison(metric="held.pi_subjects", operator=operator, threshold=threshold)
    passed = compare(test, Reading(**interval))
    inside = {
        compare(test, Reading(lower=n, estimate=n, upper=n)) for n in (interval["lower"], interval["upper"])
    }

    assert passed == (inside.pop() if len(inside) == 1 else None)


@given(st.lists(st.sets(st.integers(0, 30)), max_size=4))
def test_united_bounds_hold_the_true_number(flows):
    bounds = unite(Reading(lower=len(flow), estimate=len(flow), upper=len(flow)) for flow in flows)

    assert bounds.lower <= len(set().union(*flows)) <= bounds.upper
    assert bounds.lower <= bounds.estimate <= bounds.upper


@given(counts(), counts())
def test_more_people_never_lower_the_grade(few, more):
    levels = ("general", "important", "core")
    low, high = (
        levels.index(grade_dataset(persons=Interval(number, number, number)).level)
        for number in (few, few + more)
    )

    assert low <= high
