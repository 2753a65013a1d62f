"""Diagnosis code of ICD-10 and its Chinese extensions, such as I10, E11.9 or I10.x00x002.

A letter and two digits, then an optional dot with up to three digits (the first may be x), a
dagger or asterisk, and for the Chinese clinical edition x and three digits.

Source: ICD-10, volume 2; GB/T 14396-2016; 国家临床版 2.0.

>>> validate("i10.X00")
'I10.X00'
>>> is_valid("I1")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import bare, upper

SHAPE = r"[A-Z][0-9]{2}(?:\.?[0-9X][0-9]{0,3}(?:X[0-9]{3})?)?[+*]?"


def compact(number: str) -> str:
    """Return the number without labels and brackets, in upper case."""
    return upper(bare(number))


def validate(number: str) -> str:
    """Return the compact code, or raise the reason the number is not valid."""
    number = compact(number)
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected a letter, two digits and an optional subdivision")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
