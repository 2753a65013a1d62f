"""Columns by which rows refer to somebody in another table, as foreign keys tell."""

from __future__ import annotations

import pyarrow as pa
import pytest

from connectors import Column, ForeignKey, Table
from scanner.assembly import Key
from scanner.stages.companies import lists_companies
from scanner.stages.held_keys import keys_held
from scanner.stages.named_keys import keys_of
from scanner.stages.references import references_of

# Tables of one source and their columns, with what some of these refer to; the keys among them, as
# table.column=whose, and what somebody is in the row, where the header says no more. A star: the primary key.
SCHEMAS = {
    "headers that name nobody": (
        "users: id name | posts: id author>users.id approved_by>users.id",
        "users.id=users posts.author=users:author posts.approved_by=users:approved_by",
    ),
    "two lists, of which names say nothing": (
        "sys_user: id | member_user: id | files: owner_id>member_user.id user_id>sys_user.id",
        (
            "sys_user.id=sys_user member_user.id=member_user files.owner_id=member_user:owner "
            "files.user_id=sys_user"
        ),
    ),
    "against what names say": (
        "users: id | admin: id | log: user_id>admin.id",
        "admin.id=admin log.user_id=admin",
    ),
    "a list that no name tells": (
        "t_base: code name | orders: id member_id>t_base.code | visits: member_id",
        "t_base.code=t_base orders.member_id=t_base visits.member_id=t_base",
    ),
    "rows that are the rows of another list": (
        "users: id mobile | patients: id>users.id name | visits: patient_id | beds: patient_id>patients.id",
        "users.id=users patients.id=users visits.patient_id=users beds.patient_id=users",
    ),
    "a number that leads on": (
        "users: id | wallet: user_id>users.id | payments: wallet_owner>wallet.user_id",
        "users.id=users wallet.user_id=users payments.wallet_owner=users:wallet_owner",
    ),
    "a number of a person, without a constraint of its own": (
        "users: id | wallet: user_id | payments: payer>wallet.user_id",
        "users.id=users wallet.user_id=users payments.payer=users:payer",
    ),
    "another column of a list than its number": (
        "users: id login | log: user_id>users.login",
        "",
    ),
    "companies": (
        "customer: id customer_name industry credit_code | orders: customer_id>customer.id buyer>customer.id",
        "",
    ),
    "things": ("products: id title | items: product>products.id | shelf: visitor_id>products.id", ""),
    "a table that is not there": ("orders: buyer>gone.id user_id>gone.id", "orders.user_id=(user)"),
    "in a circle": ("a: x>b.y | b: y>a.x", ""),
    "a header without a word": ("users: id | t: ->users.id", "users.id=users t.-=users:-"),
    "a primary key under any header": (
        "contact: id name | contact_profile: contact_ptr_id*>contact.id birthday",
        "contact.id=contact contact_profile.contact_ptr_id=contact",
    ),
    "who leads whom": (
        "employees: id manager>employees.id",
        "employees.id=employees employees.manager=employees:manager",
    ),
}


def tables_of(schema: str) -> list[Table]:
    return [table_of(*part.split(":")) for part in schema.split("|")]


def table_of(name: str, columns: str) -> Table:
    primary = tuple(column.partition("*")[0] for column in columns.split() if "*" in column)
    pairs = [column.replace("*", "").partition(">")[::2] for column in columns.split()]
    return Table(
        name=name.strip(),
        primary_key=primary,
        columns=tuple(Column(column, "string") for column, _ in pairs),
        foreign_keys=tuple(
            ForeignKey(column, "", *referred.split(".")) for column, referred in pairs if referred
        ),
    )


@pytest.mark.parametrize("what", SCHEMAS)
def test_foreign_keys_tell_keys(what):
    schema, expected = SCHEMAS[what]
    tables = tables_of(schema)
    found = keys_of(tables, [table for table in tables if lists_companies(table)])

    assert sorted(expected.split()) == sorted(
        f"{table}.{column}={key.whose.table}{':' if key.refers.role else ''}{key.refers.role}"
        for (_, table), keys in found.items()
        for column, key in keys.items()
    )


def test_foreign_keys_tell_who_is_a_company():
    tables = tables_of(
        "customer: id customer_name industry credit_code | vip: id name gender | "
        "orders: payer>customer.id customer_id>vip.id | notes: customer_id"
    )

    found = {place[1]: refers.companies for place, refers in references_of(tables).items()}
    assert found["orders"] == {"payer": "customer"}
    assert found["notes"] == {"customer_id": "customer"}


def test_of_two_keys_that_of_a_foreign_key_is_taken():
    tables = tables_of("users: id | social_auth: uid user_id>users.id")
    keys = keys_of(tables)["", "social_auth"]
    batch = pa.record_batch({"uid": [f"o{n}" for n in range(9)], "user_id": list(range(9))})

    assert keys_held(batch, tables[1], keys, {}) == {"user_id": Key("users", "", "/users")}
