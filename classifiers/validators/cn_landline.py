"""Fixed-line telephone number of mainland China with area code (固定电话), canonical ``0AREA-NUMBER[-EXT]``.

The area code has two digits after the trunk 0 for the largest cities (10, 2x) and three
elsewhere (3xx to 9xx); the number has seven or eight digits and starts with 2 to 8; an extension
of up to six digits may follow. Without an area code seven digits say nothing, and service
numbers (400, 800, 955xx) belong to no subscriber.

Source: MIIT, 电信网编号计划 (2017).

>>> validate("(010)62345678转123")
'010-62345678-123'
>>> validate("+86 571 8765 4321")
'0571-87654321'
>>> is_valid("400-123-4567")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import bare, lower, rewritten

# Each rewrite in turn, so that one shape is left.
REWRITES = (
    (r" *(?:转|分机|ext\.?|x|#|,) *:? *", "~"),
    (r"[\x00-\x20()-]+", "-"),
    (r"^-+", ""),
    (r"^(?:(?:\+|00)86-?|86-)0?", "0"),
    (
        r"^0(10|2[0-57-9]|[3579][0-9]{2}|4[1-9][0-9]|6[3-9][0-9]|8[1-9][0-9])-?([2-8][0-9]{2,3})-?([0-9]{4})$",
        r"0\1-\2\3",
    ),
    (
        r"^0(10|2[0-57-9]|[3579][0-9]{2}|4[1-9][0-9]|6[3-9][0-9]|8[1-9][0-9])-?([2-8][0-9]{2,3})-?([0-9]{4})[-~]+([0-9]{1,6})$",
        r"0\1-\2\3-\4",
    ),
)

SHAPE = (
    r"0(?:10|2[0-57-9]|[3579][0-9]{2}|4[1-9][0-9]|6[3-9][0-9]|8[1-9][0-9])-[2-8][0-9]{6,7}(?:-[0-9]{1,6})?"
)


def compact(number: str) -> str:
    """Return the number as area code, number and extension with a hyphen between."""
    return rewritten(lower(bare(number)), REWRITES)


def validate(number: str) -> str:
    """Return the compact number, or raise the first reason it is not valid."""
    number = compact(number)
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected an area code and seven or eight digits")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
