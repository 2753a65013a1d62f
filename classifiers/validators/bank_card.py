"""Bank card number (银行卡号), 13 to 19 digits with a Luhn check digit.

Six or eight digits of issuer, the account, one check digit. The first digits and the length
must belong to a card scheme that issues in China: UnionPay and domestic ranges (60-69, 90-99),
Visa, Mastercard, JCB, American Express, Diners. That, more than Luhn, keeps article numbers
apart: a tenth of all numbers pass Luhn. UnionPay's new range 81 is left out for the same reason.

Source: ISO/IEC 7812-1; JR/T 0008 (Chinese issuer ranges).

>>> validate("6222 0200 0000 0000 000")
'6222020000000000000'
>>> is_valid("8222020000000000008")
False
"""

from __future__ import annotations

import re

from classifiers.validators._checks import luhn
from classifiers.validators._errors import WrongChecksum, WrongComponent, WrongFormat, WrongLength, passes
from classifiers.validators._text import squeeze

SHORTEST, LONGEST = 13, 19

# First four digits, by length in digits.
_SCHEMES = {
    13: re.compile(r"4"),
    14: re.compile(r"30[0-59]|3[689]"),
    15: re.compile(r"3[47]"),
    16: re.compile(r"4|5|6|9|35[2-8]|22[2-9]|2[3-6]|27[01]|2720"),
    17: re.compile(r"6|9"),
    18: re.compile(r"6|9"),
    19: re.compile(r"4|6|9"),
}

_SHAPE = re.compile(r"[0-9]{13,19}")


def plausible(prefix: str, length: int) -> bool:
    """Return whether a card scheme issues numbers of this length with these first four digits."""
    return bool(_SCHEMES[length].match(prefix))


def compact(number: str) -> str:
    """Return the number without separators."""
    return squeeze(number)


def validate(number: str) -> str:
    """Return the compact number, or raise the first reason it is not valid."""
    number = compact(number)
    if not SHORTEST <= len(number) <= LONGEST:
        raise WrongLength("expected 13 to 19 digits")
    if not _SHAPE.fullmatch(number):
        raise WrongFormat("expected digits only")
    if not plausible(number[:4], len(number)):
        raise WrongComponent("no card scheme has such first digits and length")
    if number[-1] != luhn(number[:-1]):
        raise WrongChecksum("the check digit does not match")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
