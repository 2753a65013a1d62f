"""Check characters that several formats share. Arguments are ASCII digits, already shape-tested."""

from __future__ import annotations

from datetime import date

from classifiers.validators._errors import WrongComponent

_MOD_11_2 = "10X98765432"

FIRST_YEAR, LAST_YEAR = 1850, 2100


def mod_11_2(digits: str) -> str:
    """Return the check character over ``digits``, 0-9 or X. Source: ISO/IEC 7064, MOD 11-2.

    >>> mod_11_2("11010519491231002")
    'X'
    """
    return _MOD_11_2[sum(int(d) * pow(2, len(digits) - i, 11) for i, d in enumerate(digits)) % 11]


def mod_11_10(digits: str) -> str:
    """Return the check digit over ``digits``. Source: ISO/IEC 7064, MOD 11,10 (hybrid)."""
    product = 10
    for digit in digits:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def luhn(digits: str) -> str:
    """Return the check digit that follows ``digits``. Source: ISO/IEC 7812-1, annex B.

    >>> luhn("7992739871")
    '3'
    """
    doubled = (int(d) * 2 for d in reversed(digits[-1::-2]))
    plain = (int(d) for d in digits[-2::-2])
    return str(-(sum(d - 9 if d > 9 else d for d in doubled) + sum(plain)) % 10)


def calendar_date(digits: str) -> date:
    """Return the date written as YYYYMMDD, from 1850 to 2100."""
    try:
        found = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise WrongComponent("the date is not in the calendar") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise WrongComponent("the year is not one of a living person's documents")
    return found
