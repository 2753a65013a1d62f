"""Puts together the Result of a scan: tables, counts, grades, flows, findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from classifiers import Candidate, Catalogue, Evidence, PIType, Tag, built_in
from connectors import Column, Table
from scanner.config import FlowConfig, ScanConfig
from scanner.counting import Counts
from scanner.derive import Coverage, counted_facts, derive_facts, window_in_force
from scanner.exports import Exports
from scanner.grading import (
    Grading,
    Setting,
    grade_dataset,
    grade_items,
    grade_organization,
    listed,
    shipped_indicators,
)
from scanner.linkage import linkage_of
from scanner.obligations import find_obligations
from scanner.result import (
    GENERAL,
    PARTIAL,
    UNBOUNDED,
    CandidateResult,
    ColumnResult,
    DatasetResult,
    EvidenceResult,
    FactsResult,
    Finding,
    FlowResult,
    ListDecision,
    ListRoute,
    NotScanned,
    Obligation,
    OrganizationResult,
    PartsResult,
    Result,
    ReviewResult,
    RowsResult,
    ScanInfo,
    SubjectCount,
    TableResult,
    TagResult,
)
from scanner.rules import Assessment, Route, assess, load_facts
from scanner.sampled import Sampled

UNREAD = " Not everything was read, so no upper bound holds."
UNREAD_ZH = "部分数据未能读取，因此没有可靠的上限。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of a column beside its tags; see ``ColumnResult``."""

    cells: int = 0
    against: str = ""
    considered: tuple[Candidate, ...] = ()


@dataclass(slots=True)
class ScannedTable:
    """One table on its way through the stages.

    Attributes:
        rows_read: None until its people are counted.
        parts: How many of its parts were read; None without state.
        part_names: The parts that it has now; None if they were not asked for.
    """

    source: str
    dataset: str
    location: str
    table: Table
    tags: Mapping[str, tuple[Tag, ...]] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    status: str = "not_scanned"
    sampled: Sampled | None = None
    rows_read: int | None = None
    parts: PartsResult | None = None
    part_names: frozenset[str] | None = None

    @property
    def id(self) -> str:
        return f"{self.dataset}/{self.table.name}"


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """What the stages before gave.

    Attributes:
        info: Everything about the scan but its packs.
        catalogue: The PI types that were looked for.
        review: How the decisions of reviewers fared.
    """

    config: ScanConfig
    as_of: dt.date
    info: ScanInfo
    tables: Sequence[ScannedTable]
    not_scanned: Sequence[NotScanned] = field(default=())
    counts: Counts
    catalogue: Catalogue = field(default_factory=built_in)
    review: ReviewResult = field(default_factory=ReviewResult)

    @cached_property
    def missed(self) -> frozenset[tuple[str, str]]:
        """Return dataset and table of what was not scanned, or not whole."""
        return frozenset((entry.source, entry.table) for entry in self.not_scanned)


def assemble(scanned: Scanned) -> Result:
    """Return the result: grades and findings follow from the counts and the declared facts."""
    tables = [table.id for table in scanned.tables]
    grading = _grading(scanned)
    datasets = tuple(
        grade_dataset(dataset, grading, unread=_dataset_unread(dataset.name, scanned))
        for dataset in _datasets(scanned, grading)
    )
    people = scanned.counts.scope("organization", scanned.config.organization_name, tables)
    exports = _exports(scanned, datasets, grading)
    decisions = exports.decisions()
    assessment, obligations, asked = _assess(scanned, exports, decisions)
    return Result(
        scan=replace(scanned.info, packs=assessment.packs),
        complete=not scanned.not_scanned,
        not_scanned=tuple(scanned.not_scanned),
        datasets=datasets,
        organization=OrganizationResult(
            name=scanned.config.organization_name,
            subjects=_partial(people, unread=bool(scanned.not_scanned)),
            grade=grade_organization(people, datasets, grading, unread=bool(scanned.not_scanned)),
            outbound=_outbound(scanned),
            linkage=linkage_of(
                scanned.counts, datasets, scanned.config.flows, window_in_force(scanned.as_of)
            ),
        ),
        flows=tuple(
            _examined(_flow(flow, scanned, assessment), flow, exports, decisions, people)
            for flow in scanned.config.flows
        ),
        findings=tuple(_open_ended(finding) for finding in assessment.findings),
        obligations=obligations,
        review=scanned.review,
        facts=asked,
    )


