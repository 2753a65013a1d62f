"""What the summary in the terminal says, as rich Text: names made harmless, counts as intervals, tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from scanner.report._texts import text
from scanner.result import Interval, SubjectCount
from scanner.words.reasons import reason_in
from scanner.words.texts import Tongue, term
from scanner.words.visible import shortened, visible

NAME_LENGTH = 40  # characters of a name
MOST_OF_A_REASON = 400  # characters


@dataclass(frozen=True, slots=True)
class Words:
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


def counted(count: SubjectCount | None, words: Words) -> tuple[Text, Text]:
    """Return how many people there are, and by which method."""
    if count is None:
        return words("people.none", "dim"), Text()
    return persons(count, words), Text(words.term("method", count.method), style="dim")


def persons(count: SubjectCount, words: Words) -> Text:
    """Return a count: an interval, or that only rows bound it."""
    if count.method == "rows-bound":
        return words("count.anonymous", lower=count.lower, upper=count.bounds.upper)
    return interval(count.bounds, words)


def interval(count: Interval, words: Words) -> Text:
    """Return an interval with its estimate, or the one number that it is."""
    if count.lower == count.upper:
        return words("count.exact", n=count.estimate)
    return words("count.interval", lower=count.lower, estimate=count.estimate, upper=count.upper)


def bounds(count: SubjectCount | None, words: Words) -> tuple[Text, Text]:
    """Return the reach of a count and its estimate, for two columns."""
    if count is None:
        return words("people.none", "dim"), Text()
    upper = count.bounds.upper
    reach = words("count.range", lower=count.lower, upper=upper)
    if count.method == "rows-bound":
        return reach, words("count.anonymous.short", "yellow")
    estimate = words("count.exact", n=count.estimate)
    return (estimate if count.lower == upper else reach), estimate


def grid(*justify: str) -> Table:
    """Return a table without lines; each column is ``left`` or ``right``."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for side in justify:
        grid.add_column(justify="right" if side == "right" else "left", overflow="fold")
    return grid


def frame(words: Words, *columns: tuple[str, str]) -> Table:
    """Return a table with headings: key of the heading, and ``name``, ``number``, ``bounds`` or ``word``."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for key, kind in columns:
        right = kind in {"number", "bounds"}
        whole = kind in {"bounds", "word"}  # never broken over two lines
        table.add_column(words(key), justify="right" if right else "left", no_wrap=whole, overflow="fold")
    return table


def hanging(lines: Iterable[Text]) -> Table:
    """Return lines of which what does not fit stands below their beginning, a little to the right."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for line in lines:
        table.add_row("·", line)
    return table
