"""Facts and rule packs in, findings, routes and warnings out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from scanner.result import Finding, GradeResult, PackResult
from scanner.rules.dates.workdays import load_calendar
from scanner.rules.facts.facts_file import FactsError
from scanner.rules.facts.model import Facts
from scanner.rules.facts.readings import Text
from scanner.rules.facts.view import View
from scanner.rules.law.rulebook import LoadedPack, load_packs
from scanner.rules.law.rulepack import Rule
from scanner.rules.metrics import METRICS
from scanner.rules.verdicts.closeness import WARN_WITHIN
from scanner.rules.verdicts.evaluation import evaluate
from scanner.rules.verdicts.findings import make_finding
from scanner.rules.verdicts.grading import grade_dataset
from scanner.rules.verdicts.outcome import Outcome
from scanner.rules.verdicts.routes import Route, as_seen_by, exempt_flows, find_routes, scopes_of
from scanner.rules.verdicts.splitting import find_splitting

_NOTHING: Mapping[str, Route] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the law says about the facts on one day.

    Attributes:
        findings: One per rule and scope, in order of packs and rules.
        route: By flow name, and ``all`` for the flows that are not exempt together.
        grade: Grade of what the organization holds as a whole.
        packs: The packs evaluated.
        warnings: What a reader must know beyond single findings.
    """

    as_of: date
    include_drafts: bool
    findings: tuple[Finding, ...]
    route: dict[str, Route]
    grade: GradeResult
    packs: tuple[PackResult, ...]
    warnings: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which rules are asked.

    Attributes:
        include_drafts: Also say what drafts, which never were in force, would have said.
        include_unverified: Also ask rules whose text nobody read; they decide no route.
        packs: The packs asked.
    """

    include_drafts: bool = False
    include_unverified: bool = False
    packs: Sequence[LoadedPack] = field(default_factory=load_packs, repr=False)


@dataclass(frozen=True, slots=True)
class Selected:
    """A pack with those of its rules that are asked, as they read on the day."""

    pack: LoadedPack
    rules: tuple[Rule, ...]


def assess(  # noqa: PLR0913 - one switch each
    facts: Facts,
    as_of: date | None = None,
    *,
    include_drafts: bool = False,
    include_unverified: bool = False,
    warn_within: float = WARN_WITHIN,
    decided: Mapping[str, Route] = _NOTHING,
    packs: Sequence[LoadedPack] | None = None,
) -> Assessment:
    """Evaluate every rule in force on ``as_of`` (default: the facts' own date).

    Args:
        facts: What is known.
        as_of: Day on which rules are in force.
        include_drafts: Also evaluate drafts, which never were in force and say so.
        include_unverified: Also evaluate rules that are marked as not verified; they decide no route.
        warn_within: Share of a line from which on a count below it is near.
        decided: Flows that a free-trade zone's negative list decides; they stay outside the national numbers.
        packs: The packs asked; those that ship with Pandian if left out.

    Raises:
        FactsError: Neither ``as_of`` nor the facts name a day.
    """
    day = _day(as_of or facts.as_of)
    choice = Choice(
        include_drafts=include_drafts,
        include_unverified=include_unverified,
        packs=load_packs() if packs is None else packs,
    )
    selected = select_rules(choice, day)
    routing = routing_rules(selected)
    view, exempt = see_facts(facts, day, routing, decided)
    findings = tuple(_findings(view, selected, warn_within))
    return Assessment(
        as_of=day,
        include_drafts=include_drafts,
        findings=findings,
        route=find_routes(view, routing, exempt, decided),
        grade=_grade(facts, day),
        packs=tuple(chosen.pack.result() for chosen in selected),
        warnings=(*view.splitting, *_calendar_warnings(findings)),
    )


def _day(named: date | None) -> date:
    if named is None:
        raise FactsError(
            "as_of is missing: the rules depend on the date. Add a line such as 'as_of: 2026-11-22'."
        )
    return named


def to_dict(assessment: Assessment) -> dict[str, Any]:
    """Return findings, route, grade, warnings and packs as plain dictionaries and lists."""
    return {
        "as_of": assessment.as_of.isoformat(),
        "findings": [asdict(finding) for finding in assessment.findings],
        "route": {name: asdict(route) for name, route in assessment.route.items()},
        "grade": asdict(assessment.grade),
        "warnings": [asdict(warning) for warning in assessment.warnings],
        "packs": [asdict(pack) for pack in assessment.packs],
    }


def select_rules(choice: Choice, day: date) -> tuple[Selected, ...]:
    """Return the rules asked on a day, as they read on it."""
    chosen = []
    for loaded in choice.packs:
        rules = tuple(rule.on(day) for rule in loaded.pack.rules if _asked(choice, loaded, rule, day))
        if rules:
            chosen.append(Selected(loaded, rules))
    return tuple(chosen)


def _asked(choice: Choice, loaded: LoadedPack, rule: Rule, day: date) -> bool:
    if not (rule.verified or choice.include_unverified):
        return False
    draft = loaded.pack.status == "draft"
    return choice.include_drafts if draft else loaded.pack.in_force(rule, day)


def routing_rules(selected: Iterable[Selected]) -> list[Rule]:
    """Return the rules that route outbound data: neither drafts nor unverified ones do."""
    return [
        rule
        for chosen in selected
        if chosen.pack.pack.status != "draft"
        for rule in chosen.rules
        if rule.route is not None and rule.verified
    ]


def see_facts(
    facts: Facts, day: date, routing: Sequence[Rule], decided: Mapping[str, Route] = _NOTHING
) -> tuple[View, dict[str, tuple[str, ...]]]:
    """Return the view that all rules share, and the exempt flows with the rules that exempt them."""
    exempt = exempt_flows(View(facts=facts, as_of=day), routing)
    view = View(facts=facts, as_of=day, exempt=frozenset({*exempt, *decided}))
    return replace(view, splitting=find_splitting(view, routing)), exempt


def exempted_flows(facts: Facts, day: date) -> frozenset[str]:
    """Return the names of the flows that a rule in force exempts, whatever their numbers."""
    routing = routing_rules(select_rules(Choice(), day))
    return frozenset(exempt_flows(View(facts=facts, as_of=day), routing))


def outcomes_of(view: View, rule: Rule) -> Iterator[tuple[str, View, Outcome]]:
    """Yield scope, view and outcome of one rule, for every scope that it is tested on."""
    if rule.scope == "flow" and view.facts.flows is None:
        # Without flows there is nothing to test, unless the organization itself raises the question.
        seen = as_seen_by(view, rule)
        outcome = evaluate(rule, seen)
        if outcome.verdict == "undetermined":
            yield "outbound", seen, outcome
        return
    for scope, seen in scopes_of(view, rule):
        yield scope, seen, evaluate(rule, seen)


def _findings(view: View, selected: Iterable[Selected], warn_within: float) -> Iterator[Finding]:
    for chosen in selected:
        for rule in chosen.rules:
            for scope, seen, outcome in outcomes_of(view, rule):
                yield make_finding(seen, chosen.pack, rule, scope, outcome, warn_within=warn_within)


def _calendar_warnings(findings: Iterable[Finding]) -> tuple[Text, ...]:
    if all(deadline.certain for finding in findings for deadline in finding.deadlines):
        return ()
    last = load_calendar().years[-1]
    return (
        Text(
            f"Holidays are published up to {last}; deadlines in working days that run beyond it count "
            "weekends only and may end later.",
            f"法定节假日安排公布至{last}年；此后的工作日期限仅扣除周末，实际可能更晚届满。",
        ),
    )


def _grade(facts: Facts, day: date) -> GradeResult:
    view = View(facts=facts, as_of=day)
    return grade_dataset(
        persons=METRICS["held.pi_subjects"].read(view).interval(),
        sensitive=METRICS["held.spi_subjects"].read(view).interval(),
        important_data=facts.held.important_data or "none",
        core=bool(facts.held.core_data),
        sectors=facts.organization.sectors or (),
        as_of=day,
    )
