"""Grade of a dataset: general, important or core data.

Important data are what a catalogue publishes or an authority notifies (Data Security Law article
21; Network Data Security Management Regulations articles 29, 37, 62(4)). No national text makes
PI important data by the number of persons alone; GB/T 43697-2024 gives no such number either.
So a number only indicates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scanner.result import GradeResult, Interval, Reason, grade_for
from scanner.rules.law.rulebook import find_rule

Important = Literal["none", "candidate", "notified"]

_AUTOMOTIVE = frozenset({"automotive", "auto", "car", "cars", "vehicle", "vehicles"})
CORE = Reason(
    en="Declared as core data (Data Security Law art. 21).",
    zh="申报为国家核心数据（《数据安全法》第二十一条）。",
    source="Data Security Law art. 21",
)
NOTIFIED = Reason(
    en="Notified or published as important data (NDSMR arts 29, 62(4)).",
    zh="已被告知或者公开发布为重要数据（《网络数据安全管理条例》第二十九条、第六十二条）。",
    source="NDSMR arts 29, 62(4)",
)
CANDIDATE = Reason(
    en=(
        "Identified as a candidate: to be declared (NDSMR art. 29); until notified or published it need not "
        "be handled as important data (NDSMR art. 37)."
    ),
    zh=(
        "拟识别为重要数据，应当申报；未被告知或者公开发布的，不需要作为重要数据申报"
        "（《网络数据安全管理条例》第二十九条、第三十七条）。"
    ),
    source="NDSMR arts 29, 37",
    settle_en="Confirmed by a notice or a published catalogue.",
    settle_zh="以通知或者公开发布的目录确认。",
)
NOT_IMPORTANT = Reason(
    en=(
        "Nothing notified or published as important data; data that affect only individuals or the "
        "organization are generally not important data (GB/T 43697-2024; NDSMR art. 37)."
    ),
    zh=(
        "未被告知或者公开发布为重要数据；仅影响组织自身或者公民个体的数据一般不作为重要数据"
        "（GB/T 43697-2024）。"
    ),
    source="GB/T 43697-2024; NDSMR art. 37",
    settle_en="Refuted by a notice or a published catalogue that names the data.",
    settle_zh="以列明该数据的通知或者公开发布的目录推翻。",
)
SCALE = Reason(
    en=(
        "Where the rights of individuals are affected on a large scale, economic operation, social order and "
        "public interest are to be weighed too; GB/T 43697-2024 gives no number of persons."
    ),
    zh="影响大规模个人权益的，还应当考虑对经济运行、社会秩序、公共利益的影响；GB/T 43697-2024未规定人数。",
    source="GB/T 43697-2024, 6.5",
    confidence="medium",
)
_UNKNOWN = Reason(en="The number of persons is not known.", zh="自然人数量未知。")


@dataclass(frozen=True, slots=True)
class _Line:
    """A number of persons from which PI is handled like important data; sentences in English and Chinese."""

    rule: str
    reached: tuple[str, str]
    possible: tuple[str, str]


_TEN_MILLION = _Line(
    "ND-R25-10M",
    (
        (
            "PI of {count} persons reaches {threshold}: NDSMR art. 28 extends arts 30 and 32 for important "
            "data to the processor; by itself this does not make the data important data (art. 37)."
        ),
        (
            "个人信息涉及{count}人，达到{threshold}人：适用重要数据处理者第三十条、第三十二条义务"
            "（《网络数据安全管理条例》第二十八条），但并不因此当然成为重要数据（第三十七条）。"
        ),
    ),
    (
        "PI of up to {upper} persons may reach {threshold} (NDSMR art. 28).",
        "个人信息至多涉及{upper}人，可能达到{threshold}人（《网络数据安全管理条例》第二十八条）。",
    ),
)
_AUTO_LINE = _Line(
    "AUTO-100K",
    (
        "PI of {count} persons is above {threshold}: important data in the car sector (Order 7 art. 3).",
        (
            "个人信息主体{count}人，超过{threshold}人："
            "属于汽车领域重要数据（《汽车数据安全管理若干规定（试行）》第三条）。"
        ),
    ),
    (
        "PI of up to {upper} persons may be above {threshold} (Order 7 art. 3, automotive sector).",
        "个人信息主体至多{upper}人，可能超过{threshold}人（《汽车数据安全管理若干规定（试行）》第三条）。",
    ),
)


def grade_dataset(  # noqa: PLR0913 - keyword-only facts about one dataset
    *,
    persons: Interval | None,
    sensitive: Interval | None = None,
    important_data: Important = "none",
    core: bool = False,
    sectors: Sequence[str] = (),
    as_of: date | None = None,
) -> GradeResult:
    """Return the grade of a dataset.

    Args:
        persons: Natural persons in the data; None when not counted.
        sensitive: Persons with sensitive PI; named in the basis, never decisive.
        important_data: What is known from catalogue or notice.
        core: Declared as core data; nothing else makes data core.
        sectors: Sectors of the organization; automotive has a line of its own.
        as_of: Lines not in force on that day are left out; None takes all.
    """
    if core:
        return grade_for("core", "confirmed", (CORE,))
    if important_data == "notified":
        return grade_for("important", "confirmed", (NOTIFIED,))
    reached, possible = _by_number(persons, _lines(sectors, as_of))
    if important_data == "candidate":
        reached = (CANDIDATE, *reached)
    if reached:
        return grade_for("important", "indicated", (*reached, *possible))
    return grade_for("general", "indicated", (NOT_IMPORTANT, *possible, *_context(persons, sensitive)))


def _lines(sectors: Sequence[str], as_of: date | None) -> tuple[_Line, ...]:
    automotive = _AUTOMOTIVE & {sector.lower() for sector in sectors}
    lines = (_AUTO_LINE, _TEN_MILLION) if automotive else (_TEN_MILLION,)
    return tuple(line for line in lines if _in_force(line, as_of))


def _in_force(line: _Line, as_of: date | None) -> bool:
    loaded, rule = find_rule(line.rule)
    return as_of is None or loaded.pack.in_force(rule, as_of)


def _by_number(
    persons: Interval | None, lines: tuple[_Line, ...]
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Return reasons for the lines that the estimate reaches, and for those only the upper end does."""
    if persons is None:
        return (), (_UNKNOWN,)
    reached, possible = [], []
    for line in lines:
        _, rule = find_rule(line.rule)
        threshold = rule.threshold or 0
        first = threshold + (rule.operator == "gt")
        if persons.estimate >= first:
            reached.append(_said(line.rule, line.reached, persons, threshold))
        elif persons.upper >= first:
            possible.append(_said(line.rule, line.possible, persons, threshold))
    return tuple(reached), tuple(possible)


def _said(rule: str, words: tuple[str, str], persons: Interval, threshold: int) -> Reason:
    numbers = {
        "count": f"{persons.estimate:,}",
        "upper": f"{persons.upper:,}",
        "threshold": f"{threshold:,}",
    }
    en, zh = (one.format(**numbers) for one in words)
    return Reason(en=en, zh=zh, rule=rule)


def _context(persons: Interval | None, sensitive: Interval | None) -> tuple[Reason, ...]:
    if not persons or not persons.upper:
        return ()
    if not sensitive or not sensitive.upper:
        return (SCALE,)
    number = f"{sensitive.estimate:,}"
    held = Reason(en=f"Sensitive PI of {number} persons is held.", zh=f"持有{number}人的敏感个人信息。")
    return (SCALE, held)
