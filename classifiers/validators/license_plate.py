"""Licence plate of a motor vehicle (机动车号牌).

Province, a letter, five letters or digits (no I, O), the last of which may be 警 (police), 学
(driving school), 挂 (trailer), 港 or 澳; new-energy plates have six with a letter first or last: any, as
further ones are given out when those in use (A to H, J, K) are used up.
Consular and embassy plates end in 领 or carry 使; WJ is the armed police. At least two digits:
a word after a province character is no plate.

Source: GA 36-2018.

>>> validate("粤b·d12345")
'粤BD12345'
>>> is_valid("京ABCDEF")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import bare, upper

SEPARATORS = r"[\x00-\x20·•・.-]+"

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"

SHAPE = (
    rf"[{PROVINCES}][A-HJ-Z](?:[A-HJ-NP-Z0-9]{{5}}|[A-HJ-NP-Z0-9]{{4}}[警学挂港澳试超]|[0-9]{{4}}领"
    r"|[A-HJ-NP-Z][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJ-NP-Z])"
    rf"|[{PROVINCES}]X[0-9]{{4}}应急|使[0-9]{{6}}|[0-9]{{6}}使|WJ[{PROVINCES}]?[0-9]{{4}}[0-9A-Z]"
)
TWO_DIGITS = r"[0-9].*[0-9]"


def compact(number: str) -> str:
    """Return the number without separators, in upper case."""
    return upper(re.sub(SEPARATORS, "", bare(number)))


def validate(number: str) -> str:
    """Return the compact number, or raise the reason the number is not valid."""
    number = compact(number)
    if not (re.fullmatch(SHAPE, number) and re.search(TWO_DIGITS, number)):
        raise WrongFormat("expected province, letter and five or six characters")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
