"""Permit of Hong Kong and Macao residents for the mainland (港澳居民来往内地通行证).

H or M and eight digits that stay with the holder for life; the two digits that may follow count
the issues and are left out of the canonical number, so that a renewed card is the same person.

Source: National Immigration Administration, 港澳居民来往内地通行证 numbering (1999).

>>> validate("h12345678 01")
'H12345678'
>>> is_valid("A12345678")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import squeeze, upper

SHAPE = r"[HM][0-9]{8}(?:[0-9]{2})?"


def compact(number: str) -> str:
    """Return the number without separators, in upper case."""
    return upper(squeeze(number))


def validate(number: str) -> str:
    """Return the letter and first eight digits, or raise the reason the number is not valid."""
    number = compact(number)
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected H or M and eight or ten digits")
    return number[:9]


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
