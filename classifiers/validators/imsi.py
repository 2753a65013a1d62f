"""International mobile subscriber identity of a Chinese network (IMSI), 15 digits.

460, two digits of network, ten of the subscriber.

Source: ITU-T E.212, annex (network codes of China).

>>> validate("460001234567890")
'460001234567890'
>>> is_valid("461001234567890")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import squeeze

SHAPE = r"460(?:0[0-9]|1[0135]|20)[0-9]{10}"


def compact(number: str) -> str:
    """Return the number without separators."""
    return squeeze(number)


def validate(number: str) -> str:
    """Return the compact number, or raise the reason the number is not valid."""
    number = compact(number)
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected 460, a network code and ten digits")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
