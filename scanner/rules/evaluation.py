"""Facts and rule packs in, findings and routes out.

A test on an interval passes when the whole interval passes, fails when none of it does, and is
open otherwise. A condition that is false makes the rule not applicable; one that is unknown leaves
a rule open whose number is reached, and changes nothing where the number is not reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from scanner.result import DeadlineResult, Finding, GradeResult, PackResult
from scanner.rules.deadlines import find_due
from scanner.rules.events import known_events
from scanner.rules.explanation import explain, explain_zh
from scanner.rules.facts import Facts
from scanner.rules.facts_file import FactsError
from scanner.rules.grading import grade_dataset
from scanner.rules.metrics import CONDITION_FACTS, METRICS, Reading, View, either
from scanner.rules.rulepack import Comparison, Condition, Deadline, LoadedPack, Rule, load_packs
from scanner.rules.verdicts import Limb, Outcome

_ORDER = ("security_assessment", "standard_contract_or_certification", "exempt")


@dataclass(frozen=True, slots=True)
class Route:
    """Where outbound data go.

    Attributes:
        mechanism: ``security_assessment``, ``standard_contract_or_certification``, ``exempt`` or
            ``undetermined``.
        because: Rule ids it rests on; for ``undetermined``, the rules that are open.
    """

    mechanism: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the law says about the facts on one day.

    Attributes:
        findings: One per rule and scope, in order of packs and rules.
        route: By flow name, and ``all`` for the flows that are not exempt together.
        grade: Grade of what the organization holds as a whole.
        packs: The packs evaluated.
    """

    as_of: date
    include_drafts: bool
    findings: tuple[Finding, ...]
    route: dict[str, Route]
    grade: GradeResult
    packs: tuple[PackResult, ...]


@dataclass(frozen=True, slots=True)
class _Selected:
    pack: LoadedPack
    rules: tuple[Rule, ...]


def assess(
    facts: Facts,
    as_of: date | None = None,
    *,
    include_drafts: bool = False,
    decided: Mapping[str, Route] = MappingProxyType({}),
) -> Assessment:
    """Evaluate every rule in force on ``as_of`` (default: the facts' own date).

    Drafts, which never were in force, are evaluated only on request and say so. ``decided`` are routes of
    flows that a negative list decides: its lines replace the national ones, so they leave the numerators.
    """
    day = as_of or facts.as_of
    if day is None:
        raise FactsError(
            "as_of is missing: the rules depend on the date. Add a line such as 'as_of: 2026-11-22'."
        )
    selected = _select(day, include_drafts=include_drafts)
    exempt = _exempt_flows(facts, day, selected)
    view = View(facts=facts, as_of=day, exempt=frozenset({*exempt, *decided}))
    return Assessment(
        as_of=day,
        include_drafts=include_drafts,
        findings=tuple(_findings(view, selected)),
        route={**_routes(view, exempt, selected), **decided},
        grade=_grade(facts, day),
        packs=tuple(chosen.pack.result() for chosen in selected),
    )


def to_dict(assessment: Assessment) -> dict[str, Any]:
    """Return findings, route, grade and packs as plain dictionaries and lists."""
    return {
        "as_of": assessment.as_of.isoformat(),
        "findings": [asdict(finding) for finding in assessment.findings],
        "route": {name: asdict(route) for name, route in assessment.route.items()},
        "grade": asdict(assessment.grade),
        "packs": [asdict(pack) for pack in assessment.packs],
    }


def _select(day: date, *, include_drafts: bool) -> tuple[_Selected, ...]:
    chosen = []
    for loaded in load_packs():
        draft = loaded.pack.status == "draft"
        rules = tuple(
            rule
            for rule in loaded.pack.rules
            if (include_drafts if draft else loaded.pack.in_force(rule, day))
        )
        if rules:
            chosen.append(_Selected(loaded, rules))
    return tuple(chosen)


def _findings(view: View, selected: tuple[_Selected, ...]) -> list[Finding]:
    return [
        _finding(view, chosen.pack, rule, scope, outcome)
        for chosen in selected
        for rule in chosen.rules
        for scope, outcome in _outcomes(view, rule)
    ]


def _outcomes(view: View, rule: Rule) -> list[tuple[str, Outcome]]:
    if rule.scope == "flow" and view.facts.flows is None:
        # Without flows there is nothing to test, unless the organization itself raises the question.
        outcome = evaluate(rule, _with(view, rule))
        return [("outbound", outcome)] if outcome.verdict == "undetermined" else []
    return [(scope, evaluate(rule, scoped)) for scope, scoped in _scopes(view, rule)]


def _scopes(view: View, rule: Rule) -> list[tuple[str, View]]:
    if rule.scope != "flow":
        return [(rule.scope, _with(view, rule))]
    return [(f"flow:{flow.name}", _with(view, rule, flow=flow)) for flow in view.facts.flows or ()]


