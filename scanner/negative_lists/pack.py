"""Negative lists of free-trade zones as data: scenarios, data items, lines in persons.

A list covers scenarios. Data outside its items need no assessment, contract or certification (Order 16,
article 6); inside, its own lines replace the national ones; where a scenario is not in the list, the national
rules stay as they are.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from pydantic import Field, model_validator

from classifiers import pi_types
from scanner.grading.matching import Item, Model, Words
from scanner.grading.packfiles import parse
from scanner.grading.words import found_word, pattern, spell

Confidence = Literal["high", "medium", "low"]
People = Literal["all", "sensitive", "nonsensitive", "health"]
Mechanism = Literal["security_assessment", "standard_contract_or_certification"]


class ListedItem(Model):
    """A data item of a list; one match of PI type, word or column is enough.

    Attributes:
        name: As the list writes it.
        words: Header words; none given: the name itself.
        columns: Column names exactly as a firm has them.
    """

    name: str = Field(min_length=1)
    pi_types: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> ListedItem:
        unknown = sorted(set(self.pi_types) - set(pi_types()))
        if unknown:
            raise ValueError(
                f"item {self.name!r}: there is no PI type {unknown[0]!r}; `pandian types` lists them"
            )
        return self

    @cached_property
    def _words(self) -> re.Pattern[str] | None:
        return pattern(self.words or (self.name,))

    def fits(self, item: Item) -> str:
        """Return what fits, or nothing."""
        if item.column.name.casefold() in {name.casefold() for name in self.columns}:
            return f"column {item.column.name}"
        by_type = next((name for name in self.pi_types if name in item.types), "")
        if by_type:
            return f"type {by_type}"
        word = found_word(self._words, item.spelled)
        return f"word {word}" if word else ""


class PersonsLine(Model):
    """From how many persons on a mechanism is needed; ``number`` None: the list has a line that is not known.

    Attributes:
        operator: ``ge`` includes the number (以上), ``gt`` does not (超过).
        text: As the list words it.
    """

    mechanism: Mechanism
    people: People = "all"
    operator: Literal["ge", "gt"] = "ge"
    number: int | None = Field(default=None, ge=0)
    text: str = ""
    confidence: Confidence = "high"

    @property
    def least(self) -> int | None:
        """The smallest number that reaches the line."""
        return None if self.number is None else self.number + (self.operator == "gt")


class ListEntry(Model):
    """Data items of one scenario that share their lines.

    Attributes:
        kind: ``important`` data need an assessment from the first record; ``personal`` by the lines.
        complete: All items of the entry are named here.
    """

    id: str
    kind: Literal["personal", "important"]
    name: Words
    items: tuple[ListedItem, ...]
    complete: bool = True
    lines: tuple[PersonsLine, ...] = ()
    confidence: Confidence = "high"

    @model_validator(mode="after")
    def _lines_for_people(self) -> ListEntry:
        if self.kind == "personal" and not self.lines:
            raise ValueError(
                f"entry {self.id}: personal data need lines; write number: null where one is not known"
            )
        return self


class Scenario(Model):
    """A business scenario, named in the configuration as ``flows[].scenario``."""

    id: str
    sector: str
    name: Words
    aliases: tuple[str, ...] = ()
    complete: bool = True
    entries: tuple[ListEntry, ...]

    def is_called(self, name: str) -> bool:
        """Return whether a declared scenario means this one."""
        own = (self.id, self.name.en, self.name.zh, *self.aliases)
        return spell(name) in {spell(one) for one in own}


class NegativeList(Model):
    """One edition of the list of one zone.

    Attributes:
        supplied: Loaded by the user, so that it decides before one that ships.
        complete: All scenarios of the edition are here.
    """

    id: str
    zone: str
    edition: str
    title: Words
    effective_from: dt.date
    effective_to: dt.date | None = None
    sources: tuple[str, ...] = Field(min_length=1)
    compiled: dt.date
    confidence: Confidence
    supplied: bool = False
    complete: bool
    note: Words | None = None
    scenarios: tuple[Scenario, ...] = ()

    @model_validator(mode="after")
    def _distinct(self) -> NegativeList:
        ids = [scenario.id for scenario in self.scenarios]
        twice = next((one for one in ids if ids.count(one) > 1), None)
        if twice:
            raise ValueError(f"the scenario {twice!r} is there twice")
        return self

    def in_force(self, on: dt.date) -> bool:
        """Return whether the edition is in force on a day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


def parse_list(name: str, content: bytes) -> NegativeList:
    """Return the list in a file's bytes, as one that the user supplies.

    Raises:
        PackError: It is no YAML or no negative list.
    """
    return parse(name, content, NegativeList).model_copy(update={"supplied": True})


@cache
def shipped_lists() -> tuple[NegativeList, ...]:
    """Return the lists that ship with Pandian, in order of their file names."""
    folder = files("scanner.negative_lists").joinpath("packs")
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".yaml")), key=lambda e: e.name)
    return tuple(parse(entry.name, entry.read_bytes(), NegativeList) for entry in entries)


def list_in_force(zone: str, on: dt.date, supplied: Iterable[NegativeList]) -> NegativeList | None:
    """Return the list of a zone: the user's newest in force, or else the newest that ships."""
    candidates = [one for one in (*supplied, *shipped_lists()) if one.zone == zone and one.in_force(on)]
    return max(candidates, key=lambda one: (one.supplied, one.effective_from), default=None)
