"""WeChat account: internal id, openid, or an id chosen by its user. Case is kept.

``wxid_`` and letters or digits; an openid is o and 27 URL-safe base64 characters; a chosen id is
a letter and 5 to 19 letters, digits, ``_`` or ``-``. Chosen ids look like any other account, so a
header must name them.

Source: WeChat Open Platform, openid; WeChat account settings.

>>> validate("微信号：zhang_2024")
'zhang_2024'
>>> is_valid("2024zhang")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import bare

SHAPE = r"wxid_[a-z0-9]{6,32}|o[A-Za-z0-9_-]{27}|[A-Za-z][A-Za-z0-9_-]{5,19}"


def compact(number: str) -> str:
    """Return the number without labels and brackets."""
    return bare(number)


def validate(number: str) -> str:
    """Return the compact id, or raise the reason the number is not valid."""
    number = compact(number)
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected wxid_, an openid or a chosen id")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
