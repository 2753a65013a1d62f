"""run(): every stage of a scan, top to bottom; the one module that knows them all.

Sources are read twice, in the open: samples of all columns to decide tags, and whose numbers are whose; then
all rows of the few columns that identify or describe people, to count them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, fields
from importlib.metadata import version

from classifiers import TextReader
from connectors import Connector, Table, Unread, patience_of, sparing_memory
from scanner.assembly import Scanned, ScannedTable, assemble
from scanner.assembly.derive import Coverage, derive_facts
from scanner.assembly.outbound import retention_periods
from scanner.config import ConfigError, ScanConfig, SourceConfig
from scanner.counting import Counts
from scanner.identifiers import SubjectKey
from scanner.result import PartsResult, Result, ReviewResult, ScanInfo, StaleDecision
from scanner.review import stale
from scanner.rules import FactsError, load_facts
from scanner.samples.examples import masked_examples
from scanner.samples.sampled import look
from scanner.sketches import SketchCensus
from scanner.sources import open_configured, open_named
from scanner.stages.about_things import tell_things
from scanner.stages.animals import without_animals
from scanner.stages.collecting import collect_people
from scanner.stages.companies import without_companies
from scanner.stages.constraints import Place
from scanner.stages.databases import numbering
from scanner.stages.deciding import decide_tags
from scanner.stages.issued_numbers import number_people
from scanner.stages.listing import is_table, listing_of
from scanner.stages.named_keys import Keys
from scanner.stages.parting import part_with_vanished
from scanner.stages.planning import declared_time
from scanner.stages.references import References, references_of
from scanner.stages.telling import tell_persons
from scanner.stages.things import Thing, without_things
from scanner.stages.underway import Options, Progress, ScanUnderWay
from scanner.state import Keeper, StateFolder

Opener = Callable[[SourceConfig], Connector]


def _silent(_doing: str, _done: int, _total: int | None) -> None:
    """Report nothing."""


class NothingScanned(Exception):
    """No source could be opened; the message says why, source by source."""


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
    state: StateFolder | None = None,
) -> Result:
    """Scan the sources of ``config`` and return everything found out.

    ``sketches`` is what a scan with ``count="sketch"`` fills; the caller may keep it.
    With ``state``, only parts that are new or changed since an earlier scan are read to count people.

    A source, table or part that cannot be read is listed in ``Result.not_scanned`` and loses nothing else.

    Raises:
        ConfigError: What the configuration declares is not understood; found out before the scan, not after.
        NothingScanned: No source could be opened.
        SpillFull: What does not fit into memory does not fit on the disk either.
        StateError: A kept part is damaged.
    """
    started = clock()
    _check_declared(config, options.as_of)
    keeper = _keeper(state, config, options, key, _scan_id(config, started))
    scan = ScanUnderWay(
        config=config, options=options, key=key, reader=reader, progress=progress, keeper=keeper
    )
    if options.count == "sketch":
        scan.census = sketches or SketchCensus(as_of=options.as_of.isoformat())
    _scan_sources(scan, open_source or open_configured)
    progress("counting people", 0, None)
    counts = _counts(scan)
    result = assemble(_scanned(scan, counts, _info(scan, started, clock())))
    if keeper:
        keeper.end()
    return result


def _counts(scan: ScanUnderWay) -> Counts:
    marked = frozenset(table.id for table in scan.config.tables if table.marks_deleted)
    return Counts(scan.census.solve() if scan.options.count != "none" else None, marked)


def _scanned(scan: ScanUnderWay, counts: Counts, info: ScanInfo) -> Scanned:
    return Scanned(
        config=scan.config,
        as_of=scan.options.as_of,
        info=info,
        tables=scan.tables,
        not_scanned=scan.not_scanned,
        retried=scan.retried,
        counts=counts,
        catalogue=scan.options.catalogue,
        review=_review_result(scan),
    )


def _scan_sources(scan: ScanUnderWay, open_source: Opener) -> None:
    with sparing_memory(scan.options.memory.limit), ExitStack() as opened:
        sources = scan.config.limited_sources
        known = [each for source in sources for each in _sample_source(scan, source, open_source, opened)]
        number_people([each.table for source in known for each in source.sampled], scan.options.review)
        for each in known:
            _count_source(scan, each)
    if scan.config.sources and not scan.opened:
        raise NothingScanned(" ".join(entry.reason for entry in scan.not_scanned))
    _miss_declared(scan)


def _keeper(
    state: StateFolder | None, config: ScanConfig, options: Options, key: SubjectKey, scan: str
) -> Keeper | None:
    if state is None or options.count == "none":
        return None
    killed = state.unfinished() if options.resume else None
    return Keeper(
        folder=state,
        key=key,
        as_of=options.as_of,
        scan=killed or scan,
        resumes=killed is not None,
        vanished=config.state.vanished,
    )


def _review_result(scan: ScanUnderWay) -> ReviewResult:
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


def _info(scan: ScanUnderWay, started: dt.datetime, finished: dt.datetime) -> ScanInfo:
    return ScanInfo(
        id=_scan_id(scan.config, started),
        started=f"{started:%Y-%m-%dT%H:%M:%SZ}",
        finished=f"{finished:%Y-%m-%dT%H:%M:%SZ}",
        as_of=scan.options.as_of.isoformat(),
        version=version("pandian"),
        seed=scan.options.seed,
        engine="local",
        count=scan.options.count,
        sample_rows=scan.options.sample_rows,
        config_digest=scan.config.digest,
        limits=(*_limits(scan.reader), *_idle_entries(scan)),
        packs=(),
        parts=_all_parts(scan),
    )


def _scan_id(config: ScanConfig, started: dt.datetime) -> str:
    return f"{started:%Y%m%dT%H%M%S%fZ}-{config.digest[:6]}"


def _all_parts(scan: ScanUnderWay) -> PartsResult | None:
    if scan.keeper is None:
        return None
    each = [table.parts for table in scan.tables if table.parts]
    return PartsResult(**{f.name: sum(getattr(parts, f.name) for parts in each) for f in fields(PartsResult)})


def _limits(reader: TextReader | None) -> tuple[str, ...]:
    if reader is None:
        return ("Running text was not read for personal information.",)
    return (reader.limits,) if reader.limits else ()


def _idle_entries(scan: ScanUnderWay) -> list[str]:
    """Say which entries of the configuration's ``tables`` had no effect."""
    there = _listed(scan)
    return [
        f"'tables' in the configuration names '{table.id}', but no source has such a table."
        for table in scan.config.tables
        if table.id not in there
    ]


