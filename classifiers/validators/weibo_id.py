"""Numeric user id of Weibo (微博 UID), ten digits.

Source: Weibo Open Platform, account form.

>>> validate("1234567890")
'1234567890'
>>> is_valid("0234567890")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import squeeze

SHAPE = r"[1-9][0-9]{9}"


def compact(number: str) -> str:
    """Return the number without separators."""
    return squeeze(number)


def validate(number: str) -> str:
    """Return the compact number, or raise the reason the number is not valid."""
    number = compact(number)
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected ten digits")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
