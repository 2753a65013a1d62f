"""Our numbers beside phonenumbers and python-stdnum: where they differ is listed in docs/validators.md."""

from __future__ import annotations

import phonenumbers
import pytest
import stdnum.cn.ric
import stdnum.cn.uscc
import stdnum.exceptions
import stdnum.imei
import stdnum.imsi
import stdnum.mac
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberType

from classifiers.validators import cn_landline, cn_mobile, cn_resident_id, imei, imsi, mac_address, uscc
from classifiers.validators._checks import mod_11_2

OURS_ONLY = {"146", "148", "149"} | {f"174{digit}" for digit in range(1, 10)}  # things; satellites
THEIRS_ONLY = {"1610"}  # no notice of the ministry assigns it
FIXED = {PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
AREAS = ["10", *(f"2{digit}" for digit in range(10)), *map(str, range(300, 1000))]
SUBSCRIBERS = [first + "1234567"[:rest] for first in "23456789" for rest in (6, 7)]


def kind(number: str) -> int | None:
    """What phonenumbers takes a Chinese number for; None when it is not valid."""
    try:
        parsed = phonenumbers.parse(number, "CN")
    except phonenumbers.NumberParseException:  # too short, once a prefix is taken off
        return None
    return phonenumbers.number_type(parsed) if phonenumbers.is_valid_number_for_region(parsed, "CN") else None


def stdnum_says(validate, number: str) -> str | None:
    """The canonical number of python-stdnum; None when it refuses. It breaks on some counties."""
    try:
        return validate(number)
    except (stdnum.exceptions.ValidationError, KeyError):
        return None


def ours_says(validate, number: str) -> str | None:
    try:
        return validate(number)
    except ValueError:
        return None


def test_every_mobile_segment_is_judged_like_phonenumbers_judges_it():
    numbers = [f"{segment}1234567" for segment in range(1000, 2000)]
    ours = {n[:4] for n in numbers if cn_mobile.is_valid(n)}
    theirs = {n[:4] for n in numbers if kind(n) == PhoneNumberType.MOBILE}

    assert {s if s.startswith("174") else s[:3] for s in ours - theirs} == OURS_ONLY
    assert theirs - ours == THEIRS_ONLY


@given(st.from_regex("1[0-9]{10}", fullmatch=True), st.sampled_from(["", "+86 ", "0086-", "86"]))
def test_any_mobile_number_is_judged_like_phonenumbers_judges_it(number, country):
    known = number.startswith(tuple(OURS_ONLY | THEIRS_ONLY))

    assert known or cn_mobile.is_valid(country + number) == (kind(number) == PhoneNumberType.MOBILE)


@pytest.mark.parametrize("area", AREAS)
def test_what_phonenumbers_takes_for_a_fixed_line_is_one(area):
    """But for numbers that begin with 9, which are services."""
    theirs = {number for number in SUBSCRIBERS if kind(f"0{area}{number}") in FIXED}

    assert {n for n in theirs if not cn_landline.is_valid(f"0{area}{n}")} == {
        n for n in theirs if n[0] == "9"
    }


@given(st.sampled_from(AREAS), st.from_regex("[2-8][0-9]{6,7}", fullmatch=True))
def test_a_fixed_line_that_phonenumbers_refuses_has_another_length_or_area_there(area, number):
    """Ours takes seven and eight digits in every area: numbers grew by a digit, and old tables keep them."""
    ours = cn_landline.is_valid(f"0{area}-{number}")
    lengths = {n for n in (7, 8) if kind(f"0{area}{(number + number[-1])[:n]}") in FIXED}

    assert not ours or kind(f"0{area}{number}") in FIXED or len(number) not in lengths


@given(st.from_regex("[0-9]{6}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}", fullmatch=True))
def test_every_resident_id_of_stdnum_is_one(body):
    number = body + mod_11_2(body)
    theirs = stdnum_says(stdnum.cn.ric.validate, number)

    assert theirs is None or ours_says(cn_resident_id.validate, number) == theirs


@given(
    st.from_regex(f"[1-9]{{3}}[0-9]{{5}}[{uscc.ALPHABET}]{{9}}", fullmatch=True),
    st.sampled_from(uscc.ALPHABET),
)
def test_credit_codes_are_judged_like_stdnum_judges_them(body, last):
    number = body + last

    assert ours_says(uscc.validate, number) == stdnum_says(stdnum.cn.uscc.validate, number)


NUMBERS = {
    "imei": (imei.validate, stdnum.imei.validate),
    "imsi": (imsi.validate, stdnum.imsi.validate),
    "mac": (mac_address.validate, stdnum.mac.validate),
    "uscc": (uscc.validate, stdnum.cn.uscc.validate),
    "resident": (cn_resident_id.validate, stdnum.cn.ric.validate),
}


@pytest.mark.parametrize(
    ("name", "number", "ours", "theirs"),
    [
        ("resident", "110199199003071233", True, False),  # a county that no list has
        ("resident", "110101900307123", True, False),  # 15 digits
        ("uscc", "10110000600037341", False, True),  # a kind of organization that does not exist
        ("uscc", "N2110101MA0000000", True, False),  # a rural collective
        ("imsi", "310150123456789", False, True),  # a network abroad
        ("imei", "20356868000041", False, True),  # 14 digits of no phone of today
        ("mac", "D0509984A2A0", True, False),
        ("mac", "d050.9984.a2a0", True, False),
    ],
)
def test_differences_are_as_documented(name, number, ours, theirs):
    mine, other = NUMBERS[name]
    if name == "resident" and len(number) == 18:
        number = number[:17] + mod_11_2(number[:17])
    if name == "uscc":
        number += uscc.check_character(number)

    assert (ours_says(mine, number) is not None, stdnum_says(other, number) is not None) == (ours, theirs)


@pytest.mark.parametrize("number", ["356868000041418", "490154203237518"])
def test_the_same_number_is_written_the_same_way(number):
    same = {ours_says(f, number) for f in NUMBERS["imei"]}
    assert same == {number}
