"""The first things a reader has to know beside the numbers: what is due, what is open, what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scanner.report import _ranking as ranking
from scanner.report import _view as view
from scanner.report._texts import text
from scanner.result import Finding, Obligation, OpenPoint, Result, selecting
from scanner.words.facts import fact_in
from scanner.words.texts import Tongue
from scanner.words.visible import shortened, visible

MOST_DUE = 3
MOST_NAMED = 2  # facts, flows
NAME_LENGTH = 60  # characters of a name
SURE = 0.9  # confidence below which a person should look at a column
_URGENCY = ("breached", "overdue", "passed", "open", "coming")


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence, and the section of the report that says more."""

    said: str
    section: str


def due(result: Result) -> tuple[Obligation, ...]:
    """Return the firm obligations that have a day or are breached, the most urgent first."""
    dated = view.due_groups(result.obligations).dated
    return tuple(sorted(dated, key=lambda one: (_URGENCY.index(one.status), one.due)))


def unknown(result: Result, tongue: Tongue) -> tuple[Remark, ...]:
    """Return what the scan could not settle, what weighs most first."""
    return tuple(_unknown(result, tongue))


def steps(result: Result, tongue: Tongue) -> tuple[Remark, ...]:
    """Return what to do next, what settles most first."""
    return tuple(_steps(result, tongue))


def _unknown(result: Result, tongue: Tongue) -> Iterator[Remark]:
    lines = ranking.lines(result.findings)
    if not result.complete:
        yield Remark(text("brief.unread", tongue, n=len(result.not_scanned) or "?"), "not_scanned")
    if lines.unsure:
        first = _title(lines.unsure[0], tongue)
        yield Remark(text("brief.unsure", tongue, n=len(lines.unsure), first=first), "answer")
    undecided = [flow.name for flow in result.flows if flow.mechanism == "undetermined"]
    if undecided:
        yield Remark(text("brief.routes", tongue, names=_names(undecided, tongue)), "flows")
    if lines.waiting:
        facts = [fact for fact, _ in ranking.missing_facts(lines.waiting)]
        words = _names([fact_in(fact, tongue) for fact in facts], tongue)
        yield Remark(text("brief.waiting", tongue, rules=len(lines.waiting), facts=words), "answer")


def _steps(result: Result, tongue: Tongue) -> Iterator[Remark]:
    lines = ranking.lines(result.findings)
    if not result.complete:
        yield Remark(text("brief.read", tongue), "not_scanned")
    settling = ranking.next_steps(lines)[:MOST_NAMED]
    for (en, zh), number in settling:
        what = visible(zh if tongue == "zh" else en)
        yield Remark(text("brief.settle", tongue, what=what, n=number), "answer")
    for point in _narrowing(result, settled=bool(settling)):
        said = visible((point.zh or point.en) if tongue == "zh" else (point.en or point.zh))
        yield Remark(f"{said} {text(view.narrowing(point), tongue, n=point.persons)}", "people")
    if lines.waiting:
        facts = [fact for fact, _ in ranking.missing_facts(lines.waiting)][:MOST_NAMED]
        keys = ", ".join(visible(fact) for fact in facts)
        yield Remark(text("brief.declare", tongue, keys=keys), "answer")
    doubtful = _doubtful(result)
    if doubtful:
        yield Remark(text("brief.review", tongue, n=doubtful, share=f"{SURE:.0%}"), "columns")
    if lines.met or lines.unsure or lines.first_person:
        yield Remark(text("brief.forms", tongue), "obligations")


def _narrowing(result: Result, *, settled: bool) -> tuple[OpenPoint, ...]:
    """Return the most effective open point; that ages are unknown is said where it matters to a line."""
    linkage = result.organization.linkage
    points = linkage.open_points[:1] if linkage else ()
    return tuple(point for point in points if not (point.of_ages and settled))


def _doubtful(result: Result) -> int:
    """Return how many columns nobody has reviewed and the classifier is not sure of."""
    return sum(
        1
        for _, table in selecting.tables(result)
        for column in table.pi_columns
        if all(tag.decision == "auto" and tag.confidence < SURE for tag in column.held)
    )


def _title(finding: Finding, tongue: Tongue) -> str:
    return visible(finding.title_zh or finding.title) if tongue == "zh" else visible(finding.title)


def _names(names: list[str], tongue: Tongue) -> str:
    shown = ("、" if tongue == "zh" else ", ").join(
        shortened(name, NAME_LENGTH) for name in names[:MOST_NAMED]
    )
    return shown + (" …" if len(names) > MOST_NAMED else "")
