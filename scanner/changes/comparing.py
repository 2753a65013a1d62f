"""Two results in, what differs out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scanner.changes.asking import PackArchive, shipped
from scanner.changes.columns import column_changes, type_names
from scanner.changes.counts import count_changes
from scanner.changes.grades import grade_changes, route_changes
from scanner.changes.lines import line_changes
from scanner.changes.looking import Look
from scanner.changes.model import Changes, CoverageChange, ScanRef, SettingChange
from scanner.result import Result

_SETTINGS = {
    "version": "version",
    "config": "config_digest",
    "count": "count",
    "sample_rows": "sample_rows",
    "seed": "seed",
    "as_of": "as_of",
}


def diff(before: Result, after: Result, *, archive: PackArchive = shipped) -> Changes:
    """Return what differs between two scans of the same organization, the earlier one first.

    ``archive`` gives the text of rule packs that a record names, so that the rules of then can be asked
    again; without one, only packs that ship with this version are known.
    """
    old, new = Look(before), Look(after)
    columns = tuple(column_changes(old, new))
    return Changes(
        before=_reference(before),
        after=_reference(after),
        settings=tuple(_settings(before, after)),
        coverage=tuple(_coverage(before, after)),
        columns=tuple(one for one in columns if one.kind != "not_compared"),
        not_compared=tuple(one for one in columns if one.kind == "not_compared"),
        counts=tuple(count_changes(before, after)),
        grades=tuple(grade_changes(old, new)),
        routes=tuple(route_changes(before, after)),
        lines=tuple(line_changes(before, after, archive)),
        types=tuple(type_names(columns, old, new)),
    )


def _reference(result: Result) -> ScanRef:
    scan = result.scan
    return ScanRef(
        id=scan.id,
        started=scan.started,
        as_of=scan.as_of,
        version=scan.version,
        config_digest=scan.config_digest,
        count=scan.count,
        complete=result.complete,
    )


def _settings(before: Result, after: Result) -> Iterator[SettingChange]:
    for what, field in _SETTINGS.items():
        then, now = str(getattr(before.scan, field)), str(getattr(after.scan, field))
        if then != now:
            yield SettingChange(what=what, before=then, after=now)
    old, new = _packs(before), _packs(after)
    for pack in sorted(old.keys() | new.keys()):
        if old.get(pack) != new.get(pack):
            yield SettingChange(what="pack", pack=pack, before=old.get(pack, ""), after=new.get(pack, ""))


def _packs(result: Result) -> Mapping[str, str]:
    """Return version and beginning of the digest of each pack."""
    return {pack.id: f"{pack.version} ({pack.digest[:8]})" for pack in result.scan.packs}


def _coverage(before: Result, after: Result) -> Iterator[CoverageChange]:
    old, new = _missed(before), _missed(after)
    for place in dict.fromkeys((*old, *new)):
        source, table, column = place
        yield CoverageChange(
            source=source,
            table=table,
            column=column,
            before=old.get(place, ""),
            after=new.get(place, ""),
        )


def _missed(result: Result) -> Mapping[tuple[str, str, str], str]:
    return {(entry.source, entry.table, entry.column): entry.reason for entry in result.not_scanned}
