"""Dictionary tables: a list of all ethnic groups, diagnosis codes or countries tells nothing about a person.

Such a column holds every value once, in a table in which nothing is about people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from classifiers.catalogue import Catalogue
from classifiers.evidence import ColumnEvidence
from classifiers.ranking import best

SHORTEST = 10  # values of a list; fewer may differ by chance
SHORTEST_NAMED = 4  # the same in a table that is named a dictionary
_DICTIONARY = re.compile(
    r"(?i)(?:^|[_.\-])(?:dict|dic|dictionary|code|codes|codelist|lookup|lkp|enum|enums|catalog|catalogue|ref|std|zd|dm|dmb"
    r"|ml|mb)(?=$|[_.\-])|字典|代码|码表|目录|枚举|标准库|对照表|参照表"
)

# Types whose values somebody may list without meaning anybody: those of few choices, in which a value that
# does not come back is no chance, and those of many, where a second column (the key, the name) must list too.
FEW_CHOICES = frozenset(
    "ethnicity nationality religion political_status marital_status family_relation gender blood_type".split()
)
MANY_CHOICES = frozenset("native_place education occupation icd10_code diagnosis_text medication".split())
# Types that a table of people shows, however few they are.
_OF_PEOPLE = frozenset("person_name person_name_pinyin birth_date age address".split())


def without_listings(
    columns: Sequence[ColumnEvidence], table: str, known: Catalogue
) -> tuple[ColumnEvidence, ...]:
    """Return the evidence of a table's columns, those marked that list each value once."""
    shortest = SHORTEST_NAMED if _DICTIONARY.search(table) else SHORTEST
    listed = [column.distinct >= shortest and _each_once(column) for column in columns]
    if not any(listed) or any(_about_people(column, known) for column in columns):
        return tuple(columns)
    listable = FEW_CHOICES | MANY_CHOICES if sum(listed) > 1 else FEW_CHOICES
    return tuple(
        replace(column, listing=listable) if each else column
        for column, each in zip(columns, listed, strict=True)
    )


def _each_once(column: ColumnEvidence) -> bool:
    return column.distinct == max((found.checked for found in column.types), default=0)


def _about_people(column: ColumnEvidence, known: Catalogue) -> bool:
    found = best(column)
    if found is None:
        return any(_about_people(leaf, known) for leaf in column.leaves)
    name = found[0].recognizer.type
    return name in _OF_PEOPLE or (known.types[name].identifies and known.types[name].group == "pi")
