"""What connectors and stages say, such as why something was not read, in the language of a report.

A record says it in English. ``reasons.yaml`` has each English text with its Chinese one; a text is looked up
by its pattern, so that records of earlier scans are shown in Chinese, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from scanner.user_files.yaml_text import read_yaml
from scanner.words.texts import Tongue

_PLACE = re.compile(r"\{(\w+)\}")
_SENTENCES = re.compile(r"(?<=\.) (?=[A-Z0-9])")
WHY = "why"  # the place that holds such a text itself
_KINDS = {"n": r"[\d,.]+", "all": r"[\d,.]+", "minutes": r"[\d,.]+"}  # what a place holds, if not anything


@cache
def reasons() -> Mapping[str, str]:
    """Return the Chinese text of each English one; places in braces are taken over."""
    return dict(read_yaml(files("scanner.words").joinpath("reasons.yaml").read_bytes()))


def reason_in(said: str, tongue: Tongue) -> str:
    """Return what a connector or a stage says in a language; in English where there is no other text.

    >>> reason_in("Table 'visits': a.csv: permission denied.", "zh")
    '表“visits”：a.csv：没有权限。'
    >>> reason_in("something new", "zh")
    'something new'
    """
    return said if tongue == "en" else _chinese(said) or _each_sentence(said)


def _each_sentence(said: str) -> str:
    return "".join(_chinese(one) or f"{one} " for one in _SENTENCES.split(said)).rstrip()


@lru_cache(maxsize=4096)
def _chinese(said: str) -> str:
    """Return the text in Chinese; empty where there is none."""
    bare = said.removesuffix(".")
    end = "。" if bare != said else ""
    if bare in reasons():
        return reasons()[bare] + end
    for pattern, chinese in _patterns():
        if (found := pattern.fullmatch(bare)) and (places := _places(found.groupdict())):
            return chinese.format(**places) + end
    return ""


def _places(found: Mapping[str, str]) -> Mapping[str, str]:
    """Return the places with what is a text itself in Chinese; nothing where that has no Chinese text."""
    if WHY not in found:
        return found
    inner = _chinese(found[WHY])
    return {**found, WHY: inner} if inner else {}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the texts with places: those with the most words of their own first."""
    named = [english for english in reasons() if _PLACE.search(english)]
    named.sort(key=lambda english: -len(_PLACE.sub("", english)))
    return tuple((_pattern(english), reasons()[english]) for english in named)


def _pattern(english: str) -> re.Pattern[str]:
    pieces = _PLACE.split(english)  # words and names of places by turns
    parts = [
        f"(?P<{piece}>{_KINDS.get(piece, '.+?')})" if at % 2 else re.escape(piece)
        for at, piece in enumerate(pieces)
    ]
    return re.compile("".join(parts), re.DOTALL)
