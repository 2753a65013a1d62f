"""The desk of a reviewer: a scan, the decisions on it, and what they amount to."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from scanner.cli.files import write_whole
from scanner.cli.options import names_in
from scanner.cli.problems import UsageProblem
from scanner.config import load_config, without_file
from scanner.config.catalogue import load_catalogue
from scanner.review import Decision, Key, conflicts, parse_decisions, stale
from scanner.review.file import edited
from scanner.review.queue import awaiting
from scanner.running.surroundings import today
from scanner.scan_record import RecordedColumn, named_columns, recorded_columns
from scanner.user_files.documents import read_text


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A scan and the file of decisions on it; ``configured`` where the configuration has scans apply it."""

    columns: list[RecordedColumn]
    unread: frozenset[tuple[str, str]]
    file: Path
    configured: bool
    known_types: frozenset[str]

    def text(self) -> str:
        return read_text(self.file, "the review file") if self.file.exists() else ""

    def decided(self) -> Mapping[Key, Decision]:
        return {decision.key: decision for decision in parse_decisions(self.text(), str(self.file))}

    def named(self, names: list[str]) -> list[RecordedColumn]:
        found = {column.key: column for name in names for column in named_columns(self.columns, name)}
        return list(found.values())

    def types(self, listed: str) -> tuple[str, ...]:
        wanted = names_in(listed)
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
        typer.echo(f"{len(made)} decided in {self.file}; {self._applied()}.", err=True)

    def _applied(self) -> str:
        if self.configured:
            return "the next scan applies them"
        return f"a scan applies them with --review {self.file}, or 'review: {self.file}' in its configuration"

    def write(self, changes: Mapping[Key, Decision | None]) -> None:
        """Replace the review file as a whole, so that no half of it is ever seen."""
        text = edited(self.text(), str(self.file), changes)
        write_whole(self.file, text)

    def status(self) -> dict[str, int | list[dict[str, str]]]:
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


def open_desk(record: Mapping[str, Any], config: Path | None, review: Path | None) -> Desk:
    """Return the desk for a record, with the review file of the configuration or the one that is named."""
    settings = load_config(config, os.environ) if config else without_file(())
    columns = list(recorded_columns(record))
    tagged = {tag["type"] for column in columns for tag in column.content["tags"]}
    file = review or Path(settings.review or "review.yaml")
    return Desk(
        columns=columns,
        unread=frozenset((e["source"], e["table"]) for e in record["not_scanned"] if not e["column"]),
        file=file,
        configured=settings.review is not None and Path(settings.review) == file,
        known_types=frozenset(load_catalogue(settings).types) | tagged,
    )


def _decision(column: RecordedColumn, types: tuple[str, ...], reason: str, by: str) -> Decision:
    dataset, table, name = column.key
    return Decision(
        dataset=dataset,
        table=table,
        column=name,
        types=types,
        reason=reason,
        by=by or os.environ.get("USER", ""),
        at=today(),
        column_type=str(column.content["type"]),
    )


def _confirmed(column: RecordedColumn) -> tuple[str, ...]:
    """Return the types that stand after review; of a column nobody reviewed, something no decision says."""
    reviewed = any(e["kind"] == "review" for tag in column.content["tags"] for e in tag["evidence"])
    return column.held if reviewed or not column.content["tags"] else ("?",)


def _said(types: tuple[str, ...]) -> str:
    return ", ".join(types) or "no personal information"
