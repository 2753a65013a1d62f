"""Indicator packs: what suggests that data are important or core, and what would confirm or refute it.

An indicator looks at columns (header, comment, table, PI type, precision of coordinates, rows) or at numbers
of persons of a whole dataset. Nothing it says is more than an indication.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar

import yaml
from pydantic import Field, ValidationError, model_validator

from scanner.grading.matching import Item, Model, Pattern, Words
from scanner.grading.words import found_word, pattern, spell
from scanner.result import UNBOUNDED, Interval, Reason
from scanner.rules._yaml import read_yaml
from scanner.rules.rulebook import find_rule

METRES_PER_DEGREE = 111_320  # of latitude, and of longitude at the equator

Grade = Literal["general", "important", "core"]
_M = TypeVar("_M", bound=Model)
Persons = Literal["all", "sensitive", "nonsensitive", "financial_or_health"]


class PackError(ValueError):
    """A grading pack or catalogue that cannot be used; the message names file, entry and key."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Indication:
    """What one indicator says of one column or dataset; ``certain`` False where a number is open."""

    grade: Grade
    reason: Reason
    factor: Words
    certain: bool = True


def parse_indicators(name: str, content: bytes) -> IndicatorPack:
    """Return the pack in a file's bytes.

    Raises:
        PackError: It is no YAML or no indicator pack.
    """
    return parse(name, content, IndicatorPack)


def parse(name: str, content: bytes, kind: type[_M]) -> _M:
    """Return a data file as a value of ``kind``, or raise ``PackError`` naming file, entry and key."""
    try:
        data = read_yaml(content)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" at line {mark.line + 1}" if mark else ""
        raise PackError(
            f"{name}: is not valid YAML{line}. Check indentation, colons and quotes there."
        ) from None
    return checked(name, data, kind)


def checked(name: str, data: Any, kind: type[_M]) -> _M:
    """Return plain data as a value of ``kind``, or raise ``PackError`` naming file, entry and key."""
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(_step(part, data) for part in problem["loc"]) or "the file"
        what = problem["msg"].removeprefix("Value error, ")
        raise PackError(f"{name}: {where}: {what}.") from None


def _step(part: int | str, _data: Any) -> str:
    return f"number {part + 1}" if isinstance(part, int) else part


@cache
def shipped_indicators() -> tuple[IndicatorPack, ...]:
    """Return the packs that ship with Pandian, in order of their file names."""
    folder = files("scanner.grading").joinpath("packs")
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".yaml")), key=lambda e: e.name)
    return tuple(parse_indicators(entry.name, entry.read_bytes()) for entry in entries)


def indications(item: Item, packs: Iterable[IndicatorPack], setting: Setting) -> list[Indication]:
    """Return what the packs in force say of one column."""
    return [
        found
        for pack in packs
        if pack.applies(setting)
        for indicator in pack.indicators
        if indicator.match is not None and (found := _indication(item, indicator, pack, setting))
    ]


def _indication(item: Item, indicator: Indicator, pack: IndicatorPack, setting: Setting) -> Indication | None:
    if indicator.ciio and setting.ciio is False:
        return None
    evidence = indicator.match.evidence(item) if indicator.match else ()
    if not evidence:
        return None
    precise = _precise(item, indicator)
    many = _many(item, indicator)
    if precise is False or many is False:
        return None
    numbers = [*_precision_said(item, indicator), *_rows_said(item, indicator)]
    core = found_word(pattern(indicator.core_words), f"{item.spelled} | {spell(item.table.comment)}")
    en = f"{indicator.factor.en} ({pack.title.en}, {indicator.article}): " + "; ".join(
        [*evidence, *(words.en for words in numbers), *([f"coverage word {core}"] if core else [])]
    )
    zh = f"{indicator.factor.zh}（{pack.title.zh}，{indicator.article}）：" + "；".join(
        [
            *(_evidence_zh(one) for one in evidence),
            *(words.zh for words in numbers),
            *([f"范围词“{core}”"] if core else []),
        ]
    )
    return Indication(
        grade="core" if core else indicator.grade,
        reason=_reason(indicator, pack, f"{en}.", f"{zh}。"),
        factor=indicator.factor,
        certain=many is not None and precise is not None,
    )