def _with(view: View, rule: Rule, **changes: Any) -> View:
    return replace(view, window=rule.window, **changes)


def evaluate(rule: Rule, view: View) -> Outcome:
    """Return what one rule says on one view of the facts."""
    limbs = tuple(_limb(test, view) for test in (rule, *rule.instead))
    further = tuple(_limb(test, view) for test in rule.also)
    states = tuple((condition, _state(condition, view)) for condition in rule.conditions)
    passed = _both(either(*(limb.passed for limb in limbs)), *(limb.passed for limb in further))
    return Outcome(
        verdict=_verdict(passed, [state for _, state in states]),
        passed=passed,
        limbs=limbs,
        further=further,
        conditions=states,
        notes=tuple(note for note in rule.notes if note.when is None or _state(note.when, view) is True),
        needs=() if passed is False else _needs(limbs, further, states),
    )


def _limb(test: Comparison, view: View) -> Limb:
    metric = METRICS[test.metric]
    reading = metric.read(view)
    return Limb(test=test, metric=metric, reading=reading, passed=compare(test, reading))


def compare(test: Comparison, reading: Reading) -> bool | None:
    """Return whether the whole reading passes (True), none of it does (False), or it is open."""
    if test.operator in ("present", "absent"):
        at_least_one = _at_least(reading, 1)
        return at_least_one if test.operator == "present" or at_least_one is None else not at_least_one
    threshold = test.threshold or 0
    reached = _at_least(reading, threshold + (test.operator in ("gt", "le")))
    if test.operator in ("le", "lt"):
        return None if reached is None else not reached
    if test.upper is None:
        return reached
    beyond = _at_least(reading, test.upper)
    return _both(reached, None if beyond is None else not beyond)


def _at_least(reading: Reading, number: int) -> bool | None:
    if reading.lower >= number:
        return True
    return False if reading.upper is not None and reading.upper < number else None


def _both(*truths: bool | None) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def _state(condition: Condition, view: View) -> bool | None:
    value = CONDITION_FACTS[condition.fact].read(view)
    if value is None:
        return True if condition.when_unknown == "holds" else None
    if condition.has_any:
        values = (value,) if isinstance(value, str) else value
        return isinstance(values, tuple) and any(one.lower() in condition.has_any for one in values)
    return (value.lower() if isinstance(value, str) else value) == condition.equals


def _verdict(passed: bool | None, states: list[bool | None]) -> str:
    if False in states:
        return "not_applicable"
    if passed is False:
        return "not_met"
    return "undetermined" if passed is None or None in states else "met"


def _needs(
    limbs: tuple[Limb, ...], further: tuple[Limb, ...], states: tuple[tuple[Condition, bool | None], ...]
) -> tuple[str, ...]:
    """Return the keys of the facts that would settle what is open."""
    settled = any(limb.passed for limb in limbs)
    candidates = further if settled else (*limbs, *further)
    tested = [
        key for limb in candidates if limb.passed is None for key in limb.reading.needs or (limb.metric.path,)
    ]
    presupposed = [CONDITION_FACTS[condition.fact].path for condition, state in states if state is None]
    return tuple(dict.fromkeys((*tested, *presupposed)))


def _finding(view: View, loaded: LoadedPack, rule: Rule, scope: str, outcome: Outcome) -> Finding:
    pack, main = loaded.pack, outcome.limbs[0]
    deadlines = _deadlines(view, rule, scope)
    numeric = rule.threshold is not None
    return Finding(
        rule_id=rule.id,
        pack=pack.id,
        scope=scope,
        title=rule.title.en,
        title_zh=rule.title.zh,
        instrument=pack.instrument.en,
        instrument_zh=pack.instrument.zh,
        verdict=outcome.verdict,
        count=main.reading.interval() if numeric else None,
        threshold=rule.threshold,
        operator=rule.operator,
        article=rule.article,
        duty=rule.duty.en,
        duty_zh=rule.duty.zh,
        file_with=rule.file_with,
        deadline=f"{deadlines[0].en} ({deadlines[0].zh})" if deadlines else "",
        conditions=_condition_lines(rule, outcome),
        needs=outcome.needs if outcome.verdict == "undetermined" else (),
        why=explain(pack, rule, outcome),
        why_zh=explain_zh(pack, rule, outcome),
        confidence=rule.confidence,
        source=rule.source or pack.default_source,
        due=deadlines[0].due if deadlines else "",
        deadlines=deadlines,
    )


def _deadlines(view: View, rule: Rule, scope: str) -> tuple[DeadlineResult, ...]:
    """Return the deadlines that are not for other processors, with dates where the event's date is known."""
    flow = next((flow for flow in view.facts.flows or () if f"flow:{flow.name}" == scope), None)
    events = known_events(view.facts, flow, rule)
    mine = [one for one in rule.deadlines if one.when is None or _state(one.when, view) is not False]
    return tuple(_dated(deadline, events, view.as_of) for deadline in mine)


