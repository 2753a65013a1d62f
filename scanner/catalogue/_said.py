"""What is said of tables and columns, the same in every target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scanner.result import UNBOUNDED, ColumnResult, Result, SubjectCount, TableResult, TagResult

GRADES = {
    "general": ("General data", "一般数据"),
    "important": ("Important data", "重要数据"),
    "core": ("Core data", "核心数据"),
}
SENSITIVITY = {
    "personal": ("Personal information", "个人信息"),
    "sensitive": ("Sensitive personal information", "敏感个人信息"),
}
_COUNTED = {"all": "data_subjects", "sensitive": "sensitive_subjects"}


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a catalogue: an id without blanks, and its names."""

    id: str
    en: str
    zh: str

    @property
    def text(self) -> str:
        return f"{self.en} {self.zh}".strip()


def sensitivity(column: ColumnResult) -> str:
    """Return ``sensitive``, ``personal``, or empty for a column without personal information."""
    tags = column.held
    return "" if not tags else "sensitive" if any(tag.sensitive for tag in tags) else "personal"


def type_terms(result: Result) -> tuple[Term, ...]:
    """Return the PI types that any column holds, by id."""
    found = {tag.type: Term(tag.type, tag.name_en, tag.name_zh) for tag in _tags(result)}
    return tuple(found[name] for name in sorted(found))


def sensitivity_terms() -> tuple[Term, ...]:
    return tuple(Term(name, *names) for name, names in SENSITIVITY.items())


def grade_terms() -> tuple[Term, ...]:
    return tuple(Term(name, *names) for name, names in GRADES.items())


def _tags(result: Result) -> Iterator[TagResult]:
    for dataset in result.datasets:
        for table in dataset.tables:
            for column in table.columns:
                yield from column.held


def grade_of(table: TableResult) -> str:
    """Return the highest grade of the columns of a table."""
    order = list(GRADES)
    return max((column.grade.level for column in table.columns), key=order.index, default=order[0])


def numbers(table: TableResult) -> Mapping[str, str]:
    """Return who is in a table, by names such as ``data_subjects.lower``; without an upper bound, none."""
    found: dict[str, str] = {}
    for count in table.subjects:
        if count.category in _COUNTED and count.window == "all_time":
            found |= dict(_interval(_COUNTED[count.category], count))
    return found


def _interval(name: str, count: SubjectCount) -> Iterator[tuple[str, str]]:
    yield name, str(count.estimate)
    yield f"{name}.lower", str(count.lower)
    if count.bounds.upper < UNBOUNDED:
        yield f"{name}.upper", str(count.upper)
    yield f"{name}.method", count.method


def properties(result: Result, table: TableResult) -> Mapping[str, str]:
    """Return everything said of a table beside its tags, as text, in an order that stays."""
    return {
        **numbers(table),
        "grade": grade_of(table),
        **{f"level.{level.scheme}": f"{level.level}/{level.highest}" for level in table.levels},
        "status": table.status,
        "scan": result.scan.id,
        "as_of": result.scan.as_of,
    }


def is_said(table: TableResult) -> bool:
    """Return whether anything is to be said of a table: it holds personal information, or is graded."""
    return bool(table.pi_columns) or grade_of(table) != "general"
