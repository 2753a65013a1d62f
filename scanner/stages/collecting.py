"""Collect the people of a table, part by part: from the state where nothing changed, else from the source."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import chain, count
from typing import Any

import pyarrow as pa

from connectors import (
    Batch,
    Connector,
    TablePart,
    TableUnreadable,
    TransientFailure,
    list_parts,
    patience_of,
    spelled_out,
    stream_part,
)
from scanner.assembly import ScannedTable
from scanner.census import Census
from scanner.census.chunks import Chunk, condense
from scanner.counting.deletion import deleted_rows, deletion_ahead, twin, with_twins
from scanner.digests.views import together, without_views
from scanner.identifiers import U32, SubjectKey, TablePlan, identify
from scanner.identifiers.windows import row_windows
from scanner.machine.parallel import mapped
from scanner.result import PartsResult
from scanner.sketches import SketchCensus
from scanner.stages.planning import CountPlan, plan_count
from scanner.stages.underway import ScanUnderWay
from scanner.state import Place, Read, condensed

_RULES = 2  # counted up when rows become other digests under the same plan: kept parts are then read again


def collect_people(scan: ScanUnderWay, connector: Connector, scanned: ScannedTable) -> None:
    """Collect everybody in a table.

    Raises:
        TableUnreadable: Some parts could not be read; the others were.
    """
    plan = plan_count(scanned, scan)
    if not plan.plans:
        return
    scanned.rows_read = 0
    kept = scan.keeper.names(*_place(scanned)) if scan.keeper else ()
    parts = list_parts(connector, scanned.table, kept)
    if scan.keeper:
        _refuse_personal_ranges(parts, scanned)
        scanned.parts = PartsResult()
    scan.acceleration.expect(scanned.table.rows.value if scanned.table.rows else 0)
    digest = _plan_digest(plan, scanned, scan) if scan.keeper else ""
    collector = _Collector(scan=scan, connector=connector, scanned=scanned, plan=plan, digest=digest)
    scanned.part_names = frozenset(_name(part, scanned, scan) for part in parts)
    broken = [reason for part in parts if (reason := collector.collect(part))]
    if broken:
        whole = f"Table '{scanned.table.name}': {len(broken)} of {len(parts)} parts broke off. {broken[0]}"
        raise TableUnreadable(whole if len(parts) > 1 else broken[0])


class Start:
    """Where a census stood before a part was read, so that no row of it counts twice."""

    def __init__(self, census: Census | SketchCensus, tables: Collection[str], rows: int) -> None:
        self.census = census
        self._mark: Any = census.mark(tables)
        self._rows = rows

    def over(self, scanned: ScannedTable) -> None:
        """Go back there."""
        self.census.rewind(self._mark)
        scanned.rows_read = self._rows


@dataclass(slots=True, kw_only=True)
class _Collector:
    """Collects one table."""

    scan: ScanUnderWay
    connector: Connector
    scanned: ScannedTable
    plan: CountPlan
    digest: str

    def collect(self, part: TablePart) -> str:
        """Take in the people of a part; return what was wrong with it, if anything was."""
        keeper = self.scan.keeper
        if keeper is None:
            return self._read(part, self.scan.census)
        source, dataset, table = _place(self.scanned)
        name = _name(part, self.scanned, self.scan)
        place = Place(source=source, dataset=dataset, table=table, part=name)
        read = Read(place=place, fingerprint=part.fingerprint, plan=self.digest)
        recalled = keeper.recall(read)
        if recalled is not None:
            found, rows = recalled
            self._advance(rows)
            self._note(from_state=1)
            reason = ""
        else:
            found, before = Census(), self._rows
            reason = self._read(part, found)
            found = condensed(found)
            self._note(read=1)
            if not reason:
                keeper.keep(read, found, self._rows - before)
        self.scan.census.take(self.scan.key.fingerprint, found.chunks)
        return reason

    @property
    def _identifying(self) -> frozenset[str]:
        """Return the columns whose values are looked at once, if they come with a dictionary."""
        slots = (slot for plan in self.plan.plans for slot in plan.slots)
        return frozenset(column for slot in slots for column, _ in slot.identifiers)

    @property
    def _rows(self) -> int:
        return self.scanned.rows_read or 0

    def _read(self, part: TablePart, census: Census | SketchCensus) -> str:
        """Read a part, from its beginning each time; return what was wrong with it, if anything was."""
        patience = patience_of(self.connector)
        start = Start(census, with_twins([plan.id for plan in self.plan.plans]), self._rows)
        for tried in count(1):
            try:
                self._read_once(part, start)
            except TransientFailure as error:
                if not patience.waits(error, tried):
                    return f"{error} Tried {tried} times." if tried > 1 else str(error)
            except TableUnreadable as error:
                return str(error)
            else:
                patience.worked()
                return ""
        raise AssertionError

    def _read_once(self, part: TablePart, start: Start) -> None:
        """Take in a part; what an earlier attempt took in is forgotten once rows come again."""
        known = self._known_rows()
        options = self.scan.options
        batches = stream_part(self.connector, self.scanned.table, part, self.plan.columns())
        several = together(batches, limited=options.memory.limit is not None)
        read = mapped(self._condensed, several, options.threads)
        first = next(read, None)
        start.over(self.scanned)
        for rows, chunks in chain([first] if first else (), read):
            start.census.take(self.scan.key.fingerprint, chunks)
            self.scan.acceleration.expect(0 if known else rows)
            self._advance(rows)

    def _condensed(self, batches: Sequence[Batch]) -> tuple[int, list[Chunk]]:
        batch = spelled_out(without_views(batches, self.scan.acceleration), but=self._identifying)
        as_of, marks, plans = self.scan.options.as_of, self.plan.marks, self.plan.plans
        flags = row_windows(batch, self.plan.time_column, as_of) | deletion_ahead(batch, marks, as_of)
        deleted = deleted_rows(batch, marks, as_of)
        if not deleted.any():
            return batch.num_rows, self._chunks(batch, plans, flags)
        gone = [replace(plan, rows_as=twin(plan.id)) for plan in plans]
        left, right = batch.filter(pa.array(~deleted)), batch.filter(pa.array(deleted))
        chunks = self._chunks(left, plans, flags[~deleted]) + self._chunks(right, gone, flags[deleted])
        return batch.num_rows, chunks

    def _chunks(self, rows: Batch, plans: Sequence[TablePlan], flags: U32) -> list[Chunk]:
        scan = self.scan
        return [
            condense(records, scan.acceleration)
            for plan in plans
            for records in identify(
                rows,
                plan,
                scan.key,
                as_of=scan.options.as_of,
                row_flags=flags,
                catalogue=scan.options.catalogue,
                acceleration=scan.acceleration,
            )
        ]

    def _known_rows(self) -> int | None:
        return self.scanned.table.rows.value if self.scanned.table.rows else None

    def _advance(self, rows: int) -> None:
        self.scanned.rows_read = self._rows + rows
        self.scan.show(self.scanned.id, self._rows, self._known_rows())

    def _note(self, *, read: int = 0, from_state: int = 0) -> None:
        parts = self.scanned.parts or PartsResult()
        self.scanned.parts = replace(parts, read=parts.read + read, from_state=parts.from_state + from_state)


def _plan_digest(plan: CountPlan, scanned: ScannedTable, scan: ScanUnderWay) -> str:
    """Return a digest of everything beside the data that decides how rows become digests."""
    types = {column.name: column.type for column in scanned.table.columns}
    columns = [(name, types.get(name)) for name in plan.columns()]
    known = scan.options.catalogue
    own = [
        (name, made.regex, made.check, sorted(made.words), made.ignore_case, known.kind(name))
        for name, made in known.custom.items()
    ]
    nobody = {name: values.to_pylist() for name, values in known.nobody.items()}
    whole = (version("pandian"), _RULES, plan.plans, plan.time_column, plan.marks, columns, own, nobody)
    return _keyed_digest(repr(whole), scan.key)


def _keyed_digest(text: str, key: SubjectKey) -> str:
    return hashlib.blake2b(text.encode(), key=key.secret, digest_size=16, person=b"pandian-plan").hexdigest()


def _place(scanned: ScannedTable) -> tuple[str, str, str]:
    return scanned.source, scanned.dataset, scanned.table.name


def _name(part: TablePart, scanned: ScannedTable, scan: ScanUnderWay) -> str:
    """Return the name of a part; a value of a column with personal information is not written."""
    return f"(personal) {_keyed_digest(part.name, scan.key)}" if _tells(part, scanned) else part.name


def _tells(part: TablePart, scanned: ScannedTable) -> str:
    """Return a column with personal information whose value the name tells, if there is one."""
    return next((key for key, value in part.keys if value and scanned.tags.get(key)), "")


def _refuse_personal_ranges(parts: Sequence[TablePart], scanned: ScannedTable) -> None:
    for part in parts:
        if part.remembered and (column := _tells(part, scanned)):
            raise TableUnreadable(
                f"Table '{scanned.table.name}': ranges of column '{column}' would stand in the state, but it "
                "holds personal information. Let 'increments' of the source name another column, or none."
            )
