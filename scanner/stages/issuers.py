"""Numbers of one kind that are told apart: member 7 need not be account 7, nor inpatient 7 outpatient 7.

Accounts, staff, pupils and patients are numbered from 1 on, so that equal short numbers of one kind are one
person's within a dataset. Where rows have two such numbers each, they are not, and their headers tell them
apart in all tables.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers import Tag, built_in
from classifiers.headers import INSIDE
from connectors import Batch, Table
from scanner.digests.columns import ISSUER_DIGITS, ISSUER_KINDS
from scanner.identifiers import Mask
from scanner.stages.constraints import Place, place_of
from scanner.stages.databases import numbering
from scanner.stages.named_keys import persons_in
from scanner.stages.person_words import person_named, plain_name, said
from scanner.stages.second_persons import header_words, slot_of
from scanner.stages.values import cells_in, holds

# How headers of numbers end; those of user names, which are hardly ever short numbers, do not.
_NUMBER = re.compile(r"(?:no|id|num|number|code|sn|mrn|(?<![账帐])号|号码|编[号码]|代码|b?[hm])$")
_OF_PATIENTS = re.compile(
    r"patient|患者|病[人员]|(?:hz|br)(?:id|k?h|bh)$"
)  # the number of a patient, not of a visit
_DIFFERENT = 0.1  # share of rows with two numbers from which on these are not of one issuer
_SERIAL = r"^[A-Za-z]{0,4}-?[0-9]+$"
_SHORT = rf"^[0-9]{{1,{ISSUER_DIGITS}}}$"

_Number = tuple[str, str]  # the kind, and the word of a header for it
Pairs = tuple[tuple[str, str], ...]
Numbers = Mapping[str, str]  # by column, the words that tell its numbers from others of their kind


def numbers_apart(tables: Sequence[Table], keys: Mapping[Place, Collection[str]]) -> dict[Place, Numbers]:
    """Return columns with numbers that are told from others of their kind, as rows have both, and by what.

    Args:
        tables: The tables of one source.
        keys: The columns of each that stand for persons by themselves, and need no telling.

    """
    named = {place_of(table): dict(_numbers(table, keys.get(place_of(table), ()))) for table in tables}
    apart = {number for held in named.values() for number in _beside(held)}
    apart |= set(_of_lists((table, named[place_of(table)].values()) for table in tables))
    return {
        place: {column: number[1] for column, number in held.items() if number in apart}
        for place, held in named.items()
    }


def _beside(held: Mapping[str, _Number]) -> Iterator[_Number]:
    """Yield numbers of which there are several of one kind.

    Not the one of a patient beside those of visits: in other sources it stands alone.
    """
    words: dict[str, set[str]] = {}
    for kind, word in held.values():
        words.setdefault(kind, set()).add(word)
    for kind, several in words.items():
        own = set(filter(_OF_PATIENTS.match, several))
        if len(several) > 1:
            yield from ((kind, word) for word in (several - own if len(own) == 1 else several))


def _of_lists(tables: Iterable[tuple[Table, Iterable[_Number]]]) -> Iterator[_Number]:
    """Yield numbers of which several lists of people have one each: of ``member`` and of ``customer``."""
    of: dict[tuple[str, str], dict[str, set[_Number]]] = {}
    for table, numbers in tables:
        for number in numbers:
            if whom := _listed(table, number[1]):
                of.setdefault((numbering(table.group), number[0]), {}).setdefault(whom, set()).add(number)
    for lists in of.values():
        yield from (number for numbers in lists.values() for number in numbers if len(lists) > 1)


def _listed(table: Table, word: str) -> str:
    """Return whom a table lists, if the word is for a number of theirs."""
    stem = _stem(word)
    whom = person_named(stem) or stem
    return whom if whom and whom in (persons_in(table), plain_name(table.name).removesuffix("s")) else ""


def _numbers(table: Table, keys: Collection[str]) -> Iterator[tuple[str, _Number]]:
    """Yield columns with numbers of the rows' own persons, by their headers; their kind and word."""
    for column in table.columns:
        if column.name not in keys and (number := _number(column.name, column.comment)):
            yield column.name, number


def number_word(header: str, comment: str) -> str:
    """Return a word for the persons whom the header of a number names, or its comment; empty: none."""
    number = _number(header, comment)
    return person_named(_stem(number[1])) if number else ""


def _stem(word: str) -> str:
    return _NUMBER.sub("", word).strip()


@lru_cache(maxsize=4096)
def _number(header: str, comment: str) -> _Number | None:
    vocabulary, words = built_in().vocabulary, said(comment)
    hits = vocabulary.read_header(header) if _NUMBER.search(header.lower()) else []
    if not hits and _NUMBER.search(words):
        hits = vocabulary.read_comment(words)
    issued = [hit for hit in hits if hit.type in ISSUER_KINDS and hit.strength >= INSIDE]
    numbers = issued if hits and hits[0].type in ISSUER_KINDS else []  # applicant_id_no is of a document
    hit = next((hit for hit in numbers if _NUMBER.search(hit.word)), None)
    return (hit.type, hit.word) if hit and not slot_of(header, comment, {hit.type}) else None


def differing_numbers(batch: Batch, tags: Mapping[str, Sequence[Tag]]) -> Pairs:
    """Return pairs of columns of one kind, in the order of the table, whose numbers do not mean the same.

    Args:
        batch: A sample of the table.
        tags: What its columns hold that are no keys.

    """
    found: list[tuple[str, str]] = []
    for kind in sorted(ISSUER_KINDS):
        columns = [name for name in batch.schema.names if holds(tags.get(name, ()), {kind})]
        cells = {name: cells_in(batch, name) for name in columns}
        found += [pair for pair in combinations(columns, 2) if _differ(*(cells[name] for name in pair))]
    return tuple(found)


def told_apart(numbers: Numbers, differing: Pairs, slots: Mapping[str, str]) -> Numbers:
    """Return what tells numbers apart, also of one person's two that differ though headers tell nothing."""
    found = dict(numbers)
    for one, other in differing:
        if slots.get(one) == slots.get(other) and found.get(one) == found.get(other):
            found[other] = "_".join(header_words(other))
    return found


def _differ(one: pa.StringArray, other: pa.StringArray) -> bool:
    """Return whether rows mostly have two different numbers: short ones, or some of the other column."""
    both = _match(one, _SERIAL) & _match(other, _SERIAL)
    different = both & np.asarray(pc.not_equal(one, other).fill_null(False))
    if different.sum() <= _DIFFERENT * both.sum():
        return False
    one, other = one.filter(pa.array(different)), other.filter(pa.array(different))
    short = _match(one, _SHORT) & _match(other, _SHORT)
    return bool(short.any() or np.asarray(pc.is_in(one, value_set=other)).any())


def _match(cells: pa.StringArray, pattern: str) -> Mask:
    return np.asarray(pc.match_substring_regex(cells, pattern).fill_null(False))
