"""Changes every operator and number of every pack in turn; each change must break a row of the golden table.

Run: ``python benchmarks/mutate_rules.py``. Exit code 1 when a change survives.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from scanner.rules import load_facts, load_packs
from scanner.rules._yaml import read_yaml
from scanner.rules.assessment import Choice, outcomes_of, routing_rules, see_facts, select_rules
from scanner.rules.rulepack import Comparison, Rule
from scanner.rules.view import View

GOLDEN = Path(__file__).parents[1] / "tests" / "scanner" / "rules" / "golden.yaml"
_NUMERIC = ("ge", "gt", "le", "lt")


@dataclass(frozen=True, slots=True)
class Case:
    """One verdict of the golden table, with the facts behind it."""

    rule: str
    expected: str
    view: View


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule with one thing changed."""

    change: str
    rule: Rule


def golden_cases(path: Path = GOLDEN) -> Iterator[Case]:
    """Yield every verdict of the golden table."""
    routing = {}
    for row in read_yaml(path.read_bytes()):
        day = date.fromisoformat(str(row["as_of"]))
        if day not in routing:
            routing[day] = routing_rules(select_rules(Choice(), day))
        for value, expected in row["verdicts"].items():
            facts = load_facts(with_fact(row["given"], row["vary"], value))
            view, _ = see_facts(facts, day, routing[day])
            yield Case(row["rule"], expected, view)


def with_fact(given: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return the facts with one more; ``flows.key`` is a key of the only flow, None leaves the fact out."""
    section, key = path.split(".")
    if value is None:
        return given
    if isinstance(value, str) and ".." in value:
        lower, upper = map(int, value.split(".."))
        value = {"lower": lower, "upper": upper}
    if section == "flows":
        return {**given, "flows": [{**given["flows"][0], key: value}]}
    return {**given, section: {**given.get(section, {}), key: value}}


def verdict_of(rule: Rule, case: Case) -> str:
    """Return the verdict of a rule, as it reads on the day, on the facts of a case."""
    found = [outcome.verdict for _, _, outcome in outcomes_of(case.view, rule.on(case.view.as_of))]
    return found[0] if found else "absent"


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Yield the rule with each operator and number changed, and its dated inclusion moved by a day."""
    for change, update in _changes(rule):
        yield Mutant(change, rule.model_copy(update=update))
    for name in ("also", "instead"):
        tests: tuple[Comparison, ...] = getattr(rule, name)
        for index, test in enumerate(tests):
            for change, update in _changes(test):
                changed = (*tests[:index], test.model_copy(update=update), *tests[index + 1 :])
                yield Mutant(f"{name} {index + 1}: {change}", rule.model_copy(update={name: changed}))
    if rule.inclusive_from:
        for days in (-1, 1):
            moved = rule.inclusive_from + timedelta(days=days)
            yield Mutant(f"inclusive_from -> {moved}", rule.model_copy(update={"inclusive_from": moved}))


def _changes(test: Comparison) -> Iterator[tuple[str, dict[str, Any]]]:
    operators = _NUMERIC if test.operator in _NUMERIC else ("present", "absent")
    for operator in operators:
        if operator != test.operator:
            yield f"{test.operator} -> {operator}", {"operator": operator}
    for key in ("threshold", "upper"):
        number = getattr(test, key)
        for step in (-1, 1) if number is not None else ():
            yield f"{key} {number:,} -> {number + step:,}", {key: number + step}


def survivors() -> tuple[int, list[str]]:
    """Return how many changes were made, and which of them no row of the golden table noticed."""
    cases: dict[str, list[Case]] = defaultdict(list)
    for case in golden_cases():
        cases[case.rule].append(case)
    made, survived = 0, []
    for rule in (rule for loaded in load_packs() for rule in loaded.pack.rules):
        for mutant in mutants(rule):
            made += 1
            if all(verdict_of(mutant.rule, case) == case.expected for case in cases[rule.id]):
                survived.append(f"{rule.id}: {mutant.change}")
    return made, survived


def main() -> None:
    """Print what survived."""
    made, survived = survivors()
    for line in survived:
        print(line)
    print(f"{made} changes, survived: {len(survived)}")
    sys.exit(bool(survived))


if __name__ == "__main__":
    main()
