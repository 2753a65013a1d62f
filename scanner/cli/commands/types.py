"""``pandian types``, ``types show`` and ``types check``."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scanner.cli.options import AnswerFormat, AsOf, Language, parse_date
from scanner.cli.problems import UsageProblem
from scanner.cli.scanning import colored, terminal_width
from scanner.running.surroundings import today

if TYPE_CHECKING:
    from classifiers import Catalogue

app = typer.Typer(help="List the PI types that are found; show one; check a file of your own types.")


Files = Annotated[list[Path] | None, typer.Option("--types", help="File of PI types of your own, too.")]
Format = Annotated[AnswerFormat, typer.Option("--format", help="Format of the answer.")]
Tongue = Annotated[Language, typer.Option("--lang", help="Language of names and headings.")]


@app.callback(invoke_without_command=True)
def types(
    context: typer.Context,
    files: Files = None,
    as_of: AsOf = None,
    output_format: Format = AnswerFormat.TEXT,
    lang: Tongue = Language.BOTH,
) -> None:
    """List the PI types that are found."""
    if context.invoked_subcommand is not None:
        return
    from scanner.pi_types.showing import listed, render_list

    day = _day(as_of)
    entries = listed(_catalogue(files), day)
    if output_format is AnswerFormat.JSON:
        _print_json(entries)
    else:
        typer.echo(render_list(entries, day, lang.value, terminal_width(), color=colored()))


@app.command("show")
def show(
    name: Annotated[str, typer.Argument(metavar="TYPE", help="Id of a PI type, such as id_card.")],
    files: Files = None,
    as_of: AsOf = None,
    output_format: Format = AnswerFormat.TEXT,
    lang: Tongue = Language.BOTH,
) -> None:
    """Show one type: names, sensitivity by standard and date, and how it is found."""
    from scanner.pi_types.showing import listed, render_type

    entries = {entry["id"]: entry for entry in listed(_catalogue(files), _day(as_of))}
    if name not in entries:
        raise UsageProblem(f"There is no PI type '{name}'. {_near(name, entries)}`pandian types` lists them.")
    if output_format is AnswerFormat.JSON:
        _print_json(entries[name])
    else:
        typer.echo(render_type(entries[name], lang.value, terminal_width(), color=colored()))


@app.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files of PI types of your own.")],
) -> None:
    """Check files of your own types: their keys, patterns, and whether their examples hold."""
    catalogue = _catalogue(files)
    for name, made in catalogue.custom.items():
        typer.echo(f"{name}: {made.pi_type.zh} / {made.pi_type.en}: ok")
    for own in catalogue.presidio:
        typer.echo(f"{own.type}: {own.name}: ok")
    taken = catalogue.taken_words()
    for word, (mine, theirs) in taken.items():
        typer.echo(f"Note: the header word '{word}' now means {mine}, no longer {theirs}.")


def _catalogue(files: list[Path] | None) -> Catalogue:
    from scanner.pi_types.types_file import load_types

    return load_types(files or [])


def _day(as_of: str | None) -> dt.date:
    return parse_date(as_of) or today()


def _near(name: str, known: dict[str, Any]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"Did you mean '{near[0]}'? " if near else ""


def _print_json(content: Any) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=1))
