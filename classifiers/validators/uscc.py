"""Unified social credit code of an organization (统一社会信用代码), 18 characters.

Registering department, kind of organization, six digits of division, nine characters of the
organization code, one check character; the alphabet has no I, O, S, V, Z.

Source: GB 32100-2015.

>>> validate("91110000600037341L")
'91110000600037341L'
>>> is_valid("91110000600037341A")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongChecksum, WrongFormat, WrongLength, passes
from classifiers.validators._text import squeeze, upper

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# 1-9 and A, N, Y are the departments; the division starts with a region digit.
SHAPE = rf"[1-9ANY][1-9A-HJ-NPQRTUWXY][1-9][0-9]{{5}}[{ALPHABET}]{{10}}"


def compact(number: str) -> str:
    """Return the number without separators, in upper case."""
    return upper(squeeze(number))


def check_character(body: str) -> str:
    """Return the check character over the first 17 characters."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(body, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def validate(number: str) -> str:
    """Return the compact number, or raise the first reason it is not valid."""
    number = compact(number)
    if len(number) != 18:
        raise WrongLength("expected 18 characters")
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected department, kind, six digits and ten characters")
    if number[-1] != check_character(number[:17]):
        raise WrongChecksum("the check character does not match")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
