"""The whole road from sources to result: flows: windows, unions, routes, declared facts."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from scanner.census.walks import Walks
from scanner.result import Interval
from scanner.words.reasons import reason_in

from .pipelines import PRIVATE, columns, count_of, finding, flow, scan


def test_a_window_holds_its_rows_and_undated_rows_widen_only_the_upper_bound(exported):
    (found,) = scan(exported, flows=[flow(table={"time_column": "export_time"})]).flows

    assert found.window == "year_to_date"
    assert count_of(found.subjects, window="year_to_date") == (30, 30, 35)
    assert count_of(found.subjects, window="since_1_jan_previous_year") == (50, 50, 55)
    assert count_of(found.subjects)[1] == 62


def test_without_a_time_column_all_rows_may_be_of_this_year(exported):
    (found,) = scan(exported, flows=[flow()]).flows

    assert count_of(found.subjects, window="year_to_date") == (0, 62, 62)


@pytest.mark.parametrize(
    ("as_of", "window"),
    [
        (dt.date(2026, 11, 22), "year_to_date"),
        (dt.date(2024, 3, 22), "year_to_date"),
        (dt.date(2024, 3, 21), "since_1_jan_previous_year"),
        (dt.date(2023, 6, 1), "since_1_jan_previous_year"),
        (dt.date(2022, 8, 31), "all_time"),
    ],
)
def test_the_window_is_that_of_the_rules_in_force(exported, as_of, window):
    (found,) = scan(exported, as_of=as_of, flows=[flow(table={"time_column": "export_time"})]).flows

    assert found.window == window


def test_in_2023_the_previous_year_counts(make_people):
    at = ["2023-02-01"] * 10 + ["2022-01-01"] * 10 + ["2021-12-31"] * 10
    sources = {"lake": {"outbound": columns(make_people(30), at=at)}}

    (found,) = scan(
        sources, as_of=dt.date(2023, 6, 1), flows=[flow(table={"time_column": "export_time"})]
    ).flows

    assert count_of(found.subjects, window=found.window) == (20, 20, 20)


def test_columns_that_do_not_go_abroad_make_nobody_sensitive(make_people):
    sources = {"lake": {"outbound": columns(make_people(30))}}
    flows = [flow("whole"), flow("some", table={"columns": ["customer_name", "mobile"]})]

    everything, some = scan(sources, flows=flows).flows

    assert count_of(everything.subjects, "sensitive") == (30, 30, 30)
    assert count_of(some.subjects, "sensitive") == (0, 0, 0)
    assert count_of(everything.subjects) == count_of(some.subjects) == (30, 30, 30)


def test_who_is_in_none_of_the_columns_that_leave_does_not_leave(make_people):
    """Ten rows have no phone; the guardian's columns stay here; goods are no people."""
    people, guardians = make_people(30), make_people(30, 30)
    table = pa.table(
        {
            "child_name": [p.name for p in people],
            "child_id_no": [p.id_card for p in people],
            "child_mobile": [p.mobile if i < 20 else None for i, p in enumerate(people)],
            "guardian_name": [p.name for p in guardians],
            "guardian_mobile": [p.mobile for p in guardians],
            "sku": [f"SKU-{i % 7}" for i in range(30)],
        }
    )
    sent = {
        "phones": ["child_mobile", "sku"],
        "goods": ["sku"],
        "guardians": ["guardian_mobile"],
        "everything": None,
    }
    flows = [flow(name, table={"columns": columns}) for name, columns in sent.items()]

    found = {f.name: count_of(f.subjects)[1] for f in scan({"lake": {"outbound": table}}, flows=flows).flows}

    assert found == {"phones": 20, "goods": 0, "guardians": 30, "everything": 60}


@pytest.mark.parametrize(("known", "route"), [({}, "undetermined"), ({"adults": True}, "exempt")])
def test_a_flow_of_phones_is_exempt_where_the_table_is_known_to_hold_adults(make_people, known, route):
    """Of people of unknown age some may be under 14, and the first sensitive person needs a contract."""
    phones = pa.table({"mobile": [p.mobile for p in make_people(40)], "export_time": ["2026-03-01"] * 40})
    tables = [{"dataset": "lake", "table": "outbound", **known}]

    result = scan(
        {"lake": {"outbound": phones}}, flows=[flow(table={"time_column": "export_time"})], tables=tables
    )

    assert result.flows[0].mechanism == route
    exempt = finding(result, "EXP-P24-EXEMPT-100K", "outbound")
    assert ("the ages of 40 persons" in exempt.settle) == ("40人的年龄" in exempt.settle_zh) == (not known)
    assert count_of(result.flows[0].subjects, "sensitive", "year_to_date") == (0, 0, 0 if known else 40)
    assert count_of(result.organization.subjects, "minor_under_18") == (0, 0, 0 if known else 40)


