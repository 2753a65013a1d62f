"""The rules asked again: the facts of one scan under the packs and on the day of another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from scanner.result import CountedFact, FactsResult, PackResult, Result
from scanner.rules import FactsError, LoadedPack, Route, assess, load_facts, load_packs

Line = tuple[str, str]  # rule id, scope
Verdicts = Mapping[Line, str]
PackArchive = Callable[[PackResult], LoadedPack | None]


def shipped(pack: PackResult) -> LoadedPack | None:
    """Return a pack of a record if it is, letter by letter, one that ships with this version."""
    return next((one for one in load_packs() if one.digest == pack.digest), None)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one scan: its packs and its day."""

    packs: Sequence[LoadedPack]
    day: dt.date


def rules_of(result: Result, archive: PackArchive) -> Rules | None:
    """Return the rules that a scan asked; None if one of its packs is nowhere to be had."""
    found = [archive(pack) for pack in result.scan.packs]
    packs = [pack for pack in found if pack is not None]
    day = dt.date.fromisoformat(result.scan.as_of)
    return Rules(packs, day) if len(packs) == len(found) else None


def recorded(result: Result) -> Verdicts:
    """Return the verdicts that a scan found."""
    return {(finding.rule_id, finding.scope): finding.verdict for finding in result.findings}


def ask(facts: FactsResult | None, rules: Rules | None) -> Verdicts | None:
    """Return the verdicts of rules on facts; None where facts or rules are not to be had."""
    if facts is None or rules is None:
        return None
    routed = {route.flow: Route(route.mechanism, route.because) for route in facts.routed}
    try:
        loaded = load_facts(facts.given, consistent=False)
    except FactsError:  # of a version that knew other facts
        return None
    found = assess(loaded, rules.day, decided=routed, packs=rules.packs).findings
    return {(finding.rule_id, finding.scope): finding.verdict for finding in found}


def with_counts_of(declared: FactsResult | None, counted: FactsResult | None) -> FactsResult | None:
    """Return the declared facts of one scan with the counts of the other."""
    if declared is None or counted is None:
        return None
    given: dict[str, Any] = deepcopy(dict(declared.given))
    for fact in dict.fromkeys((*declared.counted, *counted.counted)):
        place, source = _section(given, fact), _section(counted.given, fact)
        if place is None:
            continue
        place.pop(fact.key, None)
        if source and fact in counted.counted and fact.key in source:
            place[fact.key] = source[fact.key]
    return FactsResult(given=given, counted=counted.counted, routed=declared.routed)


def _section(given: Mapping[str, Any], fact: CountedFact) -> dict[str, Any] | None:
    """Return the mapping in which a fact stands; None for a flow that is not declared."""
    if fact.section != "flows":
        found: dict[str, Any] | None = given.get(fact.section)
        return found
    return next((flow for flow in given.get("flows") or () if flow["name"] == fact.flow), None)
