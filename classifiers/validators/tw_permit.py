"""Permit of Taiwan residents for the mainland (台湾居民来往大陆通行证).

Card: eight digits. Booklet (until 2015): ten digits and the letter of the issuing authority in
brackets; the letter is not part of the canonical number.

Source: National Immigration Administration, notice on the electronic permit (2015).

>>> validate("0123456789(B)")
'0123456789'
>>> is_valid("0123456789")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import squeeze, upper

SHAPE = r"[0-9]{8}|[0-9]{10}\([A-Z]\)"


def compact(number: str) -> str:
    """Return the number without separators, in upper case."""
    return upper(squeeze(number))


def validate(number: str) -> str:
    """Return the digits, or raise the reason the number is not valid."""
    number = compact(number)
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected eight digits, or ten and a letter in brackets")
    return number.partition("(")[0]


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
