"""The place of a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.columns.values.drawing import Rng
from benchmarks.columns.values.people import People
from benchmarks.columns.values.vocabulary import Region


@dataclass(frozen=True, slots=True)
class Cell:
    """A value to be made: of person ``number``, in a column whose ``variant`` selects a format."""

    people: People
    number: int
    variant: int = 0

    @property
    def rng(self) -> Rng:
        return self.people.rng

    @property
    def words(self) -> dict[str, Any]:
        return self.people.words

    @property
    def name(self) -> str:
        return self.people.name[self.number]

    @property
    def male(self) -> int:
        return int(self.people.sex[self.number])

    @property
    def birth(self) -> dt.date:
        return self.people.birth[self.number]

    @property
    def age(self) -> int:
        return self.people.age[self.number]

    @property
    def region(self) -> Region:
        return self.people.region[self.number]

    @property
    def live(self) -> Region:
        return self.people.live[self.number]

    @property
    def seq(self) -> int:
        return self.people.seq[self.number]

    @property
    def id18(self) -> str:
        return self.people.id18[self.number]

    @property
    def mobile(self) -> str:
        return self.people.mobile[self.number]


Maker = Callable[[Cell], Any]
