"""The whole road from sources to result: how many persons a scan finds, and whose."""

from __future__ import annotations

import pyarrow as pa
import pytest

from scanner.review import Decision

from .pipelines import columns, count_of, finding, flow, scan, tags


def test_people_in_two_sources_are_counted_once(make_people):
    result = scan({"crm": {"a": columns(make_people(40))}, "hr": {"b": columns(make_people(40, 20))}})

    assert [count_of(d.subjects) for d in result.datasets] == [(40, 40, 40)] * 2
    assert count_of(result.organization.subjects) == (60, 60, 60)


@pytest.mark.parametrize(("shared", "upper"), [("id_card", 30), ("mobile", 60)])
def test_people_of_two_sources_are_linked_by_what_they_share(make_people, shared, upper):
    """A resident ID is one person's for certain; a mobile number may have changed hands."""
    people = make_people(30)
    crm = pa.table({shared: [getattr(p, shared) for p in people], "email": [p.email for p in people]})
    hr = columns(people, cards=False)

    result = scan({"crm": {"a": crm}, "hr": {"b": hr}})

    assert count_of(result.organization.subjects) == (30, 30, upper)


def test_a_number_of_pupils_is_not_that_of_the_parents_who_pay(make_people):
    parents = make_people(60)
    paid = pa.table(
        {
            "student_no": [f"2020{n // 2:06d}" for n in range(60)],  # both parents of each
            "payer_name": [p.name for p in parents],
            "payer_mobile": [p.mobile for p in parents],
        }
    )
    pupils = pa.table(
        {"student_no": [f"2020{n:06d}" for n in range(30)], "student_name": _names(make_people(30, first=90))}
    )

    result = scan({"school": {"payment": paid, "student": pupils}})

    assert [count_of(t.subjects)[1] for t in result.datasets[0].tables] == [90, 30]
    assert count_of(result.organization.subjects)[1] == 90


@pytest.mark.parametrize("parent", ["father", "mother"])
def test_a_guardian_is_the_father_or_mother_of_the_same_child_under_the_same_phone(make_people, parent):
    parents, children = make_people(60), make_people(60, first=90)
    phones = [p.mobile for p in parents[:30]] * 2  # each of two parents of different names
    born = {"child_name": _names(children), f"{parent}_name": _names(parents), f"{parent}_phone": phones}
    fees = {"child_name": _names(children), "guardian_phone": phones, "fee_type": ["班费"] * 60}

    result = scan({"school": {"born": pa.table(born), "fees": pa.table(fees)}})

    assert [count_of(t.subjects)[1] for t in result.datasets[0].tables] == [60, 60]


def _names(people):
    return [person.name for person in people]


def test_without_an_identifier_the_rows_bound_the_persons():
    rows = pa.table({"gender": ["男", "女"] * 30, "ethnicity": ["汉族", "回族"] * 30})

    result = scan({"survey": {"t": rows}})

    (count,) = (c for c in result.datasets[0].tables[0].subjects if c.category == "all")
    assert (count.lower, count.estimate, count.upper, count.method) == (0, 0, 60, "rows-bound")
    assert count.anonymous_rows == 60


def test_rows_that_name_nobody_ask_for_the_columns_that_may(make_people):
    numbers = [f"U{7919 * n % 9973:06d}" for n in range(40)]
    rows = pa.table({"acct": numbers, "name": [p.name for p in make_people(40)]})
    tagged = Decision(dataset="app", table="members", column="acct", types=("user_account",))

    asked = scan({"app": {"members": rows}})
    told = scan({"app": {"members": rows}}, review={tagged.key: tagged})

    (point,) = (p for p in asked.organization.linkage.open_points if p.what == "anonymous_rows")
    assert "acct (Account, nickname or member number) may: pandian review retag" in point.en
    assert "acct（账号/昵称/会员号）可能是标识" in point.zh
    assert count_of(asked.organization.subjects)[:2] == (0, 0)
    assert count_of(told.organization.subjects)[1] == 40


def test_without_counting_there_are_columns_and_no_counts(make_people):
    result = scan({"lake": {"outbound": columns(make_people(30))}}, count="none", flows=[flow()])

    assert tags(result)["id_card"] == {"id_card": "auto"}
    assert result.organization.subjects == result.datasets[0].subjects == result.flows[0].subjects == ()
    assert result.datasets[0].tables[0].subjects == ()
    assert result.complete
    assert finding(result, "SML-100K").verdict == "undetermined"


def test_minors_are_sensitive(make_people):
    children, adults = make_people(10, year=2015), make_people(20, 100, year=1980)

    subjects = scan({"crm": {"t": columns(children + adults, cards=False)}}).organization.subjects

    assert count_of(subjects) == (30, 30, 30)
    assert count_of(subjects, "minor_under_14") == (10, 10, 10)
    assert count_of(subjects, "sensitive") == (10, 10, 10)


@pytest.fixture
def lake(make_people):
    """Return 300 customers, and a newsletter of 600 addresses, half of them with a member number.

    Alone, it has 561 readers at least: no customer is seen with two addresses.
    """
    people = make_people(600)
    member = [f"M{i:09}" for i in range(300)]
    return {
        "crm": {"customer": pa.table({"member_no": member, "id_card": [p.id_card for p in people[:300]]})},
        "post": {
            "newsletter": pa.table(
                {"email": [p.email for p in people], "member_no": [*member, *[None] * 300]}
            )
        },
    }


def test_a_newsletter_has_no_more_readers_for_certain_than_the_company_has_people(lake) -> None:
    result = scan(lake)
    (newsletter,) = (t for d in result.datasets for t in d.tables if t.name == "newsletter")
    lower, estimate, _ = count_of(result.organization.subjects)

    assert 300 <= count_of(newsletter.subjects)[0] <= lower <= estimate == 600


def test_a_further_dataset_never_lowers_the_organization(lake, make_people) -> None:
    alone = scan({"crm": lake["crm"]})
    further = {"shop": {"buyer": pa.table({"email": [p.email for p in make_people(50, 900)]})}}

    lowers = [
        count_of(scan(sources).organization.subjects)[0]
        for sources in ({"crm": lake["crm"]}, lake, lake | further)
    ]

    assert lowers == sorted(lowers)
    assert count_of(alone.organization.subjects)[0] == 300
