"""Values of people in names: a column called 13800138000, a file called 张三_11010519491231002X.xlsx. Pure.

An identifier is told by its form and check digits, wherever it stands in a name. A personal name is not told
from a word by itself (高峰, 时长), so company decides: an identifier in the same name, siblings that are
mostly names, or what an object of that name holds. Words that the header vocabulary knows are never names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from classifiers import lexicon
from classifiers.headers import HEAD, Vocabulary
from classifiers.text.names import EVERYDAY
from classifiers.validators import (
    bank_card,
    cn_landline,
    cn_mobile,
    cn_resident_id,
    email,
    foreign_pr_card,
    hmt_residence_permit,
    license_plate,
)

PERSON = "person_name"
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SURNAMES = " ".join(lexicon.lines("surnames")).split()
_COMMON = frozenset(_SURNAMES[:150])  # those of nine people in ten, and few first characters of other words
_GIVEN = lexicon.characters("given_characters")


def _alone(number: str) -> re.Pattern[str]:
    """Return a pattern of a number that stands alone or with a word of letters right before or after it."""
    return re.compile(rf"(?<![0-9A-Za-z])[A-Za-z]*({number})[A-Za-z]*(?![0-9A-Za-z])")


_IDENTIFIERS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("id_card", _alone("[1-8][0-9]{16}[0-9Xx]"), cn_resident_id.is_valid),
    ("id_card", _alone("[1-8][0-9]{14}"), cn_resident_id.is_valid),
    ("hmt_residence_permit", _alone("8[123]0000[0-9]{11}[0-9Xx]"), hmt_residence_permit.is_valid),
    ("foreign_pr_card", _alone("9[0-9]{16}[0-9Xx]"), foreign_pr_card.is_valid),
    ("bank_card", _alone("62[0-9]{14,17}"), bank_card.is_valid),
    ("mobile", _alone(r"(?:(?:\+|00)?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}"), cn_mobile.is_valid),
    ("landline", _alone("0[0-9]{2,3}-[2-9][0-9]{6,7}"), cn_landline.is_valid),
    (
        "email",
        re.compile(r"([A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24})"),
        email.is_valid,
    ),
    (
        "license_plate",
        re.compile(r"([\u4e00-\u9fff][A-HJ-NP-Z][·• -]?[A-HJ-NP-Z0-9]{5,6})(?![0-9A-Za-z])"),
        license_plate.is_valid,
    ),
)


@dataclass(frozen=True, slots=True, order=True)
class NamedValue:
    """A value that stands in a name, at ``name[start:end]``."""

    start: int
    end: int
    type: str


@lru_cache(65_536)
def identifiers_in(name: str) -> tuple[NamedValue, ...]:
    """Return the valid identifiers of people in a name, in order; none overlap.

    >>> [found.type for found in identifiers_in("t_13800138000")], identifiers_in("log_20240101")
    (['mobile'], ())
    """
    narrow = "".join(map(_narrow, name))
    found: list[NamedValue] = []
    for kind, pattern, is_valid in _IDENTIFIERS if re.search(r"[0-9@]", narrow) else ():
        for match in pattern.finditer(narrow):
            start, end = match.span(1)
            if is_valid(match[1]) and all(end <= other.start or start >= other.end for other in found):
                found.append(NamedValue(start, end, kind))
    return tuple(sorted(found))


def _narrow(character: str) -> str:
    """Return a character in half width, if that is one character too."""
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 else character


def values_in(
    name: str, vocabulary: Vocabulary, persons: Collection[str] = frozenset()
) -> tuple[NamedValue, ...]:
    """Return the values in a name, in order: identifiers, names beside them, words known as ``persons``."""
    found = identifiers_in(name)
    words = _HAN.finditer(name) if found or persons else ()
    beside = [
        NamedValue(*word.span(), PERSON)
        for word in words
        if all(word.end() <= other.start or word.start() >= other.end for other in found)
        and (word[0] in persons or (found and may_be_person(word[0], vocabulary)))
    ]
    return tuple(sorted((*found, *beside)))


def values_in_columns(names: Sequence[str], vocabulary: Vocabulary) -> list[tuple[NamedValue, ...]]:
    """Return the values in each of the dotted names of the columns of one table."""
    held: dict[str, set[str]] = {}
    for name in names:
        above, _, field = name.rpartition(".")
        held.setdefault(above.rpartition(".")[2].removesuffix("[]"), set()).add(field)
    objects = {word for word, fields in held.items() if is_person_with(word, fields, vocabulary)}
    persons = objects | persons_among(names, vocabulary)
    return [values_in(name, vocabulary, persons) for name in names]


def words_of(names: Iterable[str]) -> set[str]:
    """Return the Chinese words that stand in names, as runs of characters."""
    return {word for name in names for word in _HAN.findall(name)}


def may_be_person(word: str, vocabulary: Vocabulary) -> bool:
    """Return whether a word has a common surname and the length of a name, and is no word of headers."""
    return (
        word[:1] in _COMMON
        and 2 <= len(word) <= 3
        and _HAN.fullmatch(word) is not None
        and word not in EVERYDAY
        and not vocabulary.read_header(word)
    )


def _is_likely(word: str) -> bool:
    return all(character in _GIVEN for character in word[1:])


def persons_among(names: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the personal names that stand in sibling names, such as those of the columns of a table.

    More than half of those with short Chinese words hold one, and two are of usual characters; or two thirds
    hold one, and there are three.

    >>> from classifiers.catalogue import built_in
    >>> sorted(persons_among(["月份", "王小明_数学", "李建国_数学", "赵敏"], built_in().vocabulary))
    ['李建国', '王小明', '赵敏']
    >>> persons_among(["高度", "金额", "方向", "备注"], built_in().vocabulary)
    frozenset()
    """
    held = [words for name in names if (words := {word for word in words_of([name]) if 2 <= len(word) <= 4})]
    possible = {word for words in held for word in words if may_be_person(word, vocabulary)}
    share = sum(not possible.isdisjoint(words) for words in held) / max(1, len(held))
    likely = sum(map(_is_likely, possible))
    if (likely >= 2 and share > 1 / 2) or (len(possible) >= 3 and share >= 2 / 3):
        return frozenset(possible)
    return frozenset()


def is_person_with(word: str, held: Collection[str], vocabulary: Vocabulary) -> bool:
    """Return whether an object of this name is a person: its fields are called like what is known of people.

    >>> from classifiers.catalogue import built_in
    >>> is_person_with("王小明", ["手机号", "住址"], built_in().vocabulary)
    True
    """
    if not (may_be_person(word, vocabulary) and _is_likely(word)):
        return False
    return any(hit.type and hit.strength >= HEAD for name in held for hit in vocabulary.read_header(name))


def masked(name: str, values: Collection[NamedValue], label: Callable[[str], str]) -> str:
    """Return a name in which a label stands for each value.

    >>> masked("t_13800138000_x", identifiers_in("t_13800138000_x"), lambda _: "value")
    't_value_x'
    """
    return "".join(_pieces(name, sorted(values), label))


def _pieces(name: str, values: Collection[NamedValue], label: Callable[[str], str]) -> Iterator[str]:
    at = 0
    for value in values:
        yield name[at : value.start]
        yield label(name[value.start : value.end])
        at = value.end
    yield name[at:]
