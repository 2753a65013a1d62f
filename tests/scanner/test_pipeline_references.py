"""The whole road from sources to result: rows that refer to companies, and to users by what they do."""

from __future__ import annotations

import hashlib

import pyarrow as pa
import pytest

from .pipelines import count_of, scan

COMPANIES, CONTACTS, STAFF = 20, 80, 10


@pytest.fixture
def people(make_people):
    return make_people(CONTACTS + STAFF)


def all_of(result):
    return count_of(result.organization.subjects)[1]


def counts(result):
    return {table.name: count_of(table.subjects)[1] for table in result.datasets[0].tables}


def crm(people):
    """Companies, the people in them, the staff who see them; as numbers of rows."""
    contacts, staff = people[:CONTACTS], people[CONTACTS:]
    return {
        "customer": pa.table(
            {
                "id": range(1, COMPANIES + 1),
                "customer_name": [f"恒信{n}贸易有限公司" for n in range(COMPANIES)],
                "industry": ["零售"] * COMPANIES,
                "registered_capital": [1e6] * COMPANIES,
                "phone": [f"010-6{n:07d}" for n in range(COMPANIES)],
            }
        ),
        "contact": pa.table(
            {
                "id": range(1, CONTACTS + 1),
                "customer_id": [1 + n % COMPANIES for n in range(CONTACTS)],
                "name": [p.name for p in contacts],
                "mobile": [p.mobile for p in contacts],
            }
        ),
        "sys_user": pa.table({"id": range(1, STAFF + 1), "phone": [p.mobile for p in staff]}),
        "visit": pa.table(
            {
                "customer_id": [1 + n % COMPANIES for n in range(300)],
                "contact_id": [1 + n % 50 for n in range(300)],
                "owner_user_id": [1 + n % STAFF for n in range(300)],
            }
        ),
        "contract": pa.table({"customer_id": [1 + n % COMPANIES for n in range(60)], "amount": [1.5] * 60}),
    }


def test_companies_are_nobody(people):
    result = scan({"crm": crm(people)})

    assert counts(result) == {
        "customer": 0,
        "contact": CONTACTS,
        "sys_user": STAFF,
        "visit": 50 + STAFF,
        "contract": 0,
    }
    assert all_of(result) == CONTACTS + STAFF


def test_an_account_of_a_company_joins_none_of_its_people(people):
    contacts = people[:CONTACTS]
    rows = pa.table(
        {
            "AccountId": [f"001A{n % COMPANIES:04d}" for n in range(CONTACTS)],
            "Email": [p.email for p in contacts],
            "MobilePhone": [p.mobile for p in contacts],
        }
    )
    accounts = {"Id": [f"001A{n:04d}" for n in range(COMPANIES)], "Industry": ["IT"] * COMPANIES}
    listed = pa.table(accounts | {"AnnualRevenue": [1e6] * COMPANIES})

    assert all_of(scan({"sales": {"Contact": rows, "Account": listed}})) == CONTACTS
    assert counts(scan({"sales": {"Contact": rows}})) == {"Contact": CONTACTS + COMPANIES}  # perhaps people


def test_whoever_writes_and_whoever_reads_are_users(people):
    users = people[:60]
    tables = {
        "user": pa.table({"uid": range(1, 61), "mobile": [p.mobile for p in users]}),
        "message": pa.table(
            {
                "sender_id": [1 + n % 40 for n in range(200)],
                "receiver_id": [60 - n % 30 for n in range(200)],
                "content": ["你好"] * 200,
            }
        ),
        "post": pa.table({"author_id": [1 + n % 25 for n in range(200)], "likes": [3] * 200}),
    }
    result = scan({"social": tables})

    assert counts(result) == {"user": 60, "message": 60, "post": 25}
    assert all_of(result) == 60


def test_a_nickname_of_several_is_no_account(people):
    users = {
        "nickname": [f"小{'明红刚丽强'[n % 5]}" for n in range(CONTACTS)],
        "mobile": [p.mobile for p in people[:CONTACTS]],
        "email": [p.email for p in people[:CONTACTS]],
    }
    result = scan({"app": {"users": pa.table(users)}})

    (count,) = (c for c in result.organization.subjects if c.category == "all")
    assert (count.estimate, count.upper, count.anonymous_rows) == (CONTACTS, CONTACTS, 0)


@pytest.mark.parametrize("name", ["nickName", "wxnc", "昵称"])
def test_people_of_one_nickname_beside_accounts_stay_apart(people, name):
    users = {
        "openid": [f"o{hashlib.sha256(p.mobile.encode()).hexdigest()[:27]}" for p in people[:CONTACTS]],
        name: [f"Sunny{n % 5}" for n in range(CONTACTS)],
        "phone": [p.mobile if n % 2 else None for n, p in enumerate(people[:CONTACTS])],
    }
    result = scan({"app": {"wx_user": pa.table(users)}})

    assert all_of(result) == CONTACTS


def test_a_nickname_beside_the_phone_of_a_receiver_is_the_account_of_the_buyer(people):
    orders = {
        "buyer_nick": [f"lee_{n % 40:03}" for n in range(200)],
        "receiver_name": [people[n % CONTACTS].name for n in range(200)],
        "receiver_mobile": [people[n % CONTACTS].mobile for n in range(200)],
    }
    result = scan({"taobao": {"trade": pa.table(orders)}})

    assert all_of(result) == 40 + CONTACTS


def test_whoever_did_something_in_django_is_a_user():
    tables = {
        "accounts_user": pa.table({"id": range(1, 61), "username": [f"u_{n:03}" for n in range(60)]}),
        "coupons": pa.table({"id": range(200), "used_by_id": [1 + n % 25 for n in range(200)]}),
    }
    result = scan({"shop": tables})

    assert counts(result) == {"accounts_user": 60, "coupons": 25}
    assert all_of(result) == 60
