"""The summary that a person reads in the terminal after a scan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from scanner.report import _view as view
from scanner.report._texts import text
from scanner.result import (
    DatasetResult,
    Finding,
    FlowResult,
    Interval,
    NotScanned,
    Result,
    Retried,
    ReviewResult,
    SubjectCount,
    selecting,
)
from scanner.rules.citation import cite
from scanner.words.printing import printed
from scanner.words.reasons import reason_in
from scanner.words.texts import Tongue, term, tongues
from scanner.words.visible import shortened, visible

NAME = "text"
FILE_NAME = "summary.txt"

NAME_LENGTH = 40  # characters of a name
MOST_NOT_SCANNED = 20
MOST_OF_A_REASON = 400  # characters
MOST_TYPES = 10
MOST_DATASETS = 25
MOST_LINES = 12
OPEN_POINTS = 3

_STYLES = {"met": "bold blue", "undetermined": "bold yellow", "near": "cyan"}


@dataclass(frozen=True, slots=True)
class _Words:
    """The texts in one language, as rich Text: never parsed as markup."""

    tongue: Tongue

    def __call__(self, key: str, style: str = "", **values: object) -> Text:
        return Text(text(key, self.tongue, **values), style=style)

    def term(self, kind: str, value: str) -> str:
        return visible(term(kind, value, self.tongue))

    def reason(self, said: str) -> str:
        """Return what a connector or a stage says."""
        return shortened(reason_in(said, self.tongue), MOST_OF_A_REASON)

    def choice(self, zh: str, en: str) -> str:
        """Return what the result says in this language, or in the other when it says nothing in this one."""
        return visible((zh or en) if self.tongue == "zh" else (en or zh))


def render(result: Result, *, lang: str = "en", width: int = 100, color: bool = False) -> str:
    """Return the summary as text of ``width`` cells; with ``color``, with ANSI styles.

    With ``both``, the summary in Chinese is followed by the one in English.
    """
    return "\n".join(
        printed(_parts(result, _Words(tongue)), width=width, color=color) for tongue in tongues(lang)
    )


def _parts(result: Result, words: _Words) -> Iterable[RenderableType]:
    yield from _headline(result, words)
    yield from _section(words("section.people"), _people(result, words), *_open_points(result, words))
    yield from _section(words("section.answer"), *_answer(result, words))
    if result.flows:
        yield from _section(words("section.flows"), *(_flow(flow, result, words) for flow in result.flows))
    if result.datasets:
        yield from _section(words("section.where"), *_datasets(result, words), *_types(result, words))
    if result.not_scanned:
        yield from _section(
            words("section.not_scanned", "bold red"), *_not_scanned(result.not_scanned, words)
        )
    if result.retried:
        yield from _section(words("section.retried", "yellow"), *_retried(result.retried, words))
    if result.review.stale:
        yield from _section(words("section.stale", "bold yellow"), *_stale(result.review, words))
    yield Text()
    yield words("notes.draft", "dim")


def _section(title: Text, *parts: RenderableType) -> Iterable[RenderableType]:
    title.stylize("bold")
    yield Text()
    yield title
    yield from (Padding(part, (0, 0, 0, 2)) for part in parts)


def _headline(result: Result, words: _Words) -> Iterable[Text]:
    name = shortened(result.organization.name, NAME_LENGTH) or text("organization.unnamed", words.tongue)
    yield Text.assemble(words("text.headline", "bold reverse"), " ", (name, "bold"))
    if result.complete:
        state = words("text.complete", "bold green")
    else:
        state = words("text.incomplete", "bold red", n=len(result.not_scanned))
    scan = words("text.as_of", "dim", date=visible(result.scan.as_of), id=visible(result.scan.id))
    yield Text.assemble(scan, "  ", state)


def _grid(*justify: str) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for side in justify:
        grid.add_column(justify="right" if side == "right" else "left", overflow="fold")
    return grid


def _people(result: Result, words: _Words) -> Table:
    grid = _grid("left", "left", "left")
    for category, count in view.headline(result):
        grid.add_row(words(f"category.{category}"), *_counted(count, words))
    for count in result.organization.subjects:
        if count.category not in view.HEADLINE and count.window == "all_time":
            grid.add_row(Text(words.term("category", count.category), style="dim"), *_counted(count, words))
    return grid


def _open_points(result: Result, words: _Words) -> Iterable[Text]:
    """Yield what would narrow the interval most."""
    linkage = result.organization.linkage
    points = linkage.open_points[:OPEN_POINTS] if linkage else ()
    if points:
        yield words("people.points", "dim")
    for point in points:
        yield Text(f"  {words.choice(point.zh, point.en)} ") + words("people.point", "dim", n=point.persons)


def _counted(count: SubjectCount | None, words: _Words) -> tuple[Text, Text]:
    if count is None:
        return words("people.none", "dim"), Text()
    return _persons(count, words), Text(words.term("method", count.method), style="dim")


def _persons(count: SubjectCount, words: _Words) -> Text:
    if count.method == "rows-bound":
        return words("count.anonymous", lower=count.lower, upper=count.bounds.upper)
    return _interval(count.bounds, words)


def _interval(count: Interval, words: _Words) -> Text:
    if count.lower == count.upper:
        return words("count.exact", n=count.estimate)
    return words("count.interval", lower=count.lower, estimate=count.estimate, upper=count.upper)


def _answer(result: Result, words: _Words) -> Iterable[RenderableType]:
    if not result.findings:
        yield words("answer.none", "dim")
        return
    lines = view.lines(result.findings)
    yield from _lines(lines.met, "met", words)
    yield from _lines(lines.unsure, "undetermined", words)
    yield from _lines(lines.near, "near", words)
    if lines.waiting:
        facts = ", ".join(visible(fact) for fact, _ in view.missing_facts(lines.waiting)[:6])
        yield words("text.waiting", n=len(lines.waiting), facts=facts or "?")
    if lines.first_person:
        yield words("text.first_person", n=len(lines.first_person))
        yield from (_short_line(finding, words) for finding in lines.first_person)
    yield words("text.also", "dim", not_met=lines.not_met, not_applicable=lines.not_applicable)


def _lines(findings: tuple[Finding, ...], verdict: str, words: _Words) -> Iterable[RenderableType]:
    for finding in findings[:MOST_LINES]:
        yield _line(finding, verdict, words)
    if len(findings) > MOST_LINES:
        yield words("and_more", "dim", n=len(findings) - MOST_LINES)


def _short_line(finding: Finding, words: _Words) -> Text:
    title = words.choice(finding.title_zh, finding.title)
    return Text.assemble("  ", title, (f"  {visible(finding.rule_id)}", "dim"))


def _line(finding: Finding, verdict: str, words: _Words) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True, min_width=13 if words.tongue == "en" else 7)
    grid.add_column(overflow="fold")
    mark = Text(f"● {term('verdict', verdict, words.tongue)}", style=_STYLES[verdict])
    grid.add_row(mark, Text(words.choice(finding.title_zh, finding.title), style="bold"))
    grid.add_row("", Text.assemble(_cited(finding, words), (f"  {visible(finding.rule_id)}", "dim")))
    if finding.count is not None and finding.threshold is not None:
        line = f"  {term('operator', finding.operator, words.tongue)} {finding.threshold:,}"
        grid.add_row("", Text.assemble(_interval(finding.count, words), (line, "bold")))
    if verdict == "met" and (finding.duty or finding.duty_zh):
        grid.add_row("", Text(f"→ {words.choice(finding.duty_zh, finding.duty)}"))
    if verdict == "undetermined":
        grid.add_row("", words("text.settle", what=_settling(finding, words)))
    return grid


def _cited(finding: Finding, words: _Words) -> Text:
    instrument = words.choice(finding.instrument_zh, finding.instrument)
    article = shortened(cite(finding.article, chinese=words.tongue == "zh"), NAME_LENGTH)
    return Text(f"{instrument} {article}", style="dim")


def _settling(finding: Finding, words: _Words) -> str:
    narrow = [text("text.settle.narrow", words.tongue)] if finding.straddles else []
    return ", ".join([*(visible(need) for need in finding.needs), *narrow]) or "?"


def _flow(flow: FlowResult, result: Result, words: _Words) -> Table:
    grid = _grid("left", "left")
    grid.add_row(
        Text(shortened(flow.name, NAME_LENGTH), style="bold"),
        Text(f"→ {words.term('country', flow.recipient_country)}  {shortened(flow.purpose, NAME_LENGTH)}"),
    )
    for count in flow.subjects:
        if count.window != flow.window:
            continue
        grid.add_row(Text(words.term("category", count.category), style="dim"), _persons(count, words))
    grid.add_row("", Text(words.term("window", flow.window), style="dim"))
    for group in view.missed_of(flow, result):
        unread = words("flow.unread", "bold red", where=view.place(group))
        grid.add_row("", Text.assemble(unread, f" {words.reason(group.reason)}"))
    route = words("text.route", "bold", route=words.term("mechanism", flow.mechanism))
    grid.add_row("", Text.assemble(route, (f"  {' '.join(map(visible, flow.because))}", "dim")))
    return grid


def _frame(words: _Words, *columns: tuple[str, str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for key, kind in columns:
        right = kind in {"number", "bounds"}
        whole = kind in {"bounds", "word"}  # never broken over two lines
        table.add_column(words(key), justify="right" if right else "left", no_wrap=whole, overflow="fold")
    return table


def _datasets(result: Result, words: _Words) -> Iterable[RenderableType]:
    table = _frame(
        words,
        ("where.dataset", "name"),
        ("text.tables", "number"),
        ("text.columns", "number"),
        ("people.persons", "bounds"),
        ("text.estimate", "bounds"),
        ("grade.level", "word"),
    )
    for dataset in result.datasets[:MOST_DATASETS]:
        table.add_row(*_dataset(dataset, words))
    yield table
    if len(result.datasets) > MOST_DATASETS:
        yield words("and_more", "dim", n=len(result.datasets) - MOST_DATASETS)


def _dataset(dataset: DatasetResult, words: _Words) -> list[Text]:
    columns = [len(table.pi_columns) for table in dataset.tables]
    return [
        Text(shortened(dataset.name, NAME_LENGTH)),
        Text(f"{sum(1 for n in columns if n):,} / {len(columns):,}"),
        Text(f"{sum(columns):,}"),
        *_bounds(selecting.total(dataset.subjects), words),
        Text(words.term("grade", dataset.grade.level)),
    ]


def _bounds(count: SubjectCount | None, words: _Words) -> tuple[Text, Text]:
    if count is None:
        return words("people.none", "dim"), Text()
    upper = count.bounds.upper
    reach = words("count.range", lower=count.lower, upper=upper)
    if count.method == "rows-bound":
        return reach, words("count.anonymous.short", "yellow")
    estimate = words("count.exact", n=count.estimate)
    return (estimate if count.lower == upper else reach), estimate


def _types(result: Result, words: _Words) -> Iterable[RenderableType]:
    totals = selecting.type_totals(result)
    if not totals:
        yield words("where.none")
        return
    table = _frame(words, ("text.type", "name"), ("where.columns", "number"), ("where.tables", "number"))
    for total in totals[:MOST_TYPES]:
        name = Text.assemble(words.choice(total.name_zh, total.name_en), (f"  {visible(total.type)}", "dim"))
        if total.sensitive:
            name.append(" ◆", style="yellow")
        table.add_row(name, Text(f"{total.columns:,}"), Text(f"{total.tables:,}"))
    yield Text()
    yield table
    if len(totals) > MOST_TYPES:
        yield words("and_more", "dim", n=len(totals) - MOST_TYPES)


def _not_scanned(entries: tuple[NotScanned, ...], words: _Words) -> Iterable[RenderableType]:
    grid = _grid("left", "left")
    groups = view.missed(entries)
    for group in groups[:MOST_NOT_SCANNED]:
        grid.add_row(_missed(group, words), Text(words.reason(group.reason), style="dim"))
    yield grid
    if len(groups) > MOST_NOT_SCANNED:
        left_out = sum(len(group.places) for group in groups[MOST_NOT_SCANNED:])
        yield words("and_more", "dim", n=left_out)


def _missed(group: view.Missed, words: _Words) -> Text:
    """Return what was not scanned: each by its name, or how many where they are many."""
    if len(group.places) > view.FEW_PLACES:
        several = words("not_scanned.several", n=len(group.places))
        return Text.assemble(f"{shortened(group.source, NAME_LENGTH)}: ", several)
    named = (
        ".".join(shortened(p, NAME_LENGTH) for p in (group.source, *place) if p) for place in group.places
    )
    return Text("\n".join(named))


def _retried(entries: tuple[Retried, ...], words: _Words) -> Iterable[RenderableType]:
    grid = _grid("left", "left")
    for entry in entries[:MOST_NOT_SCANNED]:
        place = ".".join(shortened(part, NAME_LENGTH) for part in (entry.source, entry.table) if part)
        grid.add_row(
            Text(place), words("retried.why", "dim", reason=words.reason(entry.reason), n=entry.times)
        )
    yield grid
    if len(entries) > MOST_NOT_SCANNED:
        yield words("and_more", "dim", n=len(entries) - MOST_NOT_SCANNED)


def _stale(review: ReviewResult, words: _Words) -> Iterable[RenderableType]:
    grid = _grid("left", "left")
    for entry in review.stale[:MOST_NOT_SCANNED]:
        name = shortened(f"{entry.dataset}/{entry.table}.{entry.column}", 2 * NAME_LENGTH)
        grid.add_row(Text(name), Text(words.term("stale", entry.why), style="dim"))
    yield grid
    yield words("stale.advice", "dim", n=len(review.stale))
