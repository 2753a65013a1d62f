"""scan(): every stage of a scan, top to bottom; the one module that knows them all.

The source is read twice, in the open: a sample of all columns to decide tags, then all rows of the few
columns that identify or describe people, to count them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version

from classifiers import Evidence, Tag, TextReader, decide, gather, taxonomy
from connectors import Batch, Connector, ConnectorError, Table, TableUnreadable, Unread, connect
from scanner.census import Census
from scanner.config import Review, ScanConfig, SourceConfig
from scanner.counting import Counts, flow_table_id
from scanner.identifiers import SubjectKey, TablePlan, identify, plan_table
from scanner.result import NotScanned, Result, ScanInfo
from scanner.results import Scanned, assemble
from scanner.slots import assign_slots
from scanner.windows import row_windows

SAMPLE_ROWS = 2_000

Progress = Callable[[str, int, int | None], None]  # what is being done, rows done, rows in all if known


def _silent(_doing: str, _done: int, _total: int | None) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to scan.

    Attributes:
        as_of: Day on which ages are taken, windows end and rules are in force.
        sample_rows: Rows of each table that are looked at to decide tags.
        seed: Same seed on the same data, same sample.
        count: ``exact`` or ``none``.
        review: Decisions of a reviewer; they replace what the classifier says.
    """

    as_of: dt.date
    sample_rows: int = SAMPLE_ROWS
    seed: int = 0
    count: str = "exact"
    review: Review = field(default_factory=dict)


@dataclass(slots=True)
class ScannedTable:
    """One table on its way through the stages."""

    source: str
    dataset: str
    location: str
    table: Table
    tags: Mapping[str, tuple[Tag, ...]] = field(default_factory=dict)
    status: str = "scanned"
    rows_read: int | None = None

    @property
    def id(self) -> str:
        return f"{self.dataset}/{self.table.name}"


@dataclass(slots=True)
class Findings:
    """What the sources gave: tables, and what could not be read."""

    tables: list[ScannedTable] = field(default_factory=list)
    not_scanned: list[NotScanned] = field(default_factory=list)
    census: Census = field(default_factory=Census)

    def miss(self, source: str, table: str, reason: str, column: str = "") -> None:
        """Note something that was not read."""
        self.not_scanned.append(NotScanned(source=source, table=table, reason=reason, column=column))


def run(
    config: ScanConfig,
    options: Options,
    key: SubjectKey,
    *,
    clock: Callable[[], dt.datetime],
    reader: TextReader | None = None,
    open_source: Callable[[SourceConfig], Connector] | None = None,
    progress: Progress = _silent,
) -> Result:
    """Scan the sources of ``config`` and return everything found out.

    A source, table or part that cannot be read is listed in ``Result.not_scanned`` and loses nothing else.
    """
    started = clock()
    found = Findings()
    for source in config.sources:
        _scan_source(source, config, options, key, found, reader, open_source or _open, progress)
    _miss_undeclared(config, found)
    progress("counting people", 0, None)
    counts = Counts(found.census.solve() if options.count != "none" else None)
    return assemble(
        Scanned(
            config=config,
            as_of=options.as_of,
            info=_info(config, options, started, clock()),
            tables=found.tables,
            not_scanned=found.not_scanned,
            counts=counts,
        )
    )


def _info(config: ScanConfig, options: Options, started: dt.datetime, finished: dt.datetime) -> ScanInfo:
    return ScanInfo(
        id=f"{started:%Y%m%dT%H%M%S%fZ}-{config.digest[:6]}",
        started=started.isoformat(timespec="seconds"),
        finished=finished.isoformat(timespec="seconds"),
        as_of=options.as_of.isoformat(),
        version=version("pandian"),
        seed=options.seed,
        engine="local",
        count=options.count,
        sample_rows=options.sample_rows,
        config_digest=config.digest,
        packs=(),
    )


def _open(source: SourceConfig) -> Connector:
    return connect(
        source.url,
        name=source.name,
        include=source.include,
        exclude=source.exclude,
        dictionary=source.dictionary,
    )


def _scan_source(  # noqa: PLR0913 -- the stages need all of it
    source: SourceConfig,
    config: ScanConfig,
    options: Options,
    key: SubjectKey,
    found: Findings,
    reader: TextReader | None,
    open_source: Callable[[SourceConfig], Connector],
    progress: Progress,
) -> None:
    with _noting(found, source.name, ""), open_source(source) as connector:
        for entry in connector.tables():
            if isinstance(entry, Unread):
                found.miss(_dataset(source, entry.group), entry.table, entry.reason, entry.column)
                continue
            table = ScannedTable(source.name, _dataset(source, entry.group), connector.location, entry)
            found.tables.append(table)
            progress(table.id, 0, entry.rows.value if entry.rows else None)
            _scan_table(connector, table, config, options, key, found, reader, progress)


@contextmanager
def _noting(found: Findings, source: str, table: str) -> Iterator[None]:
    """Turn an unreadable source or table into an entry of the result."""
    try:
        yield
    except ConnectorError as error:
        found.miss(source, table, str(error))


def _dataset(source: SourceConfig, group: str) -> str:
    return f"{source.name}/{group}" if group else source.name


