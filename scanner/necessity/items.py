"""Necessity of an export: of the export itself, of the number of persons, of each data item.

CAC looks at these three (answers of April 2025, after PIPL articles 6 and 19). Nothing here says that
something is unlawful: it says what the declaration has to explain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from classifiers import pi_types
from scanner.grading.matching import Item
from scanner.necessity.scenarios import ScenarioNeeds, find_scenario
from scanner.result import FlowItem, Interval, Reason, RetentionResult

_SOURCE = (
    "CAC Q&A 2025-04; PIPL arts 6, 19; 国家网信办数据出境安全管理政策问答（2025年4月）; "
    "《个人信息保护法》第六条、第十九条"
)
NEARLY_ALL = 0.95  # share of the persons held from which a flow covers practically everybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A flow as it is declared and counted.

    Attributes:
        items: The columns that leave.
        persons: Persons of each table of the flow, in the window of the law, by dataset/table.
        everybody: Persons of the flow in all, and persons the organization holds.
        retention: Rows past the declared retention, for each table that has a time column.
    """

    purpose: str
    scenario: str
    items: Sequence[Item]
    persons: Mapping[str, Interval]
    everybody: tuple[Interval | None, Interval | None] = (None, None)
    retention: Sequence[RetentionResult] = ()


def necessity(
    export: Export, supplied: Iterable[ScenarioNeeds] = ()
) -> tuple[tuple[FlowItem, ...], tuple[Reason, ...]]:
    """Return the data items of a flow, each with its use, and what the declaration has to explain."""
    scenario = find_scenario(export.scenario, export.purpose, supplied)
    items = tuple(_item(item, scenario, export.persons) for item in export.items)
    reasons = [
        *_of_the_export(export, scenario),
        *_of_the_persons(export),
        *_of_the_items(items, scenario),
        *_of_the_empty(items),
        *_of_the_time(export.retention),
    ]
    return items, tuple(reasons)


def _item(item: Item, scenario: ScenarioNeeds | None, persons: Mapping[str, Interval]) -> FlowItem:
    types = tuple(sorted(name for name in item.types if _is_personal(name)))
    counted = persons.get(f"{item.dataset}/{item.table.name}")
    filled = item.column.filled
    return FlowItem(
        dataset=item.dataset,
        table=item.table.name,
        column=item.column.name,
        types=types,
        sensitive=any(tag.sensitive for tag in item.column.held),
        filled=filled,
        persons=_holding(counted, filled) if types else None,
        use=_use(types, scenario),
    )


def _is_personal(name: str) -> bool:
    known = pi_types().get(name)
    return known is None or known.group == "pi"


def _holding(counted: Interval | None, filled: float | None) -> Interval | None:
    """Return the persons with something in the column: at most all, by the share of filled cells."""
    if counted is None or filled is None:
        return counted and Interval(0, counted.estimate, counted.upper)
    return Interval(
        counted.lower if filled == 1 else 0,
        round(counted.estimate * filled),
        counted.upper if filled else 0,
    )


def _use(types: tuple[str, ...], scenario: ScenarioNeeds | None) -> str:
    if not types:
        return "not_personal"
    if scenario is None:
        return "unknown"
    return "expected" if {*types} <= {*scenario.expected} else "unexpected"


def _of_the_export(export: Export, scenario: ScenarioNeeds | None) -> Iterable[Reason]:
    if not export.purpose and not export.scenario:
        yield Reason(
            en="No purpose and no scenario is declared, so the need for the export cannot be shown.",
            zh="未申报目的和场景，无法说明出境活动本身的必要性。",
            rule="NECESSITY-EXPORT",
            source=_SOURCE,
            settle_en="Declare purpose and scenario of the flow.",
            settle_zh="申报数据流的目的和场景。",
        )
    elif scenario is None:
        yield Reason(
            en="No definition of the declared scenario is known, so no data item could be compared with it.",
            zh="没有所申报场景的定义，无法逐项比对数据项。",
            rule="NECESSITY-SCENARIO",
            source=_SOURCE,
            settle_en="Define it: configuration key scenarios, docs/configuration.md.",
            settle_zh="在配置项scenarios中定义该场景。",
        )


def _of_the_persons(export: Export) -> Iterable[Reason]:
    sent, held = export.everybody
    if sent and held and sent.upper and held.upper and sent.estimate >= NEARLY_ALL * held.estimate > 0:
        yield Reason(
            en=f"Nearly everybody held is sent ({sent.estimate:,} of {held.estimate:,}): would fewer do?",
            zh=f"该数据流几乎覆盖持有的全部自然人（{held.estimate:,}人中的{sent.estimate:,}人）：能否减少？",
            rule="NECESSITY-PERSONS",
            source=_SOURCE,
            settle_en="Explain why all are needed, or select those who are.",
            settle_zh="说明需要全部的理由，或者筛选确有必要的自然人。",
        )


def _of_the_empty(items: Sequence[FlowItem]) -> Iterable[Reason]:
    for item in items:
        if item.filled == 0:
            yield Reason(
                en=f"{item.id}: leaves, and was empty in every row of the sample.",
                zh=f"{item.id}：属于出境数据项，但抽样各行均为空。",
                rule="NECESSITY-EMPTY",
                source=_SOURCE,
                settle_en="Leave the item out, or say what it is for.",
                settle_zh="不出境该项，或者说明其用途。",
            )


def _of_the_items(items: Sequence[FlowItem], scenario: ScenarioNeeds | None) -> Iterable[Reason]:
    if scenario is None:
        return
    for item in items:
        if item.use == "unexpected":
            names = [pi_types()[name] for name in item.types if name in pi_types()]
            more = sorted({*item.types} - {*scenario.expected})
            zh = "、".join(one.zh for one in names if one.id in more)
            en = ", ".join(one.en for one in names if one.id in more)
            yield Reason(
                en=f"{item.id}: {en or ', '.join(more)} is not expected in {scenario.id}.",
                zh=f"{item.id}：{zh or '、'.join(more)}通常不是“{_zh(scenario)}”所需。",
                rule="NECESSITY-ITEM",
                source=_SOURCE,
                settle_en="Explain the need, leave the item out, or add the type to the scenario.",
                settle_zh="说明必要性、不出境该项，或者将该类型加入场景定义。",
                confidence="low",
            )


def _zh(scenario: ScenarioNeeds) -> str:
    return scenario.names[0] if scenario.names else scenario.id


def _of_the_time(retention: Sequence[RetentionResult]) -> Iterable[Reason]:
    for found in retention:
        if found.past.upper:
            yield Reason(
                en=(
                    f"{found.table}: {found.past.span} rows are older than the declared {found.days} days"
                    f"{'' if found.exact else ' (estimated from a sample)'}."
                ),
                zh=(
                    f"{found.table}：{found.past.span}行早于申报的{found.days}天保存期限"
                    f"{'' if found.exact else '（据抽样估计）'}。"
                ),
                rule="NECESSITY-RETENTION",
                source=_SOURCE,
                settle_en="Delete or leave out what is past its time, or correct retention_days.",
                settle_zh="删除或者不出境超期数据，或者更正retention_days。",
            )
        if found.undated:
            yield Reason(
                en=f"{found.table}: {found.undated:,} sampled rows have no readable time.",
                zh=f"{found.table}：抽样中有{found.undated:,}行没有可读时间。",
                rule="NECESSITY-RETENTION-UNDATED",
                source=_SOURCE,
            )
