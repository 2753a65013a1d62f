"""Of what not everything was read, and how counts say so."""

from __future__ import annotations

from dataclasses import replace

from scanner.assembly.scanned import Scanned
from scanner.config import FlowConfig
from scanner.result import PARTIAL, SubjectCount


def is_unread(flow: FlowConfig, scanned: Scanned) -> bool:
    """Return whether something of a flow was not read."""
    read = {table.id for table in scanned.tables if table.status in ("scanned", "empty")}
    missed = {f"{entry.source}/{entry.table}" for entry in scanned.not_scanned}
    return any(table.id not in read or table.id in missed for table in flow.tables)


def dataset_is_unread(name: str, scanned: Scanned) -> bool:
    """Return whether something of a dataset, or its whole source, was not read."""
    return any(
        missed.source == name or name.startswith(f"{missed.source}/") for missed in scanned.not_scanned
    )


def partial(subjects: tuple[SubjectCount, ...], *, unread: bool) -> tuple[SubjectCount, ...]:
    """Say of counts that they are of what was read only."""
    if not unread:
        return subjects
    return tuple(replace(count, note=f"{PARTIAL} {count.note}".strip()) for count in subjects)
