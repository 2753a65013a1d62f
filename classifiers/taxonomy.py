"""The PI types, read from ``taxonomy.yaml``: names, sensitivity by standard and date, strength."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from classifiers import lexicon


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard that lists sensitive personal information, with the dates it applies (inclusive)."""

    id: str
    valid_from: dt.date
    valid_to: dt.date | None

    def applies(self, as_of: dt.date) -> bool:
        """Return whether the standard is the one to use on ``as_of``."""
        return self.valid_from <= as_of and (self.valid_to is None or as_of <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class PIType:
    """One type of personal information (or organisation identifier).

    Attributes:
        group: ``pi`` or ``org``.
        category: Sensitive category of PIPL article 28, or empty.
        sensitive_under: Ids of the standards that list it as sensitive.
        strength: ``strong``, ``account``, ``contact`` or ``none``: how surely a value names one person.

    """

    id: str
    zh: str
    en: str
    presidio_entity: str
    group: str
    category: str
    sensitive_under: frozenset[str]
    strength: str

    def is_sensitive(self, as_of: dt.date) -> bool:
        """Return whether the standard in force on ``as_of`` lists the type as sensitive."""
        return any(s.id in self.sensitive_under for s in standards() if s.applies(as_of))

    @property
    def identifies(self) -> bool:
        """Whether a value of the type can point to one person."""
        return self.strength != "none"


@cache
def _document() -> dict[str, object]:
    document: dict[str, object] = lexicon.package_yaml("taxonomy.yaml")
    return document


@cache
def standards() -> tuple[Standard, ...]:
    """Return the standards on sensitive personal information, oldest first."""
    entries = _document()["standards"]
    assert isinstance(entries, list)  # noqa: S101 -- our own file
    return tuple(Standard(e["id"], e["from"], e["to"]) for e in entries)


@cache
def pi_types() -> Mapping[str, PIType]:
    """Return all PI types by id."""
    types = _document()["types"]
    assert isinstance(types, dict)  # noqa: S101 -- our own file
    return MappingProxyType({name: _pi_type(name, entry) for name, entry in types.items()})


def _pi_type(name: str, entry: dict[str, object]) -> PIType:
    sensitive = entry["sensitive"]
    assert isinstance(sensitive, dict)  # noqa: S101 -- our own file
    return PIType(
        id=name,
        zh=str(entry["zh"]),
        en=str(entry["en"]),
        presidio_entity=str(entry["presidio_entity"]),
        group=str(entry["group"]),
        category=str(entry["category"]),
        sensitive_under=frozenset(standard for standard, listed in sensitive.items() if listed),
        strength=str(entry["strength"]),
    )
