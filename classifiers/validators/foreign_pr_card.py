"""Permanent residence card of foreigners (外国人永久居留身份证), 18 digits; before 2023, 15 characters.

New: a 9, two digits of province, three of nationality, eight of birth date, three of sequence
and a check character as in a resident identity number. Old: three letters of nationality, four
digits of division, six of birth date (YYMMDD), a sequence digit and a check digit whose rule is
not public, so it is not tested.

Source: National Immigration Administration, notice on the new card (2023).

>>> validate("911840198001010013")
'911840198001010013'
>>> validate("usa 1101 800101 12")
'USA110180010112'
>>> is_valid("USA110180130112")
False
"""

from __future__ import annotations

import re

from classifiers.validators._checks import calendar_date, mod_11_2
from classifiers.validators._errors import WrongChecksum, WrongComponent, WrongFormat, WrongLength, passes
from classifiers.validators._text import squeeze, upper
from classifiers.validators.cn_resident_id import PROVINCES

_NEW = re.compile(r"9[0-9]{16}[0-9X]")
_OLD = re.compile(r"[A-Z]{3}[0-9]{12}")


def compact(number: str) -> str:
    """Return the number without separators, in upper case."""
    return upper(squeeze(number))


def validate(number: str) -> str:
    """Return the compact number, or raise the first reason it is not valid."""
    number = compact(number)
    if len(number) not in {15, 18}:
        raise WrongLength("expected 18 or 15 characters")
    return _validate_new(number) if len(number) == 18 else _validate_old(number)


def _validate_new(number: str) -> str:
    if not _NEW.fullmatch(number):
        raise WrongFormat("expected 9, 16 digits and a digit or X")
    if number[1:3] not in PROVINCES:
        raise WrongComponent("the second and third digit name no province")
    calendar_date(number[6:14])
    if number[-1] != mod_11_2(number[:17]):
        raise WrongChecksum("the check character does not match")
    return number


def _validate_old(number: str) -> str:
    if not _OLD.fullmatch(number):
        raise WrongFormat("expected three letters and 12 digits")
    # The century is not written; 2000 is the leap year among the two candidates for 00.
    calendar_date(f"20{number[7:13]}")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
