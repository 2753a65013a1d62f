"""Check digits, dates and segments over blocks of cells.

Each check takes the bytes of cells of one width, position by position (see ``_cells.Check``), and
returns which cells pass. Tables are taken from the validators, so that a rule is written once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from classifiers.kernels._cells import Bytes, Mask, every
from classifiers.validators import bank_card, cn_mobile, cn_resident_id, hmt_residence_permit
from classifiers.validators import imei as imei_rule
from classifiers.validators import org_code as org_code_rule
from classifiers.validators import uscc as uscc_rule
from classifiers.validators import vin as vin_rule
from classifiers.validators._checks import FIRST_YEAR, LAST_YEAR

_NONE = 255
_MOD_11_2_WEIGHTS = [pow(2, 17 - i, 11) for i in range(17)]
_MOD_11_2_SUMS = np.frombuffer((b"10X98765432" * 200), np.uint8)
# Digit sum of twice a digit; what is no digit fails elsewhere.
_DOUBLED = np.resize(np.array([0, 2, 4, 6, 8, 1, 3, 5, 7, 9], np.uint8), 256)
_MONTH_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.uint8)


def numbers(block: Bytes) -> Bytes:
    """Return ASCII digits as numbers; anything else becomes 10 or more."""
    return block - np.uint8(ord("0"))


def all_digits(values: Bytes) -> Mask:
    """Return which cells have digits only; ``values`` as ``numbers`` returns them."""
    return every(values.max(axis=0) < 10)


def weighted(values: Bytes, weights: Sequence[int]) -> NDArray[np.uint16]:
    """Return the weighted sum of each cell; at most 65,535."""
    total = np.zeros(values.shape[1], np.uint16)
    for row, weight in zip(values, weights, strict=True):
        total += row * np.uint16(weight)
    return total


def _pair(values: Bytes, at: int) -> NDArray[np.uint16]:
    return np.asarray(values[at] * np.uint16(10) + values[at + 1], np.uint16)


def _calendar_date(year: NDArray[np.uint16], month: NDArray[np.uint16], day: NDArray[np.uint16]) -> Mask:
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    days = _MONTH_DAYS[np.minimum(month, 12)]
    in_month = (month >= 1) & (month <= 12) & (day >= 1) & (day <= days) & ((month != 2) | (day < 29) | leap)
    return every(in_month, year >= FIRST_YEAR, year <= LAST_YEAR)


def _long_date(values: Bytes, at: int) -> Mask:
    year = _pair(values, at) * np.uint16(100) + _pair(values, at + 2)
    return _calendar_date(year, _pair(values, at + 4), _pair(values, at + 6))


def _short_date(values: Bytes, at: int, century: int) -> Mask:
    year = _pair(values, at) + np.uint16(century)
    return _calendar_date(year, _pair(values, at + 2), _pair(values, at + 4))


@cache
def _provinces() -> Mask:
    table = np.zeros(1 << 16, np.bool_)
    table[[int(code) for code in cn_resident_id.PROVINCES]] = True
    return table


def mod_11_2(block: Bytes) -> Mask:
    """Test 17 digits, a MOD 11-2 check character and a date at position 7."""
    values = numbers(block[:17])
    check = _MOD_11_2_SUMS[np.minimum(weighted(values, _MOD_11_2_WEIGHTS), len(_MOD_11_2_SUMS) - 1)]
    return every(all_digits(values), block[17] == check, _long_date(values, 6))


def mod_11_2_characters(values: Bytes) -> NDArray[np.intp]:
    """Return, for 17 numbers a cell, which of the characters 0 to 9 and X the check is, as 0 to 10."""
    return (12 - weighted(values, _MOD_11_2_WEIGHTS).astype(np.intp) % 11) % 11


def resident_id_18(block: Bytes) -> Mask:
    """Test an 18-character resident identity number."""
    return every(_provinces()[_pair(numbers(block[:2]), 0)], mod_11_2(block))


def resident_id_15(block: Bytes) -> Mask:
    """Test a 15-digit resident identity number."""
    values = numbers(block)
    return every(all_digits(values), _provinces()[_pair(values, 0)], _short_date(values, 6, 1900))


def hmt_permit(block: Bytes) -> Mask:
    """Test an 18-character residence permit of Hong Kong, Macao and Taiwan residents."""
    division = np.any([_starts(block, code) for code in hmt_residence_permit.DIVISIONS], axis=0)
    return every(division, mod_11_2(block))


def _starts(block: Bytes, prefix: str) -> Mask:
    expected = np.frombuffer(prefix.encode(), np.uint8)[:, np.newaxis]
    return every(*(block[: len(prefix)] == expected))


def foreign_card_18(block: Bytes) -> Mask:
    """Test an 18-character card of a foreign permanent resident."""
    return every(_starts(block, "9"), _provinces()[_pair(numbers(block[1:3]), 0)], mod_11_2(block))


def foreign_card_15(block: Bytes) -> Mask:
    """Test a 15-character card of a foreign permanent resident."""
    values = numbers(block[3:])
    letters = (block[:3] - np.uint8(ord("A"))).max(axis=0) < 26
    return every(letters, all_digits(values), _short_date(values, 4, 2000))


@cache
def _segments() -> Mask:
    table = np.zeros(1 << 16, np.bool_)
    table[:1000] = [cn_mobile.SEGMENTS.fullmatch(f"{n:03}") is not None for n in range(1000)]
    return table


def mobile(block: Bytes) -> Mask:
    """Test an 11-digit mobile number."""
    values = numbers(block)
    return every(all_digits(values), _segments()[_pair(values, 0) * np.uint16(10) + values[2]])


def _luhn_sum(values: Bytes) -> NDArray[np.uint16]:
    total = np.zeros(values.shape[1], np.uint16)
    for place, row in enumerate(values[::-1]):
        total += row if place % 2 == 0 else _DOUBLED[row]
    return total


def luhn(block: Bytes) -> Mask:
    """Test digits with a Luhn check digit."""
    values = numbers(block)
    return every(all_digits(values), _luhn_sum(values) % 10 == 0)


def luhn_digits(values: Bytes) -> NDArray[np.intp]:
    """Return the Luhn check digit that follows the numbers of each cell."""
    padded = np.concatenate([values, np.zeros((1, values.shape[1]), np.uint8)])
    return -_luhn_sum(padded).astype(np.intp) % 10


@cache
def _schemes(length: int) -> Mask:
    table = np.zeros(1 << 16, np.bool_)
    table[:10_000] = [bank_card.plausible(f"{n:04}", length) for n in range(10_000)]
    return table


def card(block: Bytes) -> Mask:
    """Test a bank card number."""
    values = numbers(block[:4])
    prefix = _pair(values, 0) * np.uint16(100) + _pair(values, 2)
    return every(_schemes(len(block))[prefix], luhn(block))


@cache
def _bodies(*, today: bool) -> Mask:
    table = np.zeros(1 << 16, np.bool_)
    table[[int(code) for code in (imei_rule.BODIES_TODAY if today else imei_rule.BODIES)]] = True
    return table


def imei(block: Bytes) -> Mask:
    """Test a 15-digit IMEI."""
    return every(_bodies(today=False)[_pair(numbers(block[:2]), 0)], luhn(block))


def imei_unchecked(block: Bytes) -> Mask:
    """Test an IMEI without check digit, 14 or 16 digits."""
    return every(_bodies(today=True)[_pair(numbers(block[:2]), 0)], all_digits(numbers(block)))


def iccid(block: Bytes) -> Mask:
    """Test a Chinese ICCID."""
    return every(_starts(block, "8986"), luhn(block))


def _values(alphabet: str) -> Bytes:
    table = np.full(256, _NONE, np.uint8)
    table[[ord(c) for c in alphabet]] = range(len(alphabet))
    return table


_USCC_VALUES = _values(uscc_rule.ALPHABET)
_ORG_VALUES = _values(org_code_rule.ALPHABET)
_CHECK_X_VALUES = _values("0123456789X")
_VIN_VALUES = np.full(256, _NONE, np.uint8)
_VIN_VALUES[[ord(c) for c in vin_rule.VALUES]] = list(vin_rule.VALUES.values())
_DEPARTMENTS = _values("123456789ANY") != _NONE


def uscc(block: Bytes) -> Mask:
    """Test a unified social credit code."""
    values = _USCC_VALUES[block]
    known = values.max(axis=0) != _NONE
    shape = every(known, _DEPARTMENTS[block[0]], values[1] > 0, values[2] > 0, all_digits(values[2:8]))
    return every(shape, (weighted(values[:17], uscc_rule.WEIGHTS) + values[17]) % 31 == 0)


def org_code(block: Bytes) -> Mask:
    """Test an organization code."""
    values, check = _ORG_VALUES[block[:8]], _CHECK_X_VALUES[block[8]]
    total = weighted(values, org_code_rule.WEIGHTS) + check
    return every(values.max(axis=0) != _NONE, check != _NONE, total % 11 == 0)


def business_license(block: Bytes) -> Mask:
    """Test a business registration number with its MOD 11,10 check digit."""
    values = numbers(block)
    product = np.full(values.shape[1], 10, np.uint16)
    for row in values[:14]:
        rest = (row + product) % np.uint16(10)
        product = np.where(rest == 0, np.uint16(10), rest) * np.uint16(2) % np.uint16(11)
    return every(all_digits(values), values[0] > 0, (product + values[14]) % 10 == 1)


def old_tax_id(block: Bytes) -> Mask:
    """Test a 15-character taxpayer number: six digits, eight digits or letters, a digit or X."""
    head = numbers(block[:6])
    tail = every(_ORG_VALUES[block[6:14]].max(axis=0) != _NONE, _CHECK_X_VALUES[block[14]] != _NONE)
    return every(all_digits(head), head[0] >= 1, head[0] <= 8, tail)


def trader_tax_id(block: Bytes) -> Mask:
    """Test a resident identity number followed by two digits."""
    number = block[:-2]
    check = resident_id_18 if len(number) == 18 else resident_id_15
    return every(all_digits(numbers(block[-2:])), check(number))


def vin(block: Bytes) -> Mask:
    """Test a vehicle identification number."""
    values = _VIN_VALUES[block]
    check = _CHECK_X_VALUES[block[8]]
    a_letter = block.max(axis=0) >= ord("A")
    shape = every(values.max(axis=0) != _NONE, check != _NONE, a_letter, all_digits(numbers(block[13:])))
    return every(shape, weighted(values, vin_rule.WEIGHTS) % 11 == check)
