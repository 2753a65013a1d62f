"""Texts that hold both languages in one string, ``English (中文)`` or ``English. 中文。``, taken apart."""

from __future__ import annotations

import re

_HAN = r"[\u4e00-\u9fff《]"
_BRACKETED = re.compile(rf"(?P<en>.*?) \((?P<zh>[^()]*{_HAN}[^()]*)\)")
_FOLLOWING = re.compile(rf"(?P<en>[^\u4e00-\u9fff《》]+?)\s+(?P<zh>{_HAN}.*)")


def in_one_language(text: str, *, chinese: bool) -> str:
    """Return one half of a text in both languages, or all of a text in one.

    >>> in_one_language("before transfer (出境前)", chinese=True)
    '出境前'
    >>> in_one_language("Sensitive PI of 5 persons is held. 持有5人的敏感个人信息。", chinese=False)
    'Sensitive PI of 5 persons is held.'
    >>> in_one_language("PIPL (2021)", chinese=True)
    'PIPL (2021)'
    """
    found = _BRACKETED.fullmatch(text) or _FOLLOWING.fullmatch(text)
    return found["zh" if chinese else "en"] if found else text
