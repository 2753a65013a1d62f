"""One rule on one view of the facts: what became of its tests and conditions.

A test on an interval passes when the whole interval passes, fails when none of it does, and is open
otherwise. A condition that is false makes the rule not applicable; one that is unknown leaves a rule open
whose number is reached, and changes nothing where the number is not reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scanner.rules.facts import outbound
from scanner.rules.facts.conditions import CONDITION_FACTS
from scanner.rules.facts.readings import Reading, Text, both, either, truth
from scanner.rules.facts.view import View
from scanner.rules.law.rule_parts import Comparison, Condition
from scanner.rules.law.rulepack import Rule
from scanner.rules.metrics import METRICS
from scanner.rules.verdicts.outcome import Limb, Open, Outcome

_States = Sequence[tuple[Condition, bool | None]]


def evaluate(rule: Rule, view: View) -> Outcome:
    """Return what one rule says on one view of the facts."""
    limbs = tuple(_limb(test, view) for test in (rule, *rule.instead))
    further = tuple(_limb(test, view) for test in rule.also)
    states = tuple((condition, state_of(condition, view)) for condition in rule.conditions)
    passed = both(either(*(limb.passed for limb in limbs)), *(limb.passed for limb in further))
    return Outcome(
        verdict=_verdict(passed, [state for _, state in states]),
        passed=passed,
        limbs=limbs,
        further=further,
        conditions=states,
        notes=tuple(note for note in rule.notes if note.when is None or state_of(note.when, view) is True),
        open=() if passed is False else tuple(_open(limbs, further, states, view)),
    )


def _limb(test: Comparison, view: View) -> Limb:
    metric = METRICS[test.metric]
    reading = metric.read(view)
    passed = compare(test, reading)
    return Limb(test=test, metric=metric, reading=_remarked(test, reading, passed, view), passed=passed)


def _remarked(test: Comparison, reading: Reading, passed: bool | None, view: View) -> Reading:
    """Return the reading, remarked where another way to count that the law leaves open changes the result."""
    metric = METRICS[test.metric]
    if metric.also_counting is None:
        return reading
    other = metric.also_counting(view)
    if other.upper is None or compare(test, other) is passed:
        return reading
    return replace(reading, remarks=(*reading.remarks, outbound.both_lines_remark(other)))


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
    return both(reached, None if beyond is None else not beyond)


def _at_least(reading: Reading, number: int) -> bool | None:
    if reading.lower >= number:
        return True
    return False if reading.upper is not None and reading.upper < number else None


def state_of(condition: Condition, view: View) -> bool | None:
    """Return whether the condition holds, or None while it is not known."""
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


def _open(limbs: Iterable[Limb], further: Sequence[Limb], states: _States, view: View) -> Iterator[Open]:
    """Yield what would settle what is open."""
    settled = any(limb.passed for limb in limbs)
    candidates = further if settled else (*limbs, *further)
    yield from (_open_number(limb) for limb in candidates if limb.passed is None)
    yield from (_open_condition(condition, view) for condition, state in states if state is None)


def _open_number(limb: Limb) -> Open:
    metric, reading = limb.metric, limb.reading
    said, keys = Text(metric.en, metric.zh), reading.needs or (metric.path,)
    if metric.unit == "yes/no":
        return Open(said=said, keys=keys, how="confirm")
    if reading.needs:
        return Open(said=said, keys=keys, how="state")
    settled = compare(limb.test, reading.if_of_age()) is not None
    return _open_count(said, keys, reading, settled=settled)


def _open_condition(condition: Condition, view: View) -> Open:
    fact, said = CONDITION_FACTS[condition.fact], Text(condition.en, condition.zh)
    reading = fact.number(view) if fact.number else None
    if reading is None or reading.needs:
        return Open(said=said, keys=(fact.path,), how="confirm")
    return _open_count(said, (fact.path,), reading, settled=truth(reading.if_of_age()) is not None)


def _open_count(said: Text, keys: tuple[str, ...], reading: Reading, *, settled: bool) -> Open:
    """Return what settles a number that was counted: ages, if the line is clear of everybody of age."""
    if not reading.unknown_age:
        return Open(said=said, keys=keys, how="narrow")
    return Open(said=said, keys=keys, how="ages" if settled else "both", unknown_age=reading.unknown_age)
