"""Where outbound data go, in the order of the law: assessment, contract or certificate, exempt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scanner.rules.facts import outbound
from scanner.rules.facts.view import View
from scanner.rules.law.rulepack import Rule
from scanner.rules.metrics import METRICS
from scanner.rules.verdicts.closeness import first_beyond
from scanner.rules.verdicts.evaluation import evaluate

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


def as_seen_by(view: View, rule: Rule, **changes: Any) -> View:
    """Return the view of one rule: its window, and what else changes."""
    return replace(view, window=rule.window, **changes)


def scopes_of(view: View, rule: Rule) -> list[tuple[str, View]]:
    """Return what the rule is tested on: the organization, all flows, or every flow by itself."""
    if rule.scope != "flow":
        return [(rule.scope, as_seen_by(view, rule))]
    return [(f"flow:{flow.name}", as_seen_by(view, rule, flow=flow)) for flow in view.facts.flows or ()]


def exempt_flows(view: View, rules: Sequence[Rule]) -> dict[str, tuple[str, ...]]:
    """Return the flows outside the numerators, with the rules that exempt them."""
    exempt: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        if rule.scope == "flow" and rule.route == "exempt":
            for scope, scoped in scopes_of(view, rule):
                if evaluate(rule, scoped).verdict == "met":
                    name = scope.removeprefix("flow:")
                    exempt[name] = (*exempt.get(name, ()), rule.id)
    return exempt


def find_routes(
    view: View, rules: Sequence[Rule], exempt: Mapping[str, tuple[str, ...]], decided: Mapping[str, Route]
) -> dict[str, Route]:
    """Return the route of every flow, and under ``all`` that of the flows together.

    ``exempt`` are the flows outside the numerators with the rules that exempt them; ``decided`` those that a
    free-trade zone's negative list decides, with its decision.
    """
    united = [rule for rule in rules if rule.scope != "flow"]
    routes = {}
    for flow in view.facts.flows or ():
        if flow.name in decided:
            routes[flow.name] = decided[flow.name]
        elif flow.name in exempt:
            routes[flow.name] = Route("exempt", exempt[flow.name])
        else:
            routes[flow.name] = _route(replace(view, flow=flow), united)
    routes["all"] = _strictest([_route_of_all(view, exempt, united), *decided.values()])
    return routes


def _strictest(routes: list[Route]) -> Route:
    """Return the strictest route; an open one only gives way to an assessment."""
    order = (_ORDER[0], "undetermined", *_ORDER[1:])
    strictest = min((route.mechanism for route in routes), key=order.index)
    because = (rule for route in routes if route.mechanism == strictest for rule in route.because)
    return Route(strictest, tuple(dict.fromkeys(because)))


def _route_of_all(view: View, exempt: Mapping[str, tuple[str, ...]], rules: list[Rule]) -> Route:
    outbound = view.facts.outbound
    counted = view.counted_flows() or outbound.nonsensitive_subjects or outbound.sensitive_subjects
    if view.exempt and not counted:
        return Route("exempt", tuple(sorted({rule for ids in exempt.values() for rule in ids})))
    return _route(view, rules)


def _route(view: View, rules: list[Rule]) -> Route:
    """Decide the mechanism; how many persons are on the sensitive line matters only if it changes it."""
    route = _route_of_counts(view, rules)
    cases = _cases(view, rules) if route.mechanism == "undetermined" else ()
    options = [_route_of_counts(replace(view, supposed=case), rules) for case in cases]
    if len({option.mechanism for option in options}) != 1:
        return route
    return Route(options[0].mechanism, tuple(dict.fromkeys(rule for one in options for rule in one.because)))


def _cases(view: View, rules: list[Rule]) -> Iterator[tuple[int, int | None]]:
    """Yield from how many to how many persons may be on the sensitive line: one case between any two lines.

    Whoever is not on it is on the other. So that an assessment is due can be certain where it is not which
    line calls for it.
    """
    tests = [(rule, test) for rule in rules for test in (rule, *rule.also, *rule.instead)]
    asked = [(rule.window, test) for rule, test in tests if test.metric == "outbound.sensitive_subjects"]
    windows = {window for window, _ in asked}
    if len(windows) != 1:
        return
    found = outbound.sensitive(replace(view, window=windows.pop()))
    lines = {line for _, test in asked for line in (first_beyond(test), test.upper) if line}
    starts = [found.lower, *(line for line in sorted(lines) if line > found.lower)]
    starts = [start for start in starts if found.upper is None or start <= found.upper]
    yield from zip(starts, [*(start - 1 for start in starts[1:]), found.upper], strict=True)


def _route_of_counts(view: View, rules: list[Rule]) -> Route:
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
        rule.id: evaluate(rule, as_seen_by(view, rule, ciio=ciio, undeclared_is_none=True)).verdict
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
