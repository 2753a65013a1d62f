"""What was not scanned, by source and reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scanner.result import FlowResult, NotScanned, Result

FEW_PLACES = 3  # tables that were not scanned for one reason, and are named each
MOST_ON_PAPER = 60  # of them that are printed


@dataclass(frozen=True, slots=True)
class Missed:
    """What was not scanned of a source for one reason: (table, column), both empty for all of it."""

    source: str
    reason: str
    places: tuple[tuple[str, str], ...]


def missed(entries: Iterable[NotScanned]) -> tuple[Missed, ...]:
    """Return what was not scanned by source and reason, whole sources first."""
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for entry in sorted(entries, key=lambda entry: bool(entry.table)):
        groups.setdefault((entry.source, entry.reason), []).append((entry.table, entry.column))
    return tuple(Missed(source, reason, tuple(places)) for (source, reason), places in groups.items())


def missed_of(flow: FlowResult, result: Result) -> tuple[Missed, ...]:
    """Return what was not scanned of the tables of a flow, or of a source that holds one."""
    return missed(
        entry
        for entry in result.not_scanned
        if f"{entry.source}/{entry.table}" in flow.tables
        or (not entry.table and any(table.startswith(f"{entry.source}/") for table in flow.tables))
    )


def place(group: Missed) -> str:
    """Return where something was not scanned, its first place where there are several."""
    table, column = group.places[0]
    return f"{group.source}{f'/{table}' if table else ''}{f'.{column}' if column else ''}"
