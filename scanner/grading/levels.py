"""Numbered levels of columns and tables: general data 1 to 4, finance 1 to 5, as scheme files say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field, model_validator

from classifiers import pi_types
from scanner.grading.indicators import Setting
from scanner.grading.matching import Model, Words
from scanner.grading.packfiles import parse
from scanner.result import ColumnResult, Reason, SchemeLevel, TableResult, TagResult

Kind = Literal["pi", "sensitive"]


class Floor(Model):
    """The least level of what it names: kinds of personal information, or PI types."""

    kind: Kind | None = None
    types: tuple[str, ...] = ()
    level: int = Field(ge=1)
    why: Words

    @model_validator(mode="after")
    def _known(self) -> Floor:
        if (self.kind is None) == (not self.types):
            raise ValueError("give either kind or types")
        unknown = sorted(set(self.types) - set(pi_types()))
        if unknown:
            raise ValueError(f"there is no PI type {unknown[0]!r}")
        return self

    def holds(self, tag: TagResult) -> bool:
        """Return whether the floor is about the tag."""
        if self.kind == "sensitive":
            return tag.sensitive
        return self.kind == "pi" or tag.type in self.types


class Aggregation(Model):
    """Groups of types that together raise the level of a table: from ``groups`` of them on.

    Attributes:
        rows: Least rows of the table.
    """

    groups: int = Field(ge=2)
    sets: dict[str, tuple[str, ...]]
    from_level: int
    to: int
    rows: int = Field(ge=1)
    why: Words


class Scheme(Model):
    """A scheme with numbered levels.

    Attributes:
        sectors: Sectors it is for; none listed: everybody.
        masked: Level of a column whose values are masked, where that is lower.
        important: Least level of important and core data, where the scheme has one.
    """

    id: str
    name: Words
    highest: int
    effective_from: dt.date
    sectors: tuple[str, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1)
    confidence: Literal["high", "medium", "low"]
    compiled: dt.date
    floors: tuple[Floor, ...]
    masked: int
    masked_why: Words
    important: int | None = None
    important_why: Words | None = None
    aggregation: Aggregation | None = None

    def applies(self, setting: Setting) -> bool:
        """Return whether the scheme is in force and made for the organization."""
        for_sector = not self.sectors or bool({*self.sectors} & {*setting.sectors})
        return for_sector and self.effective_from <= setting.as_of


@cache
def shipped_schemes() -> tuple[Scheme, ...]:
    """Return the schemes that ship with Pandian, in order of their file names."""
    folder = files("scanner.grading").joinpath("schemes")
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".yaml")), key=lambda e: e.name)
    return tuple(parse(entry.name, entry.read_bytes(), Scheme) for entry in entries)


def column_levels(column: ColumnResult, schemes: Iterable[Scheme]) -> tuple[SchemeLevel, ...]:
    """Return the level of a graded column under each scheme; none where nothing calls for one."""
    found = (_column_level(column, scheme) for scheme in schemes)
    return tuple(level for level in found if level)


def _column_level(column: ColumnResult, scheme: Scheme) -> SchemeLevel | None:
    personal = _personal_level(column, scheme)
    why = scheme.important_why
    if scheme.important is None or why is None or column.grade.level == "general":
        return personal
    stated = Words(
        en=f"{why.en}; the grade is {column.grade.status}",
        zh=f"{why.zh}（该级别{'已确认' if column.grade.status == 'confirmed' else '为提示，待确认'}）",
    )
    return _level(scheme, scheme.important, (_plain(scheme, stated), *(personal.reasons if personal else ())))


def _personal_level(column: ColumnResult, scheme: Scheme) -> SchemeLevel | None:
    rated = [
        (min(floor.level, scheme.masked) if tag.form == "masked" else floor.level, floor, tag)
        for tag in column.held
        if _is_personal(tag)
        for floor in scheme.floors
        if floor.holds(tag)
    ]
    if not rated:
        return None
    highest = max(level for level, _, _ in rated)
    level, floor, tag = next(one for one in rated if one[0] == highest)
    lowered = tag.form == "masked" and floor.level > level
    return _level(scheme, level, [_because(scheme, floor, tag), *([_masked(scheme)] if lowered else [])])


def _is_personal(tag: TagResult) -> bool:
    """Return whether a type is personal information; types that users add are."""
    known = pi_types().get(tag.type)
    return known is None or known.group == "pi"


def _source(scheme: Scheme) -> str:
    return f"{scheme.name.en}; {scheme.name.zh}"


def _because(scheme: Scheme, floor: Floor, tag: TagResult) -> Reason:
    return Reason(
        en=f"{tag.name_en}: {floor.why.en}.",
        zh=f"{tag.name_zh}：{floor.why.zh}。",
        rule=scheme.id,
        source=_source(scheme),
        confidence=scheme.confidence,
    )


def _masked(scheme: Scheme) -> Reason:
    return _plain(scheme, scheme.masked_why)


def _plain(scheme: Scheme, why: Words) -> Reason:
    return Reason(
        en=f"{why.en}.",
        zh=f"{why.zh}。",
        rule=scheme.id,
        source=_source(scheme),
        confidence=scheme.confidence,
    )


def _level(scheme: Scheme, level: int, reasons: Iterable[Reason]) -> SchemeLevel:
    return SchemeLevel(
        scheme=scheme.id,
        name_en=scheme.name.en,
        name_zh=scheme.name.zh,
        level=level,
        highest=scheme.highest,
        reasons=tuple(reasons),
    )


def table_levels(table: TableResult, schemes: Iterable[Scheme]) -> tuple[SchemeLevel, ...]:
    """Return the level of a table, whose columns have theirs: the highest, raised by what stands together."""
    return tuple(level for scheme in schemes for level in _table_level(table, scheme))


def _table_level(table: TableResult, scheme: Scheme) -> Iterator[SchemeLevel]:
    columns = [
        (column.name, level)
        for column in table.columns
        for level in column.levels
        if level.scheme == scheme.id
    ]
    if not columns:
        return
    name, highest = max(columns, key=lambda pair: pair[1].level)
    raised = _raised(table, scheme)
    if (
        raised
        and scheme.aggregation
        and scheme.aggregation.from_level <= highest.level < scheme.aggregation.to
    ):
        yield _level(scheme, scheme.aggregation.to, raised)
    else:
        leading = Reason(
            en=f"Its highest column: {name}.",
            zh=f"级别最高的列：{name}。",
            rule=scheme.id,
            source=_source(scheme),
        )
        yield _level(scheme, highest.level, (leading, *highest.reasons))


def _raised(table: TableResult, scheme: Scheme) -> tuple[Reason, ...]:
    """Return why what stands together in the table is more than its columns, or nothing."""
    together, rows = scheme.aggregation, table.rows.value
    if together is None or rows is None or rows < together.rows:
        return ()
    held = {tag.type for column in table.columns for tag in column.held if tag.form == "plain"}
    groups = [name for name, types in together.sets.items() if held & {*types}]
    if len(groups) < together.groups:
        return ()
    why = Words(
        en=f"{together.why.en} ({', '.join(groups)}; {rows:,} rows)",
        zh=f"{together.why.zh}（{'、'.join(groups)}；{rows:,}行）",
    )
    return (_plain(scheme, why),)
