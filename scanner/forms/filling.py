"""Fills a form: definition and basis in, content for a writer out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from scanner.forms._texts import text
from scanner.forms.answers import ANSWERS
from scanner.forms.basis import Basis, Scenario
from scanner.forms.content import Answer, Blank, Block, Fields, FilledForm, Grid, Heading, Paragraph, lines
from scanner.forms.definition import Both, Form, Part, Question, load_forms
from scanner.forms.due import findings_for
from scanner.forms.first_page import SHOWN, head_of, notices_of
from scanner.forms.tables import TABLES, missing

_NUMBERING = re.compile(r"^(?:[（(][一二三四五六七八九十\d]+[）)]|\d+[.．])\s*")
LONG = {"zh": 16, "en": 40}  # characters of a question that its blank does not repeat


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
        facts=head_of(form, basis),
        notices=tuple(notices_of(form, basis)),
        blocks=tuple(_blocks(form, basis)),
        signing=_signing(form, basis),
        prose=form.prose,
    )


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
        yield Paragraph(lines(part.hint.said(tongue)), hint=True)
    if part.fill and (answer := ANSWERS[part.fill](basis, scenario)):
        yield Paragraph(answer)
    if part.questions:
        yield Fields(tuple(_question(each, basis, scenario) for each in part.questions))
    if part.each and scenario is None:
        none = "scenario.none" if basis.result.flows else "outbound.undeclared"
        yield Paragraph(lines(text(none, tongue)))
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
        yield Paragraph(lines(f"{grid.name}{text('colon', basis.tongue)}{text('grid.empty', basis.tongue)}"))


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
