"""What a person is told of one rule: verdict, numbers, article, duty, deadline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from scanner.result import DeadlineResult, Finding
from scanner.rules.facts.view import View
from scanner.rules.law.rule_parts import Deadline
from scanner.rules.law.rulebook import LoadedPack
from scanner.rules.law.rulepack import Pack, Rule
from scanner.rules.verdicts.closeness import look_ahead, measure_distance
from scanner.rules.verdicts.deadlines import find_due
from scanner.rules.verdicts.evaluation import state_of
from scanner.rules.verdicts.events import known_events
from scanner.rules.verdicts.explanation import explain, explain_zh
from scanner.rules.verdicts.outcome import Outcome
from scanner.rules.verdicts.settling import settling


def make_finding(  # noqa: PLR0913 - what one finding is made of
    view: View, loaded: LoadedPack, rule: Rule, scope: str, outcome: Outcome, *, warn_within: float
) -> Finding:
    """Return what one rule says on one scope; ``rule`` as it reads on the day."""
    main, unsettled = outcome.limbs[0], outcome.verdict == "undetermined"
    deadlines = _deadlines(view, rule, scope)
    settle = settling(outcome.open if unsettled else ())
    return replace(
        _untested(loaded.pack, rule, scope),
        verdict=outcome.verdict,
        count=None if rule.threshold is None else main.reading.interval(),
        unit=main.metric.unit,
        metric=main.metric.key,
        deadline=f"{deadlines[0].en} ({deadlines[0].zh})" if deadlines else "",
        due=deadlines[0].due if deadlines else "",
        deadlines=deadlines,
        conditions=_condition_lines(rule, outcome),
        needs=outcome.needs if unsettled else (),
        settle=settle.en,
        settle_zh=settle.zh,
        why=explain(loaded.pack, rule, outcome),
        why_zh=explain_zh(loaded.pack, rule, outcome),
        distance=measure_distance(main, warn_within),
        outlook=look_ahead(main, view),
    )


def _untested(pack: Pack, rule: Rule, scope: str) -> Finding:
    """Return what the law says of a rule; whether it is met stays undetermined, without a reason."""
    addressee, sanction = rule.addressee or pack.addressee, rule.sanction or pack.sanction
    return Finding(
        rule_id=rule.id,
        pack=pack.id,
        scope=scope,
        title=rule.title.en,
        title_zh=rule.title.zh,
        instrument=pack.instrument.en,
        instrument_zh=pack.instrument.zh,
        verdict="undetermined",
        count=None,
        threshold=rule.threshold,
        operator=rule.operator,
        article=rule.article,
        duty=rule.duty.en,
        duty_zh=rule.duty.zh,
        file_with=rule.file_with,
        deadline="",
        conditions=(),
        needs=(),
        why="",
        why_zh="",
        confidence=rule.confidence,
        source=rule.source or pack.default_source,
        kind=rule.kind,
        window=rule.window,
        upper_threshold=rule.upper,
        quote=rule.quote,
        addressee=addressee.en if addressee else "",
        addressee_zh=addressee.zh if addressee else "",
        sanction=sanction.en if sanction else "",
        sanction_zh=sanction.zh if sanction else "",
        provenance=rule.provenance,
    )


def _deadlines(view: View, rule: Rule, scope: str) -> tuple[DeadlineResult, ...]:
    """Return the deadlines that are not for other processors, with dates where the event's date is known."""
    flow = next((flow for flow in view.facts.flows or () if f"flow:{flow.name}" == scope), None)
    events = known_events(view, flow, rule)
    mine = [one for one in rule.deadlines if one.when is None or state_of(one.when, view) is not False]
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
        latest=due.latest.isoformat() if due and due.latest else "",
        certain=due is None or due.certain,
    )


def _condition_lines(rule: Rule, outcome: Outcome) -> tuple[str, ...]:
    names = {True: "holds", False: "does not hold", None: "unknown"}
    tested = [f"{condition.en} ({condition.zh}): {names[state]}" for condition, state in outcome.conditions]
    untested = [f"{words.en} ({words.zh}): to be checked by a person" for words in rule.presupposes]
    return (*tested, *untested)
