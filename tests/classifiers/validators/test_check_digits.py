"""Laws of check digits, and python-stdnum as an independent judge."""

from __future__ import annotations

from datetime import date

import stdnum.cn.ric
import stdnum.cn.uscc
import stdnum.imei
import stdnum.imsi
import stdnum.iso7064.mod_11_2
import stdnum.iso7064.mod_11_10
import stdnum.luhn
import stdnum.mac
from hypothesis import given
from hypothesis import strategies as st

from classifiers.validators import (
    bank_card,
    business_license,
    cn_resident_id,
    iccid,
    imei,
    imsi,
    mac_address,
    org_code,
    uscc,
    vin,
)
from classifiers.validators._checks import luhn, mod_11_2, mod_11_10

digits = st.text("0123456789", min_size=1, max_size=30)


@st.composite
def resident_ids(draw):
    """Well-formed numbers of people who never lived: no county ends in 99."""
    born = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    province = draw(st.sampled_from(sorted(cn_resident_id.PROVINCES)))
    body = f"{province}0099{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + mod_11_2(body)


@st.composite
def credit_codes(draw):
    body = draw(st.from_regex(uscc.SHAPE.replace("{10}", "{9}"), fullmatch=True))
    return body + uscc.check_character(body)


@st.composite
def cards(draw):
    body = draw(st.from_regex("62[0-9]{13,16}", fullmatch=True))
    return body + luhn(body)


def replaced(text: str, position: int, character: str) -> str:
    return text[:position] + character + text[position + 1 :]


@given(resident_ids(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_of_a_resident_id_is_always_caught(number, position, shift):
    wrong = replaced(number, position, str((int(number[position]) + shift) % 10))

    assert cn_resident_id.is_valid(number)
    assert not cn_resident_id.is_valid(wrong)


@given(resident_ids(), st.integers(0, 15))
def test_two_swapped_digits_of_a_resident_id_are_always_caught(number, position):
    swapped = number[:position] + number[position + 1] + number[position] + number[position + 2 :]

    assert swapped == number or not cn_resident_id.is_valid(swapped)


@given(credit_codes(), st.integers(0, 17), st.sampled_from(uscc.ALPHABET))
def test_one_wrong_character_of_a_credit_code_is_always_caught(number, position, character):
    wrong = replaced(number, position, character)

    assert uscc.is_valid(number)
    assert wrong == number or not uscc.is_valid(wrong)


@given(cards(), st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_of_a_card_is_always_caught(number, position, shift):
    wrong = replaced(number, position, str((int(number[position]) + shift) % 10))

    assert bank_card.is_valid(number)
    assert not bank_card.is_valid(wrong)


@given(resident_ids().filter(lambda number: "1900" <= number[6:10] < "2000"))
def test_15_and_18_characters_of_one_person_are_the_same_number(number):
    short = number[:6] + number[8:17]

    assert cn_resident_id.validate(short) == number


@given(resident_ids())
def test_birth_date_and_sex_are_read_from_the_number(number):
    assert f"{cn_resident_id.birth_date(number):%Y%m%d}" == number[6:14]
    assert cn_resident_id.sex(number) == ("M" if int(number[16]) % 2 else "F")


@given(digits)
def test_check_digits_agree_with_stdnum(body):
    assert luhn(body) == stdnum.luhn.calc_check_digit(body)
    assert mod_11_2(body) == stdnum.iso7064.mod_11_2.calc_check_digit(body)
    assert mod_11_10(body) == stdnum.iso7064.mod_11_10.calc_check_digit(body)


@given(resident_ids())
def test_resident_ids_agree_with_stdnum(number):
    assert stdnum.cn.ric.calc_check_digit(number) == number[-1]


@given(credit_codes())
def test_credit_codes_agree_with_stdnum(number):
    assert stdnum.cn.uscc.calc_check_digit(number[:-1]) == number[-1]


@given(st.from_regex("(?:86|35|01)[0-9]{12}", fullmatch=True))
def test_imei_agrees_with_stdnum(body):
    assert stdnum.imei.is_valid(imei.validate(body))


@given(st.from_regex(imsi.SHAPE, fullmatch=True))
def test_imsi_agrees_with_stdnum(number):
    assert imsi.is_valid(number)
    assert stdnum.imsi.is_valid(number)


@given(st.from_regex(mac_address.SHAPE, fullmatch=True))
def test_hardware_addresses_agree_with_stdnum(number):
    assert mac_address.validate(number) == stdnum.mac.compact(number)


@given(st.text("0123456789", min_size=14, max_size=15))
def test_iccid_has_one_check_digit(body):
    number = f"8986{body}"

    assert [d for d in "0123456789" if iccid.is_valid(number + d)] == [luhn(number)]


@given(st.from_regex("[1-9][0-9]{13}", fullmatch=True))
def test_business_license_has_one_check_digit(body):
    assert [d for d in "0123456789" if business_license.is_valid(body + d)] == [mod_11_10(body)]


@given(st.text(org_code.ALPHABET, min_size=8, max_size=8))
def test_organization_code_has_one_check_character(body):
    assert [c for c in org_code.ALPHABET if org_code.is_valid(body + c)] == [org_code.check_character(body)]


@given(
    st.from_regex("L[A-HJ-NPR-Z0-9]{7}", fullmatch=True),
    st.from_regex("[A-HJ-NPR-Z0-9]{4}[0-9]{4}", fullmatch=True),
)
def test_vehicle_number_has_one_check_character(head, tail):
    valid = [c for c in "0123456789X" if vin.is_valid(head + c + tail)]

    assert valid == [vin.check_character(f"{head}0{tail}")]


def test_vehicle_number_of_the_regulation():
    """The worked example of 49 CFR 565.15."""
    assert vin.check_character("1G4AH59H45G118341") == "4"
