"""English words of headers, however written: run together, abbreviated, misspelt, in the plural."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

_VOWELS = frozenset("aeiou")
_SHORTEST_PREFIX = 5  # letters of an abbreviation such as occup
_SHORTEST_TYPO = 6  # letters of a word in which one slip leaves no other word
_PIECES = 5  # words that are run together
# Words of two letters that may be run together with others.
_SHORT = frozenset("no id nm cd dt ip qq wx".split())
# What looks like a word at the end of another: storage, export, membership.
_ENDINGS = frozenset("age port ship pass ness able man men".split())


class Spellings:
    """The words that are known, and how headers may write them.

    ``same`` lists words that say the same; the first of a group stands for all. ``also`` are words that are
    known as they stand, but never guessed.
    """

    def __init__(self, words: Iterable[str], same: Sequence[Sequence[str]], also: Iterable[str] = ()) -> None:
        self._first = {word: group[0] for group in same for word in group}
        guessed = {*words, *self._first}
        self._known = frozenset({*guessed, *also})
        self._skeletons: dict[str, set[str]] = defaultdict(set)
        self._shortened: dict[str, set[str]] = defaultdict(set)
        self._prefixes: dict[str, set[str]] = defaultdict(set)
        for word in guessed:
            self._index(word)
        self.read = lru_cache(4_096)(self._read)

    def _index(self, word: str) -> None:
        if len(word) >= _SHORTEST_PREFIX:
            self._skeletons[_skeleton(word)].add(word)
        for end in range(_SHORTEST_PREFIX, len(word) - 1):
            self._prefixes[word[:end]].add(word)
        if len(word) >= _SHORTEST_TYPO:
            for gap in range(1, len(word)):
                self._shortened[word[:gap] + word[gap + 1 :]].add(word)

    def knows(self, token: str) -> bool:
        """Return whether a token is a word just as it stands."""
        return len(token) > 3 and token in self._known

    def standard(self, word: str) -> str:
        """Return the word that stands for all that say the same."""
        return self._first.get(word, word)

    def _read(self, token: str) -> tuple[tuple[tuple[str, ...], ...], bool]:
        """Return the readings of a token, each one or more standard words, and whether they are exact."""
        if token in self._known or token.isdigit():
            return ((self.standard(token),),), True
        if token.endswith("s") and token[:-1] in self._known:
            return ((self.standard(token[:-1]),),), True
        parts = self._parts(token, _PIECES)
        if parts:
            return (tuple(self.standard(part) for part in parts),), True
        guesses = sorted({self.standard(word) for word in self._guesses(token)})
        if 0 < len(guesses) <= 2:
            return tuple((guess,) for guess in guesses), False
        return ((token,),), True

    def _parts(self, token: str, most: int) -> tuple[str, ...]:
        """Return the known words that are run together in a token, the longest first, or none."""
        if token in self._known and (len(token) > 2 or token in _SHORT):
            return (token,)
        for end in range(len(token) - 2, 1, -1) if most > 1 else ():
            head = token[:end]
            if head in self._known and (len(head) > 2 or head in _SHORT) and token[end:] not in _ENDINGS:
                rest = self._parts(token[end:], most - 1)
                if rest:
                    return (head, *rest)
        return ()

    def _guesses(self, token: str) -> Iterator[str]:
        if len(token) < 3:
            return
        yield from (word for word in self._skeletons.get(_skeleton(token), ()) if _abbreviates(token, word))
        yield from self._prefixes.get(token, ())
        if len(token) >= _SHORTEST_TYPO - 1:
            yield from self._shortened.get(token, ())
        if len(token) >= _SHORTEST_TYPO:
            yield from (typo for typo in _slips(token) if typo in self._known)


def _skeleton(word: str) -> str:
    """Return the first letter and the consonants after it, doubled ones once: gender is gndr."""
    kept = [word[0]]
    for letter in word[1:]:
        if letter not in _VOWELS and letter != kept[-1]:
            kept.append(letter)
    return "".join(kept)


def _abbreviates(token: str, word: str) -> bool:
    letters = iter(word)
    return len(token) < len(word) and all(letter in letters for letter in token)


def _slips(token: str) -> Iterator[str]:
    """Yield the token with two neighbours exchanged, and with one letter left out."""
    for at in range(len(token) - 1):
        yield token[:at] + token[at + 1] + token[at] + token[at + 2 :]
    for at in range(1, len(token)):
        yield token[:at] + token[at + 1 :]
