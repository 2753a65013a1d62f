"""Values of every type, made of synthetic persons.

Every maker is driven by one generator, so a seed gives the same values everywhere, and the columns of one
table agree on a person's name, sex, birth date and ID number. No value is taken from a real person.
"""

from __future__ import annotations

from typing import Any

from benchmarks.columns.values import (
    of_accounts,
    of_bodies,
    of_contacts,
    of_devices,
    of_documents,
    of_money_and_health,
    of_organizations,
    of_persons,
)
from benchmarks.columns.values.cell import Cell, Maker
from benchmarks.columns.values.check_digits import ID_WEIGHTS, luhn_digit
from benchmarks.columns.values.drawing import digits, pick
from benchmarks.columns.values.evidence import decidable_without_header
from benchmarks.columns.values.numbers import ean13, isbn13, mobile, plate, to15
from benchmarks.columns.values.people import People
from benchmarks.columns.values.records import vector
from benchmarks.columns.values.vocabulary import (
    ETHNIC,
    LANDLINE_3,
    LANDLINE_4,
    MOBILE_PREFIX,
    NATION,
    PLATE_PROV,
    PROV_SHORT,
    RELIGION,
    load_words,
    regions,
)

__all__ = [
    "ETHNIC",
    "ID_WEIGHTS",
    "LANDLINE_3",
    "LANDLINE_4",
    "MOBILE_PREFIX",
    "NATION",
    "PLATE_PROV",
    "PROV_SHORT",
    "RELIGION",
    "People",
    "decidable_without_header",
    "digits",
    "ean13",
    "isbn13",
    "load_words",
    "luhn_digit",
    "make",
    "mobile",
    "pick",
    "plate",
    "regions",
    "to15",
    "vector",
]

_GROUPS = (
    of_persons,
    of_documents,
    of_contacts,
    of_money_and_health,
    of_devices,
    of_accounts,
    of_organizations,
    of_bodies,
)
_MAKERS: dict[str, Maker] = {name: maker for group in _GROUPS for name, maker in group.MAKERS.items()}


def make(kind: str, people: People, number: int, variant: int = 0) -> Any:
    """Return a value of a type for a person; ``variant``, the same in a column, selects a format.

    Raises:
        KeyError: There is no such type.
    """
    return _MAKERS[kind](Cell(people, number, variant))
