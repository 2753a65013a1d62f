"""Enumerations in comments, as 0:男 1:女 or 1-未婚, 2-已婚: what the codes of a column stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SIGN = "(?:[-:.、=)>—]|表示|代表|为|是)"
# A code, and after it the words it stands for: 1男, M:male, 02-已婚, 0->未知.
_ENTRY = re.compile(
    rf"(?<![0-9A-Za-z])(?:[0-9]{{1,3}}\s*{_SIGN}{{0,2}}|[A-Za-z]\s*{_SIGN}{{1,2}})\s*"
    r"([\u4e00-\u9fff]+|[A-Za-z]{3,12})"
)
_FEW = 2  # labels that make an enumeration
_CLOSED = 40  # a type of no more labels than these has all its labels listed


class Enumerations:
    """The labels of all types whose values are a few choices."""

    def __init__(self, labels: Mapping[str, frozenset[str]]) -> None:
        self._labels = labels

    def read(self, comment: str) -> tuple[str, frozenset[str]]:
        """Return the type whose labels a comment enumerates, or empty, and the types that it rules out."""
        entries = [entry.lower() for entry in _ENTRY.findall(comment)]
        if len(entries) < _FEW:
            return "", frozenset()
        seen = {type_: sum(entry in words for entry in entries) for type_, words in self._labels.items()}
        best = max(seen, key=lambda type_: seen[type_], default="")
        closed = frozenset(t for t, words in self._labels.items() if not seen[t] and len(words) <= _CLOSED)
        return (best if best and seen[best] >= _FEW else ""), closed
