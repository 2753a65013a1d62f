"""Header words that a recognizer lists, and those that its phrases compose.

A phrase leaves choices: ``|`` stands between the choices of one place (one may be empty), ``+`` or a blank
between places, ``_`` for a blank within a choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class Word:
    """A header word.

    Attributes:
        weak: It says little by itself.
        composed: A phrase makes it. There are too many of these to guess them from initials or slips.
    """

    text: str
    weak: bool
    composed: bool


def words_of(listed: Sequence[str]) -> Iterator[Word]:
    """Yield the words of a list, plain ones first, each once.

    >>> [word.text for word in words_of(["?脸", "人脸|面部+特征|模板"])]
    ['脸', '人脸特征', '人脸模板', '面部特征', '面部模板']
    >>> [word.text for word in words_of(["|left_hand finger_print|thumb"])]
    ['finger print', 'thumb', 'left hand finger print', 'left hand thumb']
    """
    plain = {entry.lstrip("?"): entry.startswith("?") for entry in listed if "|" not in entry}
    yield from (Word(text, weak, composed=False) for text, weak in plain.items())
    made = dict.fromkeys(text for entry in listed if "|" in entry for text in _composed(entry))
    yield from (Word(text, weak=False, composed=True) for text in made if text not in plain)


def _composed(phrase: str) -> Iterator[str]:
    between = "+" if "+" in phrase else " "
    places = [place.split("|") for place in phrase.split(between)]
    for choice in product(*places):
        yield between.replace("+", "").join(filter(None, choice)).replace("_", " ").strip()
