"""Hardware address of a network interface (MAC, EUI-48), canonical ``aa:bb:cc:dd:ee:ff``.

Twelve hexadecimal digits in pairs with colons or hyphens, in fours with dots or hyphens, or bare.
Bare ones need a letter: twelve digits are usually some other number.

Source: IEEE 802-2014, section 8.

>>> validate("00-1B-44-11-3A-B7")
'00:1b:44:11:3a:b7'
>>> is_valid("001122334455")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import bare, lower, rewritten

_X = "([0-9a-f]{2})"
# Each written form, and the canonical form from its pairs.
REWRITES = tuple(
    (f"^{form}$", r"\1:\2:\3:\4:\5:\6")
    for form in (
        "-".join([_X] * 6),
        r"\.".join([_X * 2] * 3),
        "-".join([_X * 2] * 3),
        _X * 6,
    )
)
BARE_DIGITS = r"[0-9]{12}"
SHAPE = r"[0-9a-f]{2}(?::[0-9a-f]{2}){5}"


def compact(number: str) -> str:
    """Return the address in pairs with colons, in lower case."""
    number = lower(bare(number))
    if re.fullmatch(BARE_DIGITS, number):
        return number
    return rewritten(number, REWRITES)


def validate(number: str) -> str:
    """Return the compact address, or raise the reason it is not valid."""
    number = compact(number)
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected six pairs of hexadecimal digits")
    return number


def is_valid(number: str) -> bool:
    """Return whether the address is valid."""
    return passes(validate, number)
