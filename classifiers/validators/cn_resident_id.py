"""Resident identity number of the PRC (公民身份号码), 18 characters; before 1999, 15 digits.

Six digits of administrative division, eight of birth date (YYYYMMDD), three of sequence (odd
for men, even for women), and one check character, 0-9 or X. The 15-digit form has a two-digit
year of the twentieth century and no check character; its canonical form has 18.

Only the province is tested. County codes change every year, people keep the code of their
first registration, and a valid number marked invalid costs more here than the reverse. Numbers
that start with 9 belong to foreign permanent residents (``foreign_pr_card``).

Source: GB 11643-1999; check character as in ISO 7064 MOD 11-2; provinces as in GB/T 2260.

>>> validate("11010519491231002x")
'11010519491231002X'
>>> validate("110105491231002")
'11010519491231002X'
>>> validate("110105194912310021")
Traceback (most recent call last):
    ...
classifiers.validators._errors.WrongChecksum: the check character does not match
>>> is_valid("11010519491331002X")
False
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from classifiers.validators._checks import calendar_date, mod_11_2
from classifiers.validators._errors import WrongChecksum, WrongComponent, WrongFormat, WrongLength, passes
from classifiers.validators._text import squeeze, upper

PROVINCES = frozenset(
    {
        *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
        *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"),
        *("71", "81", "82", "83"),
    }
)

_SHAPE = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")


def compact(number: str) -> str:
    """Return the number without separators, in upper case."""
    return upper(squeeze(number))


def lengthen(number: str) -> str:
    """Return the 18 characters of a compact 15-digit number."""
    body = f"{number[:6]}19{number[6:]}"
    return body + mod_11_2(body)


def validate(number: str) -> str:
    """Return the 18-character number, or raise the first reason it is not valid."""
    number = compact(number)
    if len(number) not in {15, 18}:
        raise WrongLength("expected 18 characters, or 15 digits")
    if not _SHAPE.fullmatch(number):
        raise WrongFormat("expected 17 digits and a digit or X, or 15 digits")
    if len(number) == 15:
        number = lengthen(number)
    if number[:2] not in PROVINCES:
        raise WrongComponent("the first two digits name no province")
    calendar_date(number[6:14])
    if number[-1] != mod_11_2(number[:17]):
        raise WrongChecksum("the check character does not match")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)


def birth_date(number: str) -> date:
    """Return the birth date of a valid number.

    >>> birth_date("11010519491231002X")
    datetime.date(1949, 12, 31)
    """
    return calendar_date(validate(number)[6:14])


def sex(number: str) -> Literal["F", "M"]:
    """Return F or M for a valid number.

    >>> sex("11010519491231002X")
    'F'
    """
    return "M" if int(validate(number)[16]) % 2 else "F"
