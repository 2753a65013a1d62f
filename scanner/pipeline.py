"""run(): every stage of a scan, top to bottom; the one module that knows them all.

A source is read twice, in the open: a sample of all columns to decide tags, then all rows of the few columns
that identify or describe people, to count them.
"""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa

from classifiers import Catalogue, Tag, TextReader, built_in, consider, gather
from classifiers.presidio import RecognizerFailed
from connectors import Batch, Connector, ConnectorError, Table, TableUnreadable, Unread, connect
from scanner.census import Census
from scanner.census.chunks import Chunk, condense
from scanner.compiled.loading import Acceleration
from scanner.config import ConfigError, ScanConfig, SourceConfig, TableConfig
from scanner.counting import Counts, flow_table_id
from scanner.deletion import deleted_rows, deletion_ahead, twin
from scanner.derive import Coverage, derive_facts
from scanner.exports import retention_periods
from scanner.identifiers import U32, SubjectKey, TablePlan, identify, plan_table
from scanner.lists import decide_column
from scanner.parallel import mapped
from scanner.result import NotScanned, Result, ReviewResult, ScanInfo, StaleDecision
from scanner.results import Scanned, ScannedTable, Seen, assemble
from scanner.review import Review, reviewed, stale
from scanner.rules import FactsError, load_facts
from scanner.sampled import look
from scanner.sketches import SketchCensus
from scanner.slots import assign_slots
from scanner.spill import Memory, SpillFull
from scanner.windows import row_windows

SAMPLE_ROWS = 2_000

_ROOT = Path(__file__).parents[1]
_OURS = frozenset({"connectors", "classifiers", "scanner"})

Progress = Callable[[str, int, int | None], None]  # what is being done, rows done, rows in all if known
Opener = Callable[[SourceConfig], Connector]


def _silent(_doing: str, _done: int, _total: int | None) -> None:
    """Report nothing."""


class NothingScanned(Exception):
    """No source could be opened; the message says why, source by source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to scan.

    Attributes:
        as_of: Day on which ages are taken, windows end and rules are in force.
        sample_rows: Rows of each table that are looked at to decide tags.
        seed: Same seed on the same data, same sample.
        count: ``exact``, ``sketch`` or ``none``.
        review: Decisions of a reviewer; they replace what the classifier says.
        catalogue: The PI types that are looked for.
        memory: How much may be used, and where to put what does not fit.
        threads: How many may work at once; default: as many as there are cores.
    """

    as_of: dt.date
    sample_rows: int = SAMPLE_ROWS
    seed: int = 0
    count: str = "exact"
    review: Review = field(default_factory=dict)
    catalogue: Catalogue = field(default_factory=built_in)
    memory: Memory = field(default_factory=Memory)
    threads: int | None = None


@dataclass(slots=True, kw_only=True)
class _Scan:
    """One scan under way: what it was asked, and what it has found so far."""

    config: ScanConfig
    options: Options
    key: SubjectKey
    reader: TextReader | None
    progress: Progress
    tables: list[ScannedTable] = field(default_factory=list)
    not_scanned: list[NotScanned] = field(default_factory=list)
    acceleration: Acceleration = field(default_factory=Acceleration)
    census: Census | SketchCensus = field(init=False)
    opened: int = 0

    def __post_init__(self) -> None:
        self.census = Census(self.options.memory, self.acceleration, self.options.threads)

    def miss(self, source: str, table: str, reason: str, column: str = "") -> None:
        """Note something that was not read."""
        self.not_scanned.append(NotScanned(source=source, table=table, reason=reason, column=column))

    @contextmanager
    def noting(self, source: str, table: str) -> Iterator[None]:
        """Turn an unreadable source or table into an entry of the result; nothing else is lost."""
        try:
            yield
        except SpillFull:
            raise
        except (ConnectorError, RecognizerFailed) as error:
            self.miss(source, table, str(error))
        except Exception as error:  # noqa: BLE001 -- one table must not lose the scan; library messages quote values
            reason = f"stopped by an unexpected {type(error).__name__} in {_place(error)}; please report"
            self.miss(source, table, reason)


