"""Business registration number (工商注册号), 15 digits, in use until 2015.

Six digits of the registering authority, eight of sequence, one check digit.

Source: GS15-2006 工商行政管理注册号编制规则; check digit as in ISO 7064 MOD 11,10.

>>> validate("110108000000016")
'110108000000016'
>>> is_valid("110108000000017")
False
"""

from __future__ import annotations

import re

from classifiers.validators._checks import mod_11_10
from classifiers.validators._errors import WrongChecksum, WrongFormat, WrongLength, passes
from classifiers.validators._text import squeeze

_SHAPE = re.compile(r"[1-9][0-9]{14}")


def compact(number: str) -> str:
    """Return the number without separators."""
    return squeeze(number)


def validate(number: str) -> str:
    """Return the compact number, or raise the first reason it is not valid."""
    number = compact(number)
    if len(number) != 15:
        raise WrongLength("expected 15 digits")
    if not _SHAPE.fullmatch(number):
        raise WrongFormat("expected 15 digits, the first not 0")
    if number[-1] != mod_11_10(number[:-1]):
        raise WrongChecksum("the check digit does not match")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
