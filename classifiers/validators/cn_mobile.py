"""Mobile telephone number of mainland China (手机号码), 11 digits.

Three digits of network segment, four of home location, four of the subscriber; before it an
optional country code (+86, 0086, 86). Segments that the ministry has assigned to networks or to
virtual operators are accepted; 11-digit numbers outside them are serials.

Source: MIIT, 电信网编号计划 (2017) and the segment notices up to 2024.

>>> validate("+86 138-0013-8001")
'13800138001'
>>> is_valid("12800138001")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongComponent, WrongFormat, WrongLength, passes
from classifiers.validators._text import squeeze

SEPARATORS = r"[\x00-\x20()-]+"
COUNTRY = r"^(?:\+|00)?86(1[0-9]{10})$"
SEGMENTS = re.compile(r"1(?:3[0-9]|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])")

_SHAPE = re.compile(r"[0-9]{11}")


def compact(number: str) -> str:
    """Return the number without separators and without the country code."""
    return re.sub(COUNTRY, r"\1", squeeze(number, SEPARATORS))


def validate(number: str) -> str:
    """Return the 11 digits, or raise the first reason the number is not valid."""
    number = compact(number)
    if len(number) != 11:
        raise WrongLength("expected 11 digits")
    if not _SHAPE.fullmatch(number):
        raise WrongFormat("expected digits only")
    if not SEGMENTS.match(number):
        raise WrongComponent("the segment is not assigned")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