# ---------------------------------------------------------------------- rules
def _assess(
    scanned: Scanned, exports: Exports, decisions: Mapping[str, ListDecision]
) -> tuple[Assessment, tuple[Obligation, ...], FactsResult]:
    coverage = Coverage(complete=not scanned.not_scanned, unread_flows=frozenset(exports.unread))
    tables = [table.id for table in scanned.tables]
    routes = {name: route for name, decision in decisions.items() if (route := _route(decision))}
    facts = derive_facts(scanned.config, scanned.as_of, scanned.counts, tables, coverage, routes)
    confirmed = exports.confirmed()
    if any(confirmed.values()) or any(_is_confirmed(dataset) for dataset in exports.datasets):
        facts["held"]["important_data"] = "notified"
    for flow in facts.get("flows", ()):
        if confirmed[flow["name"]]:
            flow["important_data"] = True
    loaded = load_facts(facts, consistent=False)
    assessment = assess(loaded, scanned.as_of, decided=routes)
    declared = derive_facts(scanned.config, scanned.as_of, Counts(None), (), coverage, routes)
    asked = FactsResult(
        given=loaded.model_dump(mode="json", exclude_unset=True),
        counted=tuple(counted_facts(facts, declared)),
        routed=tuple(
            ListRoute(flow=name, mechanism=r.mechanism, because=r.because) for name, r in routes.items()
        ),
    )
    return assessment, find_obligations(assessment, loaded), asked


def _is_confirmed(dataset: DatasetResult) -> bool:
    return dataset.grade.status == "confirmed"


def _route(decision: ListDecision) -> Route | None:
    """Return the route of a flow that a negative list decides; None where the national rules stay."""
    if decision.mechanism in ("national_rules", "undetermined"):
        return None
    because = tuple(dict.fromkeys(reason.rule for reason in decision.reasons if reason.rule))
    return Route(decision.mechanism, because)


def _exports(scanned: Scanned, datasets: Sequence[DatasetResult], grading: Grading) -> Exports:
    return Exports(
        config=scanned.config,
        as_of=scanned.as_of,
        setting=grading.setting,
        datasets=datasets,
        counts=scanned.counts,
        sampled={table.id: table.sampled for table in scanned.tables if table.sampled},
        unread={flow.name for flow in scanned.config.flows if _unread(flow, scanned)},
    )


def _unread(flow: FlowConfig, scanned: Scanned) -> bool:
    read = {table.id for table in scanned.tables if table.status in ("scanned", "empty")}
    missed = {f"{entry.source}/{entry.table}" for entry in scanned.not_scanned}
    return any(table.id not in read or table.id in missed for table in flow.tables)


def _open_ended(finding: Finding) -> Finding:
    """Say of a count without an upper bound why it has none."""
    count = finding.count
    if count is None or count.upper < UNBOUNDED // 2:
        return finding
    needs = ("scan.complete", *finding.needs) if finding.verdict == "undetermined" else finding.needs
    # Metrics that leave some people out subtract from the bound; it stays none.
    written = f"{count.upper:,}"
    return replace(
        finding,
        count=replace(count, upper=UNBOUNDED),
        needs=needs,
        why=finding.why.replace(written, "an unknown number of") + UNREAD,
        why_zh=finding.why_zh.replace(written, "未知数量的") + UNREAD_ZH,
    )


# ---------------------------------------------------------------------- datasets
def _datasets(scanned: Scanned, grading: Grading) -> Iterable[DatasetResult]:
    """Yield the datasets with their data items graded, themselves not yet."""
    ordered = sorted(scanned.tables, key=lambda table: (table.dataset, table.table.name))
    for name, group in groupby(ordered, key=lambda table: table.dataset):
        tables = list(group)
        subjects = scanned.counts.scope("dataset", name, [table.id for table in tables])
        unread = _dataset_unread(name, scanned)
        dataset = DatasetResult(
            name=name,
            source=tables[0].source,
            location=tables[0].location,
            grade=GENERAL,
            subjects=_partial(subjects, unread=unread),
            tables=tuple(_table(table, scanned) for table in tables),
        )
        yield grade_items(dataset, grading)


def _grading(scanned: Scanned) -> Grading:
    declared = {key: value for key, value in scanned.config.organization.items() if key != "name"}
    facts = load_facts({"organization": declared}).organization
    setting = Setting(as_of=scanned.as_of, sectors=facts.sectors or (), zone=facts.ftz or "", ciio=facts.ciio)
    return Grading(
        setting=setting,
        declared=scanned.config.held.get("important_data") or "none",
        catalogues=scanned.config.catalogues,
        packs=(*shipped_indicators(), *scanned.config.indicators),
    )


def _dataset_unread(name: str, scanned: Scanned) -> bool:
    return any(
        missed.source == name or name.startswith(f"{missed.source}/") for missed in scanned.not_scanned
    )


def _partial(subjects: tuple[SubjectCount, ...], *, unread: bool) -> tuple[SubjectCount, ...]:
    """Say of counts that they are of what was read only."""
    if not unread:
        return subjects
    return tuple(replace(count, note=f"{PARTIAL} {count.note}".strip()) for count in subjects)


