"""Fills a form: definition and basis in, content for a writer out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from scanner.forms._texts import said, text
from scanner.forms.answers import ANSWERS
from scanner.forms.answers_organization import name_of
from scanner.forms.basis import Basis, Scenario
from scanner.forms.content import (
    Answer,
    Blank,
    Block,
    Fields,
    FilledForm,
    Grid,
    Heading,
    Line,
    Notice,
    Paragraph,
    Words,
)
from scanner.forms.definition import Both, Form, Part, Question, load_forms
from scanner.forms.due import findings_for, standing, told
from scanner.forms.figures import tested
from scanner.forms.tables import TABLES, cited, line_of, missing, place_of
from scanner.report._view import is_inside
from scanner.result import UNBOUNDED, Finding

_NUMBERING = re.compile(r"^(?:[（(][一二三四五六七八九十\d]+[）)]|\d+[.．])\s*")
LONG = {"zh": 16, "en": 40}  # characters of a question that its blank does not repeat
SHOWN = 8  # entries of what was not scanned on the first page
_TONES = {"met": "reached", "undetermined": "open", "not_met": "below", "not_applicable": "inapplicable"}


def fill(form: Form, basis: Basis) -> FilledForm:
    """Return the form with everything that the scan and the declared facts give."""
    basis = replace(basis, findings=findings_for(form, basis.result))
    tongue, scan = basis.tongue, basis.result.scan
    return FilledForm(
        form=form.id,
        tongue=tongue,
        title=form.title.said(tongue),
        subtitle=form.subtitle.said(tongue),
        stamp=text("stamp", tongue, signer=form.signer.said(tongue)),
        foot=text("foot", tongue, form=form.title.said(tongue), version=form.version, scan=scan.id),
        facts=_facts(form, basis),
        notices=tuple(_notices(form, basis)),
        blocks=tuple(_blocks(form, basis)),
        signing=_signing(form, basis),
        prose=form.prose,
    )


# ---------------------------------------------------------------------- first page
def _facts(form: Form, basis: Basis) -> Fields:
    tongue, scan = basis.tongue, basis.result.scan
    processor = text("basis.processor", tongue)
    rows: list[tuple[str, Answer]] = [
        (processor, _words(name_of(basis)) or ((Blank(processor),),)),
        (
            text("basis.scan", tongue),
            _words(
                text(
                    "basis.scan.says",
                    tongue,
                    scan=scan.id,
                    finished=scan.finished[:16].replace("T", " "),
                    day=scan.as_of,
                )
            ),
        ),
        (text("basis.source", tongue), _words(form.source.said(tongue))),
        (
            text("basis.edition", tongue),
            _words(
                text(
                    "basis.edition.says",
                    tongue,
                    seen=form.seen.said(tongue),
                    confidence=said("confidence", form.confidence, tongue),
                    version=form.version,
                )
            ),
        ),
        (text("basis.file_with", tongue), _words(form.file_with.said(tongue))),
        (text("basis.deadline", tongue), _words(form.deadline.said(tongue), *_due(form, basis))),
    ]
    return Fields(tuple(rows))


def _due(form: Form, basis: Basis) -> Iterator[str]:
    """Yield the days that the scan worked out for the rules of the form."""
    rules = {*form.rules, *form.also}
    known = [
        one for one in basis.result.obligations if one.rule_id in rules and one.due and one.status != "done"
    ]
    for one in {(each.due, each.rule_id): each for each in known}.values():
        key = "basis.due.conditional" if one.conditional else "basis.due"
        yield text(key, basis.tongue, day=one.due[:10], rule=one.rule_id)


def _words(*texts: str) -> Answer:
    return tuple((Words(each),) for each in texts if each)


def _notices(form: Form, basis: Basis) -> Iterator[Notice]:
    tongue, signer = basis.tongue, form.signer.said(basis.tongue)
    yield Notice(
        "draft",
        text("notice.draft", tongue),
        _words(text("notice.draft.says", tongue, signer=signer), text("notice.draft.numbers", tongue)),
    )
    if not basis.result.complete:
        yield _unread(basis)
    yield _standing(basis)


def _unread(basis: Basis) -> Notice:
    tongue, missed = basis.tongue, basis.result.not_scanned
    entries = [
        text("notice.missing.entry", tongue, where=f"{each.source}/{place_of(each, basis)}", why=each.reason)
        for each in missed[:SHOWN]
    ]
    more = text("notice.missing.more", tongue, n=len(missed) - SHOWN) if len(missed) > SHOWN else ""
    title = text("notice.missing", tongue, n=len(missed))
    return Notice("missing", title, _words(text("notice.missing.says", tongue), *entries, more))


def _standing(basis: Basis) -> Notice:
    """Say whether the line of the form is reached, and by which rules."""
    tone = _TONES.get(standing(basis.findings), "unasked")
    lines = tuple(_verdict(finding, basis) for finding in told(basis.findings))
    return Notice(
        tone,
        text(f"notice.{tone}", basis.tongue),
        (*_words(text(f"notice.{tone}.says", basis.tongue)), *lines),
    )


def _verdict(finding: Finding, basis: Basis) -> Line:
    tongue = basis.tongue
    told_as = text(
        "notice.line",
        tongue,
        title=finding.title_zh if tongue == "zh" else finding.title,
        rule=finding.rule_id,
        article=cited(finding, basis),
        verdict=said("verdict", finding.verdict, tongue),
    )
    if finding.count is None:
        return (Words(told_as + _needs(finding, basis)),)
    line = line_of(finding, basis)
    end = text("notice.threshold", tongue, line=line) if line else ""
    return (
        Words(told_as + text("comma", tongue)),
        tested(finding, basis),
        Words(end + _needs(finding, basis)),
    )


def _needs(finding: Finding, basis: Basis) -> str:
    """Return what would settle an open verdict."""
    if finding.verdict != "undetermined":
        return ""
    needs = [need for need in finding.needs if need != "scan.complete"]
    count, tongue = finding.count, basis.tongue
    if count and is_inside(finding):
        needs = [need for need in needs if not need.startswith(("held.", "outbound.", "flows"))]
        unread = count.upper >= UNBOUNDED // 2
        needs.insert(0, text("needs.scan" if unread else "needs.narrower", tongue))
    if not needs:
        return ""
    return text("semicolon", tongue) + text("notice.needs", tongue, needs=text("list", tongue).join(needs))


# ---------------------------------------------------------------------- parts
def _blocks(form: Form, basis: Basis) -> Iterator[Block]:
    for part in form.parts:
        yield from _part(part, basis)
    for name in form.attach:
        attached = load_forms()[name]
        title = text("attached", basis.tongue, title=attached.title.said(basis.tongue))
        yield Heading(title, 0)
        for part in attached.parts:
            yield from _part(part, basis)
    if len(basis.result.not_scanned) > SHOWN:
        yield Heading(text("grid.missing", basis.tongue), 1)
        yield missing(basis)


def _part(part: Part, basis: Basis) -> Iterator[Block]:
    if part.heading and part.each:
        yield Heading(part.heading.said(basis.tongue), part.level)
    for scenario in (basis.scenarios or (None,)) if part.each else (None,):
        yield from _once(part, basis, scenario)


def _once(part: Part, basis: Basis, scenario: Scenario | None) -> Iterator[Block]:
    """Yield a part for one scenario, or for everything."""
    tongue = basis.tongue
    if part.heading and not part.each:
        yield Heading(part.heading.said(tongue), part.level)
    if part.hint:
        yield Paragraph(_words(part.hint.said(tongue)), hint=True)
    if part.fill and (answer := ANSWERS[part.fill](basis, scenario)):
        yield Paragraph(answer)
    if part.questions:
        yield Fields(tuple(_question(each, basis, scenario) for each in part.questions))
    if part.each and scenario is None:
        none = "scenario.none" if basis.result.flows else "outbound.undeclared"
        yield Paragraph(_words(text(none, tongue)))
    elif part.table:
        yield from _table(TABLES[part.table](basis, scenario), basis)
    if part.blank:
        yield Paragraph(((Blank(part.blank.said(tongue)),),))


def _question(question: Question, basis: Basis, scenario: Scenario | None) -> tuple[str, Answer]:
    tongue = basis.tongue
    asked = question.ask.said(tongue)
    filled = ANSWERS[question.fill](basis, scenario) if question.fill else ()
    if question.blank or not filled:
        return asked, (*filled, (Blank(_prompt(question.blank, asked, basis)),))
    return asked, filled


def _prompt(blank: Both | None, asked: str, basis: Basis) -> str:
    """Return what a person has to write; a long question stands beside its blank and is not said twice."""
    if blank:
        return blank.said(basis.tongue)
    short = _NUMBERING.sub("", asked)
    return short if len(short) <= LONG[basis.tongue] else text("blank.content", basis.tongue)


def _table(grid: Grid, basis: Basis) -> Iterator[Block]:
    if grid.rows:
        yield grid
    else:
        yield Paragraph(_words(f"{grid.name}{text('colon', basis.tongue)}{text('grid.empty', basis.tongue)}"))


# ---------------------------------------------------------------------- signing
def _signing(form: Form, basis: Basis) -> Fields:
    tongue = basis.tongue
    sign: Answer = ((Blank(text("signing.sign", tongue)),),)
    day: Answer = ((Blank(text("signing.day", tongue)),),)
    return Fields(
        (
            (text("signing.prepared", tongue), sign),
            (text("signing.checked", tongue, signer=form.signer.said(tongue)), sign),
            (text("signing.legal", tongue), sign),
            (text("signing.seal", tongue), ((Blank(text("signing.seal", tongue)),),)),
            (text("signing.day", tongue), day),
        )
    )
