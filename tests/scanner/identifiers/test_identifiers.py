from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers import built_in
from classifiers.taxonomy import pi_types
from scanner.census.kinds import KINDS
from scanner.digests.columns import PERSON_KEY, PSEUDONYM, PSEUDONYMOUS_CONTACT
from scanner.identifiers import (
    ADULT,
    BLANK,
    CATEGORY_BITS,
    MINOR_UNDER_14,
    MINOR_UNDER_18,
    RELATION,
    Records,
    SlotPlan,
    SubjectKey,
    TablePlan,
    digest,
    identify,
    plan_table,
)
from scanner.identifiers.age_clock import CLOCK_BITS

KEY = SubjectKey(bytes(range(16)))
AS_OF = dt.date(2026, 6, 30)
WORD = (1 << 64) - 1
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(birth: str, sequence: int = 1) -> str:
    """Make up a resident ID number with a right check digit."""
    body = f"110101{birth}{sequence:03d}"
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, WEIGHTS, strict=True)) % 11]


def siphash(key: bytes, message: bytes) -> int:
    """SipHash-2-4, one message at a time: the reference for the columns."""

    def rotate(x: int, bits: int) -> int:
        return ((x << bits) | (x >> (64 - bits))) & WORD

    def rounds(number: int) -> None:
        for _ in range(number):
            v[0] = (v[0] + v[1]) & WORD
            v[2] = (v[2] + v[3]) & WORD
            v[1], v[3] = rotate(v[1], 13) ^ v[0], rotate(v[3], 16) ^ v[2]
            v[0] = (rotate(v[0], 32) + v[3]) & WORD
            v[2] = (v[2] + v[1]) & WORD
            v[1], v[3] = rotate(v[1], 17) ^ v[2], rotate(v[3], 21) ^ v[0]
            v[2] = rotate(v[2], 32)

    k0, k1 = int.from_bytes(key[:8], "little"), int.from_bytes(key[8:], "little")
    constants = (0x736F6D6570736575, 0x646F72616E646F6D, 0x6C7967656E657261, 0x7465646279746573)
    v = [k ^ c for k, c in zip((k0, k1, k0, k1), constants, strict=True)]
    padded = message + bytes(7 - len(message) % 8) + bytes([len(message) & 0xFF])
    for start in range(0, len(padded), 8):
        word = int.from_bytes(padded[start : start + 8], "little")
        v[3] ^= word
        rounds(2)
        v[0] ^= word
    v[2] ^= 0xFF
    rounds(4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


# Source: the authors' test vectors (vectors.h): key 00..0f, message 00..(length - 1).
OFFICIAL = [
    (0, "310e0edd47db6f72"),
    (1, "fd67dc93c539f874"),
    (2, "5a4fa9d909806c0d"),
    (3, "2d7efbd796666785"),
    (8, "6224939a79f5f593"),
    (15, "e545be4961ca29a1"),
    (63, "724506eb4c328a95"),
]


@pytest.mark.parametrize(("length", "expected"), OFFICIAL)
def test_official_vectors_hold_for_columns_and_for_the_reference(length: int, expected: str) -> None:
    message = bytes(range(length))
    column = pa.array([message.decode()])

    assert siphash(KEY.secret, message).to_bytes(8, "little").hex() == expected
    assert int(digest("", column, KEY)[0]).to_bytes(8, "little").hex() == expected


@given(st.lists(st.none() | st.text(max_size=30)), st.binary(min_size=16, max_size=16), st.integers(0, 3))
def test_a_column_has_the_digests_of_its_cells(values: list[str | None], secret: bytes, skipped: int) -> None:
    column = pa.array(["dropped"] * skipped + values, pa.string())[skipped:]
    tag = b"mobile\0\0"

    expected = [0 if v is None else siphash(secret, tag + v.encode()) or 1 for v in values]
    assert digest("mobile", column, SubjectKey(secret)).tolist() == expected


def test_kinds_and_keys_keep_equal_values_apart() -> None:
    column = pa.array(["13912340000"])
    keys = (KEY, SubjectKey(bytes(16)))
    digests = {int(digest(kind, column, key)[0]) for kind in ("mobile", "qq") for key in keys}

    assert len(digests) == 4


def test_a_key_shows_nothing_of_its_secret() -> None:
    assert repr(KEY) == "SubjectKey()"
    assert KEY.secret.hex() not in KEY.fingerprint
    assert KEY.fingerprint != SubjectKey(bytes(16)).fingerprint


def test_a_key_has_16_bytes() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        SubjectKey(b"short")


def test_strengths_agree_with_the_taxonomy() -> None:
    identifying = {name: t.strength for name, t in pi_types().items() if t.identifies}

    kinds = {name: kind.strength for name, kind in KINDS.items() if not name.startswith("custom_")}
    made_here = {PERSON_KEY: "account", PSEUDONYM: "account", PSEUDONYMOUS_CONTACT: "contact"}
    assert kinds == identifying | made_here


def identified(slot: SlotPlan, **columns: list[object] | pa.Array) -> Records:
    batch = pa.record_batch({k: v if isinstance(v, pa.Array) else pa.array(v) for k, v in columns.items()})
    return identify(batch, TablePlan(dataset="d", table="t", slots=(slot,)), KEY, as_of=AS_OF)[0]


def ids(records: Records, kind: str) -> list[int]:
    return next(values.tolist() for name, values in records.ids if name == kind)


@pytest.mark.parametrize("kind", ["user_account", "employee_no", "student_no", "medical_record_no"])
@pytest.mark.parametrize(
    "values", [["17", "001", "999", "0", "000", "-1", "", "无"], [17, 1, 999, 0, 0, -1, None, -7]]
)
def test_an_issuer_begins_with_short_numbers(kind: str, values: list[object]) -> None:
    found = ids(identified(SlotPlan(slot="", identifiers=(("n", kind),)), n=values), kind)

    assert [digest != 0 for digest in found] == [True] * 3 + [False] * 5
    assert len(set(found[:3])) == 3


def test_short_numbers_of_other_kinds_and_those_of_nobody_identify_nobody() -> None:
    catalogue = replace(built_in(), nobody={"user_account": pa.array(["17"])})
    batch = pa.record_batch({"n": ["17", "18"], "device": ["17", "18"]})
    slot = SlotPlan(slot="", identifiers=(("n", "user_account"), ("device", "device_id")))

    plan = TablePlan(dataset="d", table="t", slots=(slot,))
    found = identify(batch, plan, KEY, as_of=AS_OF, catalogue=catalogue)[0]

    assert [digest != 0 for digest in ids(found, "user_account")] == [False, True]
    assert ids(found, "device_id") == [0, 0]


def test_forms_of_one_number_have_one_digest() -> None:
    born = "19610303"
    number = id_number(born)
    short = number[:6] + number[8:17]
    found = ids(
        identified(SlotPlan(slot="", identifiers=(("id", "id_card"),)), id=[number, f" {number}", short]),
        "id_card",
    )

    assert len(set(found)) == 1
    assert found[0] != 0


def test_masked_placeholder_and_mistyped_values_identify_nobody() -> None:
    number = id_number("19610303")
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    slot = SlotPlan(slot="", identifiers=(("id", "id_card"), ("phone", "mobile")))
    found = identified(
        slot, id=[wrong, "无", "1101011961****0015"], phone=["139****0000", "13800138000", "00000000000"]
    )

    assert ids(found, "id_card") == [0, 0, 0]
    assert ids(found, "mobile") == [0, 0, 0]


def test_foreign_documents_in_an_id_column_identify_too() -> None:
    found = identified(
        SlotPlan(slot="", identifiers=(("id", "id_card"),)), id=[id_number("19610303"), "E12345679"]
    )

    assert ids(found, "id_card")[1] == 0
    assert ids(found, "passport")[0] == 0
    assert ids(found, "passport")[1] != 0


def test_two_documents_of_one_kind_in_a_row_are_two_persons() -> None:
    slot = SlotPlan(slot="", identifiers=(("a", "id_card"), ("b", "id_card")))
    one, two = id_number("19610303"), id_number("19710303")
    batch = pa.record_batch({"a": [one, one, None], "b": [two, one, two]})
    first, second = identify(batch, TablePlan(dataset="d", table="t", slots=(slot,)), KEY, as_of=AS_OF)

    assert all(ids(first, "id_card"))
    assert second.present.tolist() == [True, False, False]


def test_short_account_numbers_mean_something_within_one_dataset_only() -> None:
    slot = SlotPlan(slot="", identifiers=(("no", "user_account"),))
    batch = pa.record_batch({"no": ["10023", "M100230001"]})
    plans = [TablePlan(dataset=dataset, table="t", slots=(slot,)) for dataset in ("a", "b")]
    here, there = (ids(identify(batch, p, KEY, as_of=AS_OF)[0], "user_account") for p in plans)

    assert here[0] != there[0]
    assert here[1] == there[1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("张小芳", "张小芳 ", True),
        ("张小芳", "张 小芳", True),
        ("迪丽·阿卜杜拉", "迪丽•阿卜杜拉", True),
        ("John Smith", "SMITH, JOHN", True),
        ("张小芳", "张晓芳", False),
    ],
)
def test_names_are_compared_whatever_their_form(one: str, other: str, same: bool) -> None:
    found = identified(SlotPlan(slot="", names=("n",)), n=[one, other]).names.tolist()

    assert 0 not in found
    assert (found[0] == found[1]) is same


