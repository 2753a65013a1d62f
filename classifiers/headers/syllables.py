"""Chinese words in Latin letters, as headers spell them: syllables, initials or both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from classifiers import lexicon

_LONGEST = 24  # letters of a header that are read
_SPELLINGS = 4  # readings of one word, where characters have several


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word that a header may spell.

    Attributes:
        syllables: One reading of its characters.
        type: What the word stands for.
        derived: The word is not in a list but was made by exchanging the end of one, or by a phrase.
    """

    syllables: tuple[str, ...]
    type: str
    derived: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The types of the words that letters spell, and how many syllables are written in full.

    Attributes:
        derived: No list has any of the words.
    """

    types: frozenset[str]
    full: int
    derived: bool


NOTHING = Found(frozenset(), 0, derived=False)


@cache
def _readings() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in lexicon.lines("pinyin"):
        syllable, characters = line.split()
        for character in characters:
            found[character].append(syllable)
    return {character: tuple(syllables) for character, syllables in found.items()}


@cache
def _syllables() -> frozenset[str]:
    return frozenset(syllable for syllables in _readings().values() for syllable in syllables)


def spellings(word: str) -> Iterator[tuple[str, ...]]:
    """Yield the readings of a word; none for a character that has no reading.

    >>> list(spellings("银行"))
    [('yin', 'hang'), ('yin', 'xing')]
    """
    known = _readings()
    options = [known.get(character, (character,) if character.isascii() else ()) for character in word]
    yield from islice(product(*options), _SPELLINGS)


class PinyinIndex:
    """Chinese words by the initials of their syllables."""

    def __init__(self) -> None:
        self._words: dict[str, list[Spelled]] = defaultdict(list)
        self._beginnings: set[str] = set()

    def add(self, word: str, type_: str, *, derived: bool) -> None:
        """Add a word of two or more characters."""
        for syllables in spellings(word) if len(word) > 1 else ():
            initials = "".join(syllable[0] for syllable in syllables)
            self._words[initials].append(Spelled(syllables, type_, derived))
            self._beginnings.update(initials[:end] for end in range(1, len(initials) + 1))

    def find(self, letters: str) -> Found:
        """Return what the letters spell.

        The spelling with most full syllables counts; words of the lists go before derived ones.
        """
        best: list[Spelled] = []
        if letters in _syllables():
            return NOTHING  # one syllable, as sheng, is one character
        full = -1
        for pieces in self._pieces(letters[:_LONGEST], ()):
            written = sum(len(piece) > 1 for piece in pieces)
            words = [w for w in self._words["".join(p[0] for p in pieces)] if _fits(pieces, w.syllables)]
            if words and written >= full:
                best, full = (words if written > full else best + words), written
        listed = [word for word in best if not word.derived]
        types = frozenset(word.type for word in listed or best)
        return Found(types, max(full, 0), derived=not listed)

    def _pieces(self, letters: str, done: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if not letters:
            if "".join(piece[0] for piece in done) in self._words:
                yield done
            return
        if "".join([*(piece[0] for piece in done), letters[0]]) not in self._beginnings:
            return
        for length in range(1, min(6, len(letters)) + 1):
            piece = letters[:length]
            if length == 1 or piece in _syllables():
                yield from self._pieces(letters[length:], (*done, piece))


def _fits(pieces: tuple[str, ...], syllables: tuple[str, ...]) -> bool:
    return all(
        piece == syllable or (len(piece) == 1 and syllable.startswith(piece))
        for piece, syllable in zip(pieces, syllables, strict=True)
    )
