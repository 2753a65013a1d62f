"""Permit of mainland residents for Hong Kong and Macao or Taiwan (往来港澳通行证, 往来台湾通行证).

C (card) or W (booklet) for Hong Kong and Macao, L or T for Taiwan; eight digits, or a letter
without I and O and seven digits.

Source: National Immigration Administration, notices on the electronic permits (2014, 2017).

>>> validate("ca1234567")
'CA1234567'
>>> is_valid("X12345678")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import squeeze, upper

SHAPE = r"[CWTL][0-9]{8}|[CWTL][A-HJ-NP-Z][0-9]{7}"


def compact(number: str) -> str:
    """Return the number without separators, in upper case."""
    return upper(squeeze(number))


def validate(number: str) -> str:
    """Return the compact number, or raise the reason the number is not valid."""
    number = compact(number)
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected C, W, T or L and eight characters")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