def _sample_source(
    scan: ScanUnderWay, source: SourceConfig, open_source: Opener, opened: ExitStack
) -> Iterator[_SampledSource]:
    """Yield a source once samples of its tables were looked at; it stays open as long as ``opened``."""
    with scan.noting(source.name, ""):
        connector = open_named(open_source, scan.key, scan.options.catalogue)(source)
        opened.callback(_close, scan, source, connector)
        scan.opened += 1
        scan.listed = (0, None)
        patience = patience_of(connector)
        patience.tell = lambda doing: scan.progress(doing, 0, None)
        listing = listing_of(connector, patience.tell)
        scan.retry(source.name, "", patience.overcome())  # while they were listed
        references, total = references_of(listing.tables), sum(map(is_table, listing.entries))
        sampled: list[_Sampled] = []
        for entry in listing.entries:
            scan.listed = (scan.listed[0] + is_table(entry), total)
            sampled += _sample_entry(scan, source, connector, entry, references)
        if not scan.listed[0]:
            scan.miss(source.name, "", "the source has no tables, or include and exclude leave none")
        things = {place: refers.things for place, refers in references.items()}
        yield _SampledSource(source, connector, sampled, things, listing.broken)


def _close(scan: ScanUnderWay, source: SourceConfig, connector: Connector) -> None:
    with scan.noting(source.name, ""), connector:
        pass


def _count_source(scan: ScanUnderWay, known: _SampledSource) -> None:
    with scan.noting(known.source.name, ""):
        if scan.options.count == "exact":  # sketches cannot lend
            tell_things([each.table for each in known.sampled], known.things, scan)
        _count_tables(scan, known.connector, known.sampled)
        if known.broken:
            raise known.broken
        if scan.keeper:
            part_with_vanished(scan, known.source, scan.keeper)


@dataclass(frozen=True, slots=True)
class _Sampled:
    """A table of which a sample was looked at.

    Attributes:
        number: Its place among the tables of the source, from 1, and how many those are if known.
        ends_as: Its status once its people are counted.
    """

    table: ScannedTable
    number: tuple[int, int | None]
    ends_as: str


