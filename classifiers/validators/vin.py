"""Vehicle identification number (车辆识别代号, VIN), 17 characters.

Maker (3), description (6, the last of them the check character, 0-9 or X), year, plant and
serial; I, O and Q never occur, the last four are digits. At least one letter: 17 digits are
some other number.

Source: GB 16735-2019; ISO 3779:2009; check character as in 49 CFR 565.15.

>>> validate("lsvaa49j132047371")
'LSVAA49J132047371'
>>> is_valid("LSVAA49J232047371")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongChecksum, WrongFormat, WrongLength, passes
from classifiers.validators._text import squeeze, upper

VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
SHAPE = r"[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{4}[0-9]{4}"
A_LETTER = r"[A-Z]"


def compact(number: str) -> str:
    """Return the number without separators, in upper case."""
    return upper(squeeze(number))


def check_character(number: str) -> str:
    """Return the check character that the other 16 call for."""
    return "0123456789X"[sum(VALUES[c] * w for c, w in zip(number, WEIGHTS, strict=True)) % 11]


def validate(number: str) -> str:
    """Return the compact number, or raise the first reason it is not valid."""
    number = compact(number)
    if len(number) != 17:
        raise WrongLength("expected 17 characters")
    if not (re.fullmatch(SHAPE, number) and re.search(A_LETTER, number)):
        raise WrongFormat("expected letters without I, O, Q, and digits")
    if number[8] != check_character(number):
        raise WrongChecksum("the check character does not match")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
