"""Distance to a line, the day a growing count reaches it, and volumes that look split."""

from datetime import date

import pytest

from scanner.rules import assess, load_facts

TODAY = date(2026, 11, 22)


def finding(text, rule, **options):
    return next(one for one in assess(load_facts(text), TODAY, **options).findings if one.rule_id == rule)


# persons held, band of the officer's line at one million
BANDS = [("799999", "far"), ("800000", "near"), ("999999", "near"), ("1000000", "beyond")]


@pytest.mark.parametrize(("persons", "band"), BANDS)
def test_a_count_is_near_within_a_fifth_of_the_line(persons, band):
    found = finding(f"held: {{pi_subjects: {persons}}}", "PIPO-30D").distance

    assert found.band == band
    assert found.lower == found.upper == 1_000_000 - int(persons)


def test_the_warning_band_can_be_set_and_an_interval_across_the_line_is_open():
    wide = finding("held: {pi_subjects: 500001}", "PIPO-30D", warn_within=0.5)
    across = finding("held: {pi_subjects: {lower: 990000, upper: 1010000}}", "PIPO-30D")

    assert wide.distance.band == "near"
    assert (across.distance.band, across.distance.lower, across.distance.upper) == ("open", -10_000, 10_000)
    assert across.distance.percent_upper == 1.0


SERIES = """
held: {pi_subjects: 900000}
history:
  held.pi_subjects:
    - {day: 2026-08-14, count: 800000}
    - {day: 2026-09-03, count: 820000}
    - {day: 2026-10-03, count: 850000}
    - {day: 2026-11-22, count: 900000}
"""


def test_a_steady_growth_carries_on_to_the_day_of_the_line():
    outlook = finding(SERIES, "PIPO-30D").outlook

    assert (
        outlook.earliest == outlook.expected == outlook.latest == "2027-03-02"
    )  # 100,000 missing, 1,000 a day
    assert "Theil-Sen" in outlook.en


def test_a_year_to_date_count_does_not_carry_on_beyond_its_year():
    text = """
organization: {ciio: false}
outbound: {nonsensitive_subjects: 80000, sensitive_subjects: 0}
history:
  outbound.nonsensitive_subjects:
    - {day: 2026-09-01, count: 70000}
    - {day: 2026-10-01, count: 75000}
    - {day: 2026-11-01, count: 80000}
"""
    outlook = finding(text, "EXP-P24-BAND-PI").outlook

    assert outlook.expected == ""
    assert "restarts on 1 January" in outlook.en


def test_a_line_passed_between_two_counts_dates_the_deadline_from_the_earliest_day():
    text = """
held: {pi_subjects: 1000000}
history:
  held.pi_subjects: [{day: 2026-09-24, count: 999999}, {day: 2026-10-20, count: 1000000}]
"""
    found = finding(text, "PIPO-30D")

    assert (found.outlook.earliest, found.outlook.latest) == ("2026-09-25", "2026-10-20")
    assert found.due == "2026-11-12"  # the holiday that follows does not count


def test_entities_that_pass_a_line_only_together_are_flagged():
    text = """
organization: {ciio: false}
outbound: {nonsensitive_subjects: 600000, sensitive_subjects: 0}
entities: [{name: sister, nonsensitive_subjects: 500000, sensitive_subjects: 0}]
flows: [{name: a, mechanism: standard_contract}]
"""
    assessment = assess(load_facts(text), TODAY)
    split = next(one for one in assessment.findings if one.rule_id == "SCC-M23-NOSPLIT")

    assert (split.verdict, split.needs) == ("undetermined", ("outbound.volume_split",))
    assert "organization, sister together may reach 1,100,000" in assessment.warnings[0].en


def test_split_volumes_are_treated_as_one():
    text = """
organization: {ciio: false}
held: {important_data: none}
outbound: {nonsensitive_subjects: 1, sensitive_subjects: 6000, volume_split: true}
entities: [{name: sister, nonsensitive_subjects: 1, sensitive_subjects: 12000}]
"""
    assert assess(load_facts(text), TODAY).route["all"].mechanism == "security_assessment"
