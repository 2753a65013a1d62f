"""At the edges: a warning at exactly the number, and rules that are asked only while in force."""

from datetime import date, timedelta

import pytest

from benchmarks.law.golden import golden_dates
from scanner.rules import assess, load_facts

PLATFORM_ABROAD = {"organization": {"network_platform": True, "listing": "foreign"}}
ONE_FLOW = load_facts({"flows": [{"name": "f"}]})
DAYS = sorted({day for dates in golden_dates().values() for day in (dates.first, dates.last) if day})


def review(users):
    assessment = assess(load_facts({**PLATFORM_ABROAD, "held": {"users": users}}), date(2026, 11, 22))
    return next(finding for finding in assessment.findings if finding.rule_id == "CSR-M22-1M")


def test_cybersecurity_review_warns_at_exactly_one_million_users():
    finding = review(1_000_000)

    assert finding.verdict == "not_met"
    assert "Exactly at the number" in finding.why
    assert "恰为该数" in finding.why_zh


@pytest.mark.parametrize("users", [999_999, 1_000_001])
def test_cybersecurity_review_does_not_warn_beside_the_line(users):
    assert "Exactly at the number" not in review(users).why


@pytest.mark.parametrize("change", DAYS, ids=str)
def test_rules_are_asked_only_while_in_force(change):
    for day in (change - timedelta(days=1), change, change + timedelta(days=1)):
        asked = {finding.rule_id for finding in assess(ONE_FLOW, day, include_unverified=True).findings}
        expected = {
            rule
            for rule, dates in golden_dates().items()
            if dates.first <= day and (dates.last is None or day <= dates.last)
        }

        assert asked == expected
