"""Second persons of a row who have the name of its own person."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from scanner.identifiers import SubjectKey, identify, plan_table

KEY, AS_OF = SubjectKey(bytes(range(16))), dt.date(2026, 11, 22)
ID, OTHER_ID = "11010119900307803X", "110101199003072316"
PHONE, OTHER_PHONE = "13800138001", "13900139002"


def records_of(row, slots):
    types = {"name": "person_name", "phone": "mobile", "id": "id_card", "no": "user_account"}
    columns = [(column, (types[column.split("_")[-1]],), ()) for column in row]
    batch = pa.record_batch({column: pa.array([cell, None]) for column, cell in row.items()})
    return identify(batch, plan_table("d", "t", columns, slots), KEY, as_of=AS_OF)


def shown(row, slot="receiver"):
    """Return of how many persons the first row is, and how many values its own person has."""
    slots = {column: slot if "_" in column else "" for column in row}
    records = [each for each in records_of(row, slots) if each.present[0]]
    own = next(each for each in records if not each.slot)
    return len(records), len({int(values[0]) for _, values in own.ids} - {0})


@pytest.mark.parametrize(
    ("row", "slot", "expected"),
    [
        ({"no": "member_0071", "name": "王芳", "r_name": "王芳", "r_phone": PHONE}, "receiver", (1, 2)),
        ({"phone": PHONE, "name": "王芳", "r_name": "王芳", "r_phone": PHONE}, "receiver", (1, 1)),
        ({"phone": PHONE, "name": "王芳", "r_name": "王芳", "r_phone": OTHER_PHONE}, "receiver", (1, 2)),
        ({"no": "member_0071", "name": "王芳", "r_name": "李伟", "r_phone": PHONE}, "receiver", (2, 1)),
        ({"no": "member_0071", "name": None, "r_name": None, "r_phone": PHONE}, "receiver", (2, 1)),
        ({"id": ID, "name": "王芳", "r_name": "王芳", "r_id": ID}, "payee", (1, 1)),
        ({"id": None, "name": "王芳", "r_name": "王芳", "r_id": ID}, "payee", (1, 1)),
        ({"no": "member_0071", "name": "王芳", "r_name": "王芳", "r_id": ID}, "payee", (1, 2)),
        ({"id": ID, "name": "王芳", "r_name": "王芳", "r_id": OTHER_ID}, "payee", (2, 1)),
        ({"no": "member_0071", "name": "王芳", "r_name": "王芳", "r_phone": PHONE}, "father", (2, 1)),
    ],
)
def test_whoever_has_the_name_of_the_rows_own_person_is_that_person(row, slot, expected):
    assert shown(row, slot) == expected