@pytest.mark.parametrize(
    ("family", "given", "whole"),
    [
        ("王", "伟明", "王伟明"),
        ("欧阳", "娜", "欧阳娜"),
        ("Wang", "Weiming", "Weiming Wang"),
        ("王", "王伟明", "王伟明"),  # the whole name in the column of the given one
        ("王伟明", None, "王伟明"),
        (None, "王伟明", "王伟明"),
        ("王", None, None),
        (None, "伟明", None),
        (None, None, None),
    ],
)
def test_a_name_in_two_columns_is_the_name_in_one(family, given, whole) -> None:
    parted = SlotPlan(slot="", names=("first_name", "last_name"))
    cells = {"last_name": [family], "first_name": [given]}
    (found,) = identified(parted, **{c: pa.array(v, pa.string()) for c, v in cells.items()}).names.tolist()
    (expected,) = identified(SlotPlan(slot="", names=("n",)), n=pa.array([whole], pa.string())).names.tolist()

    assert found == expected


def test_a_whole_name_goes_before_a_part_of_it() -> None:
    slot = SlotPlan(slot="", names=("given_name", "cn"))
    found = identified(slot, given_name=["伟明"], cn=["王伟明"]).names.tolist()

    assert found == identified(SlotPlan(slot="", names=("n",)), n=["王伟明"]).names.tolist()


