"""Structured deadlines and the dates that follow from them."""

from datetime import date, datetime

import pytest
from pydantic import ValidationError

from scanner.rules import assess, load_facts, load_packs
from scanner.rules.dates.months import add_months
from scanner.rules.law.rule_parts import Deadline
from scanner.rules.verdicts.deadlines import find_due

TODAY = date(2026, 11, 22)


def due(events, as_of=TODAY, **deadline):
    return find_due(Deadline(en="e", zh="期限", **deadline), events, as_of)


def test_working_days_run_from_the_day_after_the_event():
    found = due(
        {"contract_effective": date(2026, 9, 24)}, number=10, unit="working_days", after="contract_effective"
    )

    assert found.day == date(2026, 10, 15)
    assert found.certain


def test_a_period_into_an_unpublished_year_is_not_certain():
    found = due({"audit": date(2026, 12, 25)}, number=10, unit="working_days", after="audit")

    assert found.day.year == 2027
    assert not found.certain


def test_hours_run_from_the_minute():
    found = due(
        {"incident_known": datetime(2026, 11, 22, 22, 30)}, number=4, unit="hours", after="incident_known"
    )

    assert found.moment == datetime(2026, 11, 23, 2, 30)
    assert found.day == date(2026, 11, 23)


def test_months_and_years_end_on_the_day_of_the_same_number():
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)
    assert due({"audit": date(2025, 5, 1)}, number=2, unit="years", after="audit").day == date(2027, 5, 1)


def test_a_renewal_window_opens_before_the_expiry_and_ends_with_it():
    window = {"number": 60, "unit": "working_days", "before": "assessment_expiry"}
    events = {"assessment_expiry": date(2026, 12, 31)}

    assert due(events, opens=True, **window).day == date(2026, 12, 31)
    assert due(events, opens=True, **window).opens == date(2026, 10, 9)
    assert due(events, **window).day == date(2026, 10, 9)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(date(2026, 12, 14), 2026), (date(2026, 12, 15), 2026), (date(2026, 12, 16), 2027)],
)
def test_a_yearly_day_is_the_next_one(as_of, expected):
    assert due({}, as_of, each_year="12-15").day == date(expected, 12, 15)


def test_fixed_days_and_acts_need_no_event_or_ask_for_it():
    assert due({}, fixed=date(2025, 8, 29)).day == date(2025, 8, 29)
    assert due({}, before="transfer") is None
    assert due({"listing": date(2027, 3, 1)}, before="listing").day == date(2027, 3, 1)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"after": "audit"},
        {"before": "transfer", "each_year": "12-15"},
        {"number": 3, "after": "audit"},
        {"each_year": "13-01"},
        {"each_year": "12-15", "recurring": True},
        {"after": "moon", "number": 1, "unit": "years"},
    ],
)
def test_a_deadline_without_one_clear_clock_is_refused(broken):
    with pytest.raises(ValidationError):
        Deadline(en="e", zh="期限", **broken)


def test_every_deadline_of_the_packs_is_worded_in_both_languages():
    deadlines = [one for loaded in load_packs() for rule in loaded.pack.rules for one in rule.deadlines]

    assert len(deadlines) > 30
    assert all(one.en and one.zh for one in deadlines)


def finding(text, rule):
    return next(one for one in assess(load_facts(text), TODAY).findings if one.rule_id == rule)


def test_a_finding_is_dated_once_the_day_is_declared():
    held = "held: {pi_subjects: 1000000}\n"

    assert not finding(held, "PIPO-30D").due
    dated = finding(held + "events: {reached: {PIPO-30D: 2026-09-24}}", "PIPO-30D")
    assert dated.due == "2026-11-12"
    assert dated.deadline == "30 working days after the number is reached (达到之日起30个工作日内)"


def test_a_contract_filing_runs_from_its_own_flow():
    flows = "flows: [{name: a, mechanism: standard_contract, contract_effective: 2026-11-02}]"

    assert finding(flows, "SCC-M23-FILE").due == "2026-11-16"


# organization, hours of the first report
CLOCKS = [
    ("{ciio: true}", {1}),
    ("{ciio: false, central_organ: true}", {2}),
    ("{ciio: false, central_organ: false}", {4}),
    ("{}", {1, 2, 4}),
]


@pytest.mark.parametrize(("organization", "hours"), CLOCKS)
def test_the_first_report_of_an_incident_runs_on_its_own_clock(organization, hours):
    text = f"organization: {organization}\nincident: {{pi_subjects: 2000000, known_at: 2026-11-22 09:00:00}}"
    clocks = [one for one in finding(text, "INC-L").deadlines if one.unit == "hours"]

    assert {one.number for one in clocks} == hours
    assert {one.due for one in clocks} == {f"2026-11-22T{9 + hour:02}:00:00" for hour in hours}
