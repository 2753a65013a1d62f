"""Header words in names and comments: Chinese anywhere, Latin letters as whole words.

>>> spelled = spell("ChargingPile_kWh 充电桩电量")
>>> found_word(pattern(["charging pile"]), spelled), found_word(pattern(["充电桩"]), spelled)
('charging pile', '充电桩')
>>> found_word(pattern(["pile"]), spell("compiler"))
''
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER = re.compile(r"[^0-9a-z\u3400-\u9fff]+")


@lru_cache(maxsize=65_536)
def spell(text: str) -> str:
    """Return a name or comment in lower case, with one space between its words."""
    apart = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text))
    return _OTHER.sub(" ", apart.lower()).strip()


def pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of the words in a spelled text; None for no words."""
    spelled = sorted({spell(word) for word in words} - {""}, key=len, reverse=True)
    return re.compile("|".join(_one(word) for word in spelled)) if spelled else None


def _one(word: str) -> str:
    loose = re.escape(word).replace(r"\ ", " ?")
    return rf"(?<![a-z]){loose}(?![a-z])" if word.isascii() else loose


def found_word(words: re.Pattern[str] | None, spelled: str) -> str:
    """Return the first word found, or nothing."""
    found = words.search(spelled) if words else None
    return found[0] if found else ""
