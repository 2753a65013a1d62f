"""QQ number, 5 to 11 digits, the first not 0.

Source: Tencent, QQ account form.

>>> validate("QQ：12345678901")
'12345678901'
>>> is_valid("01234")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import squeeze

SHAPE = r"[1-9][0-9]{4,10}"


def compact(number: str) -> str:
    """Return the number without separators."""
    return squeeze(number)


def validate(number: str) -> str:
    """Return the compact number, or raise the reason the number is not valid."""
    number = compact(number)
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected 5 to 11 digits")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
