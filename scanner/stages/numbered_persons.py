"""Several persons of one kind in a row, whom headers number: ``contact2_phone``, ``第二联系人``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from scanner.stages.second_persons import NAMES, TypedColumn, ends_with

_WORDS = {"一": "1", "二": "2", "三": "3", "first": "1", "second": "2", "third": "3"}
_DIGIT = re.compile(r"(?<=[^0-9])([1-9])(?![0-9])")
_WORD = re.compile(r"第([一二三])|(?<=人)([一二三])")
_BEFORE = re.compile(r"^(first|second|third)(?=_|[A-Z])")  # not in first_name, nor in guardian_first_name


class _Numbered(NamedTuple):
    """A header with a number in it.

    Attributes:
        rest: What is left of it without the number, in lower case and in one word.
        of_person: Whether a word for a person is numbered, not what that person has.

    """

    slot: str
    number: str
    rest: str
    of_person: bool


def numbered_slots(columns: Sequence[TypedColumn], slots: Mapping[str, str]) -> dict[str, str]:
    """Return slots ``person_1``, ``contact_2`` ... of columns whose headers number persons.

    Names are numbered, or words for second persons: phones alone are one person's. The first of such persons
    may have no number: ``contact_name, contact2_name``.

    Args:
        columns: Name, comment and PI types.
        slots: Slot of every column as its header says, without numbers.

    """
    found = {name: each for name, *_ in columns for each in _numbered(name, slots[name])}
    numbers: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for name, _, types in columns:
        if name in found and not NAMES.isdisjoint(types):
            numbers[found[name].slot, found[name].rest].add(found[name].number)
    first = {(slots[name], _rest(name)) for name, *_ in columns if name not in found}
    for each in found.values():
        if each.of_person:
            numbers[each.slot, ""] |= {each.number} | ({""} if (each.slot, each.rest) in first else set())
    persons = {(slot, number) for (slot, _), held in numbers.items() if len(held) > 1 for number in held}
    return {
        name: f"{each.slot or 'person'}_{each.number}"
        for name, each in found.items()
        if (each.slot, each.number) in persons
    }


def _numbered(header: str, slot: str) -> Iterator[_Numbered]:
    if said := _WORD.search(header) or (_BEFORE.match(header) if slot else None):
        word = next(filter(None, said.groups()))
        yield _Numbered(slot, _WORDS[word], _rest(header[: said.start()] + header[said.end() :]), bool(slot))
    elif digit := _DIGIT.search(header):
        stem, rest = header[: digit.start()].rstrip("_"), header[digit.end() :]
        yield _Numbered(slot, digit[1], _rest(stem + rest), bool(slot) and ends_with(slot, stem))


def _rest(header: str) -> str:
    return header.replace("_", "").lower()
