"""Facts files as people write them, and what they are told when something is wrong."""

import json
from datetime import date

import pytest

from scanner.result import Interval
from scanner.rules import FactsError, assess, load_facts

DESIGN = """
as_of: 2026-11-22
organization: {ciio: false, sectors: [retail], listing: none, network_platform: true,
               registered_users: 0, monthly_active_users: 0, ftz: null, face_recognition_in_use: false}
held:   {pi_subjects: 1200000, spi_subjects: 8000, users: 1200000, minors_under_14: 0, minors_under_18: 0,
         face_subjects: 0, important_data: none}
flows:  [{name: eu-crm, recipient_country: DE, window_start: 2026-01-01, exemption: null, mechanism: null,
          nonsensitive_subjects: 90000, sensitive_subjects: 12, important_data: false, scenario: null}]
outbound: {nonsensitive_subjects: 110000, sensitive_subjects: {lower: 10, estimate: 12, upper: 15}}
incident: {pi_subjects: 0, spi_subjects: 0}
"""


def test_every_key_of_the_format_is_read():
    facts = load_facts(DESIGN)

    assert facts.as_of == date(2026, 11, 22)
    assert facts.organization.listing == "none"
    assert facts.held.pi_subjects == Interval(1_200_000, 1_200_000, 1_200_000)
    assert facts.flows[0].window_start == date(2026, 1, 1)
    assert facts.outbound.sensitive_subjects == Interval(10, 12, 15)
    assert facts.incident.spi_subjects == Interval(0, 0, 0)


def test_json_and_dictionaries_read_the_same():
    text = json.dumps({"as_of": "2026-11-22", "flows": [{"name": "a", "window_start": "2026-01-01"}]})

    assert load_facts(text) == load_facts(json.loads(text))


def test_what_is_left_out_is_unknown():
    facts = load_facts("held:\norganization: {}")

    assert facts.held.pi_subjects is None
    assert facts.organization.ciio is None
    assert facts.flows is None


def test_an_interval_without_an_estimate_takes_the_middle():
    assert load_facts("held: {users: {lower: 10, upper: 20}}").held.users == Interval(10, 15, 20)


# text, what the message must name
BROKEN = [
    ("held: {pi_subject: 3}", ["held.pi_subject", "Did you mean 'pi_subjects'?"]),
    ("organisation: {ciio: true}", ["organisation", "Did you mean 'organization'?"]),
    ("flows: [{name: crm, sensitive_subject: 3}]", ["flows[crm].sensitive_subject", "'sensitive_subjects'"]),
    ("xyzzy: 1", ["xyzzy", "Allowed here: as_of, organization"]),
    ("held: {pi_subjects: {lower: 5, upper: 3}}", ["held.pi_subjects", "lower (5) is above upper (3)"]),
    (
        "held: {pi_subjects: {lower: 1, estimate: 9, upper: 3}}",
        ["held.pi_subjects", "estimate (9) is outside"],
    ),
    ("held: {pi_subjects: {lower: 1}}", ["held.pi_subjects", "both lower and upper"]),
    ("held: {pi_subjects: {lower: 1, uper: 3}}", ["held.pi_subjects", "uper", "Did you mean 'upper'?"]),
    ("held: {pi_subjects: -1}", ["held.pi_subjects", "negative"]),
    ("held: {pi_subjects: 1.5}", ["held.pi_subjects", "whole number"]),
    ("held: {pi_subjects: true}", ["held.pi_subjects", "whole number"]),
    ("held: {pi_subjects: '1,200,000'}", ["held.pi_subjects", "whole number such as 1200000"]),
    ("held: {important_data: maybe}", ["held.important_data", "'none', 'candidate' or 'notified'"]),
    ("held: 3", ["held", "keys and values"]),
    ("organization: {ciio: perhaps}", ["organization.ciio", "true or false"]),
    ("organization: {listing: nyse}", ["organization.listing", "'foreign'"]),
    ("flows: [{recipient_country: DE}]", ["flows[0].name", "missing"]),
    ("flows: [{name: crm, exemption: because}]", ["flows[crm].exemption", "'contract_necessity'"]),
    ("flows: [{name: oslo, recipient_country: NO}]", ["flows[oslo].recipient_country", '"NO"']),
    ("flows: [{name: a}, {name: a}]", ["'a'", "twice"]),
    ("flows: [{name: all}]", ["'all'", "rename"]),
    ("flows: {name: a}", ["flows", "list"]),
    ("flows: [{name: a, window_start: soon}]", ["flows[a].window_start", "2026-11-22"]),
    ("as_of: 22.11.2026", ["as_of", "date such as 2026-11-22"]),
    ("as_of: 2026-13-01", ["dates"]),
    ("held: {pi_subjects: 1, pi_subjects: 2}", ["line 1", "'pi_subjects' is given twice"]),
    ("held: {pi_subjects: 1\nflows: [", ["line", "Check indentation"]),
    ("? [a, b]\n: 1", ["a key must be plain text"]),
    ("- a\n- b", ["keys and values"]),
    ("", ["keys and values"]),
]


@pytest.mark.parametrize(("text", "named"), BROKEN, ids=[text for text, _ in BROKEN])
def test_a_broken_file_is_told_where_and_what_to_do(text, named):
    with pytest.raises(FactsError) as caught:
        load_facts(text)

    message = str(caught.value)
    assert [part for part in named if part not in message] == []
    assert "pydantic" not in message
    assert ".." not in message.replace("lower: .., estimate: .., upper: ..", "")


def test_all_problems_are_told_at_once():
    with pytest.raises(FactsError) as caught:
        load_facts("held: {pi_subjects: -1}\norganization: {ciio: perhaps}\nxyzzy: 1")

    assert len(str(caught.value).splitlines()) == 3


def test_without_a_date_nothing_is_assessed():
    with pytest.raises(FactsError, match="as_of is missing"):
        assess(load_facts("held: {pi_subjects: 1}"))


def test_the_given_date_wins_over_the_date_of_the_facts():
    assert assess(load_facts("as_of: 2026-11-22"), date(2023, 6, 30)).as_of == date(2023, 6, 30)
