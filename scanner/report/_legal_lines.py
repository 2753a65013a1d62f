"""The legal lines of the summary in the terminal, and the flows with their routes."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from scanner.report import _ranking as ranking
from scanner.report import _unscanned as unscanned
from scanner.report import _view as view
from scanner.report._saying import NAME_LENGTH, Words, grid, hanging, interval, persons
from scanner.report._texts import text
from scanner.result import Finding, FlowResult, Result
from scanner.rules.law.citation import cite
from scanner.words.texts import term
from scanner.words.visible import shortened, visible

MOST_LINES = 12
MOST_FACTS = 6

_STYLES = {"met": "bold blue", "undetermined": "bold yellow", "near": "cyan"}
_MARKS = {"en": 14, "zh": 8}  # cells of the longest mark, so that all lines begin at one place


def answer(result: Result, words: Words) -> Iterable[RenderableType]:
    """Yield the lines that are met, open or near, then how many others there are."""
    if not result.findings:
        yield words("answer.none", "dim")
        return
    lines = ranking.lines(result.findings)
    yield from _lines(lines.met, "met", words)
    yield from _lines(lines.unsure, "undetermined", words)
    yield from _lines(lines.near, "near", words)
    if lines.waiting:
        facts = ", ".join(visible(fact) for fact, _ in ranking.missing_facts(lines.waiting)[:MOST_FACTS])
        yield words("text.waiting", n=len(lines.waiting), facts=facts or "?")
    if lines.first_person:
        yield words("text.first_person", n=len(lines.first_person))
        yield hanging(_short_line(finding, words) for finding in lines.first_person)
    yield words("text.also", "dim", not_met=lines.not_met, not_applicable=lines.not_applicable)


def _lines(findings: tuple[Finding, ...], verdict: str, words: Words) -> Iterable[RenderableType]:
    before = ""
    for finding in findings[:MOST_LINES]:
        settling = _settling(finding, words) if verdict == "undetermined" else ""
        yield _line(
            finding,
            verdict,
            words,
            text("text.settle.same", words.tongue) if settling == before else settling,
        )
        before = settling
    if len(findings) > MOST_LINES:
        yield words("and_more", "dim", n=len(findings) - MOST_LINES)


def _short_line(finding: Finding, words: Words) -> Text:
    title = words.choice(finding.title_zh, finding.title)
    return Text.assemble(title, (f"  {visible(finding.rule_id)}", "dim"))


def _line(finding: Finding, verdict: str, words: Words, settling: str) -> Table:
    shown = Table.grid(padding=(0, 1, 0, 0))
    shown.add_column(no_wrap=True, min_width=_MARKS[words.tongue])
    shown.add_column(overflow="fold")
    mark = Text(f"● {term('verdict', verdict, words.tongue)}", style=_STYLES[verdict])
    shown.add_row(mark, Text(words.choice(finding.title_zh, finding.title), style="bold"))
    shown.add_row("", Text.assemble(_cited(finding, words), (f"  {visible(finding.rule_id)}", "dim")))
    if finding.count is not None and finding.threshold is not None:
        line = f"  {term('operator', finding.operator, words.tongue)} {finding.threshold:,}"
        shown.add_row("", Text.assemble(interval(finding.count, words), (line, "bold")))
    if verdict == "met" and (finding.duty or finding.duty_zh):
        shown.add_row("", Text(f"→ {words.choice(finding.duty_zh, finding.duty)}"))
    if verdict == "undetermined":
        shown.add_row("", words("text.settle", what=settling))
    return shown


def _cited(finding: Finding, words: Words) -> Text:
    instrument = words.choice(finding.instrument_zh, finding.instrument)
    article = shortened(cite(finding.article, chinese=words.tongue == "zh"), NAME_LENGTH)
    return Text(f"{instrument} {article}", style="dim")


def _settling(finding: Finding, words: Words) -> str:
    """Return what settles a verdict; records of older versions give keys only."""
    if finding.settle:
        return visible(words.choice(finding.settle_zh, finding.settle))
    narrow = [text("text.settle.narrow", words.tongue)] if finding.straddles else []
    return ", ".join([*(visible(need) for need in finding.needs), *narrow]) or "?"


def shown_flow(flow: FlowResult, result: Result, words: Words) -> RenderableType:
    """Return a flow with its counts in the window of the law, what of it was not read, and its route."""
    name = Text(shortened(flow.name, NAME_LENGTH), style="bold")
    country = words.term("country", flow.recipient_country)
    title = Text.assemble(name, f" → {country}  {shortened(flow.purpose, NAME_LENGTH)}")
    counts = grid("left", "left")
    for count in flow.subjects:
        if count.window == flow.window:
            counts.add_row(Text(words.term("category", count.category), style="dim"), persons(count, words))
    below: list[RenderableType] = [counts, Text(words.term("window", flow.window), style="dim")]
    return Group(title, *(Padding(part, (0, 0, 0, 2)) for part in [*below, *_standing(flow, result, words)]))


def _standing(flow: FlowResult, result: Result, words: Words) -> Iterable[Text]:
    for group in unscanned.missed_of(flow, result):
        unread = words("flow.unread", "bold red", where=unscanned.place(group))
        yield Text.assemble(unread, f" {words.reason(group.reason)}")
    route = words("text.route", "bold", route=words.term("mechanism", flow.mechanism))
    yield Text.assemble(route, (f"  {' '.join(map(visible, flow.because))}", "dim"))
    if settling := view.settling(flow, result):
        yield words("text.settle", what="; ".join(visible(words.choice(zh, en)) for en, zh in settling))
