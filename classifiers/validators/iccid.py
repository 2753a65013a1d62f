"""Serial of a Chinese SIM card (ICCID), 19 or 20 digits with a Luhn check digit.

8986 (telecommunication, China), two digits of issuer, the serial, a check digit.

Source: ITU-T E.118.

>>> validate("8986 0000000000000001")
'89860000000000000001'
>>> is_valid("89860000000000000003")
False
"""

from __future__ import annotations

import re

from classifiers.validators._checks import luhn
from classifiers.validators._errors import WrongChecksum, WrongFormat, WrongLength, passes
from classifiers.validators._text import squeeze

_SHAPE = re.compile(r"8986[0-9]{15,16}")


def compact(number: str) -> str:
    """Return the number without separators."""
    return squeeze(number)


def validate(number: str) -> str:
    """Return the compact number, or raise the first reason it is not valid."""
    number = compact(number)
    if len(number) not in {19, 20}:
        raise WrongLength("expected 19 or 20 digits")
    if not _SHAPE.fullmatch(number):
        raise WrongFormat("expected 8986 and digits")
    if number[-1] != luhn(number[:-1]):
        raise WrongChecksum("the check digit does not match")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
