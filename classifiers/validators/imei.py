"""Identity of mobile equipment (IMEI), canonical with 15 digits.

Two digits of the reporting body, the type, the serial, and a Luhn check digit. 14 digits lack the
check digit, 16 (IMEISV) have a software version in its place; both name the same device, so the
canonical number has the check digit. Without a check digit only the reporting bodies of today's
phones are accepted: any 16 digits would do otherwise.

Source: 3GPP TS 23.003, section 6.2; GSMA TS.06.

>>> validate("35-209900-176148-1")
'352099001761481'
>>> validate("35209900176148")
'352099001761481'
>>> is_valid("352099001761480")
False
"""

from __future__ import annotations

import re

from classifiers.validators._checks import luhn
from classifiers.validators._errors import WrongChecksum, WrongComponent, WrongFormat, WrongLength, passes
from classifiers.validators._text import squeeze

BODIES = frozenset(
    f"{body:02}" for body in (*range(10), 10, 30, 33, 35, 44, 45, 49, 50, 51, 52, 53, 54, 86, 91, 98, 99)
)
BODIES_TODAY = frozenset({"01", "35", "86", "99"})

SEPARATORS = r"[\x00-\x20/-]+"

_SHAPE = re.compile(r"[0-9]{14,16}")


def compact(number: str) -> str:
    """Return the number without separators."""
    return squeeze(number, SEPARATORS)


def validate(number: str) -> str:
    """Return the 15 digits, or raise the first reason the number is not valid."""
    number = compact(number)
    if not 14 <= len(number) <= 16:
        raise WrongLength("expected 15 digits, or 14, or 16")
    if not _SHAPE.fullmatch(number):
        raise WrongFormat("expected digits only")
    if number[:2] not in (BODIES if len(number) == 15 else BODIES_TODAY):
        raise WrongComponent("the first two digits name no reporting body")
    complete = number[:14] + luhn(number[:14])
    if len(number) == 15 and number != complete:
        raise WrongChecksum("the check digit does not match")
    return complete


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
