"""Tables of companies under a word for persons, and what refers to them."""

from __future__ import annotations

import pytest

from classifiers import Tag
from connectors import Column, Table
from scanner.stages.companies import lists_companies, references_to_companies, without_companies

TABLES = {  # name and columns, and whether the rows are companies
    "customer: id customer_name credit_code contact_name": True,
    "Account: Id Name Phone Industry Website NumberOfEmployees": True,
    "客户信息表: 客户编号 客户名称 统一社会信用代码 行业": True,
    "dim_customer: customer_key customer_name industry registered_capital": True,
    "customer: id name mobile industry": False,
    "users: id name email industry website": False,
    "customer: id name mobile company tax_no invoice_title": False,
    "customer: id name gender company industry": False,
    "users: id name id_card company_name tax_id": False,
    "account: id username password company": False,
    "orders: id credit_code industry": False,
}


def table_of(schema: str, group: str = "") -> Table:
    name, columns = schema.split(":")
    return Table(name=name, group=group, columns=tuple(Column(c, "string") for c in columns.split()))


@pytest.mark.parametrize("schema", TABLES)
def test_headers_say_whether_rows_are_companies(schema: str) -> None:
    assert lists_companies(table_of(schema)) is TABLES[schema]


def test_columns_refer_to_companies_of_their_database() -> None:
    account, contact = table_of("Account: Id Industry AnnualRevenue"), table_of("Contact: Id AccountId Name")
    case = table_of("Case: ContactId ParentAccountId AccountName account_type")
    other = table_of("Wallet: AccountId", "payments")

    found = references_to_companies([account, contact, case, other], [account])
    assert {place: dict(columns) for place, columns in found.items() if columns} == {
        ("", "Contact"): {"AccountId": "Account"},
        ("", "Case"): {"ParentAccountId": "Account"},
    }


def tag(pi_type: str, **more: str) -> Tag:
    return Tag(type=pi_type, confidence=1.0, evidence=(), **more)


def test_numbers_of_companies_are_no_accounts_unless_a_reviewer_says_so() -> None:
    tags = {
        "AccountId": (tag("user_account"),),
        "ParentId": (tag("user_account", decision="confirmed"),),
        "Email": (tag("email"),),
        "Phone": (tag("landline"),),
        "contact_phone": (tag("landline"),),
    }
    columns = {"AccountId": "Account", "ParentId": "Account"}

    of_cases, of_accounts = (
        {column: held[0].decision for column, held in without_companies(tags, columns, listed=listed).items()}
        for listed in (False, True)
    )
    assert of_cases == {"AccountId": "rejected", "ParentId": "confirmed", "Email": "auto"} | dict.fromkeys(
        ("Phone", "contact_phone"), "auto"
    )
    assert of_accounts == of_cases | {"Phone": "rejected"}