@dataclass(frozen=True, slots=True)
class _SampledSource:
    """An open source of whose tables samples were looked at.

    Attributes:
        things: What columns of its tables number, by place.
        broken: What ended the list of its tables early.
    """

    source: SourceConfig
    connector: Connector
    sampled: Sequence[_Sampled]
    things: Mapping[Place, Mapping[str, Thing]]
    broken: Exception | None


def _sample_entry(
    scan: ScanUnderWay,
    source: SourceConfig,
    connector: Connector,
    entry: Table | Unread,
    references: Mapping[Place, References],
) -> Iterator[_Sampled]:
    """Yield a table once its tags are decided; what fails is noted."""
    dataset = _within(source, entry.group)
    if isinstance(entry, Unread):
        scan.miss(dataset, entry.table, entry.reason, entry.column)
        return
    table = ScannedTable(
        source=source.name,
        dataset=dataset,
        location=connector.location,
        table=entry,
        numbering=_within(source, numbering(entry.group)),
    )
    scan.tables.append(table)
    scan.show(table.id, 0, entry.rows.value if entry.rows else None)
    refers = references[entry.group, entry.name]
    with scan.noting(dataset, entry.name):
        ends_as = _sample_table(scan, connector, table, refers)
        yield _Sampled(table, scan.listed, ends_as)
    scan.retry(dataset, entry.name, patience_of(connector).overcome())


def _within(source: SourceConfig, group: str) -> str:
    return f"{source.name}/{group}" if group else source.name


def _sample_table(scan: ScanUnderWay, connector: Connector, scanned: ScannedTable, refers: References) -> str:
    """Look at a sample of a table; return the status that it has once its people are counted."""
    options = scan.options
    batch = connector.sample(scanned.table, rows=options.sample_rows, seed=options.seed)
    scanned.status = "partial"
    tags = without_animals(decide_tags(batch, scanned, scan), scanned.table)
    tags = without_things(tags, refers.things)
    scanned.tags = without_companies(tags, refers.companies, listed=refers.lists_companies)
    if options.examples:
        scanned.examples = masked_examples(
            batch, scanned.tags, options.catalogue, as_of=options.as_of, most=options.examples
        )
    scanned.sampled = look(
        batch,
        declared_time(scanned.id, scan.config),
        retention_periods(scan.config, scanned.id),
        options.as_of,
    )
    if options.count != "none":
        keys = _undecided(refers.keys, scanned, scan)
        scanned.told = tell_persons(batch, scanned.table, scanned.tags, keys, refers.numbers)
    return "scanned" if batch.num_rows and batch.num_columns else "empty"


def _count_tables(scan: ScanUnderWay, connector: Connector, sampled: Sequence[_Sampled]) -> None:
    """Count the people of tables; whatever fails leaves the status of the last stage that was finished."""
    for each in sampled:
        scan.listed, scanned = each.number, each.table
        with scan.noting(scanned.dataset, scanned.table.name):
            if scan.options.count != "none":
                collect_people(scan, connector, scanned)
            scanned.status = each.ends_as
        scan.retry(scanned.dataset, scanned.table.name, patience_of(connector).overcome())


def _undecided(keys: Keys, scanned: ScannedTable, scan: ScanUnderWay) -> Keys:
    """Return the keys about whose columns no reviewer decided."""
    place = scanned.dataset, scanned.table.name
    return {column: whose for column, whose in keys.items() if (*place, column) not in scan.options.review}


def _listed(scan: ScanUnderWay) -> set[str]:
    """Return dataset/table of everything that the sources have, read or not."""
    return {table.id for table in scan.tables} | {f"{n.source}/{n.table}" for n in scan.not_scanned}


def _miss_declared(scan: ScanUnderWay) -> None:
    """Note what flows name and no source has: they count nobody by it, and must say so."""
    missed = {(f"{entry.source}/{entry.table}", entry.column) for entry in scan.not_scanned}
    read = {table.id: {column.name for column in table.table.columns} for table in scan.tables}
    there = _listed(scan)
    declared = [(flow.name, table) for flow in scan.config.flows for table in flow.tables]
    for name, sent in declared:
        named = f"flow '{name}' names it, but"
        if sent.id not in there:
            lacking = f"{named} no source has such a table; correct the flow or add the source"
            scan.miss(sent.dataset, sent.table, lacking)
        for column in sent.columns or ():
            if sent.id in read and column not in read[sent.id] and (sent.id, column) not in missed:
                lacking = f"{named} the table has no such column; correct columns"
                scan.miss(sent.dataset, sent.table, lacking, column)
