"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from scanner.cli.problems import UsageProblem


class CountMode(StrEnum):
    """How people are counted."""

    EXACT = "exact"
    SKETCH = "sketch"
    NONE = "none"


class Language(StrEnum):
    """Language of reports."""

    BOTH = "both"
    ZH = "zh"
    EN = "en"


class AnswerFormat(StrEnum):
    """Format of what a command prints."""

    TEXT = "text"
    JSON = "json"


class PageFormat(StrEnum):
    """Format of what is shown as a page."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


class CalendarFormat(StrEnum):
    """Format of what has a calendar."""

    TEXT = "text"
    JSON = "json"
    ICS = "ics"


Output = Annotated[Path, typer.Option("--output", help="Folder for the reports.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Day of ages, windows and rules; today.")
]
Lang = Annotated[Language, typer.Option("--lang", help="Language of the reports.")]
Formats = Annotated[
    str, typer.Option("--format", help="Reports to write, separated by commas: json, html, text, ics.")
]
MaxRows = Annotated[
    float | None,
    typer.Option("--max-rows-per-second", min=0.001, metavar="N", help="Rows read at most from each source."),
]
MaxLoad = Annotated[
    int | None,
    typer.Option(
        "--max-load", min=0, metavar="N", help="Wait while a server runs more than N statements of others."
    ),
]
Views = Annotated[bool | None, typer.Option("--views/--no-views", help="Whether views are read; they are.")]
ForeignTables = Annotated[
    bool | None,
    typer.Option("--foreign-tables/--no-foreign-tables", help="Whether tables on other servers are read."),
]

StorePlace = Annotated[
    str | None,
    typer.Option("--store", metavar="URL|FILE", help="History of scans; see docs/history.md."),
]

SCAN_NAMES = "scan.json, its folder, a scan id, latest, previous or a day"
ScanName = Annotated[str, typer.Argument(metavar="SCAN", help=f"{SCAN_NAMES}.")]
ScanOption = Annotated[
    str | None, typer.Option("--scan", metavar="SCAN", help=f"{SCAN_NAMES}; ./pandian-out.")
]

StoreConfigFile = Annotated[Path | None, typer.Option("--config", help="Configuration that names the store.")]
PageFormats = Annotated[PageFormat, typer.Option("--format", help="Text, JSON or HTML.")]
PageFile = Annotated[
    Path | None, typer.Option("--output", metavar="FILE", help="File to write; else standard output.")
]
PageLang = Annotated[
    Language | None, typer.Option("--lang", help="Language of the page; that of the terminal.")
]


def names_in(text: str) -> tuple[str, ...]:
    """Return names separated by commas, each once.

    >>> names_in("json, html,,json")
    ('json', 'html')
    """
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def parse_date(text: str | None, option: str = "--as-of") -> dt.date | None:
    """Return the day that an option names.

    Raises:
        UsageProblem: The text is no date.
    """
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageProblem(f"{option} {text!r} is no date. Write it as 2026-11-22.") from None
