"""Passport number (护照号).

China: E and eight digits, E, a letter (no I, O) and seven digits, G and eight, 14 or 15 and seven
(before 2012), D, S, P with an optional E (diplomatic, service, public affairs), H and K (Hong
Kong), M (Macao). Other countries: up to three letters and six to nine digits, eight or nine
digits, or the German alphabet of nine characters. None has a check digit in the number itself,
so a header must say that a column holds passports.

Source: National Immigration Administration, 普通护照 and 公务护照 numbering; ICAO Doc 9303-4.

>>> validate("e 1234567 8")
'E12345678'
>>> is_valid("E123")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import squeeze, upper

SHAPE = (
    r"[A-Z][0-9]{6,9}|[A-Z]{2}[0-9]{6,8}|[A-Z]{3}[0-9]{6,7}|[0-9]{8,9}"
    r"|[CFGHJK][0-9CFGHJKLMNPRTVWXYZ]{7}[0-9]"
)


def compact(number: str) -> str:
    """Return the number without separators, in upper case."""
    return upper(squeeze(number))


def validate(number: str) -> str:
    """Return the compact number, or raise the reason the number is not valid."""
    number = compact(number)
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected letters and digits of a passport number")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