def run(  # noqa: PLR0913 -- what the faces hand in: settings, secret, clock, engine, sources, display
    config: ScanConfig,
    options: Options,
    key: SubjectKey,
    *,
    clock: Callable[[], dt.datetime],
    reader: TextReader | None = None,
    open_source: Opener | None = None,
    progress: Progress = _silent,
    sketches: SketchCensus | None = None,
) -> Result:
    """Scan the sources of ``config`` and return everything found out.

    A source, table or part that cannot be read is listed in ``Result.not_scanned`` and loses nothing else.
    ``sketches`` is what a scan with ``count="sketch"`` fills; the caller may keep it.

    Raises:
        FactsError: What the configuration declares is not understood; found out before the scan, not after.
        NothingScanned: No source could be opened.
        SpillFull: What does not fit into memory does not fit on the disk either.
    """
    started = clock()
    _check_declared(config, options.as_of)
    scan = _Scan(config=config, options=options, key=key, reader=reader, progress=progress)
    if options.count == "sketch":
        scan.census = sketches or SketchCensus(as_of=options.as_of.isoformat())
    for source in config.sources:
        _scan_source(scan, source, open_source or open_configured)
    if config.sources and not scan.opened:
        raise NothingScanned(" ".join(entry.reason for entry in scan.not_scanned))
    _miss_flow_tables(scan)
    progress("counting people", 0, None)
    marked = frozenset(table.id for table in config.tables if table.marks_deleted)
    counts = Counts(scan.census.solve() if options.count != "none" else None, marked)
    return assemble(
        Scanned(
            config=config,
            as_of=options.as_of,
            info=_info(scan, started, clock()),
            tables=scan.tables,
            not_scanned=scan.not_scanned,
            counts=counts,
            catalogue=options.catalogue,
            review=_review_result(scan),
        )
    )


def _review_result(scan: _Scan) -> ReviewResult:
    decisions = scan.options.review
    columns = {(t.dataset, t.table.name, c.name): c.type for t in scan.tables for c in t.table.columns}
    unread = {(entry.source, entry.table) for entry in scan.not_scanned if not entry.column}
    left = stale(decisions.values(), columns, unread)
    return ReviewResult(
        decisions=len(decisions),
        applied=sum(key in columns for key in decisions),
        stale=tuple(
            StaleDecision(dataset=d.dataset, table=d.table, column=d.column, types=d.types, why=why)
            for d, why in left
        ),
    )


def _check_declared(config: ScanConfig, as_of: dt.date) -> None:
    """Refuse facts that cannot be understood before the scan, and not after it."""
    try:
        load_facts(derive_facts(config, as_of, Counts(None), (), Coverage(complete=True)))
    except FactsError as error:
        first = str(error).splitlines()[0]
        raise ConfigError(f"The configuration, read as facts (docs/facts.md): {first}") from error


def open_configured(source: SourceConfig) -> Connector:
    """Open a source as it is configured."""
    return connect(
        source.url,
        name=source.name,
        include=source.include,
        exclude=source.exclude,
        dictionary=source.dictionary,
    )


def _info(scan: _Scan, started: dt.datetime, finished: dt.datetime) -> ScanInfo:
    return ScanInfo(
        id=f"{started:%Y%m%dT%H%M%S%fZ}-{scan.config.digest[:6]}",
        started=f"{started:%Y-%m-%dT%H:%M:%SZ}",
        finished=f"{finished:%Y-%m-%dT%H:%M:%SZ}",
        as_of=scan.options.as_of.isoformat(),
        version=version("pandian"),
        seed=scan.options.seed,
        engine="local",
        count=scan.options.count,
        sample_rows=scan.options.sample_rows,
        config_digest=scan.config.digest,
        limits=_limits(scan.reader),
        packs=(),
    )


def _limits(reader: TextReader | None) -> tuple[str, ...]:
    if reader is None:
        return ("Running text was not read for personal information.",)
    return (reader.limits,) if reader.limits else ()


