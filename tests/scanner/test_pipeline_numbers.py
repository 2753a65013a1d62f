"""The whole road from sources to result: people who have several numbers each, all of which begin at 1."""

from __future__ import annotations

import pyarrow as pa
import pytest

from .pipelines import count_of, scan

PEOPLE = 240
# The table that lists people, what numbers them there, and what else does.
LISTS = [
    ("users", "id", "member_id"),
    ("users", "user_id", "customer_no"),
    ("member", "id", "user_id"),
    ("customer", "id", "user_id"),
    ("customer", "customer_id", "uid"),
    ("employee", "id", "staff_id"),
    ("employee", "emp_no", "staff_id"),
    ("employee", "emp_no", "person_id"),
    ("member_info", "member_no", "account_id"),
    ("用户表", "用户ID", "会员ID"),
    ("客户信息", "客户号", "客户编号"),
    ("患者信息", "病历号", "住院号"),
]


@pytest.fixture(scope="module")
def people(make_people):
    return make_people(PEOPLE)


def database(people, listing, own, other):
    """Return people, and what they did under their other number; each with a phone of his own."""
    numbers = [1 + (n * 7 + 100) % PEOPLE for n in range(PEOPLE)]
    return {
        listing: pa.table(
            {
                own: range(1, PEOPLE + 1),
                "name": [p.name for p in people],
                "mobile": [p.mobile for p in people],
                other: numbers,
            }
        ),
        "calls": pa.table({other: numbers * 2, "mobile": [p.mobile for p in people] * 2}),
    }


@pytest.mark.parametrize(("listing", "own", "other"), LISTS)
def test_numbers_that_all_begin_at_one_are_told_apart(people, listing, own, other):
    result = scan({"db": database(people, listing, own, other)})
    assert count_of(result.organization.subjects)[1] == PEOPLE


def test_long_numbers_that_both_begin_with_the_year_are_told_apart(people):
    numbers = [f"2026{n:06}" for n in range(PEOPLE)]
    columns = {
        "病历号": numbers,
        "住院号": [numbers[(n * 7 + 100) % PEOPLE] for n in range(PEOPLE)],
        "mobile": [p.mobile for p in people],
    }
    stays = pa.table({name: columns[name] for name in ("住院号", "mobile")})
    result = scan({"his": {"patient": pa.table(columns), "stay": stays}})
    assert count_of(result.organization.subjects)[1] == PEOPLE


def test_two_lists_of_people_that_both_begin_at_one(people):
    half = PEOPLE // 2
    lists = {"member": people[:half], "vip": people[half:]}
    result = scan(
        {
            "db": {
                name: pa.table({f"{name}_no": range(1, half + 1), "mobile": [p.mobile for p in some]})
                for name, some in lists.items()
            }
        }
    )
    assert count_of(result.organization.subjects)[1] == PEOPLE


def test_lines_of_one_customer_of_a_telecom_are_one_person(people):
    lines = PEOPLE * 2
    result = scan(
        {
            "bss": {
                "cust_info": pa.table(
                    {
                        "cust_id": range(1, PEOPLE + 1),
                        "cust_name": [p.name for p in people],
                        "cert_no": [p.id_card for p in people],
                    }
                ),
                "user_info": pa.table(
                    {
                        "user_id": range(1, lines + 1),
                        "cust_id": [1 + n % PEOPLE for n in range(lines)],
                        "serial_number": [f"1390013{n:04}" for n in range(lines)],
                    }
                ),
            }
        }
    )
    assert count_of(result.organization.subjects)[1] == PEOPLE


def test_customers_and_sponsors_of_a_bank_are_two(people):
    """Without a word for sponsors: their names and numbers show that they are others."""
    loans = [(n % PEOPLE, (n * 7 + 3) % PEOPLE) for n in range(PEOPLE * 2)]
    result = scan(
        {
            "bank": {
                "cust": pa.table(
                    {
                        "cust_no": range(1, PEOPLE + 1),
                        "cust_name": [p.name for p in people],
                        "mobile": [p.mobile for p in people],
                    }
                ),
                "loan": pa.table(
                    {
                        "cust_no": [1 + one for one, _ in loans],
                        "cust_name": [people[one].name for one, _ in loans],
                        "spons_cust_no": [1 + other for _, other in loans],
                        "spons_name": [people[other].name for _, other in loans],
                    }
                ),
            }
        }
    )
    assert count_of(result.organization.subjects)[1] == PEOPLE


@pytest.mark.parametrize("served", ["cust_no", "patient_id", "candidate_id"])
@pytest.mark.parametrize("number", ["E{:05}", "{}"])
def test_staff_are_not_whom_they_serve(people, served, number):
    """Each of them serves a few, so that no number is one of too many people."""
    listing, staff = served.split("_")[0], PEOPLE // 3
    customers = people[staff:]
    visits = [(n % len(customers), n * 7 % staff) for n in range(PEOPLE * 2)]
    result = scan(
        {
            "db": {
                listing: pa.table(
                    {
                        served if served.endswith("no") else "id": range(1, len(customers) + 1),
                        "mobile": [p.mobile for p in customers],
                    }
                ),
                "employee": pa.table(
                    {
                        "emp_no": [number.format(n + 1) for n in range(staff)],
                        "mobile": [p.mobile for p in people[:staff]],
                    }
                ),
                "visit": pa.table(
                    {
                        served: [1 + customer for customer, _ in visits],
                        "emp_no": [number.format(by + 1) for _, by in visits],
                    }
                ),
            }
        }
    )
    assert count_of(result.organization.subjects)[1] == PEOPLE
