"""The first page of a form: what it is filled from, that it is a draft, what was not scanned, the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.forms._texts import said, text
from scanner.forms.answers.figures import tested
from scanner.forms.answers.organization import name_of
from scanner.forms.basis import Basis
from scanner.forms.content import Answer, Blank, Fields, Line, Notice, Words, lines
from scanner.forms.definition import Form
from scanner.forms.due import standing, told
from scanner.forms.tables import cited, line_of, place_of
from scanner.result import Finding
from scanner.words.reasons import reason_in

SHOWN = 8  # entries of what was not scanned
_TONES = {"met": "reached", "undetermined": "open", "not_met": "below", "not_applicable": "inapplicable"}


def head_of(form: Form, basis: Basis) -> Fields:
    """Return processor, basis, legal source, where to file, by when."""
    tongue, scan = basis.tongue, basis.result.scan
    processor = text("basis.processor", tongue)
    rows: list[tuple[str, Answer]] = [
        (processor, lines(name_of(basis)) or ((Blank(processor),),)),
        (
            text("basis.scan", tongue),
            lines(
                text(
                    "basis.scan.says",
                    tongue,
                    scan=scan.id,
                    finished=scan.finished[:16].replace("T", " "),
                    day=scan.as_of,
                )
            ),
        ),
        (text("basis.source", tongue), lines(form.source.said(tongue))),
        (
            text("basis.edition", tongue),
            lines(
                text(
                    "basis.edition.says",
                    tongue,
                    seen=form.seen.said(tongue),
                    confidence=said("confidence", form.confidence, tongue),
                    version=form.version,
                )
            ),
        ),
        (text("basis.file_with", tongue), lines(form.file_with.said(tongue))),
        (text("basis.deadline", tongue), lines(form.deadline.said(tongue), *_due(form, basis))),
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


def notices_of(form: Form, basis: Basis) -> Iterator[Notice]:
    """Yield that it is a draft, what was not scanned, and whether the line of the form is reached."""
    tongue, signer = basis.tongue, form.signer.said(basis.tongue)
    yield Notice(
        "draft",
        text("notice.draft", tongue),
        lines(text("notice.draft.says", tongue, signer=signer), text("notice.draft.numbers", tongue)),
    )
    if not basis.result.complete:
        yield _unread(basis)
    yield _standing(basis)


def _unread(basis: Basis) -> Notice:
    tongue, missed = basis.tongue, basis.result.not_scanned
    entries = [
        text(
            "notice.missing.entry",
            tongue,
            where=f"{each.source}/{place_of(each, basis)}",
            why=reason_in(each.reason, tongue),
        )
        for each in missed[:SHOWN]
    ]
    more = text("notice.missing.more", tongue, n=len(missed) - SHOWN) if len(missed) > SHOWN else ""
    title = text("notice.missing", tongue, n=len(missed))
    return Notice("missing", title, lines(text("notice.missing.says", tongue), *entries, more))


def _standing(basis: Basis) -> Notice:
    """Say whether the line of the form is reached, and by which rules."""
    tone = _TONES.get(standing(basis.findings), "unasked")
    verdicts = tuple(_verdict(finding, basis) for finding in told(basis.findings))
    return Notice(
        tone,
        text(f"notice.{tone}", basis.tongue),
        (*lines(text(f"notice.{tone}.says", basis.tongue)), *verdicts),
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
    if finding.settle:
        tongue = basis.tongue
        settle = finding.settle_zh if tongue == "zh" else finding.settle
        return text("semicolon", tongue) + text("notice.needs", tongue, needs=settle)
    needs = [need for need in finding.needs if need != "scan.complete"]
    count, tongue = finding.count, basis.tongue
    if count and finding.straddles:
        needs = [need for need in needs if not need.startswith(("held.", "outbound.", "flows"))]
        unread = count.open_ended
        needs.insert(0, text("needs.scan" if unread else "needs.narrower", tongue))
    if not needs:
        return ""
    return text("semicolon", tongue) + text("notice.needs", tongue, needs=text("list", tongue).join(needs))