@pytest.mark.parametrize("name", ["张**", "张某", "未知", "无", "", None, "某公司客户服务部", "先生", "77"])
def test_a_name_that_tells_nothing_has_no_digest(name: str | None) -> None:
    assert identified(SlotPlan(slot="", names=("n",)), n=pa.array([name], pa.string())).names.tolist() == [0]


@pytest.mark.parametrize(
    ("name", "may_be_chinese_in_latin_letters"),
    [
        ("张小芳", 0),
        ("Zhang Xiaofang", 1),
        ("Xiaofang ZHANG", 1),
        ("Chan Tai-man", 1),
        ("Jack Ma", 1),
        ("Anna Müller", 0),
        ("John Smith", 0),
    ],
)
def test_bit_0_of_a_name_tells_chinese_names_in_latin_letters(
    name: str, may_be_chinese_in_latin_letters: int
) -> None:
    (found,) = identified(SlotPlan(slot="", names=("n",)), n=[name]).names.tolist()

    assert found & 1 == may_be_chinese_in_latin_letters


@pytest.mark.parametrize("name", ["测试", "测试用户", "test", "Test 01", "张三测试"])
def test_test_rows_are_nobody(name: str) -> None:
    slot = SlotPlan(slot="", identifiers=(("p", "mobile"),), names=("n",))
    found = identified(slot, n=[name], p=["13912340007"])

    assert found.present.tolist() == [False]
    assert ids(found, "mobile") == [0]


