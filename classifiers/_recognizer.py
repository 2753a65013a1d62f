"""The interface of every recognizer: what one PI type looks like in a header and in cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers.cells import Cells

Matches = NDArray[np.bool_]
Match = Callable[[Cells], Matches]


def terms(listed: str) -> tuple[str, ...]:
    """Return header words that are listed with commas between them.

    >>> terms("id card, id no")
    ('id card', 'id no')
    """
    listed = re.sub(r"\|\s*\n\s*", "|", listed)  # a long phrase goes on behind a bar
    return tuple(" ".join(word.split()) for word in listed.split(","))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recognizer:
    """What one PI type looks like. A file in ``classifiers/recognizers`` holds one, named after the type.

    Header words are in the three ways Chinese warehouses write them. A leading ``?`` marks a word that
    says little by itself (``?name``) and needs support from values or neighbours; ``|`` makes a word a phrase
    with choices (``headers.phrases``).

    Attributes:
        zh: Chinese words, the head noun last (收货人姓名 ends in 姓名).
        en: English words, single spaces between them; ``id card`` also finds idcard, idCard, ID_CARD.
        py: Pinyin in full or initials, matched as whole words.
        match: Which cells are values of the type; None when no value test exists.
        fits: Which cells could be values of it, for types that only a header can name.
        fits_of: ``fits`` where the word of the header matches a pattern, for words that things have too.
        alone: Least share of matching cells that decides without a header; None: never.
        with_header: Least share of matching (or fitting) cells that goes with a header that names it.
        checked: The match rests on a check character, magic number or unmistakable syntax, so it stands
            against a header that says something else.
        strict: ``fits`` is narrow (a dictionary, a range, a check), so that it confirms a hint of the header.
        by_chance: Other numbers of the same form pass the test by chance, so that only matches beyond chance
            count (``chance.py``).
        coded: Values are a few choices, so that a header may end in 代码 or ``type``.
        labels: The choices in words, by which an enumeration in a comment (1男 2女) is told.
        lookalikes: Pattern of header words for things whose values look the same (version numbers, addresses
            of shops): such a header decides against the values.
        of_things: Things have it too, so that 商品 or ``shop`` in a header takes the person away.
        shape: Cells are vectors or binary, so that shape replaces text.
        nobody: Which cells a user listed as values of the type that are about nobody.
        decimals: How many digits behind the point most cells have, for types that are coordinates.

    """

    type: str
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    py: tuple[str, ...] = ()
    match: Match | None = None
    fits: Match | None = None
    fits_of: tuple[tuple[str, Match], ...] = ()
    alone: float | None = None
    with_header: float = 0.25
    checked: bool = False
    strict: bool = False
    by_chance: bool = False
    coded: bool = False
    labels: frozenset[str] = frozenset()
    lookalikes: str = ""
    of_things: bool = False
    shape: bool = False
    nobody: Match | None = None
    decimals: Callable[[Cells], int | None] | None = None

    def fitting(self, word: str) -> Match | None:
        """Return the test of ``fits`` in a column whose header says a word."""
        return next((fits for pattern, fits in self.fits_of if re.search(pattern, word)), self.fits)
