"""``pandian review``: list what awaits review, decide on columns, and see which decisions went stale."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.exits import REACHED
from scanner.cli.options import AnswerFormat
from scanner.cli.problems import UsageProblem

if TYPE_CHECKING:
    from scanner.config import ScanConfig
    from scanner.review import Decision, Key
    from scanner.review_queue import Awaiting
    from scanner.scan_record import RecordedColumn

app = typer.Typer(
    no_args_is_help=True,
    help="Review tags: list, confirm, reject, retag, withdraw, and the status of decisions.",
)

Scan = Annotated[Path, typer.Option("--scan", help="scan.json of a scan, or its folder.")]
Config = Annotated[
    Path | None, typer.Option("--config", help="Configuration that names the review file and your own types.")
]
ReviewFile = Annotated[
    Path | None, typer.Option("--review", help="Review file; that of --config, else review.yaml.")
]
Columns = Annotated[
    list[str], typer.Argument(metavar="COLUMN...", help="dataset/table.column, its end, or a pattern.")
]
Types = Annotated[str, typer.Option("--types", help="PI types, separated by commas.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept in the review file.")]
By = Annotated[str, typer.Option("--by", help="Who decides; the user of the shell.")]
Answer = Annotated[AnswerFormat, typer.Option("--format", help="Format of the answer.")]

_OUT = Path("pandian-out")


@app.command("list")
def list_awaiting(
    scan: Scan = _OUT,
    config: Config = None,
    review: ReviewFile = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Columns to list.")] = 30,
    output_format: Answer = AnswerFormat.TEXT,
) -> None:
    """List the columns that nobody has decided on, the most uncertain first."""
    from scanner.review_queue import awaiting

    desk = _desk(scan, config, review)
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
    scan: Scan = _OUT,
    config: Config = None,
    review: ReviewFile = None,
    reason: Reason = "",
    by: By = "",
) -> None:
    """Confirm the tags of columns."""
    desk = _desk(scan, config, review)
    tagged = [column for column in desk.named(columns) if _held(column)]
    if not tagged:
        raise UsageProblem(
            "There is no tag to confirm. Say what the columns hold with `pandian review retag`."
        )
    desk.decide(tagged, _held, reason, by)


@app.command("reject")
def reject(  # noqa: PLR0913, PLR0917 -- one parameter an option
    columns: Columns,
    types: Types = "",
    scan: Scan = _OUT,
    config: Config = None,
    review: ReviewFile = None,
    reason: Reason = "",
    by: By = "",
) -> None:
    """Say that columns hold no personal information, or (--types) not these types."""
    desk = _desk(scan, config, review)
    denied = desk.types(types) if types else None

    def left(column: RecordedColumn) -> tuple[str, ...]:
        return tuple(name for name in _held(column) if denied is not None and name not in denied)

    desk.decide(desk.named(columns), left, reason, by)


@app.command("retag")
def retag(  # noqa: PLR0913, PLR0917 -- one parameter an option
    columns: Columns,
    types: Types,
    scan: Scan = _OUT,
    config: Config = None,
    review: ReviewFile = None,
    reason: Reason = "",
    by: By = "",
) -> None:
    """Say which types columns hold, whatever was found."""
    desk = _desk(scan, config, review)
    wanted = desk.types(types)
    desk.decide(desk.named(columns), lambda _: wanted, reason, by)


@app.command("withdraw")
def withdraw(columns: Columns, scan: Scan = _OUT, config: Config = None, review: ReviewFile = None) -> None:
    """Take decisions back; stale ones are named as they stand in the review file."""
    from fnmatch import fnmatchcase

    desk = _desk(scan, config, review)
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
    scan: Scan = _OUT,
    config: Config = None,
    review: ReviewFile = None,
    output_format: Answer = AnswerFormat.TEXT,
) -> None:
    """Count decisions and name those that are stale, contradict each other, or came after the scan.

    Exits with 1 where something is stale or contradictory.
    """
    found = _desk(scan, config, review).status()
    if output_format is AnswerFormat.JSON:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for name, value in found.items():
            typer.echo(f"{name.replace('_', ' '):18} {len(value) if isinstance(value, list) else value}")
            for entry in value if isinstance(value, list) else ():
                typer.echo(f"  {' '.join(entry.values())}")
    raise typer.Exit(REACHED if found["stale"] or found["conflicts"] else 0)


# ---------------------------------------------------------------------- the desk
@dataclass(frozen=True)
class _Desk:
    """A scan and the file of decisions on it."""

    columns: list[RecordedColumn]
    unread: frozenset[tuple[str, str]]
    file: Path
    known_types: frozenset[str]

    def text(self) -> str:
        from scanner.documents import read_text

        return read_text(self.file, "the review file") if self.file.exists() else ""

    def decided(self) -> Mapping[Key, Decision]:
        from scanner.review import parse_decisions

        return {decision.key: decision for decision in parse_decisions(self.text(), str(self.file))}

    def named(self, names: list[str]) -> list[RecordedColumn]:
        from scanner.scan_record import named_columns

        found = {column.key: column for name in names for column in named_columns(self.columns, name)}
        return list(found.values())

    def types(self, listed: str) -> tuple[str, ...]:
        wanted = tuple(dict.fromkeys(name.strip() for name in listed.split(",") if name.strip()))
        unknown = [name for name in wanted if name not in self.known_types]
        if unknown or not wanted:
            raise UsageProblem(
                f"--types: there is no PI type '{(unknown or [''])[0]}'. `pandian types` lists them."
            )
        return wanted

    def decide(
        self,
        columns: list[RecordedColumn],
        types: Callable[[RecordedColumn], tuple[str, ...]],
        reason: str,
        by: str,
    ) -> None:
        """Write a decision on each column, and say what changed."""
        made = [_decision(column, types(column), reason, by) for column in columns]
        before = self.decided()
        self.write({decision.key: decision for decision in made})
        for decision in made:
            earlier = before.get(decision.key)
            was = f"  (was {_said(earlier.types)})" if earlier else ""
            typer.echo(f"{decision.id}: {_said(decision.types)}{was}")
        typer.echo(f"{len(made)} decided in {self.file}; the next scan applies them.", err=True)

    def write(self, changes: Mapping[Key, Decision | None]) -> None:
        """Replace the review file as a whole, so that no half of it is ever seen."""
        from scanner.review_file import edited

        text = edited(self.text(), str(self.file), changes)
        try:
            aside = self.file.with_name(f".{self.file.name}.new")
            aside.write_text(text, encoding="utf-8", newline="\n")
            aside.replace(self.file)
        except OSError as error:
            raise UsageProblem(f"{self.file}: cannot be written ({error.strerror}).") from error

    def status(self) -> dict[str, int | list[dict[str, str]]]:
        from scanner.review import conflicts, parse_decisions, stale
        from scanner.review_queue import awaiting

        decisions = parse_decisions(self.text(), str(self.file))
        there = {column.key: column for column in self.columns}
        types = {key: str(column.content["type"]) for key, column in there.items()}
        old = stale(decisions, types, self.unread)
        newer = [d for d in decisions if d.key in there and set(d.types) != set(_confirmed(there[d.key]))]
        return {
            "decisions": len(decisions),
            "no_personal_data": sum(not decision.types for decision in decisions),
            "awaiting": len(awaiting(self.columns, {decision.key for decision in decisions})),
            "not_yet_applied": [{"column": d.id} for d in newer],
            "stale": [{"column": d.id, "why": why} for d, why in old],
            "conflicts": [{"column": name} for name in conflicts(decisions)],
        }


def _desk(scan: Path, config: Path | None, review: Path | None) -> _Desk:
    from scanner.catalogues import load_catalogue
    from scanner.config import load_config, without_file
    from scanner.scan_record import read_record, recorded_columns

    record = read_record(scan)
    settings: ScanConfig = load_config(config, os.environ) if config else without_file(())
    columns = list(recorded_columns(record))
    tagged = {tag["type"] for column in columns for tag in column.content["tags"]}
    return _Desk(
        columns=columns,
        unread=frozenset((e["source"], e["table"]) for e in record["not_scanned"] if not e["column"]),
        file=review or Path(settings.review or "review.yaml"),
        known_types=frozenset(load_catalogue(settings).types) | tagged,
    )


def _decision(column: RecordedColumn, types: tuple[str, ...], reason: str, by: str) -> Decision:
    from scanner.review import Decision

    dataset, table, name = column.key
    return Decision(
        dataset=dataset,
        table=table,
        column=name,
        types=types,
        reason=reason,
        by=by or os.environ.get("USER", ""),
        at=dt.datetime.now(tz=dt.UTC).date(),
        column_type=str(column.content["type"]),
    )


def _held(column: RecordedColumn) -> tuple[str, ...]:
    return tuple(tag["type"] for tag in column.content["tags"] if tag["decision"] != "rejected")


def _confirmed(column: RecordedColumn) -> tuple[str, ...]:
    """Return the types that stand after review; of a column nobody reviewed, something no decision says."""
    reviewed = any(e["kind"] == "review" for tag in column.content["tags"] for e in tag["evidence"])
    return _held(column) if reviewed or not column.content["tags"] else ("?",)


def _said(types: tuple[str, ...]) -> str:
    return ", ".join(types) or "no personal information"