@pytest.mark.parametrize(
    ("birth", "flags"),
    [
        ("2012-07-01", MINOR_UNDER_14 | MINOR_UNDER_18),
        ("2012-06-30", MINOR_UNDER_18),
        ("2012-06-29", MINOR_UNDER_18),
        ("20080701", MINOR_UNDER_18),
        ("2008/6/30", ADULT),
        ("1961年3月3日", ADULT),
        ("2012-07-01 00:00:00", MINOR_UNDER_14 | MINOR_UNDER_18),
        ("2099-01-01", 0),
        ("1700-01-01", 0),
        ("soon", 0),
    ],
)
def test_age_is_taken_on_the_day(birth: str, flags: int) -> None:
    found = identified(SlotPlan(slot="", births=("b",)), b=[birth]).flags

    assert (found & ~np.uint32(CLOCK_BITS)).tolist() == [flags]
    assert bool(found & np.uint32(CLOCK_BITS)) == bool(flags & MINOR_UNDER_18)


@pytest.mark.parametrize(
    "counted",
    [
        "41091",  # Excel's day of 2012-07-01
        "41091.0",
        "1341072000",  # midnight in Beijing, in seconds since 1970
        "1341100800",  # midnight in UTC
        "1341072000000",  # in milliseconds
    ],
)
def test_birth_dates_may_be_numbers(counted: str) -> None:
    """All are 2012-07-01: 14 on the day after the count; one day earlier is 14 already."""
    unit = 1 if len(counted) < 9 else 86_400 * (1000 if len(counted) > 10 else 1)
    before = str(int(float(counted)) - unit)
    flags = identified(SlotPlan(slot="", births=("b",)), b=[counted, before, "2012-07-01", "712", ""]).flags

    assert ((flags & MINOR_UNDER_14) != 0).tolist() == [True, False, True, False, False]
    assert (flags & np.uint32(CLOCK_BITS))[0] == (flags & np.uint32(CLOCK_BITS))[2]


def test_birth_dates_may_be_dates() -> None:
    day = dt.date(2020, 1, 1)
    moment = pa.array([dt.datetime(2020, 1, 1, 12)], pa.timestamp("us"))

    assert identified(SlotPlan(slot="", births=("b",)), b=[day]).flags[0] & MINOR_UNDER_14
    assert identified(SlotPlan(slot="", births=("b",)), b=moment).flags[0] & MINOR_UNDER_14


@pytest.mark.parametrize(
    ("by_id", "by_date", "flags"),
    [
        ("20200101", "1961-03-03", MINOR_UNDER_14 | MINOR_UNDER_18),
        ("19610303", "2020-01-01", 0),  # a parent's ID number with a child's birth date?
        ("19610303", "2099-01-01", ADULT),
        ("19610303", "1962-03-03", ADULT),
        ("19610303", "", ADULT),
    ],
)
def test_an_id_number_tells_the_age_before_a_birth_column_does(by_id: str, by_date: str, flags: int) -> None:
    slot = SlotPlan(slot="", identifiers=(("id", "id_card"),), births=("b",))

    found = identified(slot, id=[id_number(by_id)], b=[by_date]).flags & ~np.uint32(CLOCK_BITS)
    assert found.tolist() == [flags]


def test_a_guardian_is_of_age() -> None:
    assert (
        identified(SlotPlan(slot="guardian", identifiers=(("p", "mobile"),)), p=["13912340007"]).flags[0]
        & ADULT
    )


def relations(table: str, **columns: list[str | None]) -> list[int]:
    """Return whose relative the rows of a table show; the own names are in ``xm``, ``name``."""
    types = {"xm": "person_name", "name": "person_name", "jhrdh": "mobile", "home": "landline"}
    slots = dict.fromkeys(("jhrdh", "home"), {"mothers": "mother", "wives": "spouse"}.get(table, "guardian"))
    plan = plan_table("d", table, [(name, (types[name],), ()) for name in columns], slots)
    for records in identify(pa.record_batch(columns), plan, KEY, as_of=AS_OF):
        if records.slot:
            return dict(records.ids).get(RELATION, np.zeros(0, np.uint64)).tolist()
    return []


