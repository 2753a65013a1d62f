"""Identity card of officers and soldiers (军官证, 士兵证), such as 军字第1234567号.

One or two characters of the issuing branch, 字第, six to eight digits, 号.

Source: form of the cards in use; no public standard.

>>> validate("军字第 1234567 号")
'军字第1234567号'
>>> is_valid("房字第1234567号")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import squeeze, upper

SHAPE = r"[军兵士官文武警海空陆火箭战联政后装参东南西北中沈兰济广成京藏疆]{1,2}字第[0-9]{6,8}号"


def compact(number: str) -> str:
    """Return the number without separators, in upper case."""
    return upper(squeeze(number))


def validate(number: str) -> str:
    """Return the compact number, or raise the reason the number is not valid."""
    number = compact(number)
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected branch, 字第, six to eight digits and 号")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
