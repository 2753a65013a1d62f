"""What a negative list says of a flow: columns listed, outside and undecided; lines; the mechanism."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scanner.grading.matching import Item
from scanner.negative_lists.pack import ListEntry, NegativeList, PersonsLine, Scenario, list_in_force
from scanner.result import Interval, ItemInList, LineInList, ListDecision, Reason

_MECHANISMS = ("security_assessment", "standard_contract_or_certification")
_WORD = re.compile(r"[\u3400-\u9fff]|[a-z]{3,}")

LISTED_IMPORTANT = "Listed as important data: an assessment is needed whatever the number of persons."
OPAQUE = "its name and comment say nothing, and no type was found"
OTHER_WORDS = "no type was found, and the list has items without a type that may mean it"
INCOMPLETE = "the items of the list are not all known here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What is declared about a flow and who sends it.

    Attributes:
        zone: Free-trade zone of the organization, or empty.
        scenario: Declared scenario of the flow, or empty.
        ciio: Operators of critical information infrastructure cannot use the lists.
    """

    zone: str
    scenario: str
    as_of: dt.date
    ciio: bool | None = None


def decide(
    items: Sequence[Item],
    persons: Mapping[str, Interval],
    declared: Declared,
    supplied: Iterable[NegativeList],
) -> ListDecision | None:
    """Return what the list in force says of a flow; None where no zone or no scenario is declared.

    Args:
        items: The columns that leave, with their tags.
        persons: Persons of the scenario in the window of the law, by kind (``all``, ``sensitive``,
            ``nonsensitive``, ``health``); a kind that was not counted is left out.
        declared: Zone, scenario and day.
        supplied: Lists that the user loaded.
    """
    if not declared.zone or not declared.scenario:
        return None
    found = list_in_force(declared.zone, declared.as_of, supplied)
    if found is None:
        return _national(None, declared, _no_list(declared))
    if declared.ciio:
        return _national(found, declared, _OPERATOR)
    scenario = next((one for one in found.scenarios if one.is_called(declared.scenario)), None)
    if scenario is None:
        return _national(found, declared, _not_covered(found, declared))
    return _decided(found, scenario, items, persons)


_OPERATOR = Reason(
    en="Operators of critical information infrastructure cannot use the list: the national rules apply.",
    zh="关键信息基础设施运营者不适用负面清单，适用国家规则。",
    source="Order 16 art. 7; 《促进和规范数据跨境流动规定》第七条",
    confidence="medium",
)


def _no_list(declared: Declared) -> Reason:
    return Reason(
        en=f"No list of the zone {declared.zone} is known for {declared.as_of}: the national rules apply.",
        zh=f"未载入{declared.zone}自贸区在{declared.as_of}有效的清单，适用国家规则。",
        settle_en="Load the official list: pandian negative-list load.",
        settle_zh="载入官方清单：pandian negative-list load。",
    )


def _not_covered(found: NegativeList, declared: Declared) -> Reason:
    known = "、".join(one.name.zh for one in found.scenarios)
    if not found.complete:
        return Reason(
            en=(
                f"{found.title.en}: the scenario {declared.scenario} is not among the few shipped; whether "
                "the list covers it is open, and the national rules apply until the list is loaded."
            ),
            zh=(
                f"{found.title.zh}：随附的少数场景（{known}）不含“{declared.scenario}”，"
                "清单是否覆盖尚不确定；载入清单前适用国家规则。"
            ),
            source=found.id,
            settle_en="Load the official list: pandian negative-list load.",
            settle_zh="载入官方清单：pandian negative-list load。",
            confidence=found.confidence,
        )
    return Reason(
        en=f"{found.title.en} does not cover the scenario {declared.scenario}: the national rules apply.",
        zh=f"{found.title.zh}未覆盖“{declared.scenario}”场景，适用国家规则。",
        source=found.id,
    )


def _national(found: NegativeList | None, declared: Declared, reason: Reason) -> ListDecision:
    return ListDecision(
        list_id=found.id if found else "",
        edition=found.edition if found else "",
        scenario=declared.scenario,
        mechanism="national_rules",
        reasons=(reason,),
    )


def _decided(
    found: NegativeList, scenario: Scenario, items: Sequence[Item], persons: Mapping[str, Interval]
) -> ListDecision:
    listed = [(item, entry, fit) for item in items for entry, fit in _fits(scenario, item)]
    inside = {item.name for item, _, _ in listed}
    rest = [(item, _why_open(found, scenario, item)) for item in items if item.name not in inside]
    undecided = [ItemInList(item=item.name, why=why) for item, why in rest if why]
    entries = list(dict.fromkeys(entry.id for _, entry, _ in listed))
    chosen = [entry for entry in scenario.entries if entry.id in entries]
    lines = [_line(entry, line, persons) for entry in chosen for line in entry.lines]
    return ListDecision(
        list_id=found.id,
        edition=found.edition,
        scenario=scenario.id,
        mechanism=_mechanism(chosen, lines, has_open=bool(undecided), empty=not items),
        reasons=tuple(_reasons(found, chosen, lines, undecided, has_items=bool(items))),
        listed=tuple(ItemInList(item=item.name, entry=entry.id, why=fit) for item, entry, fit in listed),
        outside=tuple(ItemInList(item=item.name) for item, why in rest if not why),
        undecided=tuple(undecided),
        lines=tuple(lines),
    )


