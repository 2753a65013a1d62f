"""Columns that refer to rows of tables about things, and what their tags are worth."""

from __future__ import annotations

import pytest

from classifiers import Tag
from connectors import Column, ForeignKey, Table
from scanner.stages.things import Thing, references_to_things, without_things


def table(name: str, *columns: Column, comment: str = "", keys: tuple[ForeignKey, ...] = ()) -> Table:
    return Table(name=name, comment=comment, columns=columns, foreign_keys=keys)


ID = Column("id", "bigint")
VISITS = table("t_ghjl", ID, Column("brid", "bigint", "患者ID"), comment="挂号记录表")
VISIT = Thing(("", "t_ghjl"), "id")
TABLES = {
    "by its header": (
        [table("clinic_visits", ID), table("bills", Column("clinic_visit_id", "bigint"))],
        {"bills": {"clinic_visit_id": "clinic_visits"}},
    ),
    "by its comment": (
        [VISITS, table("t_cf", ID, Column("ghid", "bigint", "挂号ID"), Column("ks", "text", "挂号科室"))],
        {"t_cf": {"ghid": "t_ghjl"}},
    ),
    "by its foreign key": (
        [VISITS, table("t_cf", Column("no", "bigint"), keys=(ForeignKey("no", "", "t_ghjl", "id"),))],
        {"t_cf": {"no": "t_ghjl"}},
    ),
    "to a natural number, which may be a person's": (
        [
            table("admission", ID, Column("zyh", "text")),
            table("bill", Column("zyh", "text"), keys=(ForeignKey("zyh", "", "admission", "zyh"),)),
        ],
        {},
    ),
    "to persons, by the header of what leads there": (
        [
            table("t_base", ID),
            table(
                "orders", Column("member_id", "bigint"), keys=(ForeignKey("member_id", "", "t_base", "id"),)
            ),
        ],
        {},
    ),
    "to persons": ([table("patients", ID), table("bills", Column("patient_id", "bigint"))], {}),
    "to accounts, which somebody has": (
        [
            table("account", ID),
            table("zh", ID, comment="账户表"),
            table("logs", Column("account_id", "bigint"), Column("zhid", "bigint", "账户ID")),
        ],
        {},
    ),
    "to rows of the same table": ([table("visits", ID, Column("visit_id", "bigint"))], {}),
    "to a table without numbers": ([table("visits"), table("bills", Column("visit_id", "bigint"))], {}),
}


@pytest.mark.parametrize("what", TABLES)
def test_columns_refer_to_things(what):
    tables, expected = TABLES[what]

    found = references_to_things(tables)
    nobodys = {
        place[1]: {column: thing.place[1] for column, thing in columns.items() if thing.nobodys}
        for place, columns in found.items()
    }
    assert {table: columns for table, columns in nobodys.items() if columns} == expected


def test_a_number_of_things_is_nobodys_but_a_reviewer_knows_better():
    def tags(decision):
        return tuple(
            Tag(type=pi_type, confidence=0.9, evidence=(), decision=decision)
            for pi_type in ("medical_record_no", "mobile")
        )

    judged = without_things({"ghid": tags("auto"), "zyh": tags("auto")}, {"ghid": VISIT})
    decided = without_things({"ghid": tags("confirmed")}, {"ghid": VISIT})

    assert [tag.decision for tag in judged["ghid"]] == ["rejected", "auto"]
    assert judged["ghid"][0].evidence[0].detail == "refers to rows of t_ghjl"
    assert [tag.decision for tag in (*judged["zyh"], *decided["ghid"])] == ["auto"] * 2 + ["confirmed"] * 2


def test_accounts_and_natural_numbers_are_things_too_but_may_be_a_persons_own():
    account = table("account", ID)
    admission = table("admission", ID, Column("zyh", "text"))
    bill = table("bill", Column("zyh", "text"), keys=(ForeignKey("zyh", "", "admission", "zyh"),))

    found = references_to_things([account, admission, bill, table("logs", Column("account_id", "bigint"))])

    assert found == {
        ("", "bill"): {"zyh": Thing(("", "admission"), "zyh", nobodys=False)},
        ("", "logs"): {"account_id": Thing(("", "account"), "id", nobodys=False)},
    }
