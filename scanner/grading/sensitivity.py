"""What makes information sensitive: the standard of the day, a child's record, items that stand together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pydantic import Field, model_validator

from classifiers import PIType, pi_types, standards
from scanner.grading.indicating import bounded
from scanner.grading.matching import Model, Words
from scanner.grading.packfiles import parse
from scanner.result import ListedAs, Reason, SubjectCount, TableResult

UNDER_14_SOURCE = "PIPL art. 28; 《个人信息保护法》第二十八条"


class Combination(Model):
    """Sets of PI types; one type of each together in a table."""

    id: str
    sets: tuple[tuple[str, ...], ...] = Field(min_length=2)
    harm: Words

    @model_validator(mode="after")
    def _known(self) -> Combination:
        unknown = sorted({name for one in self.sets for name in one} - set(pi_types()))
        if unknown:
            raise ValueError(f"there is no PI type {unknown[0]!r}")
        return self


class Combinations(Model):
    """The combination test of one standard."""

    standard: str
    effective_from: dt.date
    compiled: dt.date
    sources: tuple[str, ...] = Field(min_length=1)
    combinations: tuple[Combination, ...]


@cache
def combinations() -> Combinations:
    """Return the combinations that ship with Pandian."""
    entry = files("scanner.grading").joinpath("combinations.yaml")
    return parse(entry.name, entry.read_bytes(), Combinations)


def listed(pi_type: PIType, as_of: dt.date) -> tuple[ListedAs, ...]:
    """Return what each standard says of a type, oldest first, and which is in force.

    >>> found = listed(pi_types()["id_card"], dt.date(2025, 11, 1))
    >>> [(one.standard[-4:], one.sensitive, one.in_force) for one in found]
    [('2020', True, False), ('2025', False, True)]
    """
    return tuple(
        ListedAs(
            standard=standard.id,
            sensitive=standard.id in pi_type.sensitive_under,
            in_force=standard.applies(as_of),
        )
        for standard in standards()
    )


def indications(table: TableResult, as_of: dt.date) -> tuple[Reason, ...]:
    """Return why records of the table may be sensitive beyond what its columns are."""
    return (*_children(table), *_together(table, as_of))


def _children(table: TableResult) -> Iterator[Reason]:
    found = next((count for count in table.subjects if count.category == "minor_under_14"), None)
    if found is None or not found.estimate:
        return
    yield Reason(
        en=f"{_span(found)} people here are under 14: every item about them is sensitive, whatever its type.",
        zh=(
            f"本表有{_span(found, 'zh')}名不满十四周岁未成年人："
            "与其有关的全部信息均属敏感个人信息，不论类型。"
        ),
        rule="PIPL-28-MINOR14",
        source=UNDER_14_SOURCE,
        settle_en="Refuted only by birth dates that prove otherwise.",
        settle_zh="仅在出生日期证明并非如此时可排除。",
    )


def _span(count: SubjectCount, lang: str = "en") -> str:
    if count.lower == count.upper:
        return f"{count.estimate:,}"
    if lang == "zh":
        return f"{count.lower:,}至{bounded(count.upper, 'zh')}（估计{count.estimate:,}）"
    return f"{count.lower:,} to {bounded(count.upper)} (estimate {count.estimate:,})"


def _together(table: TableResult, as_of: dt.date) -> Iterator[Reason]:
    test = combinations()
    if as_of < test.effective_from:
        return
    held = {
        tag.type: (column.name, tag.sensitive)
        for column in table.columns
        for tag in column.held
        if tag.form != "masked"
    }
    for combination in test.combinations:
        chosen = [next((name for name in one if name in held), None) for one in combination.sets]
        columns = [held[name] for name in chosen if name is not None]
        # Where one is sensitive already, the combination adds nothing.
        if len(columns) == len(combination.sets) and not any(sensitive for _, sensitive in columns):
            yield _combined(test, combination, list(dict.fromkeys(name for name, _ in columns)))


def _combined(test: Combinations, combination: Combination, columns: list[str]) -> Reason:
    names = ", ".join(columns)
    return Reason(
        en=f"Not sensitive alone, perhaps together ({names}): {combination.harm.en}.",
        zh=f"单独不属敏感、结合后可能属敏感（{names}）：{combination.harm.zh}。",
        rule=combination.id,
        source=f"{test.standard} (combination test)",
        settle_en="A person weighs the harm; keeping the columns apart or masking one of them refutes it.",
        settle_zh="由人员评估危害；分开存放或者对其中一项脱敏可排除。",
        confidence="low",
    )