def _fits(scenario: Scenario, item: Item) -> list[tuple[ListEntry, str]]:
    return [
        (entry, fit)
        for entry in scenario.entries
        if (fit := next((how for one in entry.items if (how := one.fits(item))), ""))
    ]


def _why_open(found: NegativeList, scenario: Scenario, item: Item) -> str:
    """Return why a column that fits no item may still be listed, or nothing: it is outside the list."""
    if not (found.complete and scenario.complete and all(entry.complete for entry in scenario.entries)):
        return INCOMPLETE
    if item.types:
        return ""
    if not _WORD.search(item.spelled):
        return OPAQUE
    untyped = any(not one.pi_types for entry in scenario.entries for one in entry.items)
    return OTHER_WORDS if untyped else ""


def _line(entry: ListEntry, line: PersonsLine, persons: Mapping[str, Interval]) -> LineInList:
    count, least = persons.get(line.people), line.least
    state = "undetermined"
    if count is not None and least is not None:
        state = "met" if count.lower >= least else "not_met" if count.upper < least else "undetermined"
    return LineInList(
        entry=entry.id,
        mechanism=line.mechanism,
        people=line.people,
        operator=line.operator,
        threshold=line.number,
        count=count,
        verdict=state,
        text=line.text,
        confidence=line.confidence,
    )


def _mechanism(
    chosen: Sequence[ListEntry], lines: Sequence[LineInList], *, has_open: bool, empty: bool
) -> str:
    """Return where the list leads: the strictest of what is certain, unless something stricter is open."""
    if any(entry.kind == "important" and not entry.lines for entry in chosen):
        return "security_assessment"
    for mechanism in _MECHANISMS:
        states = {line.verdict for line in lines if line.mechanism == mechanism}
        if "met" in states:
            stricter_open = has_open and mechanism != "security_assessment"
            return "undetermined" if stricter_open else mechanism
        if "undetermined" in states:
            return "undetermined"
    return "undetermined" if has_open or empty else "exempt"


def _reasons(
    found: NegativeList,
    chosen: Sequence[ListEntry],
    lines: Sequence[LineInList],
    undecided: Sequence[ItemInList],
    *,
    has_items: bool,
) -> Iterable[Reason]:
    source = f"{found.title.zh} {found.edition}"
    for entry in chosen:
        if entry.kind == "important" and not entry.lines:
            yield _important_reason(entry, source)
    for line in lines:
        yield _line_reason(line, source)
    if undecided:
        yield Reason(
            en=f"{len(undecided)} columns could not be decided: they may be listed or not.",
            zh=f"有{len(undecided)}列无法判断是否在清单内。",
            source=source,
            settle_en="Comment the columns, name them in the list (columns), or load the whole list.",
            settle_zh="为这些列补充注释、在清单中列出列名（columns），或者载入完整清单。",
        )
    if not has_items:
        yield Reason(
            en="The flow names no columns that were scanned, so nothing can be matched.",
            zh="该数据流没有已扫描的列，无法匹配。",
            source=source,
        )
    elif not chosen and not undecided:
        yield Reason(
            en="Every column is outside the list: exempt from assessment, contract and certification.",
            zh="全部列均在清单之外：免予申报安全评估、订立标准合同、通过认证。",
            rule="EXP-P24-EXEMPT-FTZ",
            source="Order 16 art. 6; 《促进和规范数据跨境流动规定》第六条",
        )


def _important_reason(entry: ListEntry, source: str) -> Reason:
    return Reason(
        en=f"{entry.name.en}: {LISTED_IMPORTANT}",
        zh=f"{entry.name.zh}：列为重要数据，无论人数均须申报数据出境安全评估。",
        rule=entry.id,
        source=source,
        confidence=entry.confidence,
    )


def _line_reason(line: LineInList, source: str) -> Reason:
    sign = {"ge": "≥", "gt": ">"}[line.operator]
    number = "?" if line.threshold is None else f"{line.threshold:,}"
    count = "?" if line.count is None else line.count.span
    open_en = "its number is not known here" if line.threshold is None else "a narrower count would settle it"
    open_zh = "门槛数值未知" if line.threshold is None else "缩小人数区间即可确定"
    is_open, state = line.verdict == "undetermined", line.verdict.replace("_", " ")
    return Reason(
        en=f"{line.entry}: {count} persons ({line.people}), line {sign} {number}: {state}.",
        zh=f"{line.entry}：{count}人，门槛{sign} {number}：{_VERDICT_ZH[line.verdict]}。",
        rule=line.entry,
        source=source,
        settle_en=f"{open_en}." if is_open else "",
        settle_zh=f"{open_zh}。" if is_open else "",
        confidence=line.confidence,
    )


_VERDICT_ZH = {"met": "达到", "not_met": "未达到", "undetermined": "尚不能确定"}
