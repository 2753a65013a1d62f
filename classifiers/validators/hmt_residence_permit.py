"""Residence permit of Hong Kong, Macao and Taiwan residents (港澳台居民居住证), 18 characters.

Built like a resident identity number, with the divisions 810000 (Hong Kong), 820000 (Macao) and
830000 (Taiwan).

Source: 港澳台居民居住证申领发放办法 (2018); GB 11643-1999.

>>> validate("810000199408230021")
'810000199408230021'
>>> is_valid("110105199408230021")
False
"""

from __future__ import annotations

from classifiers.validators import cn_resident_id
from classifiers.validators._errors import WrongComponent, WrongLength, passes
from classifiers.validators.cn_resident_id import compact

__all__ = ["DIVISIONS", "compact", "is_valid", "validate"]

DIVISIONS = frozenset({"810000", "820000", "830000"})


def validate(number: str) -> str:
    """Return the compact number, or raise the first reason it is not valid."""
    number = compact(number)
    if len(number) != 18:
        raise WrongLength("expected 18 characters")
    if number[:6] not in DIVISIONS:
        raise WrongComponent("the division is not 810000, 820000 or 830000")
    return cn_resident_id.validate(number)


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
