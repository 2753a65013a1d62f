"""Obligations as a person reads them: lines of text, one obligation after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from scanner.report._texts import text
from scanner.result import Obligation
from scanner.rules.law.citation import cite
from scanner.words.texts import Tongue, in_tongue, term, tongues
from scanner.words.visible import visible


def to_text(obligations: Sequence[Obligation], as_of: str, lang: str) -> str:
    """Return the calendar as text, grouped by status; with ``both``, Chinese first."""
    return "\n\n".join("\n".join(_lines(obligations, as_of, tongue)) for tongue in tongues(lang))


def _lines(obligations: Sequence[Obligation], as_of: str, tongue: Tongue) -> Iterator[str]:
    yield text("obligation.title", tongue, day=as_of)
    if not obligations:
        yield f"  {text('obligation.none', tongue)}"
    for status, group in groupby(obligations, key=lambda one: one.status):
        members = list(group)
        yield ""
        yield f"{term('obligation', status, tongue)} ({len(members)})"
        for one in members:
            yield from _entry(one, tongue)


def _entry(one: Obligation, tongue: Tongue) -> Iterator[str]:
    yield "  " + "  ".join(part for part in (shown_day(one.due), title(one, tongue)) if part)
    yield f"      {cited(one, tongue)}"
    for key, said in details(one, tongue):
        yield f"      {text(key, tongue)}: {said}"


def shown_day(due: str) -> str:
    """Return a day, or a minute, as people write it."""
    return due.replace("T", " ")[:16]


def title(one: Obligation, tongue: Tongue) -> str:
    """Return the duty, the flow it is about, and whether it is conditional."""
    duty = (one.duty_zh or one.duty) if tongue == "zh" else (one.duty or one.duty_zh)
    flow = text("scope.flow", tongue, name=one.scope[5:]) if one.scope.startswith("flow:") else ""
    marks = [text("obligation.conditional", tongue)] if one.conditional else []
    return visible(" · ".join(part for part in (duty, flow, *marks) if part))


def cited(one: Obligation, tongue: Tongue) -> str:
    """Return instrument, article and rule."""
    instrument = (one.instrument_zh or one.instrument) if tongue == "zh" else one.instrument
    article = cite(one.article, chinese=tongue == "zh")
    return visible(f"{instrument} {article} · {one.rule_id}")


def details(one: Obligation, tongue: Tongue) -> Iterator[tuple[str, str]]:
    """Yield key of the label and text for all else there is to say."""
    yield "obligation.basis", term("verdict", one.basis, tongue)
    timing = "; ".join(_timing(one, tongue))
    addressee = one.addressee_zh if tongue == "zh" else one.addressee
    said = (
        ("line.deadline", timing),
        ("obligation.addressee", addressee),
        ("line.file_with", in_tongue(one.file_with, tongue)),
        ("obligation.assumed", "; ".join(in_tongue(assumption, tongue) for assumption in one.assumed)),
        ("obligation.needs", ", ".join(one.needs)),
    )
    yield from ((key, visible(words)) for key, words in said if words)


def _timing(one: Obligation, tongue: Tongue) -> Iterable[str]:
    if one.when:
        yield in_tongue(one.when, tongue)
    if one.event_day:
        ends = one.event in ("assessment_expiry", "certificate_expiry", "listing", "merger", "transfer")
        yield text("obligation.ends" if ends else "obligation.counted", tongue, day=shown_day(one.event_day))
    if one.opens:
        yield text("obligation.opens", tongue, day=one.opens)
    if one.latest:
        yield text("obligation.until", tongue, day=one.latest)
    if not one.certain:
        yield text("obligation.uncertain", tongue)
