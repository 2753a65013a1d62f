"""A page in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from scanner.pages.model import Page, Section
from scanner.words.printing import printed
from scanner.words.visible import shortened, visible

CELL_LENGTH = 240  # characters of a cell, names among them
_STYLES = {"alarm": "bold red", "caution": "yellow", "good": "green", "": ""}


def render_text(page: Page, *, width: int = 100, color: bool = False) -> str:
    """Return the page as text of ``width`` cells; with ``color``, with ANSI styles."""
    return printed(_parts(page, width), width=width, color=color)


def _parts(page: Page, width: int) -> Iterator[RenderableType]:
    yield Text(visible(page.title), style="bold")
    yield from (Text(visible(line), style="dim") for line in page.lead)
    if page.banner:
        tone, said = page.banner
        yield Text(visible(said), style=_STYLES[tone])
    for section in page.sections:
        yield Text()
        yield Text(visible(section.title), style="bold")
        if section.figure:
            yield Text(section.figure.text(width - 2))
        if section.rows:
            yield Padding(_table(section), (0, 0, 0, 2))
        yield from (Padding(Text(visible(note), style="dim"), (0, 0, 0, 2)) for note in section.notes)


def _table(section: Section) -> Table:
    table = Table(box=SIMPLE_HEAD, show_header=bool(section.headings), pad_edge=False, expand=False)
    for position in range(len(section.rows[0].cells)):
        heading = section.headings[position] if section.headings else ""
        table.add_column(
            Text(heading),
            justify="right" if position in section.numbers else "left",
            overflow="fold",
            no_wrap=position in section.whole,
        )
    for row in section.rows:
        style = _STYLES[row.tone]
        first, *others = (Text(shortened(cell, CELL_LENGTH)) for cell in row.cells)
        first.stylize(style)
        table.add_row(first, *others)
    return table
