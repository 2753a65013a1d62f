"""Why a verdict changed: decided by asking the rules again, never by guessing."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.changes import diff, shipped
from scanner.changes.asking import with_counts_of
from scanner.result import CountedFact, FactsResult
from scanner.rules import load_packs, parse_pack

FACTS = {
    "as_of": "2026-11-22",
    "organization": {"ciio": False, "listing": "none", "network_platform": True},
    "held": {"pi_subjects": 900_000, "spi_subjects": 10, "users": 900_000},
}
COUNTED = (CountedFact(section="held", key="pi_subjects"), CountedFact(section="held", key="spi_subjects"))


def facts(**held):
    return {**deepcopy(FACTS), "held": {**FACTS["held"], **held}}


@pytest.fixture(scope="module")
def scan_of(base, judged):
    """Return a function that makes a scan of declared and counted facts."""

    def make(given, **more):
        known = replace(base, facts=FactsResult(given=given, counted=COUNTED), not_scanned=(), complete=True)
        return judged(known, given, **more)

    return make


def other_lines(factor, start=10_000):
    """Return the packs with every line from ``start`` persons on multiplied: other versions of the texts."""
    changed = []
    for loaded in load_packs():
        pack = loaded.pack
        rules = tuple(
            rule.model_copy(update={"threshold": int(rule.threshold * factor)})
            if (rule.threshold or 0) >= start
            else rule
            for rule in pack.rules
        )
        different = rules != tuple(pack.rules)
        digest = f"{factor}-{loaded.digest}" if different else loaded.digest
        changed.append(replace(loaded, pack=pack.model_copy(update={"rules": rules}), digest=digest))
    return tuple(changed)


def knowing(*packs):
    by_digest = {pack.digest: pack for pack in packs}
    return lambda pack: by_digest.get(pack.digest) or shipped(pack)


def causes(before, after, **more):
    return {change.rule_id: change.cause for change in diff(before, after, **more).lines}


def test_more_people_are_the_data(scan_of):
    found = causes(scan_of(facts()), scan_of(facts(pi_subjects=1_100_000)))

    assert found
    assert set(found.values()) == {"counted"}


def test_an_answered_question_is_a_declaration(scan_of):
    before = facts()
    del before["organization"]["ciio"]

    found = causes(scan_of(before), scan_of(facts()))

    assert found
    assert set(found.values()) == {"declared"}


def test_a_lower_line_is_the_rules_and_not_the_data(scan_of):
    strict = other_lines(0.5)
    before, after = scan_of(facts()), scan_of(facts(), packs=strict)

    changes = diff(before, after, archive=knowing(*strict))

    assert {line.change for line in changes.lines} >= {"reached"}
    assert {line.cause for line in changes.lines} == {"rules"}


def test_a_lower_line_is_the_rules_though_people_came_and_went(scan_of):
    strict = other_lines(0.5)
    before, after = scan_of(facts()), scan_of(facts(pi_subjects=900_500), packs=strict)

    assert set(causes(before, after, archive=knowing(*strict)).values()) == {"rules"}


def test_more_people_are_the_data_though_the_rules_are_of_another_version(scan_of):
    lax = other_lines(1.01)
    before, after = scan_of(facts()), scan_of(facts(pi_subjects=5_000_000), packs=lax)

    assert set(causes(before, after, archive=knowing(*lax)).values()) == {"counted"}


def test_both_at_once_are_several(scan_of):
    lax = other_lines(1.5)
    before, after = scan_of(facts(pi_subjects=1_200_000), packs=lax), scan_of(facts(pi_subjects=1_600_000))

    assert set(causes(before, after, archive=knowing(*lax)).values()) == {"several"}


def test_a_rule_that_came_into_force_is_the_rules(scan_of):
    before = scan_of(facts(pi_subjects=2_000_000), as_of="2024-12-31")
    after = scan_of(facts(pi_subjects=2_000_000), as_of="2025-01-01")

    changes = diff(before, after)

    assert {line.cause for line in changes.lines if not line.before} == {"rules"}


def test_a_rule_that_took_over_names_the_one_it_replaced(scan_of):
    given = facts()
    given["flows"] = [
        {
            "name": "eu",
            "recipient_country": "DE",
            "nonsensitive_subjects": 2_000_000,
            "sensitive_subjects": 50_000,
        }
    ]
    before, after = scan_of(given, as_of="2024-03-21"), scan_of(given, as_of="2024-03-22")

    found = {line.rule_id: line for line in diff(before, after).lines}

    assert (found["EXP-M22-10K"].change, found["EXP-M22-10K"].replaced_by) == ("left", "EXP-P24-10K")
    assert (found["EXP-P24-10K"].change, found["EXP-P24-10K"].replaces) == ("reached", ("EXP-M22-10K",))
    assert {found[rule].cause for rule in ("EXP-M22-10K", "EXP-P24-10K")} == {"rules"}


def test_a_period_that_ran_out_is_the_day(scan_of):
    given = facts()
    given["flows"] = [
        {
            "name": "eu",
            "recipient_country": "DE",
            "mechanism": "assessment",
            "assessment_result": "2024-06-01",
            "nonsensitive_subjects": 5,
            "sensitive_subjects": 1,
        }
    ]
    before, after = scan_of(given, as_of="2027-05-31"), scan_of(given, as_of="2027-06-02")

    found = {line.rule_id: line for line in diff(before, after).lines}

    assert found
    assert {line.cause for line in found.values()} == {"day"}


def test_what_was_left_unread_is_the_coverage(base, scan_of):
    open_ended = facts(pi_subjects={"lower": 900_000, "estimate": 900_000, "upper": 10_000_000_000})
    part = scan_of(open_ended)
    needs = tuple(
        replace(f, needs=("scan.complete", *f.needs)) if f.verdict == "undetermined" else f
        for f in part.findings
    )

    found = causes(scan_of(facts()), replace(part, findings=needs))

    assert found
    assert set(found.values()) == {"coverage"}


def test_rules_of_an_older_record_that_are_nowhere_are_judged_by_those_of_now(scan_of):
    lost = other_lines(2)
    before = scan_of(facts(pi_subjects=1_200_000), packs=lost)

    assert set(causes(before, scan_of(facts(pi_subjects=1_200_000))).values()) == {"rules"}
    assert set(causes(scan_of(facts(), packs=lost), scan_of(facts(pi_subjects=5_000_000))).values()) == {
        "counted"
    }


def test_two_records_with_lost_rules_cannot_be_judged(scan_of):
    first, second = other_lines(2), other_lines(3)
    before = scan_of(facts(pi_subjects=1_200_000), packs=first)
    after = scan_of(facts(pi_subjects=2_200_000), packs=second)

    found = causes(before, replace(after, findings=(*after.findings,)))

    assert set(found.values()) <= {"unknown"}


def test_lost_rules_on_equal_facts_are_the_rules_all_the_same(scan_of):
    first, second = other_lines(2), other_lines(0.4)
    before, after = scan_of(facts(), packs=first), scan_of(facts(), packs=second)

    found = causes(before, after)

    assert found
    assert set(found.values()) == {"rules"}


def test_records_without_facts_under_one_set_of_rules_are_the_facts(scan_of):
    before, after = scan_of(facts()), scan_of(facts(pi_subjects=1_100_000))

    found = causes(replace(before, facts=None), replace(after, facts=None))

    assert found
    assert set(found.values()) == {"facts"}


def test_records_without_facts_under_other_rules_are_unknown(scan_of):
    before, after = scan_of(facts(), packs=other_lines(2)), scan_of(facts(pi_subjects=5_000_000))

    assert set(causes(replace(before, facts=None), replace(after, facts=None)).values()) == {"unknown"}


def test_a_verdict_that_this_version_does_not_find_again_is_the_program(scan_of):
    after = scan_of(facts())
    index, finding = next((i, f) for i, f in enumerate(after.findings) if f.verdict == "not_met")
    wrong = (*after.findings[:index], replace(finding, verdict="met"), *after.findings[index + 1 :])
    before = replace(after, findings=wrong, scan=replace(after.scan, version="0.0.1"))

    assert causes(before, after) == {finding.rule_id: "program"}


def test_a_pack_kept_as_text_can_be_asked_again():
    from importlib.resources import files

    for entry in files("scanner.rules").joinpath("packs").iterdir():
        if entry.name.endswith(".yaml"):
            loaded = parse_pack(entry.name, entry.read_bytes())
            assert shipped(loaded.result()) == loaded


persons = st.integers(1, 3_000_000)


@settings(max_examples=20, deadline=None)
@given(persons, persons, st.sampled_from([0.3, 0.9, 1.0, 1.7]))
def test_equal_rules_are_never_blamed_nor_equal_facts(scan_of, then, now, factor):
    other = other_lines(factor)
    archive = knowing(*other)
    before, after = scan_of(facts(pi_subjects=then)), scan_of(facts(pi_subjects=now))
    ruled, both = scan_of(facts(pi_subjects=then), packs=other), scan_of(facts(pi_subjects=now), packs=other)

    assert causes(before, after).keys() == causes(after, before).keys()
    assert set(causes(before, after).values()) <= {"counted"}
    assert set(causes(before, ruled, archive=archive).values()) <= {"rules"}
    assert set(causes(before, both, archive=archive).values()) <= {"rules", "counted", "several"}


def test_counts_of_one_scan_go_with_the_declarations_of_the_other():
    counted = (
        CountedFact(section="held", key="pi_subjects"),
        CountedFact(section="flows", flow="a", key="n"),
    )
    then = FactsResult(
        given={"held": {"pi_subjects": 1, "users": 7}, "flows": [{"name": "a", "n": 1}]}, counted=counted
    )
    now = FactsResult(
        given={
            "held": {"pi_subjects": 2, "users": 8},
            "flows": [{"name": "a", "n": 2, "x": True}, {"name": "b"}],
        },
        counted=counted,
    )

    mixed = with_counts_of(now, then)

    assert mixed.given == {
        "held": {"pi_subjects": 1, "users": 8},
        "flows": [{"name": "a", "n": 1, "x": True}, {"name": "b"}],
    }
    assert now.given["held"]["pi_subjects"] == 2