def _place(error: BaseException) -> str:
    """Return the innermost place in our own code, without any value."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(Path(frame.filename))]
    return f"{Path(ours[-1].filename).stem}.{ours[-1].name}, line {ours[-1].lineno}" if ours else "a library"


def _is_ours(file: Path) -> bool:
    return file.is_relative_to(_ROOT) and file.relative_to(_ROOT).parts[0] in _OURS


# ---------------------------------------------------------------------- sources and tables
def _scan_source(scan: _Scan, source: SourceConfig, open_source: Opener) -> None:
    with scan.noting(source.name, ""), open_source(source) as connector:
        scan.opened += 1
        entries = 0
        for entry in connector.tables():
            entries += 1
            _scan_entry(scan, source, connector, entry)
        if not entries:
            scan.miss(source.name, "", "the source has no tables, or include and exclude leave none")


def _scan_entry(scan: _Scan, source: SourceConfig, connector: Connector, entry: Table | Unread) -> None:
    dataset = f"{source.name}/{entry.group}" if entry.group else source.name
    if isinstance(entry, Unread):
        scan.miss(dataset, entry.table, entry.reason, entry.column)
        return
    table = ScannedTable(source.name, dataset, connector.location, entry)
    scan.tables.append(table)
    scan.progress(table.id, 0, entry.rows.value if entry.rows else None)
    with scan.noting(dataset, entry.name):
        _scan_table(scan, connector, table)


def _scan_table(scan: _Scan, connector: Connector, scanned: ScannedTable) -> None:
    """Scan a table; whatever fails leaves the status of the last stage that was finished."""
    options = scan.options
    batch = connector.sample(scanned.table, rows=options.sample_rows, seed=options.seed)
    scanned.status = "partial"
    scanned.tags = _tags(batch, scanned, scan)
    scanned.sampled = look(
        batch,
        _declared_time(scanned.id, scan.config),
        retention_periods(scan.config, scanned.id),
        options.as_of,
    )
    if options.count != "none":
        _count_table(scan, connector, scanned)
    scanned.status = "scanned" if batch.num_rows and batch.num_columns else "empty"


def _tags(batch: Batch, scanned: ScannedTable, scan: _Scan) -> dict[str, tuple[Tag, ...]]:
    known, lists = scan.options.catalogue, scan.config.lists
    gathered = gather(batch, scanned.table, scan.reader, known)
    tags = {
        evidence.column: decide_column(
            evidence, (scanned.dataset, scanned.table.name, evidence.column), lists, known
        )
        for evidence in gathered
    }
    for column in scanned.table.columns:
        decision = scan.options.review.get((scanned.dataset, scanned.table.name, column.name))
        if decision is not None:
            tags[column.name] = reviewed(tags.get(column.name, ()), decision)
    scanned.seen = {
        evidence.column: Seen(
            cells=max((found.checked for found in evidence.types), default=0),
            against=evidence.opposed,
            considered=consider(evidence, {tag.type for tag in tags[evidence.column]}),
        )
        for evidence in gathered
    }
    return {column: found for column, found in tags.items() if found}


# ---------------------------------------------------------------------- people
def _count_table(scan: _Scan, connector: Connector, scanned: ScannedTable) -> None:
    as_of, known = scan.options.as_of, scan.options.catalogue
    time_column = _time_column(scanned, scan.config)
    plans = [plan for plan in (_plan(scanned, scan), *_flow_plans(scanned, scan)) if plan.slots]
    if not plans:
        return
    marks = _known_table(scanned, scan.config)
    wanted = {column for plan in plans for column in plan.columns()} | (
        {time_column} if time_column else set()
    )
    wanted |= {c for c in (marks.deleted_column, marks.deleted_time_column) if c}
    total = scanned.table.rows.value if scanned.table.rows else None
    scan.acceleration.expect(total or 0)

    def condensed(batch: Batch) -> tuple[int, list[Chunk]]:
        flags = row_windows(batch, time_column, as_of) | deletion_ahead(batch, marks, as_of)
        deleted = deleted_rows(batch, marks, as_of)
        if not deleted.any():
            return batch.num_rows, condense_rows(batch, plans, flags)
        gone = [replace(plan, rows_as=twin(plan.id)) for plan in plans]
        left, right = batch.filter(pa.array(~deleted)), batch.filter(pa.array(deleted))
        chunks = condense_rows(left, plans, flags[~deleted]) + condense_rows(right, gone, flags[deleted])
        return batch.num_rows, chunks

    def condense_rows(rows: Batch, plans: Sequence[TablePlan], flags: U32) -> list[Chunk]:
        return [
            condense(records)
            for plan in plans
            for records in identify(
                rows,
                plan,
                scan.key,
                as_of=as_of,
                row_flags=flags,
                catalogue=known,
                acceleration=scan.acceleration,
            )
        ]

    scanned.rows_read = 0
    for rows, chunks in mapped(
        condensed, connector.stream(scanned.table, sorted(wanted)), scan.options.threads
    ):
        scan.census.take(scan.key.fingerprint, chunks)
        scan.acceleration.expect(0 if total else rows)
        scanned.rows_read += rows
        scan.progress(scanned.id, scanned.rows_read, total)


def _plan(
    scanned: ScannedTable, scan: _Scan, *, rows_as: str = "", exported: Sequence[str] | None = None
) -> TablePlan:
    """Plan a count. Only ``exported`` columns, if given, make a person sensitive."""
    options, known = scan.options, scan.options.catalogue
    comments = {column.name: column.comment for column in scanned.table.columns}
    held = {c: types for c, tags in scanned.tags.items() if (types := _personal_types(tags, known))}
    typed = [(column, comments.get(column, ""), types) for column, types in held.items()]
    slots = assign_slots(typed, known.identifying, _known_table(scanned, scan.config).slots)
    columns = [
        (
            column,
            _personal_types([tag for tag in scanned.tags[column] if tag.form != "embedded"], known),
            _categories(types, options) if exported is None or column in exported else (),
        )
        for column, types in held.items()
    ]
    plan = plan_table(scanned.dataset, scanned.table.name, columns, slots, known)
    return replace(plan, rows_as=rows_as)


def _personal_types(tags: Sequence[Tag], known: Catalogue) -> tuple[str, ...]:
    return tuple(t.type for t in tags if t.decision != "rejected" and known.types[t.type].group == "pi")


def _categories(types: Sequence[str], options: Options) -> tuple[str, ...]:
    known = [options.catalogue.types[t] for t in types]
    found = {pi_type.category for pi_type in known} - {""}
    if any(pi_type.is_sensitive(options.as_of) for pi_type in known):
        found.add("sensitive")
    if {"face_embedding", "face_image"} & set(types):
        found.add("face")
    return tuple(sorted(found))


def _flow_plans(scanned: ScannedTable, scan: _Scan) -> list[TablePlan]:
    """Give a flow of some columns only rows of its own: other columns must not make it sensitive."""
    return [
        _plan(scanned, scan, rows_as=flow_table_id(flow.name, table), exported=table.columns)
        for flow in scan.config.flows
        for table in flow.tables
        if table.id == scanned.id and table.columns is not None
    ]


def _known_table(scanned: ScannedTable, config: ScanConfig) -> TableConfig:
    """Return what the configuration says of a table.

    Raises:
        TableUnreadable: It names a column that the table does not have.
    """
    none = TableConfig(dataset=scanned.dataset, table=scanned.table.name)
    found = next((table for table in config.tables if table.id == scanned.id), none)
    missing = sorted(set(found.columns) - {column.name for column in scanned.table.columns})
    if missing:
        raise TableUnreadable(
            f"tables in the configuration names column '{missing[0]}', which is not in table '{scanned.id}', "
            "so its people were not counted; correct the entry."
        )
    return found


def _time_column(scanned: ScannedTable, config: ScanConfig) -> str | None:
    name = _declared_time(scanned.id, config)
    if name is not None and name not in {column.name for column in scanned.table.columns}:
        raise TableUnreadable(
            f"the flow's time column '{name}' is not in table '{scanned.id}', so its people were not "
            "counted; correct time_column in the configuration."
        )
    return name


def _declared_time(table: str, config: ScanConfig) -> str | None:
    """Return the time column that flows declare for a table."""
    return next((sent.time_column for flow in config.flows for sent in flow.tables if sent.id == table), None)


def _miss_flow_tables(scan: _Scan) -> None:
    """Note tables that a flow names and no source has: the flow counts nobody there, and must say so."""
    there = {table.id for table in scan.tables} | {f"{n.source}/{n.table}" for n in scan.not_scanned}
    for flow in scan.config.flows:
        for table in flow.tables:
            if table.id not in there:
                scan.miss(
                    table.dataset, table.table, f"flow '{flow.name}' names it, but no source has such a table"
                )