def test_a_relation_is_a_name_a_place_and_a_phone() -> None:
    children = ["李小宝", "王小贝", "李小宝", None, "李小宝"]
    phones = ["13912340007", "13912340007", "13912340008", "13912340007", "无"]
    first, sibling, other_phone, nameless, no_phone = relations("school", xm=children, jhrdh=phones)

    assert len({first, sibling, other_phone, 0}) == 4
    assert (nameless, no_phone) == (0, 0)
    assert relations("clinic", name=["李小宝"], jhrdh=["+86 139-1234-0007"]) == [first]
    assert relations("both", xm=["李小宝"], home=["010-62345678"], jhrdh=["13912340007"]) == [first]
    (by_landline,) = relations("home", xm=["李小宝"], home=["010-62345678"], jhrdh=["无"])
    assert by_landline not in {0, first}
    assert relations("mothers", xm=["李小宝"], jhrdh=["13912340007"]) == [first]
    assert relations("wives", xm=["李小宝"], jhrdh=["13912340007"]) != [first]


def test_no_relation_without_an_own_name_or_a_phone_nor_to_a_person_with_many() -> None:
    assert relations("phones", jhrdh=["13912340007"]) == []
    plan = plan_table("d", "t", [("xm", ("person_name",), ()), ("ys", ("mobile",), ())], {"ys": "doctor"})
    batch = pa.record_batch({"xm": ["李小宝"], "ys": ["13912340007"]})

    assert all(RELATION not in dict(records.ids) for records in identify(batch, plan, KEY, as_of=AS_OF))


def test_categories_need_a_value_that_is_one() -> None:
    slot = SlotPlan(
        slot="",
        identifiers=(("card", "bank_card"),),
        categories={"card": ("financial", "sensitive"), "faith": ("religion",)},
    )
    cards = ["6222021001116245702", "无", "6222****5702"]
    found = identified(slot, card=cards, faith=["佛教", "无", None]).flags
    every = sum(CATEGORY_BITS[name] for name in ("financial", "sensitive", "religion"))

    assert found.tolist() == [every, BLANK, 0]


def test_a_blank_row_is_marked_and_a_second_person_needs_a_value() -> None:
    own = identified(SlotPlan(slot="", identifiers=(("p", "mobile"),)), p=["13912340007", None, "无"])
    second = identified(SlotPlan(slot="guardian", names=("n",)), n=["王芳", None, "无"])

    assert own.present.tolist() == [True, True, True]
    assert (own.flags & BLANK != 0).tolist() == [False, True, True]
    assert second.present.tolist() == [True, False, False]


def test_window_bits_are_passed_on() -> None:
    batch = pa.record_batch({"p": ["13912340007", "13912340008"]})
    plan = TablePlan(dataset="d", table="t", slots=(SlotPlan(slot="", identifiers=(("p", "mobile"),)),))
    found = identify(batch, plan, KEY, as_of=AS_OF, row_flags=np.array([1 << 16, 0], np.uint32))

    assert found[0].flags.tolist() == [1 << 16, 0]


def test_a_plan_takes_types_and_slots_apart() -> None:
    plan = plan_table(
        "d",
        "t",
        [
            ("xm", ("person_name",), ()),
            ("sfzh", ("id_card",), ("other",)),
            ("jhrdh", ("mobile", "landline"), ()),
            ("ip", ("ip_address",), ()),
        ],
        {"jhrdh": "guardian"},
    )
    own, guardian = plan.slots

    assert own.identifiers == (("sfzh", "id_card"),)
    assert own.names == ("xm",)
    assert own.others == ("xm", "ip")
    assert guardian.identifiers == (("jhrdh", "mobile"), ("jhrdh", "landline"))
    assert plan.columns() == ("ip", "jhrdh", "sfzh", "xm")
