"""Tables about animals: a birth date, a sex or a diagnosis there is that of a pet, not of its owner."""

from __future__ import annotations

import re
from collections.abc import Mapping

from classifiers import Evidence, Tag
from connectors import Table
from scanner.stages.person_words import ROLES, named_in, plain_name
from scanner.stages.second_persons import header_words, slot_of

_ANIMALS = frozenset("pet animal livestock".split())
_NUMBERED = frozenset("id no code uuid num number chip".split())
_KINDS = frozenset({("breed",), ("pet", "breed"), ("pet", "species"), ("animal", "species")})
_TABLES_IN_CHINESE = re.compile(r"^(?:宠物|动物|犬只|牲畜|家畜)(?:基本)?(?:信息|档案|登记|资料)?表?$")
_HEADERS_IN_CHINESE = re.compile(r"^(?:宠物|动物|犬只|牲畜)(?:id|编号|号|芯片号|品种|种类)$|^(?:犬种|猫种)$")
_OWNERS_IN_CHINESE = re.compile(r"主人|饲主|宠主|畜主|犬主|养犬人|饲养人")
_OF_ANIMALS = frozenset(
    "birth_date age gender blood_type health_measure diagnosis_text icd10_code medication".split()
)


def without_animals(tags: Mapping[str, tuple[Tag, ...]], table: Table) -> dict[str, tuple[Tag, ...]]:
    """Return tags of which those are rejected that tell about an animal, in a table that is about such.

    A header with a word for a person (``owner_birthday``) tells about that person.
    """
    if not _about_animals(table):
        return dict(tags)
    return {column: tuple(_judged(tag, column) for tag in held) for column, held in tags.items()}


def _about_animals(table: Table) -> bool:
    name = plain_name(table.name)
    named = any(word.removesuffix("s") in _ANIMALS for word in (name, name.rpartition("_")[2]))
    if named or _TABLES_IN_CHINESE.match(table.name):
        return True
    return any(_numbers_or_breeds(column.name) for column in table.columns)


def _numbers_or_breeds(header: str) -> bool:
    """Return whether a header is the number, or the breed, of an animal."""
    words = header_words(header)
    numbered = len(words) == 2 and words[0] in _ANIMALS and words[1] in _NUMBERED
    return numbered or words in _KINDS or _HEADERS_IN_CHINESE.match("".join(words)) is not None


def _judged(tag: Tag, column: str) -> Tag:
    if tag.decision != "auto" or tag.type not in _OF_ANIMALS or _of_a_person(column, tag.type):
        return tag
    return tag.rejected(Evidence(kind="header", detail="tells about an animal"))


def _of_a_person(column: str, pi_type: str) -> bool:
    owners = not set(ROLES).isdisjoint(header_words(column)) or _OWNERS_IN_CHINESE.search(column)
    return bool(owners or named_in(column) or slot_of(column, "", {pi_type}))
