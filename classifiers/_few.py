"""Patterns over a few short cells, by Python's engine: Arrow compiles RE2 anew at each call, for 0.2 ms.

A database of ten thousand small tables makes a million such calls. Only patterns that mean the same in both
engines are taken, and only cells of characters on which both agree; for the rest the caller asks RE2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

MOST = 64  # cells; and characters in a cell, so that no pattern backtracks for long
_HAN = "\u4e00-\u9fef"  # of which every version of Unicode in use says that they are Han
_CELL = re.compile(f"[ -~{_HAN}]{{0,{MOST}}}")
_PIECE = re.compile(r"\\p\{Han\}|\\.|\(\?(?:i?:)?|\[\^?|.", re.DOTALL)
_SHARED = frozenset("bdsSw")  # escapes of letters that mean the same, in ASCII
_SETS = re.compile(r"\[:|--|&&|~~|\|\|")  # what one of the engines takes for more than characters


def few_cells(texts: Sequence[str]) -> tuple[str, ...] | None:
    """Return the cells if they are few, short, and of characters on which both engines agree."""
    return tuple(texts) if len(texts) <= MOST and all(map(_CELL.fullmatch, texts)) else None


@lru_cache(maxsize=1_000)
def pattern_of(text: str, *, ignore_case: bool) -> re.Pattern[str] | None:
    """Return an RE2 pattern for Python's engine; None if it may mean something else there.

    >>> pattern_of("[a-z]$", ignore_case=True).pattern.endswith("Z")
    True
    """
    translated = _translated(text)
    flags = re.ASCII | (re.IGNORECASE if ignore_case else re.ASCII)
    return None if translated is None else re.compile(translated, flags)


def _translated(text: str) -> str | None:
    parts: list[str] = []
    within = False  # a class of characters
    for piece in _PIECE.findall(text):
        part = _in_class(piece) if within else _outside(piece)
        if part is None:
            return None
        within = piece != "]" if within else piece.startswith("[")
        parts.append(part)
    return None if _SETS.search(text) else "".join(parts)


def _in_class(piece: str) -> str | None:
    if piece == r"\p{Han}":
        return _HAN
    if piece.startswith("\\"):
        return piece if not piece[1].isalnum() or piece[1] in _SHARED - {"b"} else None
    return piece.replace("[", r"\[")


def _outside(piece: str) -> str | None:
    if piece == r"\p{Han}":
        return f"[{_HAN}]"
    if piece.startswith("\\"):
        return piece if not piece[1].isalnum() or piece[1] in _SHARED else None
    if piece == "(?":
        return None
    return r"\Z" if piece == "$" else piece
