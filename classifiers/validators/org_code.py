"""Organization code (组织机构代码), 9 characters, often written with a hyphen before the last.

Eight digits or capital letters and a check character, 0-9 or X.

Source: GB 11714-1997.

>>> validate("d2143569-x")
'D2143569X'
>>> is_valid("D21435691")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongChecksum, WrongFormat, WrongLength, passes
from classifiers.validators._text import squeeze, upper

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

_SHAPE = re.compile(r"[0-9A-Z]{8}[0-9X]")


def compact(number: str) -> str:
    """Return the number without separators, in upper case."""
    return upper(squeeze(number))


def check_character(body: str) -> str:
    """Return the check character over the first eight characters."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(body, WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def validate(number: str) -> str:
    """Return the compact number, or raise the first reason it is not valid."""
    number = compact(number)
    if len(number) != 9:
        raise WrongLength("expected nine characters")
    if not _SHAPE.fullmatch(number):
        raise WrongFormat("expected eight digits or letters and a digit or X")
    if number[-1] != check_character(number[:8]):
        raise WrongChecksum("the check character does not match")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
