"""Persons of a row that no list of headers knows: told apart by their names, and by how columns begin."""

from __future__ import annotations

import pyarrow as pa
import pytest

from classifiers import Tag
from scanner.stages.name_pairs import FEWEST, differing_names
from scanner.stages.parties import parties
from scanner.stages.slots import assign_slots

NAME, PHONE, CARD = ("person_name",), ("mobile",), ("bank_card",)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁"


def names(shift: int = 0, given: str = "小明", size: int = 2 * FEWEST) -> list[str]:
    return [SURNAMES[(n + shift) % len(SURNAMES)] + given for n in range(size)]


def tag(type_: str = "person_name", form: str = "plain") -> Tag:
    return Tag(type=type_, confidence=0.9, decision="auto", form=form, prevalence=1.0, evidence=())


@pytest.mark.parametrize(
    ("other", "differ"),
    [
        (names(1), True),
        (names(), False),
        (names(given="**"), False),  # the same names, masked
        (names(given="大伟"), False),  # former names: the surname stays
        ([None if n % 2 else name for n, name in enumerate(names(1))], True),
        ([None if n > 10 else name for n, name in enumerate(names(1))], False),  # too few
        (["Wang Xiaoming"] * 2 * FEWEST, False),  # may be the same names in other letters
        (names()[:30] + names(1)[30:], False),  # mostly the same
    ],
)
def test_names_of_two_columns_are_of_different_persons(other: list[str | None], differ: bool) -> None:
    batch = pa.record_batch({"a": names(), "n": list(range(2 * FEWEST)), "b": other})

    found = differing_names(batch, {"a": (tag(),), "b": (tag(),)})

    assert found == (frozenset({("a", "b")}) if differ else frozenset())


def test_only_columns_of_plain_names_are_compared() -> None:
    batch = pa.record_batch({"a": names(), "b": names(1), "c": names(2), "d": names(3)})
    tags = {"a": (tag(),), "b": (tag("user_account"),), "c": (tag(form="embedded"),)}

    assert differing_names(batch, tags) == frozenset()


def test_encoded_names_are_compared_as_well() -> None:
    encoded = pa.array(names(1)).dictionary_encode()
    batch = pa.record_batch([pa.array(names()), encoded], names=["a", "b"])

    assert differing_names(batch, {"a": (tag(),), "b": (tag(),)}) == {("a", "b")}


# The headers of a table, those that identify somebody, pairs of different names, and the slots found.
TABLES = [
    ("甲方姓名 甲方电话 乙方姓名 乙方电话", "甲方电话 乙方电话", "甲方姓名 乙方姓名", "乙方姓名 乙方电话"),
    ("from_name from_card to_name to_card", "from_card to_card", "from_name to_name", "to_name to_card"),
    ("fromName toName toCard card", "toCard card", "fromName toName", "toName toCard"),
    ("name tel allyName allyTel", "tel allyTel", "name allyName", "allyName allyTel"),
    ("allyName allyTel name tel", "tel allyTel", "allyName name", "allyName allyTel"),
    ("jfxm jfdh yfxm yfdh", "jfdh yfdh", "jfxm yfxm", "yfxm yfdh"),
    ("partner_name name phone", "phone", "partner_name name", ""),  # nothing identifies the partner
    ("name holder phone", "phone", "", ""),
]


@pytest.mark.parametrize(("columns", "identifying", "apart", "others"), TABLES)
def test_columns_belong_to_the_name_they_begin_like(
    columns: str, identifying: str, apart: str, others: str
) -> None:
    one, _, other = apart.partition(" ")
    pairs = frozenset({(one, other)}) if apart else frozenset()

    found = parties(columns.split(), set(identifying.split()), pairs)

    assert found == dict.fromkeys(others.split(), "party_2")


def test_a_third_name_that_is_the_first_person_again_stays_with_it() -> None:
    columns = ["name", "to_name", "to_card", "holder_name", "card"]
    apart = frozenset({("name", "to_name"), ("to_name", "holder_name")})

    assert parties(columns, {"to_card", "card"}, apart) == {"to_name": "party_2", "to_card": "party_2"}


def test_what_is_declared_and_what_headers_say_stands() -> None:
    types = {"姓名": NAME, "收货人": NAME, "收货人电话": PHONE, "乙方姓名": NAME, "乙方卡号": CARD}
    columns = [(name, "", held) for name, held in types.items()]
    apart = frozenset({("姓名", "收货人"), ("姓名", "乙方姓名"), ("收货人", "乙方姓名")})

    assert assign_slots(columns, names_apart=apart) == {
        "姓名": "",
        "收货人": "receiver",
        "收货人电话": "receiver",
        "乙方姓名": "party_2",
        "乙方卡号": "party_2",
    }
    said = assign_slots(columns, declared={"乙方卡号": "self"}, names_apart=apart)
    assert said["乙方卡号"] == ""
