"""Changes the rule packs one thing at a time; each change must break a row of the golden tables.

Changed are every operator, number, further or alternative test, condition, window, dated inclusion, route and
day in force. Run: ``make mutate-rules``. Exit code 1 when a change survives.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, get_args

from benchmarks.law.golden import (
    Case,
    Dates,
    Routing,
    golden_cases,
    golden_dates,
    golden_routes,
    in_force,
    leads_there,
    verdict_of,
)
from scanner.rules import load_packs
from scanner.rules.law.rule_parts import Comparison, Condition
from scanner.rules.law.rulebook import LoadedPack
from scanner.rules.law.rulepack import Route, Rule

_NUMERIC = ("ge", "gt", "le", "lt")
_WINDOWS = ("none", "calendar_year_to_date", "since_1_jan_previous_year")
_DAY = timedelta(days=1)
# Never unknown while the test is known: no incident declared says that there was none, and a dated result of
# an assessment says that it was passed.
_KNOWN_WITH_THE_TEST = {("incident.declared", None), ("flow.assessment_passed", "flow.assessment_age_years")}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule with one thing changed; ``kind`` is what kind of thing."""

    kind: str
    change: str
    rule: Rule


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Yield the rule with each thing that decides its verdict changed."""
    yield from (_mutant(rule, "test", change, update) for change, update in _test_changes(rule))
    for key in ("also", "instead"):
        tests: tuple[Comparison, ...] = getattr(rule, key)
        for index, test in enumerate(tests):
            for change, update in _test_changes(test):
                changed = (*tests[:index], test.model_copy(update=update), *tests[index + 1 :])
                yield _mutant(rule, "test", f"{key} {index + 1}: {change}", {key: changed})
            yield _mutant(rule, "test", f"{key} {index + 1} dropped", {key: _without(tests, index)})
    yield from _condition_mutants(rule)
    yield from _window_mutants(rule)
    if rule.inclusive_from:
        for moved in (rule.inclusive_from - _DAY, rule.inclusive_from + _DAY):
            yield _mutant(rule, "inclusion", f"inclusive_from -> {moved}", {"inclusive_from": moved})


def _mutant(rule: Rule, kind: str, change: str, update: Mapping[str, Any]) -> Mutant:
    return Mutant(kind, change, rule.model_copy(update=update))


def _without(items: tuple[Any, ...], index: int) -> tuple[Any, ...]:
    return (*items[:index], *items[index + 1 :])


def _test_changes(test: Comparison) -> Iterator[tuple[str, dict[str, Any]]]:
    operators = _NUMERIC if test.operator in _NUMERIC else ("present", "absent")
    for operator in operators:
        if operator != test.operator:
            yield f"{test.operator} -> {operator}", {"operator": operator}
    for key in ("threshold", "upper"):
        number = getattr(test, key)
        for step in (-1, 1) if number is not None else ():
            yield f"{key} {number:,} -> {number + step:,}", {key: number + step}


def _condition_mutants(rule: Rule) -> Iterator[Mutant]:
    for index, condition in enumerate(rule.conditions):
        yield _mutant(
            rule, "condition", f"{condition.fact} dropped", {"conditions": _without(rule.conditions, index)}
        )
        for change, update in _condition_changes(condition, rule.metric):
            changed = list(rule.conditions)
            changed[index] = condition.model_copy(update=update)
            yield _mutant(rule, "condition", f"{condition.fact}: {change}", {"conditions": tuple(changed)})


def _condition_changes(condition: Condition, metric: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(condition.equals, bool):
        yield "negated", {"equals": not condition.equals}
    if _KNOWN_WITH_THE_TEST.isdisjoint({(condition.fact, None), (condition.fact, metric)}):
        other = "holds" if condition.when_unknown == "ask" else "ask"
        yield f"when_unknown -> {other}", {"when_unknown": other}


def _window_mutants(rule: Rule) -> Iterator[Mutant]:
    """Yield the rule with another window; only windows of outbound counts change what is counted."""
    if rule.window in _WINDOWS[1:]:
        for window in _WINDOWS:
            if window != rule.window:
                yield _mutant(rule, "window", f"{rule.window} -> {window}", {"window": window})


def _date_survivors(loaded: LoadedPack, rule: Rule, dates: Dates) -> Iterator[tuple[str, bool]]:
    """Yield each change of a day in force, and whether no row noticed it."""
    pack = loaded.pack
    for key in ("effective_from", "effective_to"):
        day = getattr(rule, key) or getattr(pack, key)
        for moved in (day - _DAY, day + _DAY) if day else ():
            changed = rule.model_copy(update={key: moved})
            yield f"{key} {day} -> {moved}", in_force(pack, changed, dates)


def _route_survivors(
    packs: Sequence[LoadedPack], loaded: LoadedPack, rule: Rule, routings: Sequence[Routing]
) -> Iterator[tuple[str, bool]]:
    """Yield each change of the route a rule leads to, and whether no scenario noticed it."""
    for route in (None, *get_args(Route)):
        if route != rule.route:
            changed = rule.model_copy(update={"route": route})
            others = tuple(changed if one.id == rule.id else one for one in loaded.pack.rules)
            pack = LoadedPack(loaded.pack.model_copy(update={"rules": others}), loaded.digest)
            mutated = [pack if one is loaded else one for one in packs]
            yield f"route {rule.route} -> {route}", all(leads_there(one, mutated) for one in routings)


def survivors(report: Callable[[str], None]) -> Counter[str]:
    """Return how many changes were made by kind; ``report`` is told of those that no row noticed."""
    cases: dict[str, list[Case]] = defaultdict(list)
    for case in golden_cases():
        cases[case.rule].append(case)
    dates, routings, packs = golden_dates(), golden_routes(), load_packs()
    made: Counter[str] = Counter()
    for loaded in packs:
        for rule in loaded.pack.rules:
            for mutant in mutants(rule):
                made[mutant.kind] += 1
                if all(verdict_of(mutant.rule, case) == case.expected for case in cases[rule.id]):
                    report(f"{rule.id}: {mutant.change}")
            for change, survived in _elsewhere(packs, loaded, rule, dates, routings):
                made[change.partition(" ")[0]] += 1
                if survived:
                    report(f"{rule.id}: {change}")
    return made


def _elsewhere(
    packs: Sequence[LoadedPack],
    loaded: LoadedPack,
    rule: Rule,
    dates: Mapping[str, Dates],
    routings: Sequence[Routing],
) -> Iterator[tuple[str, bool]]:
    if loaded.pack.status != "draft":
        yield from _date_survivors(loaded, rule, dates[rule.id])
    if rule.route:
        yield from _route_survivors(packs, loaded, rule, routings)


def main() -> None:
    """Print what survived."""
    survived: list[str] = []
    made = survivors(survived.append)
    for line in survived:
        print(line)
    kinds = ", ".join(f"{number} of {kind}" for kind, number in sorted(made.items()))
    print(f"{made.total()} changes ({kinds}), survived: {len(survived)}")
    sys.exit(bool(survived))


if __name__ == "__main__":
    main()
