"""Checks on the packs as a whole: what no single file can get wrong alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from scanner.rules.facts.conditions import CONDITION_FACTS
from scanner.rules.law.citation import in_chinese
from scanner.rules.law.rule_parts import Comparison, Condition
from scanner.rules.law.rulebook import LoadedPack, load_packs
from scanner.rules.law.rulepack import Pack, Rule
from scanner.rules.metrics import METRICS

# 不超过 and 不满 contain no other key word once they are taken out first.
_WORDINGS = (("不超过", {"le"}), ("不满", {"lt"}), ("超过", {"gt"}), ("以上", {"ge"}), ("达到", {"ge"}))


def check_packs(packs: Iterable[LoadedPack] | None = None) -> list[str]:
    """Return what is wrong with the packs, one sentence each; empty when nothing is."""
    chosen = [loaded.pack for loaded in (load_packs() if packs is None else packs)]
    rules = [(pack, rule) for pack in chosen for rule in pack.rules]
    problems = [
        *_twice("pack", (pack.id for pack in chosen)),
        *_twice("rule", (rule.id for _, rule in rules)),
    ]
    for pack, rule in rules:
        where = f"{pack.id}, rule {rule.id}"
        problems += [f"{where}: {problem}" for problem in _rule_problems(pack, rule)]
    return [*problems, *_succession_problems(rules), *_partition_problems(rules)]


def _twice(kind: str, ids: Iterable[str]) -> Iterator[str]:
    for name, number in Counter(ids).items():
        if number > 1:
            yield f"{kind} {name}: the id is used {number} times"


def _rule_problems(pack: Pack, rule: Rule) -> Iterator[str]:
    if not in_chinese(rule.article):
        yield f"the article {rule.article!r} has no Chinese; add it to citations.yaml"
    sources = {source.key for source in pack.sources}
    for key in {*(rule.source or pack.default_source)} - sources:
        yield f"source {key!r} is not listed in the pack"
    for test in (rule, *rule.also, *rule.instead):
        if test.metric not in METRICS:
            yield f"unknown metric {test.metric!r}"
        yield from _wording_problems(rule, test)
    for condition in _conditions(rule):
        if condition.fact not in CONDITION_FACTS:
            yield f"unknown fact {condition.fact!r} in a condition"
    if pack.status == "draft" and (rule.route or rule.effective_from or rule.effective_to):
        yield "a rule of a draft has neither dates nor a route"
    if rule.scope == "flow" and rule.route not in (None, "exempt"):
        yield "a rule on a single flow can only exempt it; what is counted is counted over all flows"
    start, end = _dates(pack, rule)
    if start and end and end < start:
        yield f"ends on {end}, before it starts on {start}"


def _conditions(rule: Rule) -> Iterator[Condition]:
    yield from rule.conditions
    yield from (note.when for note in rule.notes if note.when)


def _wording_problems(rule: Rule, test: Comparison) -> Iterator[str]:
    if test.threshold is None:
        return
    rest = test.wording.replace("不满十四周岁", "").replace("未写“以上”", "")
    for word, operators in _WORDINGS:
        if word not in rest:
            continue
        rest = rest.replace(word, "")
        closes_band = word in ("不满", "不超过") and test.upper is not None
        inclusive = word == "超过" and test.operator == "ge" and rule.inclusive_note
        if not closes_band and not inclusive and test.operator not in operators:
            yield f"the wording {word!r} does not go with the operator {test.operator!r}"


def _dates(pack: Pack, rule: Rule) -> tuple[date | None, date | None]:
    return rule.effective_from or pack.effective_from, rule.effective_to or pack.effective_to


def _succession_problems(rules: list[tuple[Pack, Rule]]) -> Iterator[str]:
    known = {rule.id: (pack, rule) for pack, rule in rules}
    for pack, rule in rules:
        for name in {rule.restated_by, rule.became} - {None, *known}:
            yield f"{pack.id}, rule {rule.id}: names the unknown rule {name!r}"
        if rule.replaced_by is None:
            continue
        if rule.replaced_by not in known:
            yield f"{pack.id}, rule {rule.id}: replaced by the unknown rule {rule.replaced_by!r}"
            continue
        end, start = _dates(pack, rule)[1], _dates(*known[rule.replaced_by])[0]
        if end is None or start is None or start != end + timedelta(days=1):
            dates = f"ends on {end}, {rule.replaced_by} starts on {start}"
            yield f"{pack.id}, rule {rule.id}: {dates}: gap or overlap"


def _partition_problems(rules: list[tuple[Pack, Rule]]) -> Iterator[str]:
    """Yield gaps and overlaps in the numbers that rules share out, on each day on which one comes."""
    shared = [(pack, rule) for pack, rule in rules if rule.partition and pack.status != "draft"]
    days = {day for pack, rule in shared for day in (_dates(pack, rule)[0], rule.inclusive_from) if day}
    found = (
        problem
        for day in sorted(days)
        for name in sorted({rule.partition for _, rule in shared})
        for problem in _joints(
            sorted(
                _covered(rule.on(day))
                for pack, rule in shared
                if rule.partition == name and pack.in_force(rule, day)
            )
        )
    )
    yield from dict.fromkeys(found)


def _covered(rule: Rule) -> tuple[int, float, str]:
    """Return the first and the last number that a rule takes, and its id."""
    threshold = rule.threshold or 0
    if rule.operator in ("lt", "le"):
        return 0, threshold - (rule.operator == "lt"), rule.id
    last = float("inf") if rule.upper is None else rule.upper - 1
    return threshold + (rule.operator == "gt"), last, rule.id


def _joints(covered: list[tuple[int, float, str]]) -> Iterator[str]:
    for (_, last, lower), (first, _, upper) in pairwise(covered):
        if first != last + 1:
            what = "gap" if first > last + 1 else "overlap"
            yield f"rules {lower} and {upper}: {what} between {last:,.0f} and {first:,}"
