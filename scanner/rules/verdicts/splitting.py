"""Volumes that together pass a line which none passes alone: the number behind "no splitting".

Order 13 art. 4 and Order 20 art. 5 forbid splitting volumes so as to go by contract or certificate where an
assessment is due. Numbers cannot tell a purpose, so what is found here only raises the question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scanner.result import Interval
from scanner.rules.facts.outbound import CONTRACTS, outbound_line
from scanner.rules.facts.readings import Reading, Text
from scanner.rules.facts.view import View
from scanner.rules.law.rulepack import Rule
from scanner.rules.verdicts.closeness import first_beyond

_LINES = {
    "outbound.nonsensitive_subjects": "nonsensitive_subjects",
    "outbound.sensitive_subjects": "sensitive_subjects",
}


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    lower: int
    upper: int


def find_splitting(view: View, rules: Iterable[Rule]) -> tuple[Text, ...]:
    """Return one remark per line that entities, or flows by contract or certificate, pass only together.

    ``rules`` are those that route outbound data; only the lines of a security assessment matter.
    """
    return tuple(
        remark
        for rule in rules
        if rule.route == "security_assessment" and rule.metric in _LINES and rule.threshold
        for remark in _remarks(view, rule)
    )


def _remarks(view: View, rule: Rule) -> Iterator[Text]:
    key, first = _LINES[rule.metric], first_beyond(rule) or 0
    for parts, en, zh in (
        (_entities(view, key), "entities", "主体"),
        (_batches(view, key), "flows", "数据流"),
    ):
        together = sum(part.upper for part in parts)
        if len(parts) > 1 and together >= first and all(part.lower < first for part in parts):
            names = [part.name for part in parts]
            yield Text(
                f"The {en} {', '.join(names)} together may reach {together:,}; the line of {rule.id} is "
                f"{first:,}, and none surely reaches it alone: check that volumes are not split.",
                f"{zh}{'、'.join(names)}合计可达{together:,}，{rule.id}的界线为{first:,}，单独均未确定达到："
                "须核实不存在数量拆分。",
            )


def _entities(view: View, key: str) -> list[_Part]:
    if not view.facts.entities:
        return []
    own = outbound_line(key)(view)
    name = "organization"
    parts = [_part(entity.name, getattr(entity, key)) for entity in view.facts.entities]
    return [part for part in (_from_reading(name, own), *parts) if part]


def _batches(view: View, key: str) -> list[_Part]:
    flows = [flow for flow in view.counted_flows() if flow.mechanism in CONTRACTS]
    return [part for flow in flows if (part := _part(flow.name, getattr(flow, key)))]


def _part(name: str, count: Interval | None) -> _Part | None:
    return _Part(name, count.lower, count.upper) if count and count.upper else None


def _from_reading(name: str, reading: Reading) -> _Part | None:
    return _Part(name, reading.lower, reading.upper) if reading.upper else None