def test_an_open_point_asks_for_ages_and_its_answer_narrows_minors_by_so_many(make_people):
    phones = pa.table({"mobile": [p.mobile for p in make_people(40)]})
    known = {"dataset": "lake", "table": "outbound", "adults": True}

    asked, told = (scan({"lake": {"outbound": phones}}, tables=tables) for tables in ([], [known]))

    (point,) = (point for point in asked.organization.linkage.open_points if point.what == "unknown_ages")
    assert (point.subject, point.persons) == ("lake/outbound", 40)
    assert "adults: true" in point.en
    assert "adults: true" in point.zh
    assert count_of(asked.organization.subjects, "minor_under_18")[2] == 40
    assert count_of(told.organization.subjects, "minor_under_18")[2] == 0
    assert not any(point.of_ages for point in told.organization.linkage.open_points)


def test_the_question_about_ages_is_asked_at_length_once(make_people):
    tables = {
        name: pa.table({"mobile": [p.mobile for p in make_people(size, first=size)]})
        for name, size in {"large": 60, "small": 30}.items()
    }

    points = scan({"lake": tables}).organization.linkage.open_points

    first, second = [point for point in points if point.of_ages]
    assert (first.subject, second.subject) == ("lake/large", "lake/small")
    assert "lake/small" in second.en
    assert "lake/small" in second.zh
    assert "adults: true" in first.en
    assert "adults: true" not in second.en


@pytest.mark.parametrize(
    ("adults", "unknown"), [(False, 60), (["sender"], 30), (["sender", "receiver"], 0), (["receiver"], 30)]
)
def test_it_is_said_of_second_persons_by_name_that_they_are_of_age(make_people, adults, unknown):
    tables = [{"dataset": "lake", "table": "outbound", "adults": adults}]

    result = scan({"lake": {"outbound": parcels(make_people)}}, tables=tables)

    assert count_of(result.organization.subjects, "minor_under_18")[2] == unknown


@pytest.mark.parametrize("adults", [True, ["self"], ["sender", "payer"]])
def test_whoever_is_said_to_be_of_age_is_in_the_table(make_people, adults):
    tables = [{"dataset": "lake", "table": "outbound", "adults": adults}]

    (entry,) = scan({"lake": {"outbound": parcels(make_people)}}, tables=tables).not_scanned

    assert "are receiver, sender, so they were not counted" in entry.reason
    assert "因此没有统计该表的人数" in reason_in(entry.reason, "zh")


def parcels(make_people):
    """Give a table of 30 senders and 30 receivers."""
    return pa.table(
        {
            "sender_phone": [p.mobile for p in make_people(30)],
            "sender_name": [p.name for p in make_people(30)],
            "receiver_phone": [p.mobile for p in make_people(30, 30)],
            "receiver_name": [p.name for p in make_people(30, 30)],
        }
    )


def test_a_birth_date_is_believed_before_what_the_configuration_says_of_a_table(make_people):
    table = columns([*make_people(10, year=1980), *make_people(5, 10, year=2020)])
    tables = [{"dataset": "lake", "table": "outbound", "adults": True}]

    result = scan({"lake": {"outbound": table}}, tables=tables)

    assert count_of(result.organization.subjects, "minor_under_14") == (5, 5, 5)


def test_rows_of_a_flow_do_not_count_again_in_the_organization(make_people):
    sources = {"lake": {"outbound": columns(make_people(30))}}
    survey = pa.table({"gender": ["男"] * 20})

    result = scan({**sources, "survey": {"t": survey}}, flows=[flow(table={"columns": ["mobile"]})])

    assert count_of(result.organization.subjects)[1:] == (30, 50)


def test_flows_are_united_and_not_added(make_people):
    at = ["2026-03-01"] * 30
    sources = {
        "lake": {
            "outbound": columns(make_people(30), at=at, cards=False),
            "second": columns(make_people(30, 10), at=at, cards=False),
        }
    }
    time = {"time_column": "export_time"}
    flows = [flow("a", table=time), flow("b", table={**time, "table": "second"})]

    united = finding(scan(sources, flows=flows), "EXP-P24-EXEMPT-100K", "outbound")

    assert united.count == Interval(40, 40, 40)


def test_an_exempt_flow_is_not_in_the_union(make_people):
    at = ["2026-03-01"] * 30
    tables = {
        name: columns(make_people(30, first), at=at, cards=False)
        for name, first in (("outbound", 0), ("hr", 30))
    }
    time = {"time_column": "export_time"}
    flows = [flow("a", table=time), flow("staff", table={**time, "table": "hr"}, exemption="hr")]

    result = scan({"lake": tables}, flows=flows)

    assert finding(result, "EXP-P24-EXEMPT-100K", "outbound").count == Interval(30, 30, 30)
    assert {f.name: f.mechanism for f in result.flows} == {"a": "exempt", "staff": "exempt"}


