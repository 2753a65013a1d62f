"""Indicator packs: what suggests that data are important or core, as the texts say it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field, model_validator

from scanner.grading.matching import Model, Pattern, Words
from scanner.grading.packfiles import parse
from scanner.rules.law.rulebook import find_rule

Grade = Literal["general", "important", "core"]
Persons = Literal["all", "sensitive", "nonsensitive", "financial_or_health"]


class NumberLine(Model):
    """A line in persons: that of a rule pack (``rule`` is its id), or a number that has to be exceeded."""

    rule: str | None = None
    above: int | None = Field(default=None, ge=0)
    persons: Persons = "all"

    @model_validator(mode="after")
    def _one_number(self) -> NumberLine:
        if (self.rule is None) == (self.above is None):
            raise ValueError("give either rule or above")
        return self

    def least(self, on: dt.date) -> tuple[int, int] | None:
        """Return the line and the least number that reaches it; None while its rule is not in force."""
        if self.rule is None:
            return (self.above or 0), (self.above or 0) + 1
        loaded, rule = find_rule(self.rule)
        if rule.threshold is None or not loaded.pack.in_force(rule, on):
            return None
        return rule.threshold, rule.threshold + (rule.operator == "gt")


class Indicator(Model):
    """One reason to think that data are important.

    Attributes:
        match: Columns it is about; None for a line in persons of a whole dataset.
        finer_than_m: Coordinates resolve less than this, in metres.
        rows: Least rows of the table; where they are not known, the indicator stays open.
        line: The number of persons that has to be reached.
        core_words: Words in column or table that say nationwide coverage or state secrecy.
        ciio: Only for operators of critical information infrastructure.
    """

    id: str
    grade: Grade = "important"
    article: str
    factor: Words
    match: Pattern | None = None
    finer_than_m: float | None = Field(default=None, gt=0)
    rows: int | None = Field(default=None, ge=1)
    line: NumberLine | None = None
    core_words: tuple[str, ...] = ()
    ciio: bool = False
    settle: Words
    confidence: Literal["high", "medium", "low"] = "medium"

    @model_validator(mode="after")
    def _one_of_two(self) -> Indicator:
        if (self.match is None) == (self.line is None):
            raise ValueError("give either match or line")
        return self


class IndicatorPack(Model):
    """The indicators of one text.

    Attributes:
        sectors, zones: Sectors and free-trade zones it is for; none listed: everybody.
        compiled: Day the pack was written; ``sources`` say from what.
    """

    id: str
    title: Words
    effective_from: dt.date
    effective_to: dt.date | None = None
    sectors: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1)
    compiled: dt.date
    indicators: tuple[Indicator, ...]

    def applies(self, setting: Setting) -> bool:
        """Return whether the pack is in force and made for the organization."""
        started = self.effective_from <= setting.as_of
        ended = self.effective_to is not None and setting.as_of > self.effective_to
        for_sector = not self.sectors or bool({*self.sectors} & {*setting.sectors})
        for_zone = not self.zones or setting.zone in self.zones
        return started and not ended and for_sector and for_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Who grades, and when. ``zone`` is a free-trade zone, or empty."""

    as_of: dt.date
    sectors: tuple[str, ...] = ()
    zone: str = ""
    ciio: bool | None = None


def parse_indicators(name: str, content: bytes) -> IndicatorPack:
    """Return the pack in a file's bytes.

    Raises:
        PackError: It is no YAML or no indicator pack.
    """
    return parse(name, content, IndicatorPack)


@cache
def shipped_indicators() -> tuple[IndicatorPack, ...]:
    """Return the packs that ship with Pandian, in order of their file names."""
    folder = files("scanner.grading").joinpath("packs")
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".yaml")), key=lambda e: e.name)
    return tuple(parse_indicators(entry.name, entry.read_bytes()) for entry in entries)
