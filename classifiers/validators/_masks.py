"""Cells that were masked for display (138****1234, 张**, ab***@x.com): they identify nobody."""

from __future__ import annotations

import re

from classifiers.validators._text import HAN

# A single • between Chinese characters is the dot of a transcribed name, a single * may multiply
# and a few x may be letters, so each sign needs its own surroundings.
MASKED = (
    r"[*●•○■█×]{2,}"
    rf"|^[{HAN}]{{1,3}}[*●○×#][{HAN}]{{0,3}}$"
    r"|[A-Za-z0-9][*][^\x00-\x20@]*@"
    r"|[0-9][xX]{3,}(?:[0-9]|$)|^[xX]{4,}[0-9]{3,6}$"
    rf"|[0-9A-Za-z@.{HAN}]#{{2,}}"
)
_MASKED = re.compile(MASKED)


def is_masked(text: str) -> bool:
    """Return whether part of the folded text is masked.

    >>> is_masked("138****1234"), is_masked("138xxxx1234"), is_masked("张*"), is_masked("阿依•古丽")
    (True, True, True, False)
    """
    return _MASKED.search(text) is not None
