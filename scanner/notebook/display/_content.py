"""What a notebook shows of a result, cut to a page: the answer first, then columns and people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanner.report import _brief as brief
from scanner.report import _ranking as ranking
from scanner.report import _unscanned as unscanned
from scanner.report._duties import shown_day, title
from scanner.result import Finding, Interval, Result, SubjectCount, selecting
from scanner.words.texts import Tongue

MOST_LINES = 4
MOST_DUE = 2
MOST_STEPS = 2
MOST_COLUMNS = 8
MOST_CATEGORIES = 4
MOST_MISSED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A legal line that is met, open or near."""

    verdict: str
    title: str
    rule: str
    count: Interval
    operator: str
    threshold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A column with personal information; ``confidence`` in [0, 1]."""

    table: str
    column: str
    type: str
    types: str
    sensitive: bool
    confidence: float
    decision: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is shown, and how much of everything is not.

    Attributes:
        rows: Rows of all tables; None where one is not known.
        due: Day and duty of what has a day.
        longest: The largest number among the counts of people, for the scale of their bars.
    """

    as_of: str
    complete: bool
    tables: int
    columns: int
    rows: int | None
    tables_with: int
    columns_with: int
    everybody: SubjectCount | None
    sensitive: SubjectCount | None
    met: int
    unsure: int
    lines: tuple[Line, ...]
    lines_more: int
    due: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    held: tuple[Held, ...]
    held_more: int
    people: tuple[SubjectCount, ...]
    longest: int
    missed: tuple[unscanned.Missed, ...]
    missed_more: int


def content(result: Result, lang: Tongue) -> Content:
    """Return what is shown of a result."""
    tables = [table for _, table in selecting.tables(result)]
    lines = list(_lines(result, lang))
    found = ranking.lines(result.findings)
    held = sorted(_held(result, lang), key=lambda each: not each.sensitive)
    people = [c for c in result.organization.subjects if c.estimate or c.bounds.upper][:MOST_CATEGORIES]
    missed = unscanned.missed(result.not_scanned)
    return Content(
        as_of=result.scan.as_of,
        complete=result.complete,
        tables=len(tables),
        columns=sum(len(table.columns) for table in tables),
        rows=_rows([table.rows.value for table in tables]),
        tables_with=sum(bool(table.pi_columns) for table in tables),
        columns_with=len(held),
        everybody=selecting.total(result.organization.subjects),
        sensitive=selecting.total(result.organization.subjects, "sensitive"),
        met=len(found.met),
        unsure=len(found.unsure),
        lines=tuple(lines[:MOST_LINES]),
        lines_more=max(0, len(lines) - MOST_LINES),
        due=tuple((shown_day(one.due), title(one, lang)) for one in brief.due(result)[:MOST_DUE]),
        steps=tuple(step.said for step in brief.steps(result, lang)[:MOST_STEPS]),
        held=tuple(held[:MOST_COLUMNS]),
        held_more=max(0, len(held) - MOST_COLUMNS),
        people=tuple(people),
        longest=max((_bounded(count) for count in people), default=0),
        missed=missed[:MOST_MISSED],
        missed_more=sum(len(group.places) for group in missed[MOST_MISSED:]),
    )


def _rows(rows: Sequence[int | None]) -> int | None:
    known = [number for number in rows if number is not None]
    return sum(known) if len(known) == len(rows) else None


def _bounded(count: SubjectCount) -> int:
    return count.estimate if count.partial else count.upper


def _lines(result: Result, lang: Tongue) -> Iterator[Line]:
    found = ranking.lines(result.findings)
    for verdict, findings in (("met", found.met), ("undetermined", found.unsure), ("near", found.near)):
        for finding in findings:
            if finding.count is not None and finding.threshold:
                yield _line(verdict, finding, finding.count, finding.threshold, lang)


def _line(verdict: str, finding: Finding, count: Interval, threshold: int, lang: Tongue) -> Line:
    return Line(
        verdict=verdict,
        title=finding.title_zh if lang == "zh" else finding.title,
        rule=finding.rule_id,
        count=count,
        operator=finding.operator,
        threshold=threshold,
    )


def _held(result: Result, lang: Tongue) -> Iterator[Held]:
    several = len(result.datasets) > 1
    for dataset, table in selecting.tables(result):
        for column in table.pi_columns:
            tags = column.held
            yield Held(
                table=f"{dataset.name}/{table.name}" if several else table.name,
                column=column.name,
                type=column.type,
                types=("、" if lang == "zh" else ", ").join(
                    dict.fromkeys(tag.name_zh if lang == "zh" else tag.name_en for tag in tags)
                ),
                sensitive=any(tag.sensitive for tag in tags),
                confidence=max(tag.confidence for tag in tags),
                decision=tags[0].decision,
                grade=column.grade.level,
            )
