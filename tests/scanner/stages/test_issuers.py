"""Which numbers of one kind are told apart: by headers in all tables, by values in the table at hand."""

from __future__ import annotations

import pyarrow as pa
import pytest

from classifiers import Tag
from connectors import Column, Table
from scanner.stages.issuers import differing_numbers, numbers_apart, told_apart


def tables_of(schema: str) -> list[Table]:
    """Return the tables of ``group/name: columns | ...``."""
    out = []
    for part in schema.split("|"):
        name, columns = part.split(":")
        group, _, name = name.strip().rpartition("/")
        out.append(Table(name=name, group=group, columns=tuple(Column(c, "text") for c in columns.split())))
    return out


# Tables, columns that are keys, and what is told apart: table.column=word.
APART = {
    "two in one row, and one of them elsewhere": (
        "member: member_no account_id | orders: account_id",
        "",
        "member.member_no=member no, member.account_id=account id, orders.account_id=account id",
    ),
    "of one patient": (
        "patient: 病历号 住院号 门诊号 | bill: 住院号",
        "",
        "patient.病历号=病历号, patient.住院号=住院号, patient.门诊号=门诊号, bill.住院号=住院号",
    ),
    "of a patient and of visits": (
        "visit: brid 住院号 | bill: 住院号 | lab: patient_no sample",
        "",
        "visit.住院号=住院号, bill.住院号=住院号",
    ),
    "never in one row": ("member: member_no | orders: cust_no", "", ""),
    "of two lists of people": (
        "t_member: member_no name | vip: vip_no name | sales: vip_no | log: user_no",
        "",
        "t_member.member_no=member no, vip.vip_no=vip no, sales.vip_no=vip no",
    ),
    "of two lists in Chinese": (
        "会员信息表: 会员号 | 客户表: 客户编号",
        "",
        "会员信息表.会员号=会员号, 客户表.客户编号=客户编号",
    ),
    "of two lists of the same": ("customer: customer_no | customer_his: cust_no | members: cust_no", "", ""),
    "one word for both": ("member: member_no | orders: memberNo member_code_name", "", ""),
    "of two kinds": ("people: member_no emp_no student_no", "", ""),
    "of somebody else": ("visit: patient_no doctor_no", "", ""),
    "a name, and no number": ("users: username member_no 登录账号", "", ""),
    "a key, and a number": ("users: member_id member_no", "member_id", ""),
    "a document, and a number": ("t: applicant_no applicant_id_no", "", ""),
    "no more than a hint": ("application: job_id hr_no", "", ""),
    "in another database of the source": (
        "crm/member: member_no account_id | shop/orders: member_no",
        "",
        "member.member_no=member no, member.account_id=account id, orders.member_no=member no",
    ),
}


@pytest.mark.parametrize("what", APART)
def test_headers_tell_numbers_apart_that_stand_in_one_row(what):
    schema, keys, expected = APART[what]
    tables = tables_of(schema)
    found = numbers_apart(tables, {(table.group, table.name): keys.split() for table in tables})
    told = {f"{place[1]}.{column}={word}" for place, held in found.items() for column, word in held.items()}
    assert told == set(filter(None, expected.split(", ")))


def test_a_comment_tells_where_the_header_does_not():
    columns = (Column("f1", "int", "会员编号"), Column("f2", "int", "客户编号"))
    found = numbers_apart([Table(name="t", columns=columns)], {})
    assert found["", "t"] == {"f1": "会员编号", "f2": "客户编号"}


NAMES = [f"小{n}" for n in range(60)]
ONE, TWO = [str(n) for n in range(1, 61)], [str(n) for n in range(60, 0, -1)]
HELD = {  # columns with their values; which of them are told apart
    "other values": ({"客户号": ONE, "客户编号": TWO}, {"客户编号": "客户编号"}),
    "the same values": ({"客户号": ONE, "客户编号": ONE}, {}),
    "nearly the same": ({"客户号": ONE, "客户编号": [*ONE[:-3], *TWO[-3:]]}, {}),
    "long ones": ({"客户号": ONE, "客户编号": [f"10000000{n}" for n in range(60, 0, -1)]}, {}),
    "long ones that meet": (
        {"病历号": [f"2026{n:>06}" for n in ONE], "住院号": [f"2026{n:>06}" for n in TWO]},
        {"住院号": "住院号"},
    ),
    "with letters": (
        {"user_code": [f"U{n}" for n in ONE], "login_name": [f"U{n}" for n in TWO]},
        {"login_name": "login_name"},
    ),
    "names of two sorts": ({"user_name": NAMES, "nick_name": NAMES[::-1]}, {}),
    "never both": ({"客户号": [*ONE, *[None] * 60], "客户编号": [*[None] * 60, *TWO]}, {}),
    "of somebody else": ({"member_no": ONE, "guardian_member_no": TWO}, {}),
}


@pytest.mark.parametrize("what", HELD)
def test_values_tell_numbers_apart_that_differ_in_one_row(what):
    columns, expected = HELD[what]
    tags = {column: (Tag(type="user_account", confidence=1.0, evidence=()),) for column in columns}
    batch = pa.record_batch({c: pa.array(v) for c, v in columns.items()})
    slots = {c: "guardian" if c.startswith("guardian") else "" for c in columns}
    assert told_apart({}, differing_numbers(batch, tags), slots) == expected


def test_numbers_of_two_kinds_do_not_differ():
    batch = pa.record_batch({"member_no": pa.array(ONE), "emp_no": pa.array(TWO)})
    tags = {
        column: (Tag(type=pi_type, confidence=1.0, evidence=()),)
        for column, pi_type in (("member_no", "user_account"), ("emp_no", "employee_no"))
    }
    assert differing_numbers(batch, tags) == ()


def test_what_headers_tell_apart_needs_no_values():
    told = {"member_no": "member no", "cust_no": "customer no"}
    assert told_apart(told, (("member_no", "cust_no"),), {"member_no": "", "cust_no": ""}) == told
