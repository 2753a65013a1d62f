"""Postal code of China (邮政编码), six digits; 999077 and 999078 stand for Hong Kong and Macao.

Source: China Post, list of postal codes.

>>> validate("100 000")
'100000'
>>> is_valid("10000")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import squeeze

SHAPE = r"[0-8][0-9]{5}|99907[78]"


def compact(number: str) -> str:
    """Return the number without separators."""
    return squeeze(number)


def validate(number: str) -> str:
    """Return the compact number, or raise the reason the number is not valid."""
    number = compact(number)
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected six digits")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