def _scan_table(  # noqa: PLR0913 -- the stages need all of it
    connector: Connector,
    scanned: ScannedTable,
    config: ScanConfig,
    options: Options,
    key: SubjectKey,
    found: Findings,
    reader: TextReader | None,
    progress: Progress,
) -> None:
    before = len(found.not_scanned)
    scanned.status = "not_scanned"
    with _noting(found, scanned.dataset, scanned.table.name):
        batch = connector.sample(scanned.table, rows=options.sample_rows, seed=options.seed)
        scanned.status = "scanned" if batch.num_rows and batch.num_columns else "empty"
        scanned.tags = _tags(batch, scanned, options.review, reader)
        scanned.status = "partial" if options.count != "none" else scanned.status
        if options.count != "none":
            _count_table(connector, scanned, config, options, key, found.census, progress)
        scanned.status = "scanned" if batch.num_rows and batch.num_columns else "empty"
    if len(found.not_scanned) > before and scanned.status == "scanned":
        scanned.status = "partial"


def _tags(
    batch: Batch, scanned: ScannedTable, review: Review, reader: TextReader | None
) -> dict[str, tuple[Tag, ...]]:
    tags = {e.column: decide(e) for e in gather(batch, scanned.table, reader)}
    for column in scanned.table.columns:
        decision = review.get((scanned.dataset, scanned.table.name, column.name))
        if decision is not None:
            tags[column.name] = _reviewed(tags.get(column.name, ()), decision)
    return {column: found for column, found in tags.items() if found}


def _reviewed(tags: Sequence[Tag], types: Sequence[str]) -> tuple[Tag, ...]:
    """A reviewer's decision wins; what the classifier said otherwise stays visible as rejected."""
    known = {tag.type: tag for tag in tags}
    reason = Evidence(kind="review", detail="decision of a reviewer")
    fresh = Tag(type="", confidence=1.0, evidence=(reason,))
    confirmed = (replace(known.get(t, fresh), type=t, confidence=1.0, decision="confirmed") for t in types)
    rejected = (replace(tag, decision="rejected") for tag in tags if tag.type not in types)
    return (*confirmed, *rejected)


# ---------------------------------------------------------------------- people
def _count_table(  # noqa: PLR0913 -- the stages need all of it
    connector: Connector,
    scanned: ScannedTable,
    config: ScanConfig,
    options: Options,
    key: SubjectKey,
    census: Census,
    progress: Progress,
) -> None:
    plans = [_plan(scanned, scanned.id, None, options.as_of), *_flow_plans(scanned, config, options.as_of)]
    plans = [plan for plan in plans if plan.slots]
    if not plans:
        return
    time_column = _time_column(scanned, config)
    wanted = {column for plan in plans for column in plan.columns()} | ({time_column} if time_column else set())
    total = scanned.table.rows.value if scanned.table.rows else None
    scanned.rows_read = 0
    for batch in connector.stream(scanned.table, sorted(wanted)):
        flags = row_windows(batch, time_column, options.as_of)
        for plan in plans:
            census.add(identify(batch, plan, key, as_of=options.as_of, row_flags=flags))
        scanned.rows_read += batch.num_rows
        progress(scanned.id, scanned.rows_read, total)


def _plan(scanned: ScannedTable, name: str, exported: Sequence[str] | None, as_of: dt.date) -> TablePlan:
    """Plan a count: embedded and organisation types identify nobody; categories only of ``exported``."""
    comments = {column.name: column.comment for column in scanned.table.columns}
    held = {column: _held_types(tags) for column, tags in scanned.tags.items()}
    held = {column: types for column, types in held.items() if types}
    slots = assign_slots([(column, comments.get(column, ""), types) for column, types in held.items()])
    columns = [
        (column, _identifying_types(scanned.tags[column]), _categories(types, as_of) if _within(column, exported) else ())
        for column, types in held.items()
    ]
    dataset, _, table = name.rpartition("/")
    return plan_table(dataset, table, columns, slots)


def _held_types(tags: Sequence[Tag]) -> tuple[str, ...]:
    return tuple(t.type for t in tags if t.decision != "rejected" and taxonomy()[t.type].group == "pi")


def _identifying_types(tags: Sequence[Tag]) -> tuple[str, ...]:
    """Types of whole cells; a number inside running text says nothing about whose row it is."""
    return tuple(t for t in _held_types([tag for tag in tags if tag.form != "embedded"]))


def _categories(types: Sequence[str], as_of: dt.date) -> tuple[str, ...]:
    found = {taxonomy()[t].category for t in types} - {""}
    if any(taxonomy()[t].is_sensitive(as_of) for t in types):
        found.add("sensitive")
    if {"face_embedding", "face_image"} & set(types):
        found.add("face")
    return tuple(sorted(found))


def _within(column: str, exported: Sequence[str] | None) -> bool:
    return exported is None or column in exported


def _flow_plans(scanned: ScannedTable, config: ScanConfig, as_of: dt.date) -> list[TablePlan]:
    """A flow that exports some columns only gets rows of its own: other columns must not make it sensitive."""
    return [
        _plan(scanned, flow_table_id(flow.name, table), table.columns, as_of)
        for flow in config.flows
        for table in flow.tables
        if table.id == scanned.id and table.columns is not None
    ]


def _time_column(scanned: ScannedTable, config: ScanConfig) -> str | None:
    names = {t.time_column for flow in config.flows for t in flow.tables if t.id == scanned.id}
    (name,) = names or {None}
    if name is not None and name not in {column.name for column in scanned.table.columns}:
        raise TableUnreadable(f"the time column '{name}' of the flow is not in table '{scanned.id}'; nothing was counted")
    return name


def _miss_undeclared(config: ScanConfig, found: Findings) -> None:
    """A flow that names a table which is not there counts nobody, and must say so."""
    there = {table.id for table in found.tables}
    for flow in config.flows:
        for table in flow.tables:
            if table.id not in there:
                found.miss(table.dataset, table.table, f"flow '{flow.name}' names it, but no source has such a table")
