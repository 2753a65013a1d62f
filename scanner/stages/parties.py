"""Several persons of a row whose headers no list knows: their names differ, and their columns begin alike.

``甲方姓名, 甲方电话, 乙方姓名, 乙方电话`` are of two persons, ``from_name, from_tel, to_name, to_tel`` too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from itertools import takewhile

from scanner.stages.name_pairs import NamePairs

_LEAST = 2  # characters that headers of one word have in common at least


def parties(columns: Sequence[str], identifying: Container[str], names_apart: NamePairs) -> dict[str, str]:
    """Return slots ``party_2``, ``party_3`` ... of columns that are not the row's own person's.

    Whose name has the plainest header is the row's own person, of several the first. Other columns belong to
    the name with which their header has most in common at the beginning, if that is so of one person only.
    Somebody with a name and nothing that identifies is left with the row's own person.

    Args:
        columns: Headers of columns that are taken for the row's own person's, in the order of the table.
        identifying: Which of them identify somebody.
        names_apart: Pairs of columns whose names are of different persons.

    """
    persons = _persons([name for name in columns if any(name in pair for pair in names_apart)], names_apart)
    slots = {name: place for place, person in enumerate(persons) for name in person}
    slots |= {column: _whose(column, persons) for column in columns if column not in slots}
    known = {place for column, place in slots.items() if column in identifying}
    return {column: f"party_{place + 1}" for column, place in slots.items() if place and place in known}


def _persons(names: Sequence[str], names_apart: NamePairs) -> list[list[str]]:
    """Return the columns of names by person, the row's own first."""
    persons: list[list[str]] = []
    for name in sorted(names, key=_length):
        same = [person for person in persons if not any(_apart(name, one, names_apart) for one in person)]
        if same:
            same[0].append(name)
        else:
            persons.append([name])
    return persons


def _length(header: str) -> tuple[int, int]:
    """Return how many words a header has, and characters if it is one."""
    words = _words(header)
    return len(words), len(header) if len(words) == 1 else 0


def _apart(one: str, other: str, names_apart: NamePairs) -> bool:
    return (one, other) in names_apart or (other, one) in names_apart


def _whose(column: str, persons: Sequence[Sequence[str]]) -> int:
    """Return the place of the person whose name begins like a column; of several, or none, the first."""
    alike = [max(_alike(column, name) for name in person) for person in persons]
    most = max(alike, default=0)
    return alike.index(most) if most and alike.count(most) == 1 else 0


def _alike(one: str, other: str) -> int:
    """Return how many words, or characters of headers of one word, two headers have in common at first."""
    first, second = _words(one), _words(other)
    if len(first) > 1 and len(second) > 1:
        return _common(first, second)
    common = _common("".join(first), "".join(second))
    return common if common >= _LEAST else 0


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _words(header: str) -> list[str]:
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", unicodedata.normalize("NFKC", header))
    return [word for word in re.split(r"[^0-9a-z\u3400-\u9fff]+", parted.lower()) if word]
