"""Persons of a row that no list of headers knows: told apart by their names, and by how columns begin."""

from __future__ import annotations

import pyarrow as pa
import pytest

from classifiers import Tag
from scanner.stages.apart import columns_apart
from scanner.stages.parties import parties
from scanner.stages.slots import assign_slots
from scanner.stages.values import FEWEST

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
        (list(SURNAMES + SURNAMES)[: 2 * FEWEST], False),  # surnames alone
        (names()[:30] + names(1)[30:], False),  # mostly the same
    ],
)
def test_names_of_two_columns_are_of_different_persons(other: list[str | None], differ: bool) -> None:
    batch = pa.record_batch({"a": names(), "n": list(range(2 * FEWEST)), "b": other})

    found = columns_apart(batch, {"a": (tag(),), "b": (tag(),)})

    assert found == (frozenset({("a", "b")}) if differ else frozenset())


def test_first_and_last_names_are_one_persons() -> None:
    first, last = ["John", "Mary", "Li", "Wei"] * FEWEST, ["Smith", "Brown", "Ng", "Sun"] * FEWEST
    batch = pa.record_batch({"first_name": first, "last_name": last})

    assert columns_apart(batch, {"first_name": (tag(),), "last_name": (tag(),)}) == frozenset()


@pytest.mark.parametrize(("shift", "differ"), [(0, False), (1, True)])
def test_the_parts_of_a_name_are_compared_together(shift: int, differ: bool) -> None:
    parts = {"surname": [name[0] for name in names(shift)], "given_name": [name[1:] for name in names(shift)]}
    batch = pa.record_batch({**parts, "cn": names()})

    found = columns_apart(batch, {column: (tag(),) for column in batch.schema.names})

    assert found == (frozenset({("surname", "cn"), ("given_name", "cn")}) if differ else frozenset())


@pytest.mark.parametrize(
    ("header", "values", "differ"),
    [
        ("given_name", [name[1:] for name in names()], False),
        ("名", [name[1:] for name in names()], False),
        ("family_name", names(1), True),  # of a relative
        ("对方户名", names(1), True),
    ],
)
def test_a_given_name_alone_is_compared_with_none(header: str, values: list[str], differ: bool) -> None:
    batch = pa.record_batch({header: values, "户名": names()})

    found = columns_apart(batch, {header: (tag(),), "户名": (tag(),)})
    assert found == (frozenset({(header, "户名")}) if differ else frozenset())


def test_only_columns_of_plain_names_are_compared() -> None:
    batch = pa.record_batch({"a": names(), "b": names(1), "c": names(2), "d": names(3)})
    tags = {"a": (tag(),), "b": (tag("user_account"),), "c": (tag(form="embedded"),)}

    assert columns_apart(batch, tags) == frozenset()


def calls(callers: int, partners: int, size: int = 400) -> tuple[list[str], list[str]]:
    """Return who calls whom: each caller so many partners, who are called by several."""
    caller = [n % callers for n in range(size)]
    called = [(c + 1 + (n // callers) % partners) % callers for n, c in enumerate(caller)]
    return [f"13912{c:06d}" for c in caller], [f"13912{c:06d}" for c in called]


@pytest.mark.parametrize(
    ("columns", "differ"),
    [
        (calls(50, 5), True),
        (calls(50, 1), False),  # one further number each: of the same person
        (calls(400, 5), False),  # each comes once: nothing is said
        ((calls(50, 5)[0], ["13900000000"] * 400), False),  # a hotline
    ],
)
def test_contacts_of_a_log_are_of_different_persons(columns: tuple[list[str], ...], differ: bool) -> None:
    batch = pa.record_batch(dict(zip("ab", columns, strict=True)))

    found = columns_apart(batch, {"a": (tag("mobile"),), "b": (tag("mobile"),)})

    assert found == (frozenset({("a", "b")}) if differ else frozenset())
    assert columns_apart(batch, {"a": (tag("mobile"),), "b": (tag("landline"),)}) == frozenset()


def test_encoded_names_are_compared_as_well() -> None:
    encoded = pa.array(names(1)).dictionary_encode()
    batch = pa.record_batch([pa.array(names()), encoded], names=["a", "b"])

    assert columns_apart(batch, {"a": (tag(),), "b": (tag(),)}) == {("a", "b")}


# The headers of a table, two with different names, and those of the second person.
TABLES = [
    ("甲方姓名 甲方电话 乙方姓名 乙方电话", "甲方姓名 乙方姓名", "乙方姓名 乙方电话"),
    ("from_name from_card to_name to_card", "from_name to_name", "to_name to_card"),
    ("fromName toName toCard card", "fromName toName", "toName toCard"),
    ("name tel allyName allyTel", "name allyName", "allyName allyTel"),
    ("allyName allyTel name tel", "allyName name", "allyName allyTel"),
    ("jfxm jfdh yfxm yfdh", "jfxm yfxm", "yfxm yfdh"),
    ("partner_name name phone", "partner_name name", "partner_name"),
    ("当事人甲 甲车牌 甲电话 当事人乙 乙车牌 乙电话", "当事人甲 当事人乙", "当事人乙 乙车牌 乙电话"),
    ("name_a phone_a name_b phone_b", "name_a name_b", "name_b phone_b"),
    ("name holder phone", "", ""),
    ("aac003 aac002 akc273 akc196", "aac003 akc273", "akc273"),  # a diagnosis is not the doctor's
]


@pytest.mark.parametrize(("columns", "differing", "others"), TABLES)
def test_columns_belong_to_the_name_that_they_are_like(columns: str, differing: str, others: str) -> None:
    one, _, other = differing.partition(" ")
    apart = frozenset({(one, other)}) if differing else frozenset()
    names = [column for column in columns.split() if column in (one, other)]

    assert parties(columns.split(), names, apart) == dict.fromkeys(others.split(), "party_2")


def test_where_no_names_tell_persons_apart_contacts_do() -> None:
    columns = ["calling_no", "calls", "other_no"]

    assert parties(columns, [], frozenset({("calling_no", "other_no")})) == {"other_no": "party_2"}
    apart = frozenset({("tel_a", "tel_b"), ("name_a", "name_b")})
    found = parties(["tel_b", "tel_a", "name_a", "name_b"], ["name_a", "name_b"], apart)
    assert found == {"name_b": "party_2", "tel_b": "party_2"}


def test_a_third_name_that_is_the_first_person_again_stays_with_it() -> None:
    columns = ["name", "to_name", "to_card", "holder_name", "card"]
    apart = frozenset({("name", "to_name"), ("to_name", "holder_name")})

    names = ["name", "to_name", "holder_name"]
    assert parties(columns, names, apart) == {"to_name": "party_2", "to_card": "party_2"}


def test_what_is_declared_and_what_headers_say_stands() -> None:
    types = {"姓名": NAME, "收货人": NAME, "收货人电话": PHONE, "乙方姓名": NAME, "乙方卡号": CARD}
    columns = [(name, "", held) for name, held in types.items()]
    apart = frozenset({("姓名", "收货人"), ("姓名", "乙方姓名"), ("收货人", "乙方姓名")})

    assert assign_slots(columns, apart=apart) == {
        "姓名": "",
        "收货人": "receiver",
        "收货人电话": "receiver",
        "乙方姓名": "party_2",
        "乙方卡号": "party_2",
    }
    said = assign_slots(columns, declared={"乙方卡号": "self"}, apart=apart)
    assert said["乙方卡号"] == ""
