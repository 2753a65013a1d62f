"""Of two numbers in one row, whose is the second: the same person's, or of somebody who serves the first."""

from __future__ import annotations

import pyarrow as pa
import pytest

from classifiers import Tag
from connectors import Column, RowCount, Table
from scanner.assembly import Key
from scanner.stages.serving import columns_of_rows, numbers_of_servants

ROWS = 120
ONCE = [str(1_000 + n) for n in range(ROWS)]
TWICE = [str(1_000 + n // 2) for n in range(ROWS)]
OTHERS = [str(1_000 + n * 7 % 40) for n in range(ROWS)]  # three times each, never with the same of TWICE
ALWAYS = [str(5_000 + n // 2) for n in range(ROWS)]  # the same beside one of TWICE
BY_STAFF = {"emp_no": "employee"}

# Table, columns, their types or the lists that their keys refer to, and whose they are.
SERVED = {
    "staff of customers": ("visit", {"cust_no": TWICE, "emp_no": OTHERS}, {}, BY_STAFF),
    "staff first": ("visit", {"emp_no": OTHERS, "cust_no": TWICE}, {}, BY_STAFF),
    "by keys": ("visit", {"patient_id": TWICE, "emp_no": OTHERS}, {"patient_id": "patients"}, BY_STAFF),
    "a key of staff": (
        "visit", {"cust_no": TWICE, "emp_id": OTHERS}, {"emp_id": "employee"}, {"emp_id": "employee"},
    ),
    "too few to tell": ("visit", {"cust_no": ONCE, "emp_no": ONCE}, {}, BY_STAFF),
    "always the same two": ("visit", {"cust_no": TWICE, "emp_no": ALWAYS}, {}, {}),
    "users who are staff": ("attendance", {"user_id": TWICE, "emp_no": ALWAYS}, {"user_id": "sys_user"}, {}),
    "users, each once": ("attendance", {"user_id": ONCE, "emp_no": ONCE}, {"user_id": "sys_user"}, {}),
    "users of staff": (
        "attendance", {"user_id": TWICE, "emp_no": OTHERS}, {"user_id": "sys_user"}, BY_STAFF,
    ),
    "a list of staff": ("employee", {"emp_no": ONCE, "cust_no": ONCE}, {}, {}),
    "two accounts": ("orders", {"cust_no": TWICE, "account_id": OTHERS}, {}, {"account_id": "account"}),
    "several accounts of one": ("orders", {"cust_no": TWICE, "account_id": ONCE}, {}, {}),
    "of somebody else by the header": ("visit", {"cust_no": TWICE, "operator_no": OTHERS}, {}, {}),
    "one alone": ("visit", {"emp_no": OTHERS}, {}, {}),
}  # fmt: skip


@pytest.mark.parametrize("what", SERVED)
def test_a_second_number_is_of_whoever_serves(what):
    name, columns, keys, expected = SERVED[what]
    table = Table(name=name, columns=tuple(Column(c, "text") for c in columns))
    kinds = {c: "employee_no" if c in ("emp_no", "operator_no") else "user_account" for c in columns}
    tags = {c: (Tag(type=kind, confidence=1.0, evidence=()),) for c, kind in kinds.items() if c not in keys}
    batch = pa.record_batch({c: pa.array(values) for c, values in columns.items()})

    assert numbers_of_servants(batch, table, tags, {c: Key(whose) for c, whose in keys.items()}) == expected


NAMES = [f"赵{chr(0x4E00 + 7 * n)}" for n in range(ROWS)]
PHONES = [f"138{n:08}" for n in range(ROWS)]
NUMBER, NAMED = {"doctor_code": ONCE}, {"doctor_code": ONCE, "doctor_name": NAMES}
LISTED = {  # columns, and which of them are of the rows
    "a list of doctors": (NUMBER | {"xm": NAMES}, {"doctor_code"}),
    "who comes again": ({"doctor_code": OTHERS, "xm": NAMES}, set()),
    "people who come again": (NUMBER | {"xm": NAMES[:30] * 4}, set()),
    "doctors who are named": (NAMED | {"xm": NAMES}, set()),
    "nobody is named": (NUMBER, set()),
    "too few to tell": ({"doctor_code": ONCE[:19], "xm": NAMES[:19]}, set()),
    "doctors and their phones": (NAMED | {"phone": PHONES}, {"doctor_code", "doctor_name"}),
    "doctors and their documents": (NAMED | {"sfzh": ONCE}, {"doctor_code", "doctor_name"}),
    "doctors alone": (NAMED, set()),
    "phones that come again": (NAMED | {"phone": PHONES[:30] * 4}, set()),
    "doctors of several patients": (NAMED | {"doctor_code": OTHERS, "phone": PHONES}, set()),
    "doctors and users": (NAMED | {"phone": PHONES, "user_no": ONCE}, set()),
    "doctors and nurses": (NAMED | {"phone": PHONES, "nurse_name": NAMES}, set()),
    "numbers and phones": (NUMBER | {"phone": PHONES}, set()),
}


@pytest.mark.parametrize("what", LISTED)
def test_doctors_in_a_list_of_doctors_are_its_rows(what):
    columns, of_rows = LISTED[what]
    assert columns_listing(columns, ROWS) == of_rows


@pytest.mark.parametrize(("rows", "of_rows"), [(5 * ROWS, True), (5 * ROWS + 1, False), (None, False)])
def test_a_small_part_of_a_table_does_not_show_that_numbers_come_once(rows, of_rows):
    columns, _ = LISTED["a list of doctors"]
    assert columns_listing(columns, rows) == ({"doctor_code"} if of_rows else set())


def columns_listing(columns, rows):
    kinds = {"doctor_code": "employee_no", "user_no": "user_account", "phone": "mobile", "sfzh": "id_card"}
    kinds |= dict.fromkeys(("xm", "doctor_name", "nurse_name"), "person_name")
    tags = {c: (Tag(type=kinds[c], confidence=1.0, evidence=()),) for c in columns}
    batch = pa.record_batch({c: pa.array(values) for c, values in columns.items()})
    table = Table(
        name="t",
        columns=tuple(Column(c, "text") for c in columns),
        rows=None if rows is None else RowCount(rows, exact=True),
    )
    return columns_of_rows(batch, table, tags)
