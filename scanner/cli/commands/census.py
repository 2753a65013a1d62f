"""``pandian census``: look into a state folder, unite several, delete from one."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import asdict
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.exits import OK, REACHED
from scanner.cli.options import AnswerFormat, AsOf, parse_date
from scanner.cli.problems import UsageProblem

if TYPE_CHECKING:
    from scanner.identifiers import SubjectKey
    from scanner.result import SubjectCount
    from scanner.state import PartInfo

app = typer.Typer(no_args_is_help=True, help="Look into a state folder, unite several, delete from one.")

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="State folder of 'pandian scan --state'.")]
Config = Annotated[
    Path | None, typer.Option("--config", help="pandian.yaml that names the key file; else PANDIAN_KEY.")
]
Source = Annotated[str | None, typer.Option("--source", help="Name of a source, or a shell pattern.")]
Table = Annotated[str | None, typer.Option("--table", help="dataset/table, or a shell pattern.")]
Part = Annotated[str | None, typer.Option("--part", help="Name of a part, or a shell pattern.")]


@app.command()
def show(  # noqa: PLR0913, PLR0917 -- one parameter an option
    folder: Folder,
    config: Config = None,
    source: Source = None,
    table: Table = None,
    part: Part = None,
    people: Annotated[bool, typer.Option("--people", help="Count the people in what is kept.")] = False,
    as_of: AsOf = None,
    form: Annotated[AnswerFormat, typer.Option("--format", help="Text or JSON.")] = AnswerFormat.TEXT,
) -> None:
    """List what a state folder keeps: parts, rows, days, and with --people the persons in them."""
    from scanner.state import StateFolder
    from scanner.state.totals import count_held

    key = _key(config)
    with StateFolder(folder, key, create=False) as state:
        infos = _chosen(state.infos(), source, table, part)
        day = parse_date(as_of) or max((info.as_of for info in infos), default=dt.date.min)
        counts = count_held(state, infos, day, key) if people else ()
    typer.echo(_as_json(infos, counts) if form is AnswerFormat.JSON else _as_text(infos, counts))


@app.command()
def merge(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR", help="State folders to unite.")],
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="Folder that takes them in.")],
    config: Config = None,
) -> None:
    """Unite the states of several machines; of a part that several have, the newest count stays."""
    from scanner.state import StateFolder
    from scanner.state.merging import merge_state

    key = _key(config)
    with StateFolder(into, key) as state:
        for path in folders:
            with StateFolder(path, key, create=False) as other:
                merged = merge_state(state, other)
            typer.echo(
                f"{path}: {merged.added} parts taken in, {merged.replaced} newer than before, "
                f"{merged.older} older or the same."
            )


@app.command()
def forget(  # noqa: PLR0913, PLR0917 -- one parameter an option
    folder: Folder,
    config: Config = None,
    source: Source = None,
    table: Table = None,
    part: Part = None,
    before: Annotated[
        str | None, typer.Option("--before", metavar="DATE", help="Parts counted before this day.")
    ] = None,
    damaged: Annotated[bool, typer.Option("--damaged", help="Files cut off or changed.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="All parts.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be deleted.")] = False,
) -> None:
    """Delete parts from a state folder; several options narrow the choice. Exit code 1: nothing matched."""
    if not (damaged or everything or any((source, table, part, before))):
        raise UsageProblem("Nothing was chosen. Use --source, --table, --part, --before, --damaged or --all.")
    from scanner.state import StateFolder

    with StateFolder(folder, _key(config), create=False) as state:
        if damaged:
            names = [str(path) for path in state.damaged()]
            doomed = [] if dry_run else names
            for name in doomed:
                Path(name).unlink()
        else:
            day = _day(before)
            infos = _chosen(state.infos(), source, table, part)
            infos = [info for info in infos if day is None or info.as_of < day]
            names = [str(info.place) for info in infos]
            for info in () if dry_run else infos:
                state.forget(info.place)
    for name in names:
        typer.echo(f"{'Would forget' if dry_run else 'Forgot'} {name}")
    raise typer.Exit(OK if names else REACHED)


def _key(config: Path | None) -> SubjectKey:
    from scanner.config import load_config
    from scanner.digests.keys import load_key

    named = load_config(config, os.environ).key_file if config else None
    return load_key(Path(named) if named else None, os.environ)


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageProblem(f"--before {text!r} is no date. Write it as 2026-11-22.") from None


def _chosen(infos: list[PartInfo], source: str | None, table: str | None, part: str | None) -> list[PartInfo]:
    return [
        info
        for info in infos
        if all(
            pattern is None or name == pattern or fnmatchcase(name, pattern)
            for name, pattern in (
                (info.place.source, source),
                (info.place.table_id, table),
                (info.place.part, part),
            )
        )
    ]


def _as_json(infos: list[PartInfo], counts: tuple[SubjectCount, ...]) -> str:
    content = {"parts": [asdict(info) for info in infos], "subjects": [asdict(count) for count in counts]}
    return json.dumps(content, ensure_ascii=False, indent=1, default=dt.date.isoformat)


def _as_text(infos: list[PartInfo], counts: tuple[SubjectCount, ...]) -> str:
    lines = [_line(info) for info in infos]
    rows = sum(info.rows for info in infos)
    lines.append(f"{len(infos)} parts, {rows:,} rows.")
    lines += [
        f"{count.scope} {count.name}: {count.category} {count.lower:,} to {count.upper:,}, "
        f"estimate {count.estimate:,}"
        for count in counts
        if count.category in {"all", "sensitive"}
    ]
    return "\n".join(lines)


def _line(info: PartInfo) -> str:
    gone = f", gone since {info.gone}" if info.gone else ""
    return f"{info.place.source}: {info.place}, {info.rows:,} rows, counted on {info.as_of}{gone}"
