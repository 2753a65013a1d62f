"""What a store says of its scans without their records, and how people name one of them. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanner.result import Interval
from scanner.store.errors import UnknownScan

LATEST, PREVIOUS = "latest", "previous"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptScan:
    """A scan in a store; times are ISO 8601, UTC.

    Attributes:
        kept: When it was put into the store.
        record_digest: SHA-256 of the record.
    """

    id: str
    started: str
    finished: str
    as_of: str
    version: str
    count: str
    complete: bool
    organization: str
    sources: tuple[str, ...]
    config_digest: str
    record_digest: str
    kept: str

    @property
    def day(self) -> dt.date:
        """Return the day on which it was started, UTC."""
        return dt.date.fromisoformat(self.started[:10])

    def goes_with(self, other: KeptScan) -> bool:
        """Return whether both are of one organization, or of the same sources where it has no name."""
        if self.organization or other.organization:
            return self.organization == other.organization
        return self.sources == other.sources


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCount:
    """A count of a scan; see ``SubjectCount``. ``partial``: of a part of its scope only."""

    scan_id: str
    scope: str
    name: str
    category: str
    window: str
    persons: Interval
    partial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine:
    """A verdict of a scan; see ``Finding``."""

    scan_id: str
    rule_id: str
    scope: str
    verdict: str
    metric: str
    unit: str
    operator: str
    threshold: int | None
    count: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """One scan that was deleted: when, by whom, by which command, why."""

    at: str
    by: str
    command: str
    reason: str
    scan_id: str
    scan_started: str
    organization: str
    record_digest: str


def find_scan(scans: Sequence[KeptScan], name: str) -> KeptScan:
    """Return the scan that a name means: its id or the beginning of it, ``latest``, ``previous``, or a day.

    ``scans`` are the newest first. ``previous`` is the one before the latest of the same organization (or
    sources); a day means the last scan that was started on it or before.

    Raises:
        UnknownScan: There is none, or the beginning of an id fits several.
    """
    found = next(_matching(scans, name), None)
    if found is None:
        raise UnknownScan(f"There is no scan '{name}' {_hint(scans)}")
    return found


def series_of(scans: Sequence[KeptScan], organization: str | None) -> list[KeptScan]:
    """Return the scans of one organization, given the newest first; by default that of the first."""
    if organization is None:
        return [scan for scan in scans if scan.goes_with(scans[0])]
    return [scan for scan in scans if scan.organization == organization]


def _matching(scans: Sequence[KeptScan], name: str) -> Iterator[KeptScan]:
    if name == LATEST:
        yield from scans[:1]
    elif name == PREVIOUS:
        yield from (scan for scan in scans[1:] if scan.goes_with(scans[0]))
    elif day := _day(name):
        yield from (scan for scan in scans if scan.day <= day)
    else:
        yield from (scan for scan in scans if scan.id == name)
        yield from _beginning(scans, name)


def _beginning(scans: Sequence[KeptScan], name: str) -> list[KeptScan]:
    found = [scan for scan in scans if name and scan.id.startswith(name)]
    if len(found) > 1:
        raise UnknownScan(
            f"'{name}' fits {len(found)} scans, from {found[-1].id} to {found[0].id}. Write more of it."
        )
    return found


def _day(name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(name) if len(name) == len("2026-11-22") else None
    except ValueError:
        return None


def _hint(scans: Sequence[KeptScan]) -> str:
    if not scans:
        return "in the store, which is empty. `pandian scan` keeps scans there."
    return (
        f"among the {len(scans)} in the store. Name an id, 'latest', 'previous' or a day such as "
        f"{scans[0].day}; `pandian history` lists them."
    )
