"""The store itself: scans kept, listed, loaded and deleted."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from connectors._databases.failures import failure
from scanner.changes import shipped
from scanner.result import Interval, PackResult, Result
from scanner.result.reloading import result_of
from scanner.rules import LoadedPack, RulePackError, parse_pack
from scanner.rules.law.rulebook import pack_files
from scanner.store.connecting import engine_of, writing
from scanner.store.errors import StoreDamaged, StoreUnusable, UnknownScan
from scanner.store.kept import Deletion, KeptCount, KeptLine, KeptScan, find_scan
from scanner.store.migrating import bring_up_to_date
from scanner.store.place import make_file, shown, store_url
from scanner.store.rows import count_rows, line_rows, pack_rows, scan_row
from scanner.store.schema import COUNTS, DELETIONS, LINES, OF_A_SCAN, PACKS, SCAN_PACKS, SCANS

_LISTED = [SCANS.c[field.name] for field in fields(KeptScan)]


class HistoryStore:
    """Scans in one database. Every method is one transaction; nothing stays open between them."""

    def __init__(self, engine: sa.Engine, location: str) -> None:
        self._engine = engine
        self.location = location

    def keep(self, result: Result, now: dt.datetime) -> None:
        """Keep a scan: its record without examples, its figures, and the rule packs that it asked.

        A scan that is there already stays as it is.
        """
        row = scan_row(result, _moment(now))
        with self._telling(), writing(self._engine) as connection:
            if not _added(connection, SCANS, row):
                return
            for table, rows in ((SCAN_PACKS, pack_rows), (COUNTS, count_rows), (LINES, line_rows)):
                found = list(rows(result))
                if found:
                    connection.execute(sa.insert(table), found)
            for pack in _shipped_texts({pack.digest for pack in result.scan.packs}):
                _added(connection, PACKS, pack)

    def scans(self) -> tuple[KeptScan, ...]:
        """Return the scans kept, the newest first."""
        query = sa.select(*_LISTED).order_by(SCANS.c.started.desc(), SCANS.c.id.desc())
        return tuple(_kept_scan(row) for row in self._rows(query))

    def find(self, name: str) -> KeptScan:
        """Return the scan that ``name`` means; see ``scanner.store.kept.find_scan``."""
        return find_scan(self.scans(), name)

    def record(self, scan_id: str) -> Mapping[str, Any]:
        """Return the record of a scan, ``scan.json``.

        Raises:
            UnknownScan: It is not here.
            StoreDamaged: The record is not what was kept.
        """
        columns = sa.select(SCANS.c.record, SCANS.c.record_digest).where(SCANS.c.id == scan_id)
        row = next(iter(self._rows(columns)), None)
        if row is None:
            raise UnknownScan(f"{self.location}: there is no scan '{scan_id}'.")
        try:
            text = zlib.decompress(row["record"])
        except zlib.error:
            text = b""
        if hashlib.sha256(text).hexdigest() != row["record_digest"]:
            raise StoreDamaged(
                f"{self.location}: the record of scan {scan_id} is not what was kept. Restore the store from "
                "a backup."
            )
        record: Mapping[str, Any] = json.loads(text)
        return record

    def load(self, scan_id: str) -> Result:
        """Return the result of a scan.

        Raises:
            UnknownScan: It is not here.
            StoreDamaged: The record is not what was kept, or of a format that this version does not read.
        """
        try:
            return result_of(self.record(scan_id))
        except ValueError as error:
            raise StoreDamaged(
                f"{self.location}: this version cannot read the record of scan {scan_id} ({error})."
            ) from error

    def pack(self, named: PackResult) -> LoadedPack | None:
        """Return a rule pack that a record names, from this version or as it was kept; None if it is lost."""
        if found := shipped(named):
            return found
        rows = self._rows(sa.select(PACKS).where(PACKS.c.digest == named.digest))
        for row in rows:
            content = zlib.decompress(row["content"])
            if hashlib.sha256(content).hexdigest() == named.digest:
                return _parsed(row["name"], content)
        return None

    def counts(self, scans: Iterable[str]) -> tuple[KeptCount, ...]:
        """Return the counts of scans: of the organization, its flows and its datasets."""
        rows = self._rows(_of_scans(COUNTS, scans))
        return tuple(
            KeptCount(
                scan_id=row["scan_id"],
                scope=row["scope"],
                name=row["name"],
                category=row["category"],
                window=row["period"],
                persons=_interval(row),
                partial=row["partial"],
            )
            for row in rows
        )

    def lines(self, scans: Iterable[str]) -> tuple[KeptLine, ...]:
        """Return the verdicts of scans."""
        rows = self._rows(_of_scans(LINES, scans))
        return tuple(
            KeptLine(
                scan_id=row["scan_id"],
                rule_id=row["rule_id"],
                scope=row["scope"],
                verdict=row["verdict"],
                metric=row["metric"],
                unit=row["unit"],
                operator=row["operator"],
                threshold=row["threshold"],
                count=None if row["estimate"] is None else _interval(row),
            )
            for row in rows
        )

    def forget(self, scans: Sequence[str], *, by: str, command: str, reason: str, now: dt.datetime) -> None:
        """Delete scans, and write into the log who did so, when and why.

        Raises:
            UnknownScan: One of them is not here; nothing is deleted.
        """
        with self._telling(), writing(self._engine) as connection:
            for scan_id in scans:
                scan = connection.execute(sa.select(SCANS).where(SCANS.c.id == scan_id)).mappings().first()
                if scan is None:
                    raise UnknownScan(f"{self.location}: there is no scan '{scan_id}'; nothing was deleted.")
                connection.execute(
                    sa.insert(DELETIONS),
                    {
                        "at": _moment(now),
                        "by": by,
                        "command": command,
                        "reason": reason,
                        "scan_id": scan_id,
                        "scan_started": scan["started"],
                        "organization": scan["organization"],
                        "record_digest": scan["record_digest"],
                    },
                )
                for table in OF_A_SCAN:
                    connection.execute(sa.delete(table).where(table.c.scan_id == scan_id))
                connection.execute(sa.delete(SCANS).where(SCANS.c.id == scan_id))

    def deletions(self) -> tuple[Deletion, ...]:
        """Return the log of deletions, the oldest first."""
        names = [DELETIONS.c[field.name] for field in fields(Deletion)]
        return tuple(Deletion(**row) for row in self._rows(sa.select(*names).order_by(DELETIONS.c.id)))

    def _rows(self, query: sa.Select[Any]) -> list[dict[str, Any]]:
        with self._telling(), self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Say in our own words what the database refuses: its words may hold credentials."""
        try:
            yield
        except sa.exc.SQLAlchemyError as error:
            raise _unusable(self.location, failure(error)) from None


