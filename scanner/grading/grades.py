"""Grades of data items, datasets and the organization: catalogues confirm, everything else indicates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scanner.grading.catalogues import Confirmation, DataCatalogue, confirmations
from scanner.grading.indicating import Indication, indications, reached_lines
from scanner.grading.indicators import IndicatorPack, Setting, shipped_indicators
from scanner.grading.levels import column_levels, shipped_schemes, table_levels
from scanner.grading.matching import Item
from scanner.grading.sensitivity import indications as sensitivity
from scanner.result import (
    GENERAL,
    ColumnResult,
    DatasetResult,
    GradeResult,
    Interval,
    Reason,
    SubjectCount,
    TableResult,
    grade_for,
)
from scanner.rules.verdicts.grading import CANDIDATE, NOT_IMPORTANT, SCALE

_ORDER = ("general", "important", "core")
_NAMED = 5  # data items that a reason of a dataset names

CORE_IS_FOR_PEOPLE = Reason(
    en="Core data are never concluded from content alone: a person has to decide.",
    zh="核心数据不得仅凭内容认定，须由人员判定。",
    source="Data Security Law art. 21; 《数据安全法》第二十一条",
)
WHICH_IS_NOT_SAID = Reason(
    en="Notified or published important data are declared, but no catalogue says which data they are.",
    zh="已申报持有被告知或者公开发布的重要数据，但没有目录说明是哪些数据。",
    source="NDSMR art. 29; 《网络数据安全管理条例》第二十九条",
    settle_en="Confirmed or refuted by the catalogue or notice itself (config key catalogues).",
    settle_zh="以目录或者通知本身（配置项catalogues）确认或者排除。",
)
UNREAD = Reason(
    en="Something in this dataset was not read; a higher grade is not ruled out.",
    zh="部分数据未能读取，不排除更高级别。",
    settle_en="Read the whole dataset.",
    settle_zh="读取全部数据。",
)
NOT_COUNTED = Reason(
    en="People were not counted, so no line in persons was tested.",
    zh="未计算人数，因此未检验人数门槛。",
    settle_en="Count people (--count exact).",
    settle_zh="计算人数（--count exact）。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """What a scan grades by.

    Attributes:
        declared: ``none``, ``candidate`` or ``notified``: what the organization declares of important data.
        catalogues: Confirm.
        packs: Indicate.
    """

    setting: Setting
    declared: str = "none"
    catalogues: tuple[DataCatalogue, ...] = ()
    packs: tuple[IndicatorPack, ...] = field(default_factory=shipped_indicators)


@dataclass(frozen=True, slots=True)
class _Found:
    item: Item
    confirmed: tuple[Confirmation, ...]
    indicated: tuple[Indication, ...]


def grade_items(dataset: DatasetResult, grading: Grading) -> DatasetResult:
    """Return a dataset whose columns and tables have grades and levels; itself not yet graded."""
    schemes = [scheme for scheme in shipped_schemes() if scheme.applies(grading.setting)]

    def graded(table: TableResult, column: ColumnResult) -> ColumnResult:
        grade = _item_grade(_look(Item(dataset.name, table, column), grading))
        with_grade = replace(column, grade=grade)
        return replace(with_grade, levels=column_levels(with_grade, schemes))

    def finished(table: TableResult) -> TableResult:
        columns = tuple(graded(table, column) for column in table.columns)
        with_columns = replace(table, columns=columns)
        return replace(
            with_columns,
            levels=table_levels(with_columns, schemes),
            indications=sensitivity(with_columns, grading.setting.as_of),
        )

    return replace(dataset, tables=tuple(finished(table) for table in dataset.tables))


def _look(item: Item, grading: Grading) -> _Found:
    return _Found(
        item,
        tuple(confirmations(item, grading.catalogues, grading.setting.as_of)),
        tuple(indications(item, grading.packs, grading.setting)),
    )


def _item_grade(found: _Found) -> GradeResult:
    if found.confirmed:
        level = _highest(one.grade for one in found.confirmed)
        reasons = [one.reason for one in found.confirmed]
        return grade_for(level, "confirmed", [*reasons, *(one.reason for one in found.indicated)])
    if not found.indicated:
        return GENERAL
    return _indicated(found.indicated, [one.reason for one in found.indicated])


def _indicated(found: Sequence[Indication], reasons: Iterable[Reason]) -> GradeResult:
    """Return an indicated grade: the highest of what is certain."""
    level = _highest(one.grade for one in found if one.certain)
    core = any(one.grade == "core" for one in found)
    said = [*reasons, *([CORE_IS_FOR_PEOPLE] if core else [])]
    return grade_for(level, "indicated", said, for_person=core)


def _highest(grades: Iterable[str]) -> str:
    return max(grades, key=_ORDER.index, default="general")


def grade_dataset(dataset: DatasetResult, grading: Grading, *, unread: bool) -> DatasetResult:
    """Return the dataset with its grade: that of its items, raised by numbers of persons."""
    items = [
        (f"{table.name}.{column.name}", column.grade)
        for table in dataset.tables
        for column in table.columns
        if column.grade.reasons
    ]
    lines = reached_lines(_persons(dataset.subjects), grading.packs, grading.setting)
    together = list(_only_together(dataset, lines, grading))
    grade = _whole(items, lines, together, grading, counted=bool(dataset.subjects))
    return replace(dataset, grade=_open(grade) if unread else grade)


def grade_organization(
    subjects: Sequence[SubjectCount], datasets: Iterable[DatasetResult], grading: Grading, *, unread: bool
) -> GradeResult:
    """Return the grade of all datasets united, which may be higher than that of each."""
    items = [(dataset.name, dataset.grade) for dataset in datasets if dataset.grade.level != "general"]
    lines = reached_lines(_persons(subjects), grading.packs, grading.setting)
    grade = _whole(items, lines, [], grading, counted=bool(subjects))
    return _open(grade) if unread else grade


def _whole(
    parts: Sequence[tuple[str, GradeResult]],
    lines: Sequence[Indication],
    together: Sequence[Reason],
    grading: Grading,
    *,
    counted: bool,
) -> GradeResult:
    confirmed = [grade for _, grade in parts if grade.status == "confirmed"]
    status = "confirmed" if confirmed else "indicated"
    indicated = [grade.level for _, grade in parts]
    declared = {"notified": WHICH_IS_NOT_SAID, "candidate": CANDIDATE}.get(grading.declared)
    levels = [grade.level for grade in confirmed] or [
        *indicated,
        *(one.grade for one in lines if one.certain),
        *(["important"] if declared else []),
    ]
    level = _highest(levels)
    core = any(grade.for_person for _, grade in parts)
    reasons = [
        *_of_parts(parts),
        *([declared] if declared and not confirmed else []),
        *(one.reason for one in lines),
        *together,
        *([] if counted else [NOT_COUNTED]),
        *([NOT_IMPORTANT, SCALE] if level == "general" else []),
        *([CORE_IS_FOR_PEOPLE] if core else []),
    ]
    return grade_for(level, status, reasons, for_person=core)


def _of_parts(parts: Iterable[tuple[str, GradeResult]]) -> Iterator[Reason]:
    """Yield the reasons of data items, each once, naming some of the items it holds for."""
    where: dict[str, list[str]] = {}
    first: dict[str, Reason] = {}
    for name, grade in parts:
        for reason in grade.reasons:
            if reason.rule:
                where.setdefault(reason.rule, []).append(name)
                first.setdefault(reason.rule, reason)
    for rule, reason in first.items():
        names = list(dict.fromkeys(where[rule]))
        more = len(names) - _NAMED
        shown = ", ".join(names[:_NAMED])
        yield replace(
            reason,
            en=f"{shown}{f' and {more} more' if more > 0 else ''}: {reason.en}",
            zh=f"{shown}{f'等{len(names)}项' if more > 0 else ''}：{reason.zh}",
        )


def _only_together(dataset: DatasetResult, lines: Iterable[Indication], grading: Grading) -> Iterator[Reason]:
    """Say of a line that only the tables together reach it."""
    alone = {
        one.reason.rule
        for table in dataset.tables
        for one in reached_lines(_persons(table.subjects), grading.packs, grading.setting)
        if one.certain
    }
    for one in lines:
        if one.certain and one.reason.rule not in alone and len(dataset.tables) > 1:
            yield Reason(
                en=f"No table reaches the line of {one.reason.rule} alone; together they do (aggregation).",
                zh=f"没有任何一张表单独达到{one.reason.rule}的门槛，各表合并后达到（汇聚升级）。",
                source=one.reason.source,
            )


def _open(grade: GradeResult) -> GradeResult:
    return grade_for(grade.level, grade.status, (*grade.reasons, UNREAD), for_person=grade.for_person)


def _persons(subjects: Iterable[SubjectCount]) -> Mapping[str, Interval]:
    found = {count.category: count for count in subjects if count.window == "all_time"}
    if "all" not in found:
        return {}
    everybody, sensitive = found["all"], found.get("sensitive")
    persons = {"all": everybody.interval}
    if sensitive:
        persons["sensitive"] = sensitive.interval
        persons["nonsensitive"] = Interval(
            max(0, everybody.lower - sensitive.upper),
            max(0, everybody.estimate - sensitive.estimate),
            everybody.upper,
        )
    named = [found[category] for category in ("financial", "health") if category in found]
    if named:
        persons["financial_or_health"] = Interval(
            max(count.lower for count in named),
            max(count.estimate for count in named),
            sum(count.upper for count in named),
        )
    return persons
