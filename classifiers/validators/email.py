"""E-mail address, canonical in lower case.

One @, a local part of up to 64 characters without blanks, a domain of letters, digits, hyphens
and dots with a top level of letters. ``*`` and ``#`` are left out of the local part: they occur
as masks, hardly as names. Whether mail arrives is not our question.

Source: RFC 5321, section 4.5.3.1 (lengths); RFC 5322, section 3.2.3 (atoms).

>>> validate(" San.Zhang@Mail.Example.CN ")
'san.zhang@mail.example.cn'
>>> is_valid("san.zhang@example")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, WrongLength, passes
from classifiers.validators._text import EMAIL_LABEL, bare, lower

LOCAL_MAX, LONGEST = 64, 254

SHAPE = (
    r"[a-z0-9_!$%&'+/=?^`{|}~-][a-z0-9_!$%&'+/=?^`{|}~.-]*"
    r"@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]*[a-z0-9])"
)


def compact(number: str) -> str:
    """Return the address without labels and brackets, in lower case."""
    return lower(bare(number, EMAIL_LABEL))


def validate(number: str) -> str:
    """Return the compact address, or raise the first reason it is not valid."""
    number = compact(number)
    if len(number) > LONGEST or number.find("@") > LOCAL_MAX:
        raise WrongLength("longer than an address may be")
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected name@domain.tld")
    return number


def is_valid(number: str) -> bool:
    """Return whether the address is valid."""
    return passes(validate, number)
