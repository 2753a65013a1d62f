"""What reading a header gives, and how sure words are by their place in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

EXACT, HEAD, PREFIXED, INSIDE, FAINT, UNSAID = 1.0, 0.9, 0.75, 0.55, 0.4, 0.3
NOT_PERSONAL = ""  # type of a word that says: no personal information

Words = dict[str, dict[str, bool]]  # word -> type -> whether it says little by itself


@dataclass(frozen=True, slots=True)
class HeaderHit:
    """A word that names a type.

    Attributes:
        type: PI type, or empty for a word that says the column is not personal.
        strength: In [0, 1]; 1 when the word is the whole header.
        word: The word of our vocabulary; never a scanned value.

    """

    type: str
    strength: float
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """The header words of one type (see ``Recognizer``).

    Attributes:
        coded: Values are a few choices, so that 代码 or ``type`` may follow.
        of_things: Things have it too, so that 商品 or ``shop`` before it takes the person away.
    """

    type: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    py: tuple[str, ...]
    coded: bool = False
    of_things: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A word found in a header, from ``start`` to ``end``."""

    start: int
    end: int
    type: str
    weak: bool
    word: str

    def hides(self, other: Span) -> bool:
        """Whether the other word lies within this one."""
        inside = self.start <= other.start and other.end <= self.end
        return inside and self.end - self.start > other.end - other.start


def uncovered(spans: Iterable[Span]) -> list[Span]:
    """Return the words that no longer word hides."""
    found = list(spans)
    return [span for span in found if not any(other.hides(span) for other in found)]


def strongest(hits: Iterable[HeaderHit]) -> list[HeaderHit]:
    """Return one hit a type, strongest first."""
    best: dict[str, HeaderHit] = {}
    for hit in hits:
        if hit.type not in best or hit.strength > best[hit.type].strength:
            best[hit.type] = hit
    return sorted(best.values(), key=lambda hit: (-hit.strength, hit.type))


def put(target: Words, word: str, type_: str, *, weak: bool) -> None:
    """Add a word the type does not have yet: ``?org code`` stays weak beside ``organization code``."""
    target.setdefault(word, {}).setdefault(type_, weak)
