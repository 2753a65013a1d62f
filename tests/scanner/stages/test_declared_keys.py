"""Columns by which rows refer to somebody in another table, as foreign keys tell."""

from __future__ import annotations

import pyarrow as pa
import pytest

from classifiers import Tag
from connectors import Column, ForeignKey, Table
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
    "a list of people whom others mention": (
        "parents: id name | students: id parent_id>parents.id | notes: parent_id",
        "parents.id=parents students.parent_id=parents:parent",
    ),
    "a list under a number of another name": (
        "employee: emp_no* name | payroll: emp_no>employee.emp_no | visit: host_no>employee.emp_no",
        "employee.emp_no=employee payroll.emp_no=employee:emp_no visit.host_no=employee:host_no",
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


ONCE, TWICE = [str(n) for n in range(40)], [str(n // 2) for n in range(40)]
# Tables, the last of which is looked at; its columns, keys or the type of names; the slots of its keys.
HELD = {
    "of two keys the declared one": (
        "users: id | social_auth: uid user_id>users.id",
        {"uid": ONCE, "user_id": TWICE},
        {"user_id": ""},
    ),
    "a name beside": (
        "patients: id | invoices: payer_id>patients.id payer_name",
        {"payer_id": ONCE, "payer_name": "person_name"},
        {"payer_id": ""},
    ),
    "a name of somebody else": (
        "patients: id | invoices: payer_id>patients.id name",
        {"payer_id": ONCE, "name": "person_name"},
        {"payer_id": "payer"},
    ),
    "a name beside, where others are the rows' own": (
        "users: id | orders: customer_id>users.id requester_id>users.id requester_name",
        {"customer_id": ONCE, "requester_id": ONCE, "requester_name": "person_name"},
        {"customer_id": "", "requester_id": "requester"},
    ),
    "rows of people, with the account of each": (
        "users: id | visits: by>physicians.id | physicians: id name user_id>users.id",
        {"id": ONCE, "name": "person_name", "user_id": ONCE},
        {"id": "", "user_id": ""},
    ),
    "rows of people, several of one account": (
        "users: id | visits: by>members.id | members: id name user_id>users.id",
        {"id": ONCE, "name": "person_name", "user_id": TWICE},
        {"id": "", "user_id": "user"},
    ),
    "lines of customers": (
        "cust_info: cust_id | user_info: user_id cust_id serial_number",
        {"user_id": ONCE, "cust_id": TWICE, "serial_number": "mobile"},
        {"user_id": "", "cust_id": ""},
    ),
    "users of customers, who may be companies": (
        "cust_info: cust_id | user_info: user_id cust_id phone",
        {"user_id": ONCE, "cust_id": TWICE, "phone": "mobile"},
        {"user_id": "", "cust_id": "customer"},
    ),
    "lines by their SIM cards": (
        "cust_info: cust_id | user_info: user_id cust_id sim",
        {"user_id": ONCE, "cust_id": TWICE, "sim": "iccid"},
        {"user_id": "", "cust_id": ""},
    ),
    "users of customers, each with a mail address": (
        "cust_info: cust_id | user_info: user_id cust_id msisdn mail",
        {"user_id": ONCE, "cust_id": TWICE, "msisdn": "mobile", "mail": "email"},
        {"user_id": "", "cust_id": "customer"},
    ),
    "users of customers whom nothing lists": (
        "orders: cust_id | user_info: user_id cust_id serial_number",
        {"user_id": ONCE, "cust_id": TWICE, "serial_number": "mobile"},
        {"user_id": "", "cust_id": "customer"},
    ),
    "customers of users": (
        "users: id | orders: customer_id | customer: id user_id phone",
        {"id": ONCE, "user_id": TWICE, "phone": "mobile"},
        {"id": "", "user_id": "user"},
    ),
    "members who are called guests": (
        "booking: member_id | member: id guest_name",
        {"id": ONCE, "guest_name": "person_name"},
        {"id": ""},
    ),
    "members with the name of a student": (
        "booking: member_id | member: id student_name",
        {"id": ONCE, "student_name": "person_name"},
        {"id": "member"},
    ),
    "rows of people, numbered as persons elsewhere": (
        "visits: driver_id | person: id | driver: driver_id name person_id",
        {"driver_id": ONCE, "name": "person_name", "person_id": ONCE},
        {"driver_id": "", "person_id": ""},
    ),
    "their own number first": (
        "users: id | patient: patient_id name user_id",
        {"patient_id": ONCE, "name": "person_name", "user_id": TWICE},
        {"patient_id": "", "user_id": "user"},
    ),
    "an account beside their own number": (
        "users: id | customer: customer_id name user_id",
        {"customer_id": ONCE, "name": "person_name", "user_id": ONCE},
        {"customer_id": "", "user_id": ""},
    ),
    "rows of relatives of users": (
        "users: id | visits: by>patients.id | patients: id name user_id>users.id",
        {"id": ONCE, "name": "person_name", "user_id": ONCE},
        {"id": "", "user_id": "user"},
    ),
}


@pytest.mark.parametrize("what", HELD)
def test_values_and_names_beside_tell_whose_keys_are(what):
    schema, columns, expected = HELD[what]
    tables = tables_of(schema)
    names = [f"{'王李张刘'[n % 4]}{'伟芳娜敏静'[n % 5]}" for n in range(40)]
    batch = pa.record_batch({c: names if isinstance(held, str) else held for c, held in columns.items()})
    tags = {
        column: (Tag(type=held, confidence=1.0, evidence=()),)
        for column, held in columns.items()
        if isinstance(held, str)
    }

    found = keys_held(batch, tables[-1], keys_of(tables)["", tables[-1].name], tags)
    assert {column: key.slot for column, key in found.items()} == expected
