"""Taxpayer identification number (纳税人识别号), 15, 17, 18 or 20 characters.

18: the unified social credit code. 15: six digits of division and the organization code (its
check character is not tested; tax offices assigned codes of their own). 20 and 17: a resident
identity number in 18 or 15 characters and two digits, for sole traders.

Source: 税务登记管理办法; GB 32100-2015.

>>> validate("91110000600037341L")
'91110000600037341L'
>>> validate("11010812345678X")
'11010812345678X'
>>> is_valid("110108123456")
False
"""

from __future__ import annotations

import re

from classifiers.validators import cn_resident_id, uscc
from classifiers.validators._errors import WrongFormat, WrongLength, passes
from classifiers.validators._text import squeeze, upper

# The tax number of an organization registered before 2015.
OLD_SHAPE = r"[1-8][0-9]{5}[0-9A-Z]{8}[0-9X]"


def compact(number: str) -> str:
    """Return the number without separators, in upper case."""
    return upper(squeeze(number))


def validate(number: str) -> str:
    """Return the compact number, or raise the first reason it is not valid."""
    number = compact(number)
    if len(number) == 18:
        return uscc.validate(number)
    if len(number) in {17, 20}:
        return _validate_trader(number)
    if len(number) != 15:
        raise WrongLength("expected 15, 17, 18 or 20 characters")
    if not re.fullmatch(OLD_SHAPE, number):
        raise WrongFormat("expected six digits and an organization code")
    return number


def _validate_trader(number: str) -> str:
    if not re.fullmatch(r"[0-9]{2}", number[-2:]):
        raise WrongFormat("expected two digits after an identity number")
    cn_resident_id.validate(number[:-2])
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
