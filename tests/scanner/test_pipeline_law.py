"""Small worlds of known people, held against the text of the law: who counts, on which line, by which route.

Worked out by hand: Order 16 counts from 1 January, persons with any sensitive item apart (arts 5, 7, 8);
Order 11 from 1 January of the year before; deleted data are no longer held but were sent; a child under 14 is
sensitive.
"""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from scanner.result import UNBOUNDED

from .pipelines import UNREACHABLE, columns, count_of, finding, flow, scan

EXEMPT, CONTRACT, OPEN = "exempt", "standard_contract_or_certification", "undetermined"
TIMED = {"table": {"time_column": "export_time"}}


@pytest.fixture
def adults(make_people):
    return make_people(60, year=1980)


def sent(table, *flows, **more):
    """Scan one table that leaves; important data are none."""
    more = {"held": {"important_data": "none"}, "flows": list(flows) or [flow(**TIMED)], **more}
    return scan({"lake": {"outbound": table}}, **more)


def lines(result, name=None, category="all"):
    """Return a category of a flow, or of the first, in the window of the law."""
    found = next(one for one in result.flows if name in (None, one.name))
    return count_of(found.subjects, category, found.window)


def routes(result):
    return [one.mechanism for one in result.flows]


def test_times_that_nobody_knows_widen_and_those_ahead_or_of_another_year_do_not_count(adults):
    unknown = [*[None] * 5, *["9999-12-31"] * 5, *["1970-01-01"] * 5]
    elsewhen = [*["2026-12-31"] * 5, *["2025-12-31T15:59:59Z"] * 5]
    inside = [*["2025-12-31T16:00:00Z"] * 5, *["2026-02-01"] * 30]

    result = sent(columns(adults, at=[*unknown, *elsewhen, *inside], cards=False))

    assert lines(result) == (35, 35, 50)
    assert routes(result) == [EXEMPT]


def test_the_count_starts_anew_on_the_first_of_january(adults):
    table = columns(adults, at=[*["2025-12-31"] * 20, *["2026-01-01"] * 10, *["2026-01-02"] * 30])

    assert lines(sent(table, as_of=dt.date(2026, 1, 1))) == (10, 10, 10)
    assert lines(sent(table, as_of=dt.date(2025, 12, 31))) == (20, 20, 20)


def test_order_11_counts_from_the_first_of_january_of_the_year_before(adults):
    table = columns(adults, at=[*["2021-12-31"] * 20, *["2022-01-01"] * 40], cards=False)

    result = sent(table, as_of=dt.date(2023, 7, 1))

    assert lines(result) == (40, 40, 40)
    assert finding(result, "EXP-M22-100K", "outbound").count.upper == 40


@pytest.mark.parametrize(
    ("day", "sensitive", "route"), [("2025-10-31", 60, CONTRACT), ("2025-11-01", 0, EXEMPT)]
)
def test_an_id_number_is_sensitive_as_long_as_the_standard_of_2020_is_in_force(adults, day, sensitive, route):
    table = columns(adults, at=["2025-03-01"] * 60, cards=False)

    result = sent(table, as_of=dt.date.fromisoformat(day))

    assert lines(result, category="sensitive") == (sensitive,) * 3
    assert routes(result) == [route]


def test_what_was_deleted_was_sent_all_the_same(adults):
    table = columns(adults, at=["2026-03-01"] * 60, cards=False)
    table = table.append_column("is_deleted", pa.array([*[1] * 20, *[0] * 40]))
    marks = {"dataset": "lake", "table": "outbound", "deleted_column": "is_deleted"}

    result = sent(table, tables=[marks])
    (net,) = {c.net.span for c in result.flows[0].subjects if c.category == "all"}

    assert lines(result) == (60, 60, 60)
    assert net == "40"
    assert count_of(result.organization.subjects) == (40, 40, 40)


def test_who_is_sensitive_in_one_of_two_flows_is_once_on_the_line_of_both(adults):
    """The same people leave in both; the cards leave with one flow only."""
    some = {"table": {**TIMED["table"], "columns": ["customer_name", "mobile"]}}

    result = sent(columns(adults, at=["2026-03-01"] * 60), flow("whole", **TIMED), flow("some", **some))

    assert lines(result, "whole", "sensitive") == (60, 60, 60)
    assert lines(result, "some", "sensitive") == (0, 0, 0)
    assert finding(result, "EXP-P24-BAND-SPI", "outbound").count.span == "60"
    assert routes(result) == [CONTRACT, CONTRACT]  # the lines are for all flows of a processor together


def test_a_table_that_stays_shows_that_those_who_leave_are_children(make_people):
    children = make_people(30, year=2018)
    table = columns(children, at=["2026-03-01"] * 30, cards=False)
    phones = table.drop(["id_card"])

    alone = sent(phones)
    known = scan(
        {"lake": {"outbound": phones, "school": table}},
        flows=[flow(**TIMED)],
        held={"important_data": "none"},
    )

    assert lines(alone, category="sensitive") == (0, 0, 30)
    assert routes(alone) == [OPEN]
    assert lines(known, category="sensitive") == (30, 30, 30)
    assert routes(known) == [CONTRACT]


def test_who_turns_14_on_the_day_is_sensitive_no_more(make_people):
    (child,) = make_people(1, 5, year=2012)
    table = columns([child], at=["2026-01-01"], cards=False)
    birthday = dt.date(2026, int(child.id_card[10:12]), int(child.id_card[12:14]))

    assert lines(sent(table, as_of=birthday), category="sensitive") == (0, 0, 0)
    assert lines(sent(table, as_of=birthday - dt.timedelta(days=1)), category="sensitive") == (1, 1, 1)


def test_what_was_not_read_of_another_source_leaves_the_flow_certain_and_the_holdings_open(adults):
    table = columns(adults, at=["2026-03-01"] * 60, cards=False)
    sources = {"lake": {"outbound": table}, "hr": UNREACHABLE}

    result = scan(sources, flows=[flow(**TIMED)], held={"important_data": "none"})

    assert routes(result) == [EXEMPT]
    assert finding(result, "SML-100K", "organization").verdict == "undetermined"
    assert finding(result, "SML-100K", "organization").count.upper == UNBOUNDED


def test_without_its_time_column_nothing_of_a_flow_is_certain(adults):
    result = sent(columns(adults, cards=False))

    assert routes(result) == [OPEN]
    assert finding(result, "EXP-P24-EXEMPT-100K", "outbound").count.upper == UNBOUNDED
