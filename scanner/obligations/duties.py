"""Verdicts in, obligations out: which findings oblige, and once for each of their deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from scanner.obligations.timing import Clock, Timing, time_of
from scanner.result import Finding, Obligation
from scanner.rules import Assessment, Facts, Flow, LoadedPack, Rule, find_rule
from scanner.rules.facts.view import View
from scanner.rules.law.rule_parts import Deadline
from scanner.rules.verdicts.deadlines import find_due
from scanner.rules.verdicts.events import known_events

_ORDER = ("overdue", "breached", "passed", "open", "coming", "before", "waiting", "standing", "done")
_UNKNOWN = ": unknown"
_ASSUMED = (_UNKNOWN, ": to be checked by a person")
_CERTIFICATE = "certificate_expiry"


def find_obligations(assessment: Assessment, facts: Facts) -> tuple[Obligation, ...]:
    """Return the obligations that follow from an assessment, what matters first coming first.

    Drafts oblige nobody. An undetermined verdict gives conditional entries. A duty that begins when time has
    run (the renewal of an assessment) is listed before it begins.
    """
    view = View(facts=facts, as_of=assessment.as_of)
    known = {(finding.rule_id, finding.scope): finding for finding in assessment.findings}
    binding = [finding for finding in assessment.findings if _binds(finding, known)]
    found = [one for finding in binding for one in _of_finding(finding, view)]
    return tuple(sorted([*found, *_of_certificates(assessment.findings, view)], key=_order))


def recorded_obligations(record: Mapping[str, Any]) -> tuple[Obligation, ...]:
    """Return the obligations in a record of a scan (``scan.json``); none in one of an earlier version."""
    names = {field.name for field in fields(Obligation)}
    return tuple(_recorded(one) for one in record.get("obligations", ()) if names == one.keys())


def _recorded(one: Mapping[str, Any]) -> Obligation:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in one.items()}
    return Obligation(**values)


def _binds(finding: Finding, known: Mapping[tuple[str, str], Finding]) -> bool:
    if finding.kind not in ("duty", "requirement") or finding.verdict == "not_applicable":
        return False
    loaded, rule = find_rule(finding.rule_id)
    restated = known.get((rule.restated_by or "", finding.scope))
    if loaded.pack.status == "draft" or (restated and restated.verdict == finding.verdict):
        return False
    return finding.kind == "requirement" or finding.verdict != "not_met" or _time_runs(finding)


def _time_runs(finding: Finding) -> bool:
    """Return whether the line is an age, such as that of an assessment: it comes by waiting."""
    return finding.unit in ("years", "months")


def _of_finding(finding: Finding, view: View) -> Iterator[Obligation]:
    loaded, rule = find_rule(finding.rule_id)
    worded = {deadline.en for deadline in finding.deadlines}
    deadlines = [deadline for deadline in rule.deadlines if deadline.en in worded]
    clock = _clock(finding, loaded, rule, view)
    timings = [time_of(deadline, clock) for deadline in deadlines]
    if finding.verdict == "not_met" and finding.kind == "duty":
        timings = [timing for timing in timings if timing.due]
    for deadline, timing in zip(deadlines, timings, strict=False):
        yield _entry(finding, deadline, timing)
    if not deadlines and (finding.verdict == "met" or finding.kind == "requirement"):
        breached = finding.kind == "requirement" and finding.verdict == "not_met"
        yield _entry(finding, None, Timing(status="breached" if breached else "standing"))


def _clock(finding: Finding, loaded: LoadedPack, rule: Rule, view: View) -> Clock:
    flow = _flow_of(finding, view)
    seen = replace(view, window=rule.window, flow=flow)
    return Clock(
        rule=rule,
        in_force=rule.effective_from or loaded.pack.effective_from or view.as_of,
        events=known_events(seen, flow, rule),
        as_of=view.as_of,
        filings=view.facts.filings,
        met=finding.verdict == "met",
        ages=_time_runs(finding),
    )


def _flow_of(finding: Finding, view: View) -> Flow | None:
    return next((flow for flow in view.facts.flows or () if f"flow:{flow.name}" == finding.scope), None)


def _of_certificates(findings: Iterable[Finding], view: View) -> Iterator[Obligation]:
    """Yield the renewal of each flow's certificate, which stands whatever volumes leave today."""
    found = ((finding, find_rule(finding.rule_id)[1]) for finding in findings)
    renewals = ((finding, d) for finding, rule in found for d in rule.deadlines if d.before == _CERTIFICATE)
    finding, deadline = next(renewals, (None, None))
    for flow in view.facts.flows or ():
        if finding and deadline and flow.certificate_expiry:
            renewed = replace(
                finding,
                scope=f"flow:{flow.name}",
                verdict="met",
                duty="renew the certificate",
                duty_zh="申请认证证书续展",
                conditions=(),
                needs=(),
            )
            yield _entry(renewed, deadline, _renewal(deadline, flow.certificate_expiry, view))


def _renewal(deadline: Deadline, expiry: date, view: View) -> Timing:
    due = find_due(deadline, {_CERTIFICATE: expiry}, view.as_of)
    day = due.day if due else expiry
    status = "coming" if day >= view.as_of else "passed"
    return Timing(status=status, due=day.isoformat(), event=_CERTIFICATE, event_day=expiry.isoformat())


def _entry(finding: Finding, deadline: Deadline | None, timing: Timing) -> Obligation:
    settling = finding.needs if finding.verdict == "undetermined" else ()
    return Obligation(
        rule_id=finding.rule_id,
        scope=finding.scope,
        instrument=finding.instrument,
        instrument_zh=finding.instrument_zh,
        article=finding.article,
        duty=finding.duty,
        duty_zh=finding.duty_zh,
        addressee=finding.addressee,
        addressee_zh=finding.addressee_zh,
        file_with=finding.file_with,
        confidence=finding.confidence,
        basis=finding.verdict,
        conditional=_is_conditional(finding),
        status=timing.status,
        when=f"{deadline.en} ({deadline.zh})" if deadline else "",
        due=timing.due,
        latest=timing.latest,
        opens=timing.opens,
        event=timing.event,
        event_day=timing.event_day,
        each_year=(deadline.each_year or "") if deadline else "",
        recurring=bool(deadline and (deadline.recurring or deadline.each_year)),
        certain=timing.certain,
        needs=tuple(dict.fromkeys((*settling, *timing.needs))),
        assumed=(*_presumed(finding), *timing.assumed),
    )


def _is_conditional(finding: Finding) -> bool:
    """Return whether it is open that the duty exists; of a requirement, whether it is met may be open too."""
    if finding.kind == "requirement":
        return any(condition.endswith(_UNKNOWN) for condition in finding.conditions)
    return finding.verdict == "undetermined"


def _presumed(finding: Finding) -> tuple[str, ...]:
    """Return the conditions that no fact settles."""
    return tuple(
        condition.removesuffix(ending)
        for condition in finding.conditions
        for ending in _ASSUMED
        if condition.endswith(ending)
    )


def _order(one: Obligation) -> tuple[int, bool, str, str, str]:
    return _ORDER.index(one.status), one.conditional, one.due, one.rule_id, one.scope
