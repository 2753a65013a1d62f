"""The golden tables of ``tests/scanner/rules``, worked out by hand from the texts.

``golden.yaml``: facts in, the verdict of one rule out; a block varies one fact and is one line of the law.
``dates.yaml``: first and last day of every rule. ``scenarios.yaml``: facts in, routes and their reasons out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from scanner.rules import load_facts
from scanner.rules.assessment import Choice, outcomes_of, routing_rules, see_facts, select_rules
from scanner.rules.facts.model import Facts
from scanner.rules.facts.view import View
from scanner.rules.law.rulebook import LoadedPack
from scanner.rules.law.rulepack import Pack, Rule
from scanner.rules.verdicts.outcome import Outcome
from scanner.rules.verdicts.routes import find_routes
from scanner.user_files.yaml_text import read_yaml

_TABLES = Path(__file__).parents[2] / "tests" / "scanner" / "rules"
TABLE, DATES, SCENARIOS = (_TABLES / f"{name}.yaml" for name in ("golden", "dates", "scenarios"))
TODAY = "2026-11-22"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One verdict of the golden table, with the facts behind it; ``about`` says where it stands."""

    rule: str
    about: str
    expected: str
    view: View


def rows() -> list[dict[str, Any]]:
    """Return the blocks of the table."""
    table: list[dict[str, Any]] = read_yaml(TABLE.read_bytes())
    return table


def golden_cases() -> Iterator[Case]:
    """Yield every verdict of the golden table."""
    routing: dict[date, list[Rule]] = {}
    for row in rows():
        day = date.fromisoformat(str(row.get("as_of", TODAY)))
        if day not in routing:
            routing[day] = routing_rules(select_rules(Choice(), day))
        for value, expected in row["verdicts"].items():
            facts = load_facts(with_fact(row.get("given", {}), row["vary"], value))
            view, _ = see_facts(facts, day, routing[day])
            yield Case(rule=row["rule"], about=f"{day} {row['vary']} {value}", expected=expected, view=view)


def with_fact(given: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return the facts with one more; ``flows.key`` is a key of the only flow, None leaves the fact out."""
    section, key = path.split(".")
    if value is None:
        return given
    if isinstance(value, str) and ".." in value:
        lower, upper = map(int, value.split(".."))
        value = {"lower": lower, "upper": upper}
    if key == "sectors":
        value = [value]
    if section == "flows":
        return {**given, "flows": [{**given["flows"][0], key: value}]}
    return {**given, section: {**given.get(section, {}), key: value}}


def outcomes(rule: Rule, case: Case) -> list[tuple[View, Outcome]]:
    """Return what a rule, as it reads on the day, makes of the facts of a case, on every scope."""
    found = outcomes_of(case.view, rule.on(case.view.as_of))
    return [(view, outcome) for _, view, outcome in found]


def verdict_of(rule: Rule, case: Case) -> str:
    """Return the verdict of a rule on the facts of a case; ``absent`` where it is not asked."""
    found = outcomes(rule, case)
    return found[0][1].verdict if found else "absent"


@dataclass(frozen=True, slots=True)
class Dates:
    """First and last day on which a rule is in force; ``last`` None: to this day."""

    first: date
    last: date | None


def golden_dates() -> dict[str, Dates]:
    """Return the days on which rules come and go, by rule id."""
    return {
        rule: Dates(row["first"], row.get("last"))
        for row in read_yaml(DATES.read_bytes())
        for rule in row["rules"]
    }


def in_force(pack: Pack, rule: Rule, dates: Dates) -> bool:
    """Return whether a rule is in force from its first day to its last, and not the day before or after."""
    expected = {dates.first - _DAY: False, dates.first: True}
    if dates.last:
        expected |= {dates.last: True, dates.last + _DAY: False}
    else:
        expected[date(2100, 1, 1)] = True
    return all(pack.in_force(rule, day) is answer for day, answer in expected.items())


@dataclass(frozen=True, slots=True)
class Routing:
    """Facts, and where they lead: by flow the mechanism, and the rules it rests on."""

    facts: Facts
    route: Mapping[str, str]
    because: Mapping[str, Sequence[str]]


def golden_routes() -> list[Routing]:
    """Return the scenarios that say where outbound data go."""
    return [
        Routing(load_facts(row["facts"]), row.get("route", {}), row.get("because", {}))
        for row in read_yaml(SCENARIOS.read_bytes())
        if "route" in row or "because" in row
    ]


def leads_there(routing: Routing, packs: Sequence[LoadedPack]) -> bool:
    """Return whether the rules of these packs send the flows where they should go, for the reasons given."""
    facts, day = routing.facts, routing.facts.as_of or date.fromisoformat(TODAY)
    rules = routing_rules(select_rules(Choice(packs=packs), day))
    view, exempt = see_facts(facts, day, rules)
    found = find_routes(view, rules, exempt, {})
    return all(found[name].mechanism == mechanism for name, mechanism in routing.route.items()) and all(
        list(found[name].because) == list(reasons) for name, reasons in routing.because.items()
    )
