"""Errors of this package. Their messages never repeat the number.

* Invalid
  + WrongFormat       characters or separators that the format does not have
  + WrongLength       too short or too long
  + WrongChecksum     the check character does not match
  + WrongComponent    a part such as the date, region or number segment cannot be
"""

from __future__ import annotations

from collections.abc import Callable


class Invalid(ValueError):
    """The text is no valid number of this format."""


class WrongFormat(Invalid):
    """The text has characters or separators that the format does not have."""


class WrongLength(Invalid):
    """The number is too short or too long."""


class WrongChecksum(Invalid):
    """The check character does not match."""


class WrongComponent(Invalid):
    """A part of the number, such as a date or a segment, cannot be."""


def passes(validate: Callable[[str], str], number: str) -> bool:
    """Return whether ``validate`` accepts the number."""
    try:
        return bool(validate(number))
    except Invalid:
        return False