def open_store(named: str | Path | None, environment: Mapping[str, str]) -> HistoryStore:
    """Return a store, made or upgraded if need be; ``named`` is a file or URL, None the user's own.

    Raises:
        StoreUnusable: It cannot be opened or made.
        StoreNewer: A later version made it.
    """
    url = store_url(named, environment)
    location = shown(url)
    try:
        make_file(url)
        engine = engine_of(url)
        bring_up_to_date(engine, location)
    except OSError as error:
        raise _unusable(location, str(error.strerror)) from error
    except ModuleNotFoundError as error:
        raise _unusable(location, f"the driver {error.name} is not installed") from error
    except sa.exc.NoSuchModuleError as error:
        raise _unusable(location, f"there is no SQLAlchemy driver for {url.drivername}") from error
    except sa.exc.SQLAlchemyError as error:
        raise _unusable(location, failure(error)) from None
    return HistoryStore(engine, location)


def _unusable(location: str, why: str) -> StoreUnusable:
    return StoreUnusable(
        f"{location}: the history of scans cannot be used ({why}). Make it accessible, or name another file "
        "or database (--store, or store in the configuration)."
    )


def _added(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is there, or another process adds it at the same moment."""
    key = next(iter(table.primary_key))
    if connection.execute(sa.select(key).where(key == row[key.name])).first():
        return False
    try:
        with connection.begin_nested():
            connection.execute(sa.insert(table), dict(row))
    except sa.exc.IntegrityError:
        return False
    return True


def _shipped_texts(digests: set[str]) -> Iterator[dict[str, Any]]:
    """Yield the files of packs that a scan asked, compressed: a later version may not ship them any more."""
    for name, content in pack_files():
        digest = hashlib.sha256(content).hexdigest()
        if digest in digests:
            yield {"digest": digest, "name": name, "content": zlib.compress(content)}


def _parsed(name: str, content: bytes) -> LoadedPack | None:
    """Return the pack of a file; None if this version does not understand it."""
    try:
        return parse_pack(name, content)
    except RulePackError:
        return None


def _of_scans(table: sa.Table, scans: Iterable[str]) -> sa.Select[Any]:
    return (
        sa.select(table).where(table.c.scan_id.in_(list(scans))).order_by(table.c.scan_id, table.c.position)
    )


def _kept_scan(row: Mapping[str, Any]) -> KeptScan:
    return KeptScan(**{**row, "sources": tuple(json.loads(row["sources"]))})


def _interval(row: Mapping[str, Any]) -> Interval:
    return Interval(row["lower_bound"], row["estimate"], row["upper_bound"])


def _moment(now: dt.datetime) -> str:
    return f"{now.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
