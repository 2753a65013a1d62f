"""``pandian diff``."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.exits import INCOMPLETE, OK, REACHED
from scanner.cli.keeping import place_of
from scanner.cli.options import PageFile, PageFormat, PageFormats, PageLang, StoreConfigFile, StorePlace
from scanner.cli.pages import show_page

if TYPE_CHECKING:
    from scanner.changes import Changes


class FailOnChange(StrEnum):
    """What makes a comparison exit with 1."""

    REACHED = "reached"
    OPENED = "opened"
    NEW_PI = "new-pi"
    MOVED = "moved"
    GRADE = "grade"
    ANY = "any"


def command(  # noqa: PLR0913, PLR0917 -- one parameter an option
    before: Annotated[
        str,
        typer.Argument(metavar="A", help="scan.json, its folder, a scan id, latest, previous or a day."),
    ] = "previous",
    after: Annotated[str, typer.Argument(metavar="B", help="As A; the later scan.")] = "latest",
    config: StoreConfigFile = None,
    store: StorePlace = None,
    output_format: PageFormats = PageFormat.TEXT,
    output: PageFile = None,
    lang: PageLang = None,
    fail_on: Annotated[
        list[FailOnChange] | None, typer.Option("--fail-on", help="Exit 1 on this change; may be repeated.")
    ] = None,
) -> None:
    """Say what changed between two scans: columns, people, grades, lines reached, and why."""
    from scanner.changes import diff, to_dict
    from scanner.changes.telling import tell
    from scanner.store import Scans

    scans = Scans(place_of(config, store), os.environ)
    changes = diff(scans.load(before), scans.load(after), archive=scans.pack)
    show_page(lambda tongue: tell(changes, tongue), lambda: to_dict(changes), output_format, lang, output)
    raise typer.Exit(_exit_code(changes, fail_on or []))


def _exit_code(changes: Changes, fail_on: list[FailOnChange]) -> int:
    """Return the exit code; as of scans, 3 wins over 1."""
    if changes.not_compared or changes.coverage_changed:
        return INCOMPLETE
    return REACHED if any(_found(changes, one) for one in fail_on) else OK


def _found(changes: Changes, what: FailOnChange) -> bool:
    return {
        FailOnChange.REACHED: bool(changes.reached),
        FailOnChange.OPENED: any(line.change in {"reached", "opened"} for line in changes.lines),
        FailOnChange.NEW_PI: any(column.kind == "new" for column in changes.columns),
        FailOnChange.MOVED: any(count.exceeds and not count.restarted for count in changes.counts),
        FailOnChange.GRADE: any(_rank(one.after) > _rank(one.before) for one in changes.grades),
        FailOnChange.ANY: not changes.nothing,
    }[what]


def _rank(level: str) -> int:
    return ("general", "important", "core").index(level)
