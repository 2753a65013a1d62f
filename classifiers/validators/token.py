"""Numbers without a fixed format: accounts, devices, staff, patients, policies.

4 to 64 characters without blanks and with a digit; what a register calls its numbers is its own
affair. Nothing is stripped but padding, since any prefix may be part of the number. Such a
number says nothing about its kind: a header must.

>>> validate(" e01234 ")
'E01234'
>>> is_valid("ABC DEF 1")
False
"""

from __future__ import annotations

import re
from collections.abc import Callable

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import fold, upper

SHAPE = r"[^\x00-\x20\x7f-\x9f]{4,64}"
A_DIGIT = r"[0-9]"
ACCOUNT_SHAPE = r"[A-Za-z0-9_][A-Za-z0-9._@-]{3,63}"


def compact(number: str, case: Callable[[str], str] = upper) -> str:
    """Return the number without padding, in one case."""
    return case(fold(number))


def validate(number: str, case: Callable[[str], str] = upper) -> str:
    """Return the compact number, or raise the reason it is not valid."""
    number = compact(number, case)
    if not (re.fullmatch(SHAPE, number) and re.search(A_DIGIT, number)):
        raise WrongFormat("expected 4 to 64 characters with a digit and without blanks")
    return number


def validate_account(number: str) -> str:
    """Return the account name without padding, or raise the reason it is not valid."""
    number = fold(number)
    if not re.fullmatch(ACCOUNT_SHAPE, number):
        raise WrongFormat("expected 4 to 64 letters, digits, dots, hyphens, underscores or @")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
