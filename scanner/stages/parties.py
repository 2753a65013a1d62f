"""Several persons of a row whose headers no list knows: their values differ, and their headers are alike.

``甲方姓名, 甲方电话, 乙方姓名, 乙方电话`` are of two persons, ``from_name, from_tel, to_name, to_tel`` too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from scanner.stages.apart import Apart
from scanner.stages.second_persons import header_words

_LEAST = 2  # characters that headers of one word have in common at least
_CODE = re.compile(r"[a-z]{2,4}[0-9]{2,}")  # of a data standard, whose beginning is that of a chapter


def parties(columns: Sequence[str], names: Sequence[str], apart: Apart) -> dict[str, str]:
    """Return slots ``party_2``, ``party_3`` ... of columns that are not the row's own person's.

    Columns of names tell persons apart; where there are none that do, those of contacts. The plainest header
    is of the row's own person, of several the first. Other columns belong to whose header they have in common
    what tells it from the others, or most at the beginning, if that is so of one person only.

    Args:
        columns: Headers of columns that are taken for the row's own person's, in the order of the table.
        names: Those of them that hold names.
        apart: Pairs of columns whose values are of different persons.

    """
    telling = {pair for pair in apart if {*pair} <= {*names}} or {p for p in apart if {*p} <= {*columns}}
    persons = _persons([name for name in columns if any(name in pair for pair in telling)], telling)
    slots = {name: place for place, person in enumerate(persons) for name in person}
    slots |= {column: _whose(column, persons) for column in columns if column not in slots}
    return {column: f"party_{place + 1}" for column, place in slots.items() if place}


def _persons(columns: Sequence[str], apart: set[tuple[str, str]]) -> list[list[str]]:
    """Return columns that tell persons apart by person, the row's own first."""
    persons: list[list[str]] = []
    for column in sorted(columns, key=_length):
        same = [p for p in persons if not any({(column, one), (one, column)} & apart for one in p)]
        if same:
            same[0].append(column)
        else:
            persons.append([column])
    return persons


def _length(header: str) -> tuple[int, int]:
    """Return how many words a header has, and characters if it is one."""
    words = header_words(header)
    return len(words), len(header) if len(words) == 1 else 0


def _whose(column: str, persons: Sequence[Sequence[str]]) -> int:
    """Return the place of the person whose headers are like a column's; of several, or none, the first."""
    others = [[one for other in persons if other is not person for one in other] for person in persons]
    alike = [
        max(_alike(column, name, against) for name in person)
        for person, against in zip(persons, others, strict=True)
    ]
    most = max(alike, default=(False, 0))
    return alike.index(most) if most > (False, 0) and alike.count(most) == 1 else 0


def _alike(column: str, name: str, others: Sequence[str]) -> tuple[bool, int]:
    """Return whether a column has what tells a name's header from others, and how much both have at first."""
    return any(_marked(column, name, other) for other in others), _common_start(column, name)


def _marked(column: str, name: str, other: str) -> bool:
    """Return whether a column's header has what is in one header and not in the other, as 甲 is."""
    parts, mine, theirs = (_parts(header) for header in (column, name, other))
    return not {*parts}.isdisjoint({*mine} - {*theirs}) and {*parts}.isdisjoint({*theirs} - {*mine})


def _parts(header: str) -> list[str]:
    """Return the Latin words of a header and its Chinese characters, one by one."""
    return [part for word in header_words(header) for part in re.findall(r"[0-9a-z]+|[\u3400-\u9fff]", word)]


def _common_start(one: str, other: str) -> int:
    """Return how many words, or characters of headers of one word, two headers have in common at first."""
    first, second = header_words(one), header_words(other)
    if len(first) > 1 and len(second) > 1:
        return _common(first, second)
    header, other_header = "".join(first), "".join(second)
    common = _common(header, other_header)
    told = common >= _LEAST and not (_CODE.fullmatch(header) and _CODE.fullmatch(other_header))
    return common if told else 0


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
