"""The summary that a person reads in the terminal after a scan."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from scanner.report import _brief as brief
from scanner.report import _view as view
from scanner.report import _where as where
from scanner.report._duties import shown_day, title
from scanner.report._legal_lines import answer, shown_flow
from scanner.report._saying import NAME_LENGTH, Words, counted, grid, hanging
from scanner.report._texts import text
from scanner.result import Obligation, Result
from scanner.words.printing import printed
from scanner.words.texts import in_tongue, tongues
from scanner.words.visible import shortened, visible

NAME = "text"
FILE_NAME = "summary.txt"

OPEN_POINTS, AGES = 3, 2  # how many of each are shown


def render(result: Result, *, lang: str = "en", width: int = 100, color: bool = False) -> str:
    """Return the summary as text of ``width`` cells; with ``color``, with ANSI styles.

    With ``both``, the summary in Chinese is followed by the one in English.
    """
    return "\n".join(
        printed(_parts(result, Words(tongue), width), width=width, color=color) for tongue in tongues(lang)
    )


def _parts(result: Result, words: Words, width: int) -> Iterable[RenderableType]:
    yield from _headline(result, words)
    yield from _section(words("section.people"), _people(result, words), *_open_points(result, words))
    if result.findings:
        yield from _section(words("brief.due"), *_due(result, words))
    yield from _section(words("section.answer"), *answer(result, words))
    if result.flows:
        yield from _section(
            words("section.flows"), *(shown_flow(flow, result, words) for flow in result.flows)
        )
    if result.datasets:
        yield from _section(
            words("section.where"), *where.datasets(result, words, width), *where.types(result, words)
        )
    if result.not_scanned:
        yield from _section(
            words("section.not_scanned", "bold red"), *where.not_scanned(result.not_scanned, words)
        )
    if result.retried:
        yield from _section(words("section.retried", "yellow"), *where.retried(result.retried, words))
    if result.review.stale:
        yield from _section(words("section.stale", "bold yellow"), *where.stale(result.review, words))
    if result.findings:
        for key, told in (("brief.unknown", brief.unknown), ("brief.next", brief.steps)):
            remarks = [Text(remark.said) for remark in told(result, words.tongue)]
            yield from _section(words(key), hanging(remarks or [words(f"{key}.none")]))
    yield Text()
    yield words("notes.draft", "dim")


def _section(title: Text, *parts: RenderableType) -> Iterable[RenderableType]:
    title.stylize("bold")
    yield Text()
    yield title
    yield from (Padding(part, (0, 0, 0, 2)) for part in parts)


def _headline(result: Result, words: Words) -> Iterable[Text]:
    name = shortened(result.organization.name, NAME_LENGTH) or text("organization.unnamed", words.tongue)
    yield Text.assemble(words("text.headline", "bold reverse"), " ", (name, "bold"))
    if result.complete:
        state = words("text.complete", "bold green")
    else:
        state = words("text.incomplete", "bold red", n=len(result.not_scanned))
    scan = words("text.as_of", "dim", date=visible(result.scan.as_of), id=visible(result.scan.id))
    yield Text.assemble(scan, "  ", state)


def _people(result: Result, words: Words) -> Table:
    people = grid("left", "left", "left")
    for category, count in view.headline(result):
        people.add_row(words(f"category.{category}"), *counted(count, words))
    for count in result.organization.subjects:
        if count.category not in view.HEADLINE and count.window == "all_time":
            people.add_row(Text(words.term("category", count.category), style="dim"), *counted(count, words))
    return people


def _due(result: Result, words: Words) -> Iterable[RenderableType]:
    """Yield what has a day, the most urgent first, then how much has none."""
    dated, groups = brief.due(result), view.due_groups(result.obligations)
    if not dated:
        yield words("brief.due.none")
    yield hanging(_obligation(one, words) for one in dated[: brief.MOST_DUE])
    more = {
        "brief.due.more": len(dated) - brief.MOST_DUE,
        "brief.due.undated": len(groups.undated),
        "brief.due.conditional": len(groups.conditional),
    }
    rest = [words(key, n=n) for key, n in more.items() if n > 0]
    if rest:
        yield Text.assemble(
            Text("；" if words.tongue == "zh" else "; ").join(rest), "  pandian obligations SCAN", style="dim"
        )


def _obligation(one: Obligation, words: Words) -> Text:
    day = Text(shown_day(one.due), style="bold")
    where = f" → {visible(in_tongue(one.file_with, words.tongue))}" if one.file_with else ""
    status = f"  {words.term('obligation', one.status)}  "
    return Text.assemble(day, (status, "dim"), title(one, words.tongue), (where, "dim"))


def _open_points(result: Result, words: Words) -> Iterable[RenderableType]:
    """Yield what would narrow the interval most, and where ages are unknown."""
    points, _ = view.open_points(result, most=OPEN_POINTS, ages=AGES)
    if points:
        yield words("people.points", "dim")
        yield hanging(
            Text(f"{words.choice(point.zh, point.en)} ")
            + words(view.narrowing(point), "dim", n=point.persons)
            for point in points
        )
