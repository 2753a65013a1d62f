"""Whether the first row of a table names its columns: as a user says, else told by what stands below it.

A header is believed unless the data speak against it: by cells that are values by their form, by cells that
come again in their columns, by Chinese words made of what the words below them are made of. One cell that is
unlike what is below it is enough for a header: a word above numbers, a short word above addresses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from connectors._files.value_words import is_value
from connectors._selection import Selection

_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_RUNS = tuple(
    (re.compile(runs), sign)
    for runs, sign in (("[\u3400-\u9fff]+", "汉"), ("[A-Z]+", "A"), ("[a-z]+", "a"), (r"\d+", "9"))
)
NO_HEADER = (
    "No header: columns are named by position. If the first row is one, name the table in with_header."
)
_FEWEST = 3  # cells of a column that tell what it is made of
_MANY = 20  # cells that tell forms and endings
_FORMS = 3  # forms that nearly all cells of a column have, where it has any of its own
_NEARLY_ALL = 0.9


class Words(Protocol):
    """What is known of words that may stand in a first row."""

    def is_name(self, word: str) -> bool:
        """Return whether it is known as the name of a column."""
        ...

    def is_alike(self, word: str, below: Sequence[str]) -> bool:
        """Return whether it is a value of the kind that most of the cells below it are."""
        ...


@dataclass(frozen=True, slots=True)
class _NothingKnown:
    def is_name(self, _word: str) -> bool:
        return False

    def is_alike(self, _word: str, _below: Sequence[str]) -> bool:
        return False


NOTHING_KNOWN = _NothingKnown()


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """How the first row of one table is understood.

    Attributes:
        said: Whether it is a header, as a user says; None where the data decide.
        words: What is known of words.
    """

    said: bool | None = None
    words: Words = NOTHING_KNOWN

    def holds(self, first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
        """Return whether the first row is a header above the others."""
        return is_header(first, others, self.words) if self.said is None else self.said


@dataclass(frozen=True, slots=True)
class Headers:
    """Which tables of delimited files and workbooks have a header.

    Attributes:
        present, absent: Patterns, as in ``Selection``, of tables that have one, or none.
        words: What is known of words.
    """

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    words: Words = NOTHING_KNOWN

    def rule(self, *tables: tuple[str, str]) -> HeaderRule:
        """Return the rule for a table that goes by these groups and names."""
        for patterns, said in ((self.present, True), (self.absent, False)):
            if patterns and any(Selection(patterns).takes(*table) for table in tables):
                return HeaderRule(said, self.words)
        return HeaderRule(None, self.words)


TOLD_BY_DATA = Headers()


def is_header(first: Sequence[str], others: Sequence[Sequence[str]], words: Words = NOTHING_KNOWN) -> bool:
    """Tell a header from data.

    >>> is_header(["name", "2024-01-01"], [["a", "7"]]), is_header(["Li", "13800000000"], [])
    (True, False)
    >>> is_header(["0", "1"], [["7", "8"]]), is_header(["7", "8"], [["7", "9"]])
    (True, False)
    """
    cells = [cell.strip() for cell in first]
    if all(_NUMBER.fullmatch(cell) for cell in cells if cell):
        return len(cells) > 1 and cells in (_count_from(0, cells), _count_from(1, cells))
    rows = [row for each in others if (row := [cell.strip() for cell in each]) != cells]
    columns = [
        (cell, [row[at] for row in rows if at < len(row) and row[at]])
        for at, cell in enumerate(cells)
        if cell
    ]
    if any(is_value(cell) and _are_mostly_values(below) for cell, below in columns):
        return False
    if any(words.is_name(cell) and cell not in below for cell, below in columns):
        return True
    return _is_believed([_says(cell, below, words) for cell, below in columns])


def _count_from(start: int, cells: Sequence[str]) -> list[str]:
    return [str(number) for number in range(start, start + len(cells))]


def _are_mostly_values(below: Sequence[str]) -> bool:
    return 2 * sum(map(is_value, below)) >= len(below)


class _Says(Enum):
    """What a cell of the first row says of it."""

    UNLIKE = auto()  # the cells below it
    AGAIN = auto()  # it is among them
    ALIKE = auto()  # it is made as they are
    NOTHING = auto()


def _is_believed(said: Sequence[_Says]) -> bool:
    """Return whether a row is a header: data come again in two columns, or are like data in half of them."""
    count = Counter(said)
    like = count[_Says.AGAIN] + count[_Says.ALIKE]
    return bool(count[_Says.UNLIKE]) or not like or not (count[_Says.AGAIN] >= 2 or 2 * like >= len(said))


def _says(cell: str, below: Sequence[str], words: Words) -> _Says:
    if len(below) < _FEWEST:
        return _Says.ALIKE if below and words.is_alike(cell, below) else _Says.NOTHING
    if cell in below:
        return _Says.AGAIN
    if _is_unlike(cell, below):
        return _Says.UNLIKE
    return _Says.ALIKE if _is_made_as(cell, below) or words.is_alike(cell, below) else _Says.NOTHING


def _is_unlike(cell: str, below: Sequence[str]) -> bool:
    """Return whether a cell is much longer or shorter, of another form, or the noun that others end in."""
    lengths = set(map(len, below))
    if not 2 * min(lengths) / 3 <= len(cell) <= 3 * max(lengths) / 2:
        return True
    forms = Counter(map(_form, below))
    if len(below) < _MANY:
        return not set(_form(cell)) & {sign for form in forms for sign in form}
    usual = sum(times for _, times in forms.most_common(_FORMS))
    if _form(cell) not in forms and usual >= _NEARLY_ALL * len(below):
        return True
    return not _NUMBER.fullmatch(cell) and sum(other.endswith(cell) for other in below) >= 2


def _form(cell: str) -> str:
    """Return a sign for each run of like characters.

    >>> _form("京A-1234"), _form("Li Si")
    ('汉A-9', 'Aa Aa')
    """
    for runs, sign in _RUNS:
        cell = runs.sub(sign, cell)
    return cell


def _is_made_as(word: str, below: Sequence[str]) -> bool:
    """Return whether a Chinese word begins as others do and has no character of its own."""
    if not _HAN.fullmatch(word):
        return False
    begins = sum(other[0] == word[0] for other in below)
    held = Counter(character for other in below for character in set(other))
    return begins >= 2 and all(held[character] >= 2 for character in word)