def _reason(indicator: Indicator, pack: IndicatorPack, en: str, zh: str) -> Reason:
    return Reason(
        en=en,
        zh=zh,
        rule=indicator.id,
        source=f"{pack.title.zh} {indicator.article}",
        settle_en=indicator.settle.en,
        settle_zh=indicator.settle.zh,
        confidence=indicator.confidence,
    )


_EVIDENCE_ZH = {
    "dataset": "数据集",
    "table word": "表名或注释含",
    "table": "表",
    "column": "列",
    "type": "类型",
    "word": "列名或注释含",
}


def _evidence_zh(evidence: str) -> str:
    kind = next(kind for kind in _EVIDENCE_ZH if evidence.startswith(f"{kind} "))
    return f"{_EVIDENCE_ZH[kind]}“{evidence.removeprefix(f'{kind} ')}”"


def _precise(item: Item, indicator: Indicator) -> bool | None:
    """Return whether coordinates are fine enough; None when no value shows how fine they are."""
    if indicator.finer_than_m is None:
        return True
    return None if item.decimals is None else resolution(item.decimals) < indicator.finer_than_m


def resolution(decimals: int) -> float:
    """Return what one step of the last decimal of a degree means on the ground, in metres.

    >>> round(resolution(4), 1), round(resolution(6), 2)
    (11.1, 0.11)
    """
    return METRES_PER_DEGREE / float(10**decimals)


def _many(item: Item, indicator: Indicator) -> bool | None:
    if indicator.rows is None:
        return True
    rows = item.table.rows.value
    return None if rows is None else rows >= indicator.rows


def _precision_said(item: Item, indicator: Indicator) -> list[Words]:
    if indicator.finer_than_m is None:
        return []
    if item.decimals is None:
        return [Words(en="precision not known", zh="精度未知")]
    metres = f"{resolution(item.decimals):.2g}"
    return [
        Words(
            en=f"{item.decimals} decimals, about {metres} m, finer than {indicator.finer_than_m:g} m",
            zh=f"{item.decimals}位小数，约{metres}米，优于{indicator.finer_than_m:g}米",
        )
    ]


def _rows_said(item: Item, indicator: Indicator) -> list[Words]:
    if indicator.rows is None:
        return []
    rows = item.table.rows.value
    if rows is None:
        return [Words(en="number of rows not known", zh="行数未知")]
    return [Words(en=f"{rows:,} rows", zh=f"{rows:,}行")]


# ---------------------------------------------------------------------- lines in persons
def reached_lines(
    persons: Mapping[str, Interval], packs: Iterable[IndicatorPack], setting: Setting
) -> list[Indication]:
    """Return the lines in persons that a dataset (or the organization) reaches, or may reach.

    ``persons`` are by kind: ``all``, ``sensitive``, ``nonsensitive``, ``financial_or_health``.
    """
    return [
        found
        for pack in packs
        if pack.applies(setting)
        for indicator in pack.indicators
        if indicator.line and (found := _line(persons, indicator, pack, setting))
    ]


def _line(
    persons: Mapping[str, Interval], indicator: Indicator, pack: IndicatorPack, setting: Setting
) -> Indication | None:
    line = indicator.line
    if line is None or line.persons not in persons or (indicator.ciio and setting.ciio is not True):
        return None
    least, count = line.least(setting.as_of), persons[line.persons]
    if least is None or count.upper < least[1]:
        return None
    reached = count.estimate >= least[1]
    said = _line_said(indicator, pack, count.estimate if reached else count.upper, least[0], reached=reached)
    return Indication(
        grade=indicator.grade,
        reason=_reason(indicator, pack, said.en, said.zh),
        factor=indicator.factor,
        certain=reached,
    )


def _line_said(indicator: Indicator, pack: IndicatorPack, persons: int, line: int, *, reached: bool) -> Words:
    en = f"{persons:,} persons reach" if reached else f"up to {bounded(persons)} persons may reach"
    zh = f"涉及{persons:,}人，达到" if reached else f"至多涉及{bounded(persons, 'zh')}人，可能达到"
    return Words(
        en=f"{indicator.factor.en}: {en} the line of {line:,} ({pack.title.en}, {indicator.article}).",
        zh=f"{indicator.factor.zh}：{zh}{line:,}人的门槛（{pack.title.zh}，{indicator.article}）。",
    )


def bounded(number: int, lang: str = "en") -> str:
    """Return a number of persons, in words where no upper bound holds."""
    if number >= UNBOUNDED:
        return "未知数量的" if lang == "zh" else "an unknown number of"
    return f"{number:,}"