def _dated(deadline: Deadline, events: Mapping[str, date], as_of: date) -> DeadlineResult:
    due = find_due(deadline, events, as_of)
    return DeadlineResult(
        en=deadline.en,
        zh=deadline.zh,
        number=deadline.number,
        unit=deadline.unit or "",
        after=deadline.after or "",
        before=deadline.before or "",
        each_year=deadline.each_year or "",
        recurring=deadline.recurring,
        due=(due.moment or due.day).isoformat() if due else "",
        opens=due.opens.isoformat() if due and due.opens else "",
        certain=due is None or due.certain,
    )


def _condition_lines(rule: Rule, outcome: Outcome) -> tuple[str, ...]:
    names = {True: "holds", False: "does not hold", None: "unknown"}
    tested = [f"{condition.en} ({condition.zh}): {names[state]}" for condition, state in outcome.conditions]
    untested = [f"{words.en} ({words.zh}): to be checked by a person" for words in rule.presupposes]
    return (*tested, *untested)


def _exempt_flows(facts: Facts, day: date, selected: tuple[_Selected, ...]) -> dict[str, tuple[str, ...]]:
    """Return the flows outside the numerators, with the rules that exempt them."""
    view = View(facts=facts, as_of=day)
    exempt: dict[str, tuple[str, ...]] = {}
    for rule in _routing_rules(selected):
        if rule.scope == "flow":
            for scope, scoped in _scopes(view, rule):
                if evaluate(rule, scoped).verdict == "met":
                    name = scope.removeprefix("flow:")
                    exempt[name] = (*exempt.get(name, ()), rule.id)
    return exempt


def _routing_rules(selected: tuple[_Selected, ...]) -> list[Rule]:
    return [
        rule
        for chosen in selected
        if chosen.pack.pack.status != "draft"
        for rule in chosen.rules
        if rule.route is not None
    ]


def _routes(
    view: View, exempt: dict[str, tuple[str, ...]], selected: tuple[_Selected, ...]
) -> dict[str, Route]:
    rules = [rule for rule in _routing_rules(selected) if rule.scope != "flow"]
    routes = {}
    for flow in view.facts.flows or ():
        if flow.name in exempt:
            routes[flow.name] = Route("exempt", exempt[flow.name])
        else:
            routes[flow.name] = _route(
                View(facts=view.facts, as_of=view.as_of, exempt=view.exempt, flow=flow), rules
            )
    routes["all"] = _route_of_all(view, exempt, rules)
    return routes


def _route_of_all(view: View, exempt: dict[str, tuple[str, ...]], rules: list[Rule]) -> Route:
    outbound = view.facts.outbound
    counted = view.counted_flows() or outbound.nonsensitive_subjects or outbound.sensitive_subjects
    if exempt and not counted:
        return Route("exempt", tuple(sorted({rule for ids in exempt.values() for rule in ids})))
    return _route(view, rules)


def _route(view: View, rules: list[Rule]) -> Route:
    """Decide the mechanism; an unknown CII operator status matters only if it changes it."""
    declared = view.facts.organization.ciio
    cases = (False, True) if declared is None else (declared,)
    options = [_route_in_case(view, rules, ciio=case) for case in cases]
    because = tuple(dict.fromkeys(rule for option in options for rule in option.because))
    if len({option.mechanism for option in options}) > 1:
        return Route("undetermined", because)
    return Route(options[0].mechanism, because)


def _route_in_case(view: View, rules: list[Rule], *, ciio: bool) -> Route:
    verdicts = {
        rule.id: evaluate(rule, _with(view, rule, ciio=ciio, undeclared_is_none=True)).verdict
        for rule in rules
    }
    open_rules = tuple(rule for rule, verdict in verdicts.items() if verdict == "undetermined")
    for mechanism in _ORDER:
        met = tuple(rule.id for rule in rules if rule.route == mechanism and verdicts[rule.id] == "met")
        if met:
            return Route(mechanism, met)
        if any(rule.route == mechanism and rule.id in open_rules for rule in rules):
            return Route("undetermined", open_rules)
    nothing_leaves = rules and METRICS["outbound.pi_subjects"].read(view).upper == 0
    return Route("exempt") if nothing_leaves else Route("undetermined")


def _grade(facts: Facts, day: date) -> GradeResult:
    view = View(facts=facts, as_of=day)
    return grade_dataset(
        persons=METRICS["held.pi_subjects"].read(view).interval(),
        sensitive=METRICS["held.spi_subjects"].read(view).interval(),
        important_data=facts.held.important_data or "none",
        sectors=facts.organization.sectors or (),
        as_of=day,
    )
