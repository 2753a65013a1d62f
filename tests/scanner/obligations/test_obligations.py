"""The obligations calendar: what is due when, on the days of the law."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import pytest

from scanner.obligations import find_obligations, recorded_obligations
from scanner.rules import assess, find_rule, load_facts

QUIET = {
    "organization": {"ciio": False, "sectors": ["retail"], "listing": "none", "ftz": None},
    "held": {
        "pi_subjects": 1,
        "spi_subjects": 0,
        "users": 0,
        "minors_under_14": 0,
        "minors_under_18": 0,
        "face_subjects": 0,
        "important_data": "none",
    },
    "flows": [],
}


def due(as_of="2026-11-26", **sections):
    facts = {"as_of": as_of} | {
        key: {**QUIET.get(key, {}), **value} if isinstance(value, dict) else value
        for key, value in {**QUIET, **sections}.items()
    }
    loaded = load_facts(facts)
    return find_obligations(assess(loaded), loaded)


def of(rule, found, scope=None):
    return [one for one in found if one.rule_id == rule and scope in (None, one.scope)]


def flow(**more):
    numbers = {"nonsensitive_subjects": 500_000, "sensitive_subjects": 0}
    return {"name": "eu", "recipient_country": "DE", **numbers, **more}


@pytest.mark.parametrize(
    ("rule", "sections", "days"),
    [
        # Order 18 art. 4: every 2 years above 10 million; 2026-04 Q2: 3 or 4 years, 5 years.
        ("AUD-10M", {"held": {"pi_subjects": 10_000_000}, "events": {"audit": "2026-03-05"}}, "2028-03-05"),
        ("AUD-1M", {"held": {"pi_subjects": 2_000_000}, "events": {"audit": "2026-03-05"}}, "2029-03-05"),
        ("AUD-LE1M", {"held": {"pi_subjects": 900_000}, "events": {"audit": "2026-03-05"}}, "2031-03-05"),
        # Order 766 art. 37 with the notice of 2025-12-29.
        ("MIN-AUDIT", {"held": {"minors_under_18": 1}}, "2027-01-31"),
        # Order 7 art. 13.
        (
            "AUTO-ANNUAL",
            {"organization": {"sectors": ["automotive"]}, "held": {"important_data": "notified"}},
            "2026-12-15",
        ),
        # 30 working days from 2026-08-17, with the holidays of Mid-Autumn and National Day in between.
        (
            "PIPO-30D",
            {"held": {"pi_subjects": 1_000_000}, "events": {"reached": {"PIPO-30D": "2026-08-17"}}},
            "2026-09-28",
        ),
        (
            "FACE-100K",
            {
                "organization": {"face_recognition_in_use": True},
                "held": {"pi_subjects": 100_000, "spi_subjects": 100_000, "face_subjects": 100_000},
                "events": {"reached": {"FACE-100K": "2026-11-02"}},
            },
            "2026-12-14",
        ),
        # Order 13 art. 7: 10 working days after the contract takes effect.
        (
            "SCC-M23-FILE",
            {"flows": [flow(mechanism="standard_contract", contract_effective="2026-11-20")]},
            "2026-12-04",
        ),
    ],
)  # fmt: skip
def test_a_day_follows_from_the_event(rule, sections, days):
    (one,) = of(rule, due(**sections))

    assert one.due == days
    assert one.basis == "met"
    assert one.article
    assert one.instrument
    assert one.instrument_zh


def test_important_data_are_assessed_yearly_and_reported_in_20_working_days():
    found = of(
        "NDRA-26-ANNUAL",
        due(held={"important_data": "notified"}, events={"risk_assessment": "2026-11-10"}),
    )

    assert [(one.due, one.event_day, one.recurring) for one in found] == [
        ("2026-12-08", "2026-11-10", False),
        ("2027-11-10", "2026-11-10", True),
    ]


def test_a_choice_of_lengths_gives_the_safe_day_and_the_last_one():
    (one,) = of("AUD-1M", due(held={"pi_subjects": 2_000_000}, events={"audit": "2026-03-05"}))

    assert (one.due, one.latest) == ("2029-03-05", "2030-03-05")


@pytest.mark.parametrize(
    ("as_of", "status"),
    [("2029-03-05", "coming"), ("2029-03-06", "open"), ("2030-03-05", "open"), ("2030-03-06", "overdue")],
)
def test_while_the_law_leaves_the_choice_nothing_is_overdue(as_of, status):
    (one,) = of("AUD-1M", due(as_of=as_of, held={"pi_subjects": 2_000_000}, events={"audit": "2026-03-05"}))

    assert one.status == status


@pytest.mark.parametrize(
    ("as_of", "status", "basis"),
    [
        ("2026-11-26", "coming", "not_met"),  # long before
        ("2027-02-07", "coming", "not_met"),  # the day before the 60 working days begin
        ("2027-02-08", "open", "not_met"),
        ("2027-05-01", "open", "met"),  # the last day
        ("2027-05-02", "overdue", "met"),
    ],
)
def test_an_assessment_is_renewed_in_the_60_working_days_before_it_ends(as_of, status, basis):
    found = due(as_of=as_of, flows=[flow(mechanism="assessment", assessment_result="2024-05-01")])
    (one,) = of("EXP-P24-VALID3Y", found, "flow:eu")

    assert (one.status, one.basis, one.due, one.opens) == (status, basis, "2027-05-01", "2027-02-08")
    assert not one.conditional


def test_until_2024_an_assessment_held_two_years_and_was_renewed_60_working_days_before():
    found = due(as_of="2024-03-01", flows=[flow(mechanism="assessment", assessment_result="2023-06-01")])
    (one,) = of("EXP-M22-VALID2Y", found, "flow:eu")

    assert one.event_day == "2025-06-01"
    assert one.due < "2025-03-15"  # 60 working days before the end


def test_a_certificate_is_renewed_six_months_before_it_ends_whatever_leaves_today():
    certified = flow(mechanism="certification", certificate_expiry="2028-01-01", nonsensitive_subjects=1)
    found = due(flows=[certified])
    renewals = [one for one in found if one.event == "certificate_expiry"]

    assert [(one.scope, one.due, one.status) for one in renewals] == [("flow:eu", "2027-07-01", "coming")]


def test_an_audit_never_declared_is_counted_from_the_rule_and_says_so():
    (one,) = of("AUD-10M", due(held={"pi_subjects": 20_000_000}))

    assert (one.due, one.event_day) == ("2027-05-01", "")
    assert any("2025-05-01" in assumption for assumption in one.assumed)
    assert "events.audit" in one.needs


def test_a_number_reached_on_an_unknown_day_is_due_at_the_latest_from_the_count_on():
    (one,) = of("PIPO-30D", due(held={"pi_subjects": 1_000_000}))

    assert one.due == "2027-01-07"
    assert not one.certain  # the holidays of 2027 are not published
    assert "events.reached.PIPO-30D" in one.needs
    assert any("2026-11-26" in assumption for assumption in one.assumed)


@pytest.mark.parametrize(("filed", "status"), [(True, "done"), (False, "overdue"), (None, "passed")])
def test_a_filing_whose_day_is_over_is_done_overdue_or_not_known(filed, status):
    filings = {} if filed is None else {"officer_reported": filed}
    events = {"reached": {"PIPO-30D": "2026-01-05"}}
    (one,) = of("PIPO-30D", due(held={"pi_subjects": 1_000_000}, filings=filings, events=events))

    assert one.status == status
    assert ("filings.officer_reported" in one.needs) == (filed is None)


def test_an_audit_longer_ago_than_the_law_allows_is_overdue():
    (one,) = of("AUD-10M", due(held={"pi_subjects": 20_000_000}, events={"audit": "2024-06-01"}))

    assert (one.status, one.due) == ("overdue", "2026-06-01")


def test_an_undetermined_verdict_gives_a_conditional_entry_with_what_would_settle_it():
    (one,) = of("PIPO-30D", due(held={"pi_subjects": {"lower": 900_000, "upper": 1_100_000}}))

    assert one.conditional
    assert (one.basis, one.status, one.due) == ("undetermined", "waiting", "")


def test_conditions_that_no_fact_settles_are_assumptions():
    (one,) = of("FACE-NOTSOLE", due(held={"pi_subjects": 9, "spi_subjects": 9, "face_subjects": 9}))

    assert any("verify identity" in assumption for assumption in one.assumed)


@pytest.mark.parametrize(("years", "status"), [(5, "standing"), (1, "breached"), (None, "standing")])
def test_records_are_kept_three_years(years, status):
    retention = {} if years is None else {"provision_record_years": years}
    found = due(activities={"shared_or_published": True}, retention=retention)
    (one,) = of("ND-R25-RECORD3Y", found)

    assert one.status == status
    assert not one.conditional
    assert ("retention.provision_record_years" in one.needs) == (years is None)


def test_drafts_exemptions_and_lines_not_reached_oblige_nobody():
    loaded = load_facts({"as_of": "2026-11-26", **QUIET})
    found = find_obligations(assess(loaded, include_drafts=True), loaded)

    assert not [one for one in found if "-D21-" in one.rule_id or "-D26-" in one.rule_id]
    assert not of("PIPO-30D", found) + of("EXP-P24-1M", found) + of("ND-R25-NOTNOTIFIED", found)


def test_a_rule_that_a_later_text_restates_is_listed_once():
    found = due(
        organization={"ciio": True},
        flows=[flow(nonsensitive_subjects=10, important_data=False)],
    )

    assert of("EXP-P24-CIIO", found)
    assert not of("EXP-M22-CIIO", found)


def test_every_duty_that_is_met_is_in_the_calendar():
    facts = load_facts(
        {
            "as_of": "2026-11-26",
            "organization": {
                "ciio": False,
                "sectors": ["automotive", "finance"],
                "face_recognition_in_use": True,
            },
            "held": {
                "pi_subjects": 20_000_000,
                "spi_subjects": 2_000_000,
                "minors_under_18": 5,
                "face_subjects": 200_000,
                "important_data": "notified",
            },
            "flows": [flow(nonsensitive_subjects=2_000_000, mechanism="standard_contract")],
            "activities": {"automated_decision": True, "shared_or_published": True},
        }
    )
    assessment = assess(facts)
    met = {one.rule_id for one in assessment.findings if one.verdict == "met" and one.kind == "duty"}
    found = find_obligations(assessment, facts)
    listed = {one.rule_id for one in found}

    assert len(met) > 20
    assert {one for one in met if find_rule(one)[1].restated_by not in met} <= listed
    assert all(one.article for one in found)
    assert all(one.needs for one in found if one.status == "waiting")


def test_what_is_late_comes_first_and_days_are_in_order():
    found = due(
        held={"pi_subjects": 20_000_000, "minors_under_18": 3, "important_data": "notified"},
        events={"audit": "2024-06-01", "risk_assessment": "2026-11-10"},
    )
    coming = [one.due for one in found if one.status == "coming" and not one.conditional]

    assert found[0].status == "overdue"
    assert coming == sorted(coming)


def test_obligations_come_back_from_a_record_as_they_were():
    found = due(held={"pi_subjects": 20_000_000, "minors_under_18": 3})
    record = json.loads(json.dumps({"obligations": [dataclasses.asdict(one) for one in found]}))

    assert recorded_obligations(record) == found
    assert recorded_obligations({}) == ()


def test_the_day_is_that_of_the_assessment_and_not_of_the_facts():
    loaded = load_facts({"as_of": "2026-11-26", **QUIET, "held": {**QUIET["held"], "minors_under_18": 1}})
    found = find_obligations(assess(loaded, date(2026, 1, 31)), loaded)

    assert [one.due for one in of("MIN-AUDIT", found)] == ["2026-01-31"]


def test_a_yearly_assessment_that_two_texts_ask_for_is_due_once_and_names_both():
    sections = {"held": {"important_data": "notified"}, "events": {"risk_assessment": "2026-05-10"}}
    before = due(as_of="2026-08-19", **sections)
    since = due(as_of="2026-08-20", **sections)

    assert [one.due for one in of("ND-R25-ANNUAL", before)] == ["2027-05-10"]
    assert of("ND-R25-ANNUAL", since) == []
    assert [one.due for one in of("NDRA-26-ANNUAL", since) if one.recurring] == ["2027-05-10"]
    assert all("790 art. 33" in one.duty for one in of("NDRA-26-ANNUAL", since))
    assert all("第三十三条" in one.duty_zh for one in of("NDRA-26-ANNUAL", since))