def three_flows(make_people, exemption):
    at = {"table": {"time_column": "export_time"}}
    tables = {
        name: columns(make_people(30, first), at=["2026-03-01"] * 30, cards=False)
        for name, first in (("a", 0), ("b", 30), ("c", 60))
    }
    flows = [flow(name, table={**at["table"], "table": name}) for name in "ab"]
    return {"lake": tables}, [*flows, flow("c", table={**at["table"], "table": "c"}, exemption=exemption)]


@pytest.mark.parametrize(("exemption", "persons"), [("hr", 60), ("trade", 90), ("ftz", 90), (None, 90)])
def test_a_claim_that_no_rule_grants_leaves_the_flow_in_the_union(make_people, exemption, persons):
    """The goods data hold people; the organization is in no free-trade zone."""
    sources, flows = three_flows(make_people, exemption)

    result = scan(sources, flows=flows, organization={**PRIVATE, "ftz": None})

    assert finding(result, "EXP-P24-EXEMPT-100K", "outbound").count == Interval(persons, persons, persons)
    assert count_of(result.organization.outbound, window="year_to_date") == (persons, persons, persons)


def test_a_claim_that_important_data_defeat_leaves_the_flow_in_the_union(make_people):
    sources, flows = three_flows(make_people, "hr")
    flows[2]["important_data"] = True

    result = scan(sources, flows=flows, held={"important_data": "notified"})

    assert finding(result, "EXP-P24-EXEMPT-100K", "outbound").count == Interval(90, 90, 90)


def test_the_number_counted_for_the_one_flow_replaces_a_declared_one(make_people):
    sources, (one, *_) = three_flows(make_people, None)

    result = scan(sources, flows=[one], outbound={"nonsensitive_subjects": 0, "sensitive_subjects": 0})

    assert finding(result, "EXP-P24-EXEMPT-100K", "outbound").count == Interval(30, 30, 30)


@pytest.mark.parametrize(
    ("cards", "more", "mechanism"),
    [
        (False, {}, "exempt"),
        (True, {}, "standard_contract_or_certification"),
        (True, {"exemption": "hr"}, "exempt"),
        (False, {"important_data": True}, "security_assessment"),
    ],
)
def test_the_route_of_a_flow(make_people, cards, more, mechanism):
    table = columns(make_people(30), at=["2026-03-01"] * 30, cards=cards)
    declared = {"held": {"important_data": "notified"}} if more.get("important_data") else {}
    flows = [flow(table={"time_column": "export_time"}, **{"important_data": False, **more})]

    (found,) = scan({"lake": {"outbound": table}}, flows=flows, **declared).flows

    assert found.mechanism == mechanism
    assert found.because


def test_a_flow_of_nothing_counted_is_unknown_and_not_zero(make_people):
    (found,) = scan(
        {"crm": {"t": columns(make_people(20))}}, flows=[{"name": "eu", "recipient_country": "DE"}]
    ).flows

    assert found.subjects == ()
    assert found.mechanism == "undetermined"


def two_flows(make_people):
    """Return a source, and two flows of it to ten people each."""
    at = ["2026-03-01"] * 10
    tables = {name: columns(make_people(10, first), at=at) for name, first in (("outbound", 0), ("b", 10))}
    time = {"time_column": "export_time"}
    return {"lake": tables}, [flow("a", table=time), flow("b", table={**time, "table": "b"})]


def test_companies_of_the_group_count_with_a_scan_only_where_volumes_are_declared_split(make_people):
    sources, flows = two_flows(make_people)
    sister = [{"name": "sister", "nonsensitive_subjects": 2_000_000, "sensitive_subjects": 0}]

    def count(**outbound):
        result = scan(sources, flows=flows, entities=sister, outbound=outbound)
        return finding(result, "EXP-P24-1M", "outbound").count.lower

    assert count(volume_split=True) == count() + 2_000_000


def test_a_counted_number_replaces_a_declared_one(make_people):
    sources, flows = two_flows(make_people)
    facts = scan(sources, flows=flows, outbound={"sensitive_subjects": 7, "volume_split": False}).facts

    assert facts.given["outbound"]["volume_split"] is False
    assert facts.given["outbound"]["sensitive_subjects"]["lower"] == 20
    assert {fact.key for fact in facts.counted if fact.section == "outbound"} == {
        "pi_subjects",
        "nonsensitive_subjects",
        "sensitive_subjects",
    }


def test_people_are_looked_at_twice_however_many_flows_and_tables_there_are(make_people, monkeypatch):
    sources, flows = two_flows(make_people)
    both = {"name": "both", "recipient_country": "DE", "scenario": "sales"}
    both["tables"] = [table for each in flows for table in each["tables"]]
    walks, ask = [], Walks.ask
    monkeypatch.setattr(Walks, "ask", lambda self, asked: walks.append(asked) or ask(self, asked))

    scan(sources, flows=[both])

    assert len(walks) <= 2
