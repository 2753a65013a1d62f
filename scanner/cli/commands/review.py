"""``pandian review``: list what awaits review, decide on columns, and see which decisions went stale."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.exits import REACHED
from scanner.cli.named import record_of
from scanner.cli.options import AnswerFormat, ScanOption, StorePlace
from scanner.cli.problems import UsageProblem

if TYPE_CHECKING:
    from scanner.cli.review_desk import Desk
    from scanner.review.queue import Awaiting
    from scanner.scan_record import RecordedColumn

app = typer.Typer(
    no_args_is_help=True,
    help="Review tags: list, confirm, reject, retag, withdraw, and the status of decisions.",
)

Config = Annotated[
    Path | None, typer.Option("--config", help="Configuration that names the review file and your own types.")
]
ReviewFile = Annotated[
    Path | None, typer.Option("--review", help="Review file; that of --config, else review.yaml.")
]
Columns = Annotated[
    list[str], typer.Argument(metavar="COLUMN", help="dataset/table.column, its end, or a pattern.")
]
Types = Annotated[str, typer.Option("--types", help="PI types, separated by commas.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept in the review file.")]
By = Annotated[str, typer.Option("--by", help="Who decides; the user of the shell.")]
Answer = Annotated[AnswerFormat, typer.Option("--format", help="Format of the answer.")]


@app.command("list")
def list_awaiting(  # noqa: PLR0913, PLR0917 -- one parameter an option
    scan: ScanOption = None,
    config: Config = None,
    review: ReviewFile = None,
    store: StorePlace = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Columns to list.")] = 30,
    output_format: Answer = AnswerFormat.TEXT,
) -> None:
    """List the columns that nobody has decided on, the most uncertain first."""
    from scanner.review.queue import awaiting

    desk = _desk(scan, config, review, store)
    waiting = awaiting(desk.columns, desk.decided())
    if output_format is AnswerFormat.JSON:
        rows = [
            {"column": e.column.id, "types": e.types, "missed": e.missed, "uncertainty": e.uncertainty}
            for e in waiting[:limit]
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for entry in waiting[:limit]:
        typer.echo(f"{entry.uncertainty:.2f}  {entry.column.id}  {_proposal(entry)}")
    left = f"; {len(waiting) - limit} more with --limit" if len(waiting) > limit else ""
    typer.echo(f"{len(waiting)} columns await review{left}.", err=True)


def _proposal(entry: Awaiting) -> str:
    if entry.missed:
        return f"not tagged; narrowly missed {entry.types[0]} ({entry.missed.replace('_', ' ')})"
    return ", ".join(entry.types)


@app.command("confirm")
def confirm(  # noqa: PLR0913, PLR0917 -- one parameter an option
    columns: Columns,
    scan: ScanOption = None,
    config: Config = None,
    review: ReviewFile = None,
    store: StorePlace = None,
    reason: Reason = "",
    by: By = "",
) -> None:
    """Confirm the tags of columns."""
    desk = _desk(scan, config, review, store)
    tagged = [column for column in desk.named(columns) if column.held]
    if not tagged:
        raise UsageProblem(
            "There is no tag to confirm. Say what the columns hold with `pandian review retag`."
        )
    desk.decide(tagged, lambda column: column.held, reason, by)


@app.command("reject")
def reject(  # noqa: PLR0913, PLR0917 -- one parameter an option
    columns: Columns,
    types: Types = "",
    scan: ScanOption = None,
    config: Config = None,
    review: ReviewFile = None,
    store: StorePlace = None,
    reason: Reason = "",
    by: By = "",
) -> None:
    """Say that columns hold no personal information, or (--types) not these types."""
    desk = _desk(scan, config, review, store)
    denied = desk.types(types) if types else None

    def left(column: RecordedColumn) -> tuple[str, ...]:
        return tuple(name for name in column.held if denied is not None and name not in denied)

    desk.decide(desk.named(columns), left, reason, by)


@app.command("retag")
def retag(  # noqa: PLR0913, PLR0917 -- one parameter an option
    columns: Columns,
    types: Types,
    scan: ScanOption = None,
    config: Config = None,
    review: ReviewFile = None,
    store: StorePlace = None,
    reason: Reason = "",
    by: By = "",
) -> None:
    """Say which types columns hold, whatever was found."""
    desk = _desk(scan, config, review, store)
    wanted = desk.types(types)
    desk.decide(desk.named(columns), lambda _: wanted, reason, by)


@app.command("withdraw")
def withdraw(
    columns: Columns,
    scan: ScanOption = None,
    config: Config = None,
    review: ReviewFile = None,
    store: StorePlace = None,
) -> None:
    """Take decisions back; stale ones are named as they stand in the review file."""
    from fnmatch import fnmatchcase

    desk = _desk(scan, config, review, store)
    gone = {
        key: None
        for key, decision in desk.decided().items()
        if any(decision.id == name or fnmatchcase(decision.id, name) for name in columns)
    }
    if not gone:
        raise UsageProblem(f"{desk.file}: there is no decision on '{columns[0]}'.")
    desk.write(gone)
    typer.echo(f"{len(gone)} withdrawn from {desk.file}.", err=True)


@app.command("status")
def status(
    scan: ScanOption = None,
    config: Config = None,
    review: ReviewFile = None,
    store: StorePlace = None,
    output_format: Answer = AnswerFormat.TEXT,
) -> None:
    """Count decisions and name those that are stale, contradict each other, or came after the scan.

    Exits with 1 where something is stale or contradictory.
    """
    found = _desk(scan, config, review, store).status()
    if output_format is AnswerFormat.JSON:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for name, value in found.items():
            typer.echo(f"{name.replace('_', ' '):18} {len(value) if isinstance(value, list) else value}")
            for entry in value if isinstance(value, list) else ():
                typer.echo(f"  {' '.join(entry.values())}")
    raise typer.Exit(REACHED if found["stale"] or found["conflicts"] else 0)


def _desk(scan: str | None, config: Path | None, review: Path | None, store: str | None) -> Desk:
    from scanner.cli.review_desk import open_desk

    return open_desk(record_of(scan, config, store), config, review)
