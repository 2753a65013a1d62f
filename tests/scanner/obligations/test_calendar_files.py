"""The calendar as iCalendar (RFC 5545), text and JSON, and the commands that give it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from typer.testing import CliRunner

from scanner.cli.program import app
from scanner.obligations import find_obligations
from scanner.report._duties import to_text
from scanner.report._icalendar import to_icalendar
from scanner.rules import assess, load_facts

AS_OF = "2026-11-26"
FACTS = f"""
as_of: {AS_OF}
organization: {{ciio: false, sectors: [automotive], listing: none, ftz: null, central_organ: false}}
held: {{pi_subjects: 1500000, spi_subjects: 20000, minors_under_14: 1, minors_under_18: 9,
       important_data: notified, face_subjects: 0}}
flows: [{{name: eu, recipient_country: DE, mechanism: assessment, assessment_result: 2024-05-01,
         nonsensitive_subjects: 5, sensitive_subjects: 1}}]
incident: {{pi_subjects: 2000000, spi_subjects: 0, known_at: 2026-11-26 22:30}}
events: {{risk_assessment: 2026-11-10}}
"""


@pytest.fixture(scope="module")
def obligations():
    loaded = load_facts(FACTS)
    return find_obligations(assess(loaded), loaded)


def parsed(obligations, organization="示例公司", lang="both"):
    return Calendar.from_ical(to_icalendar(obligations, AS_OF, organization, lang))


def events(obligations, **more):
    return parsed(obligations, **more).walk("VEVENT")


def event(rule, obligations, **more):
    return next(one for one in events(obligations, **more) if rule in one["categories"].cats)


def test_every_dated_obligation_is_an_event_and_an_opening_one_more(obligations):
    dated = [one for one in obligations if one.due and one.status != "done"]
    opening = [one for one in dated if one.opens >= AS_OF]

    assert opening
    assert len(events(obligations)) == len(dated) + len(opening)
    assert len({str(one["uid"]) for one in events(obligations)}) == len(dated) + len(opening)


def test_a_yearly_day_is_an_all_day_event_that_repeats(obligations):
    report = event("AUTO-ANNUAL", obligations)

    assert report.decoded("dtstart") == date(2026, 12, 15)
    assert report["rrule"] == {"FREQ": ["YEARLY"]}
    assert report["status"] == "CONFIRMED"
    assert report.decoded("dtstamp") == datetime(2026, 11, 26, tzinfo=UTC)


def test_a_deadline_in_hours_is_a_minute_of_chinese_time(obligations):
    # 4 hours after 22:30 in China (INC-L), which is UTC+8.
    assert event("INC-L", obligations).decoded("dtstart") == datetime(2026, 11, 26, 18, 30, tzinfo=UTC)


def test_the_description_names_article_verdict_addressee_and_assumption(obligations):
    said = str(event("MIN-AUDIT", obligations, lang="en")["description"])

    assert "art. 37" in said
    assert "Rests on: met" in said
    assert "city-level CAC" in said
    assert "Assumed: the years before are done" in said


def test_conditional_entries_are_tentative(obligations):
    doubtful = [replace(one, conditional=True) for one in obligations]

    assert {str(one["status"]) for one in events(doubtful)} == {"TENTATIVE"}


def test_both_languages_stand_in_one_event(obligations):
    summary = str(event("MIN-AUDIT", obligations)["summary"])

    assert "审计" in summary
    assert "audit" in summary


@pytest.mark.parametrize(
    "name",
    ["a\r\nBEGIN:VEVENT\r\nSUMMARY:injected", "x;y,z\\n:colon", "\u202egnp", "file\udcff", "名" * 300, ""],
)
def test_hostile_names_stay_text(obligations, name):
    hostile = [replace(one, scope=f"flow:{name}") for one in obligations]
    text = to_icalendar(hostile, AS_OF, name, "en").encode("utf-8")  # can be written
    found = Calendar.from_ical(text)

    assert len(found.walk("VEVENT")) == len(events(obligations))
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert not any(str(one["summary"]) == "injected" for one in found.walk("VEVENT"))


@given(duty=st.text(max_size=200))
def test_any_duty_comes_back_whole(obligations, duty):
    one = replace(next(o for o in obligations if o.rule_id == "MIN-AUDIT"), duty=duty or "x", duty_zh="")
    text = to_icalendar([one], AS_OF, "", "en")
    (found,) = Calendar.from_ical(text.encode("utf-8")).walk("VEVENT")
    shown = str(found["summary"])

    assert shown == (duty or "x") or "⟨U+" in shown


def test_the_text_groups_by_what_matters_and_speaks_both_languages(obligations):
    english, chinese = to_text(obligations, AS_OF, "en"), to_text(obligations, AS_OF, "zh")

    assert "Obligations calendar as of 2026-11-26" in english
    assert english.index("coming (") < english.index("as long as it applies (")
    assert "义务日历" in chinese
    assert "前提: 以前年度已完成" in chinese


def test_no_obligations_are_said_to_be_none():
    assert "No obligations follow" in to_text((), AS_OF, "en")


def test_assess_gives_the_calendar_in_each_format(tmp_path):
    facts = tmp_path / "facts.yaml"
    facts.write_text(FACTS, encoding="utf-8")
    run = CliRunner().invoke

    text = run(app, ["assess", str(facts)])
    record = run(app, ["assess", str(facts), "--format", "json"])
    calendar = run(app, ["assess", str(facts), "--format", "ics", "--lang", "zh"])

    assert "Obligations calendar" in text.stdout
    assert {"MIN-AUDIT", "AUD-1M"} <= {one["rule_id"] for one in json.loads(record.stdout)["obligations"]}
    assert Calendar.from_ical(calendar.stdout).walk("VEVENT")