def _table(table: ScannedTable, scanned: Scanned) -> TableResult:
    status = _status(table, scanned)
    counted = scanned.counts.scope("table", table.id, [table.id]) if status != "not_scanned" else ()
    return TableResult(
        name=table.table.name,
        comment=table.table.comment,
        rows=_rows(table),
        status=status,
        note=table.table.note,
        subjects=_partial(counted, unread=status == "partial"),
        columns=tuple(_column(column, table, scanned) for column in table.table.columns),
        parts=table.parts,
    )


def _rows(table: ScannedTable) -> RowsResult:
    """Return the rows that were counted; where reading broke off, what the source said before."""
    if table.rows_read is not None and table.status != "partial":
        return RowsResult(table.rows_read, exact=True)
    rows = table.table.rows
    return RowsResult(rows.value if rows else table.rows_read, exact=rows.exact if rows else False)


def _status(table: ScannedTable, scanned: Scanned) -> str:
    missed = (table.dataset, table.table.name) in scanned.missed
    return "partial" if missed and table.status in ("scanned", "empty") else table.status


def _column(column: Column, table: ScannedTable, scanned: Scanned) -> ColumnResult:
    tags, seen = table.tags.get(column.name, ()), table.seen.get(column.name, Seen())
    return ColumnResult(
        name=column.name,
        type=column.type,
        comment=column.comment,
        tags=tuple(_tag(tag, scanned.catalogue.types[tag.type], scanned.as_of) for tag in tags),
        cells=seen.cells,
        against=seen.against,
        considered=tuple(_candidate(each, scanned.catalogue.types[each.type]) for each in seen.considered),
        filled=table.sampled.filled.get(column.name) if table.sampled else None,
        examples=table.examples.get(column.name, ()),
    )


def _candidate(candidate: Candidate, pi_type: PIType) -> CandidateResult:
    return CandidateResult(
        type=candidate.type,
        name_zh=pi_type.zh,
        name_en=pi_type.en,
        why=candidate.why,
        word=candidate.word,
        named=candidate.named,
        matched=candidate.matched,
        fitting=candidate.fitting,
        checked=candidate.checked,
        needed=candidate.needed,
        form=candidate.form,
    )


def _tag(tag: Tag, pi_type: PIType, as_of: dt.date) -> TagResult:
    return TagResult(
        type=tag.type,
        name_zh=pi_type.zh,
        name_en=pi_type.en,
        presidio_entity=pi_type.presidio_entity,
        confidence=tag.confidence,
        decision=tag.decision,
        sensitive=pi_type.is_sensitive(as_of),
        category=pi_type.category,
        form=tag.form,
        prevalence=tag.prevalence,
        evidence=tuple(_evidence(evidence) for evidence in tag.evidence),
        listed=listed(pi_type, as_of),
        decimals=tag.decimals,
    )


def _evidence(evidence: Evidence) -> EvidenceResult:
    return EvidenceResult(
        kind=evidence.kind,
        matched=evidence.matched,
        checked=evidence.checked,
        detail=evidence.detail,
        supports=evidence.supports,
    )


# ---------------------------------------------------------------------- flows
def _flow(flow: FlowConfig, scanned: Scanned, assessment: Assessment) -> FlowResult:
    route = assessment.route[flow.name]
    return FlowResult(
        name=flow.name,
        recipient_country=flow.recipient_country,
        purpose=flow.purpose,
        exemption=flow.exemption,
        window=window_in_force(scanned.as_of),
        subjects=_flow_subjects(flow, scanned),
        mechanism=route.mechanism,
        because=tuple(route.because),
        scenario=flow.scenario or "",
    )


def _examined(
    result: FlowResult,
    flow: FlowConfig,
    exports: Exports,
    decisions: Mapping[str, ListDecision],
    people: Sequence[SubjectCount],
) -> FlowResult:
    """Return a flow with its data items, their necessity, and what the negative list says."""
    held = next((count for count in people if count.category == "all"), None)
    items, reasons, retention = exports.necessity(flow, held)
    return replace(
        result,
        items=items,
        necessity=reasons,
        retention=retention,
        negative_list=decisions.get(flow.name),
    )


def _outbound(scanned: Scanned) -> tuple[SubjectCount, ...]:
    """Return the persons of all flows that are not exempt, united, where there are several."""
    flows = [flow for flow in scanned.config.flows if not flow.exemption and flow.tables]
    if len(flows) < 2:
        return ()
    unread = any(_unread(flow, scanned) for flow in flows)
    return _partial(scanned.counts.flow("outbound", flows), unread=unread)


def _flow_subjects(flow: FlowConfig, scanned: Scanned) -> tuple[SubjectCount, ...]:
    """Return the counts of a flow; none when nothing of it was read, which is not zero persons."""
    counted = {table.id for table in scanned.tables if table.status in ("scanned", "partial", "empty")}
    if not any(table.id in counted for table in flow.tables):
        return ()
    return _partial(scanned.counts.flow(flow.name, [flow]), unread=_unread(flow, scanned))
