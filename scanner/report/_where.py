"""Where personal information sits, and what was not scanned, as tables of the summary in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import RenderableType
from rich.text import Text

from scanner.report import _unscanned as unscanned
from scanner.report._saying import NAME_LENGTH, Words, bounds, frame, grid
from scanner.result import DatasetResult, NotScanned, Result, Retried, ReviewResult, selecting
from scanner.words.visible import shortened, visible

MOST_NOT_SCANNED = 20
MOST_TYPES = 10
MOST_DATASETS = 25
ROOMY = 72  # cells from which on a dataset's estimate stands beside its interval


def datasets(result: Result, words: Words, width: int) -> Iterable[RenderableType]:
    """Yield the datasets with their tables, columns, people and grade."""
    table = frame(
        words,
        ("where.dataset", "name"),
        ("text.tables", "number"),
        ("text.columns", "number"),
        ("people.persons", "bounds"),
        *([("text.estimate", "bounds")] if width >= ROOMY else []),
        ("grade.level", "word"),
    )
    for dataset in result.datasets[:MOST_DATASETS]:
        table.add_row(*_dataset(dataset, words, roomy=width >= ROOMY))
    yield table
    if len(result.datasets) > MOST_DATASETS:
        yield words("and_more", "dim", n=len(result.datasets) - MOST_DATASETS)


def _dataset(dataset: DatasetResult, words: Words, *, roomy: bool) -> list[Text]:
    reach, estimate = bounds(selecting.total(dataset.subjects), words)
    columns = [len(table.pi_columns) for table in dataset.tables]
    return [
        Text(shortened(dataset.name, NAME_LENGTH)),
        Text(f"{sum(1 for n in columns if n):,} / {len(columns):,}"),
        Text(f"{sum(columns):,}"),
        reach,
        *([estimate] if roomy else []),
        Text(words.term("grade", dataset.grade.level)),
    ]


def types(result: Result, words: Words) -> Iterable[RenderableType]:
    """Yield the types of personal information, the most frequent first."""
    totals = selecting.type_totals(result)
    if not totals:
        yield words("where.none")
        return
    table = frame(words, ("text.type", "name"), ("where.columns", "number"), ("where.tables", "number"))
    for total in totals[:MOST_TYPES]:
        name = Text.assemble(words.choice(total.name_zh, total.name_en), (f"  {visible(total.type)}", "dim"))
        if total.sensitive:
            name.append(" ◆", style="yellow")
        table.add_row(name, Text(f"{total.columns:,}"), Text(f"{total.tables:,}"))
    yield Text()
    yield table
    if len(totals) > MOST_TYPES:
        yield words("and_more", "dim", n=len(totals) - MOST_TYPES)


def not_scanned(entries: tuple[NotScanned, ...], words: Words) -> Iterable[RenderableType]:
    """Yield what was not scanned and why, then how much more there is."""
    listed = grid("left", "left")
    groups = unscanned.missed(entries)
    for group in groups[:MOST_NOT_SCANNED]:
        listed.add_row(_missed(group, words), Text(words.reason(group.reason), style="dim"))
    yield listed
    if len(groups) > MOST_NOT_SCANNED:
        left_out = sum(len(group.places) for group in groups[MOST_NOT_SCANNED:])
        yield words("and_more", "dim", n=left_out)


def _missed(group: unscanned.Missed, words: Words) -> Text:
    """Return what was not scanned: each by its name, or how many where they are many."""
    if len(group.places) > unscanned.FEW_PLACES:
        several = words("not_scanned.several", n=len(group.places))
        return Text.assemble(f"{shortened(group.source, NAME_LENGTH)}: ", several)
    named = (
        ".".join(shortened(p, NAME_LENGTH) for p in (group.source, *place) if p) for place in group.places
    )
    return Text("\n".join(named))


def retried(entries: tuple[Retried, ...], words: Words) -> Iterable[RenderableType]:
    """Yield what was read after further attempts."""
    listed = grid("left", "left")
    for entry in entries[:MOST_NOT_SCANNED]:
        place = ".".join(shortened(part, NAME_LENGTH) for part in (entry.source, entry.table) if part)
        listed.add_row(
            Text(place), words("retried.why", "dim", reason=words.reason(entry.reason), n=entry.times)
        )
    yield listed
    if len(entries) > MOST_NOT_SCANNED:
        yield words("and_more", "dim", n=len(entries) - MOST_NOT_SCANNED)


def stale(review: ReviewResult, words: Words) -> Iterable[RenderableType]:
    """Yield decisions of reviewers that no longer meet their column."""
    listed = grid("left", "left")
    for entry in review.stale[:MOST_NOT_SCANNED]:
        name = shortened(f"{entry.dataset}/{entry.table}.{entry.column}", 2 * NAME_LENGTH)
        listed.add_row(Text(name), Text(words.term("stale", entry.why), style="dim"))
    yield listed
    yield words("stale.advice", "dim", n=len(review.stale))
