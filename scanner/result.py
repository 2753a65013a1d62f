"""The frozen result of a scan: the only thing that reports, store, forms and exports read.

``to_dict(result)`` is ``scan.json`` (format ``pandian.scan/1``); the JSON Schema beside this file
(``scan.schema.json``) describes it. Nothing in here holds a value of the scanned data.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = "pandian.scan/1"

# Upper end of an interval that has none: more people than live on earth. While something is not scanned, any
# number of people may be in it.
UNBOUNDED = 10_000_000_000

# How the note of a count begins that is of a part of its scope only: no upper bound holds.
PARTIAL = "Of what was read only; something in this scope was not. (仅含已读取的数据，本范围有数据未能读取。)"


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval in persons (or another unit), with the best estimate inside."""

    lower: int
    estimate: int
    upper: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectCount:
    """Distinct natural persons in one scope.

    Attributes:
        scope: ``organization``, ``dataset``, ``table`` or ``flow``.
        category: ``all``, ``sensitive``, ``minor_under_14``, ``minor_under_18`` or a sensitive
            category (``biometric``, ``health``, ``financial``, ``location``, ``religion``,
            ``specific_identity``, ``other``).
        window: ``all_time``, ``year_to_date`` or ``since_1_jan_previous_year``.
        lower, estimate, upper: In persons; ``lower <= estimate <= upper``.
        modelled: A statistical estimate of the true number where one was made; never decides.
        modelled_error: Half width of its stated error, in persons.
        modelled_note: Why there is no such estimate, where one was tried.
        gross: The same with the rows marked as deleted, where the figures leave them out.
        net: The same without the rows marked as deleted, where the figures hold them (flows).
        method: ``exact``, ``sketch`` or ``rows-bound``.
        anonymous_rows: Rows (slot by slot) about somebody whom no usable identifier names.
        note: What the count leaves out or rests on, in one or two sentences.
        confidence: With which the bounds hold, where they rest on a sketch; None where they are certain.
    """

    scope: str
    name: str
    category: str
    window: str
    lower: int
    estimate: int
    upper: int
    modelled: int | None = None
    modelled_error: int | None = None
    modelled_note: str = ""
    gross: Interval | None = None
    net: Interval | None = None
    method: str = "exact"
    anonymous_rows: int = 0
    note: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason, in both languages.

    Attributes:
        rule: Id of the rule, indicator or catalogue entry it rests on; empty for a plain statement.
        source: The text behind it, with article or date.
        settle_en, settle_zh: What would confirm or refute it; empty when nothing is open.
        confidence: How well the source is verified: ``high``, ``medium`` or ``low``.
    """

    en: str
    zh: str
    rule: str = ""
    source: str = ""
    settle_en: str = ""
    settle_zh: str = ""
    confidence: str = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeLevel:
    """Level of a column or table under a scheme with numbered levels, 1 the lowest.

    Attributes:
        scheme: Id of the scheme, such as ``general-data`` or ``finance``.
        highest: The highest level of the scheme.
        reasons: Why not lower.
    """

    scheme: str
    name_en: str
    name_zh: str
    level: int
    highest: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAs:
    """Whether a standard lists a PI type as sensitive, and whether it is the one in force."""

    standard: str
    sensitive: bool
    in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeResult:
    """Grade of a dataset or data item under the Data Security Law, article 21, and GB/T 43697-2024.

    Attributes:
        level: ``general``, ``important`` or ``core``.
        status: ``indicated`` (by the scan) or ``confirmed`` (notified or published).
        basis: The reasons as sentences that hold both languages.
        reasons: The same, each language by itself, with source and what would settle it.
        for_person: Whether a person has to decide; always so where core data are indicated.
    """

    level: str
    status: str
    basis: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
    for_person: bool = False


def grade_for(level: str, status: str, reasons: Iterable[Reason], *, for_person: bool = False) -> GradeResult:
    """Return a grade whose ``basis`` says the reasons in both languages, one after the other."""
    kept = tuple(dict.fromkeys(reasons))
    basis = tuple(f"{reason.en} {reason.zh}" for reason in kept)
    return GradeResult(level=level, status=status, basis=basis, reasons=kept, for_person=for_person)


GENERAL = grade_for("general", "indicated", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceResult:
    """One reason for a tag; see ``classifiers.Evidence``."""

    kind: str
    matched: int
    checked: int
    detail: str
    supports: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TagResult:
    """A tag as it is reported.

    Attributes:
        sensitive: Whether the type is sensitive PI under the standard in force on ``as_of``.
        category: Its sensitive category, or empty.
        listed: What each standard says of the type, oldest first.
        decimals: Digits behind the point that most coordinates have; None where there are none.
    """

    type: str
    name_zh: str
    name_en: str
    presidio_entity: str
    confidence: float
    decision: str
    sensitive: bool
    category: str
    form: str
    prevalence: float | None
    evidence: tuple[EvidenceResult, ...]
    listed: tuple[ListedAs, ...] = ()
    decimals: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateResult:
    """A type that something spoke for and that is no tag; see ``classifiers.Candidate``."""

    type: str
    name_zh: str
    name_en: str
    why: str
    word: str
    named: float
    matched: int
    fitting: int
    checked: int
    needed: float | None
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnResult:
    """A column with its tags (none: no PI found), its grade and its levels.

    Attributes:
        cells: Non-empty cells that were looked at.
        against: Word of the header that says that the column is not personal, or empty.
        considered: Types that something spoke for and that are no tag, likeliest first.
        filled: Share of the cells sampled that hold something, in [0, 1]; None where nothing was sampled.
        examples: Masked values, where they were asked for.
    """

    name: str
    type: str
    comment: str
    tags: tuple[TagResult, ...]
    grade: GradeResult = GENERAL
    levels: tuple[SchemeLevel, ...] = ()
    cells: int = 0
    against: str = ""
    considered: tuple[CandidateResult, ...] = ()
    filled: float | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowsResult:
    """Number of rows; ``value`` is None when unknown."""

    value: int | None
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsResult:
    """Parts of a table (files, partitions) in a scan with state.

    Attributes:
        read: Read now: new, changed, or counted anew.
        from_state: Taken from the state, since nothing changed.
        gone: No longer there, but sent abroad before: they count in the windows of their flows only.
        forgotten: No longer there, and deleted from the state.
    """

    read: int = 0
    from_state: int = 0
    gone: int = 0
    forgotten: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableResult:
    """One table.

    Attributes:
        status: ``scanned``, ``partial`` (something in it could not be read), ``empty`` (no rows
            or no columns) or ``not_scanned``.
        levels: Highest level of its columns under each scheme, raised where the columns together call for it.
        indications: What makes records sensitive as a whole, or columns sensitive together.
        parts: How many of its parts came from the state; None without state.
    """

    name: str
    comment: str
    rows: RowsResult
    status: str
    note: str
    subjects: tuple[SubjectCount, ...]
    columns: tuple[ColumnResult, ...]
    levels: tuple[SchemeLevel, ...] = ()
    indications: tuple[Reason, ...] = ()
    parts: PartsResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetResult:
    """Tables graded and counted together."""

    name: str
    source: str
    location: str
    grade: GradeResult
    subjects: tuple[SubjectCount, ...]
    tables: tuple[TableResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """A number by kind of identifier."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedJoins:
    """Persons more than one who share values of a kind that did not join them.

    Attributes:
        why: They have other ``documents``, other ``names``, other ``ages`` (a minor and one of age) or other
            ``accounts``.
    """

    kind: str
    why: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """What a reviewer could confirm to narrow the interval of the organization.

    Attributes:
        what: ``anonymous_rows``, ``shared_contacts``, ``contact_links`` or ``unnamed``.
        subject: Table or kind of identifier.
        persons: By how many persons it narrows the interval at most.
        en, zh: The question.
    """

    what: str
    subject: str
    persons: int
    en: str
    zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapResult:
    """Persons that two datasets, or two flows in the window in force, have in common, by the links found."""

    scope: str
    left: str
    right: str
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageResult:
    """How people were linked.

    Attributes:
        joined: Persons of whom rows that differ otherwise share a value of the kind.
        refused: Joins that evidence speaks against.
        hubs: Values that meet too many people to identify anybody.
        open_points: What would narrow the interval, the most effective first.
        overlaps: Between datasets and between flows; pairs with nobody in common are left out.
    """

    joined: tuple[KindCount, ...]
    refused: tuple[RefusedJoins, ...]
    hubs: tuple[KindCount, ...]
    open_points: tuple[OpenPoint, ...]
    overlaps: tuple[OverlapResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationResult:
    """The personal-information processor: all datasets united, which may raise the grade of each.

    Attributes:
        outbound: Persons of all flows that are not exempt, united, where there are several.
        linkage: How people were linked; None where nothing was linked.
    """

    name: str
    subjects: tuple[SubjectCount, ...]
    grade: GradeResult = GENERAL
    outbound: tuple[SubjectCount, ...] = ()
    linkage: LinkageResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemInList:
    """A data item matched to a negative list: the entry it falls under, or why that is open."""

    item: str
    entry: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineInList:
    """A line in persons of an entry of a list; ``threshold`` and ``count`` are None where not known."""

    entry: str
    mechanism: str
    people: str
    operator: str
    threshold: int | None
    count: Interval | None
    verdict: str
    text: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDecision:
    """What the negative list of the zone says of a flow.

    Attributes:
        mechanism: As in ``FlowResult``, or ``national_rules`` where the list does not cover the flow.
        listed, outside, undecided: The columns of the flow, each in one of them.
    """

    list_id: str
    edition: str
    scenario: str
    mechanism: str
    reasons: tuple[Reason, ...]
    listed: tuple[ItemInList, ...] = ()
    outside: tuple[ItemInList, ...] = ()
    undecided: tuple[ItemInList, ...] = ()
    lines: tuple[LineInList, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowItem:
    """A data item that leaves.

    Attributes:
        types: Its types of personal information; none found: not personal.
        filled: Share of the cells sampled that hold something, in [0, 1].
        persons: Persons with something in it, in the window of the law.
        use: ``expected`` or ``unexpected`` in the declared scenario, ``unknown`` without a definition of it,
            ``not_personal``.
    """

    dataset: str
    table: str
    column: str
    types: tuple[str, ...]
    sensitive: bool
    filled: float | None
    persons: Interval | None
    use: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionResult:
    """Rows of a flow's table that are older than the flow declares to keep them.

    Attributes:
        past: In rows; bounds of an estimate where only a sample was read (``exact`` False).
        undated: Sampled rows without a readable time.
    """

    table: str
    days: int
    past: Interval
    exact: bool
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowResult:
    """A declared cross-border provision.

    Attributes:
        window: Reporting window of the law in force, such as ``year_to_date``.
        mechanism: ``security_assessment``, ``standard_contract_or_certification``, ``exempt`` or
            ``undetermined``: where the route for this flow leads.
        because: Rule ids the route rests on.
        items: The columns that leave, with their use in the declared scenario.
        necessity: What the declaration has to explain.
        negative_list: What the list of the free-trade zone says; None where none is declared.
    """

    name: str
    recipient_country: str
    purpose: str
    exemption: str | None
    window: str
    subjects: tuple[SubjectCount, ...]
    mechanism: str
    because: tuple[str, ...]
    scenario: str = ""
    items: tuple[FlowItem, ...] = ()
    necessity: tuple[Reason, ...] = ()
    retention: tuple[RetentionResult, ...] = ()
    negative_list: ListDecision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineResult:
    """When a duty falls due.

    Attributes:
        en, zh: As the law words it.
        number, unit: How long: ``hours``, ``calendar_days``, ``working_days``, ``months`` or ``years``.
        after, before: The event it is counted from (a key in ``scanner/rules/rule_parts.py``), or empty.
        each_year: Day of the year as ``MM-DD``, or empty.
        recurring: Due again and again, counted from the last time.
        due: Last day (or last minute, for hours) in ISO 8601; empty while the date of the event is not known.
        opens: First day of a period that the law opens, or empty.
        latest: Where the law leaves a choice of lengths, the last day under the longest; ``due`` is safe.
        certain: False where the holidays of a year that matters are not published yet.
    """

    en: str
    zh: str
    number: int | None = None
    unit: str = ""
    after: str = ""
    before: str = ""
    each_year: str = ""
    recurring: bool = False
    due: str = ""
    opens: str = ""
    latest: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What is due when, and why; both languages stand in one text where there is no ``_zh``.

    Attributes:
        rule_id, scope, instrument, article, duty, addressee, file_with: As in ``Finding``.
        basis: The verdict behind it: ``met``; ``undetermined``; ``not_met`` where time runs before a line is
            reached, or a requirement is not complied with.
        conditional: Whether it is open that the duty exists at all.
        status: ``overdue``; ``breached`` (a requirement); ``passed`` (nothing says whether it was done);
            ``open`` (the period to do it runs); ``coming``; ``before`` an act; ``waiting`` for the date of an
            event; ``standing`` (as long as it applies); ``done``.
        when: The deadline as the law words it.
        due, latest, opens: Days (or a minute) in ISO 8601, as in ``DeadlineResult``.
        event, event_day: What the deadline is counted from, and its day.
        each_year: Day of the year as ``MM-DD``, or empty.
        certain: False where the holidays of a year that matters are not published yet.
        needs: Facts that would settle the verdict or the date, as keys of the facts file.
        assumed: What was taken as given.
    """

    rule_id: str
    scope: str
    instrument: str
    instrument_zh: str
    article: str
    duty: str
    duty_zh: str
    addressee: str
    addressee_zh: str
    file_with: str
    confidence: str
    basis: str
    conditional: bool
    status: str
    when: str = ""
    due: str = ""
    latest: str = ""
    opens: str = ""
    event: str = ""
    event_day: str = ""
    each_year: str = ""
    recurring: bool = False
    certain: bool = True
    needs: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far a count is from the first number beyond the line, in persons (or the unit of the rule).

    Attributes:
        lower, upper: Still to go, counting from the upper and the lower end; negative beyond the line.
            ``lower`` is None while the count has no upper end.
        percent_lower, percent_upper: The same in per cent of the line.
        band: ``beyond``, ``open`` (the interval straddles the line), ``near`` (inside the band) or ``far``.
    """

    lower: int | None
    upper: int
    percent_lower: float | None
    percent_upper: float
    band: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """When a line was or will be reached, from a series of counts.

    Attributes:
        earliest, expected, latest: Days in ISO 8601; empty where the series gives none.
        en, zh: The model, its data and its doubt, in one or two sentences.
    """

    earliest: str
    expected: str
    latest: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Verdict of one rule on one scope.

    Attributes:
        scope: ``organization``, ``outbound`` (all non-exempt flows united) or ``flow:NAME``.
        verdict: ``met``, ``not_met``, ``undetermined`` or ``not_applicable``.
        count: The number tested, in persons; None for a rule without a number.
        threshold: In persons; None for a rule without a number.
        operator: ``ge``, ``gt``, ``le``, ``lt``, ``present`` or ``absent``.
        duty: What follows when met (English); ``duty_zh`` the same in Chinese.
        deadline: The main deadline in both languages; ``deadlines`` all of them, with dates.
        kind: What met means: a ``duty`` follows, a ``requirement`` is complied with, an ``exemption``
            applies, or a ``status`` is reached.
        metric: Key of what is tested, such as ``held.pi_subjects``; empty in older records.
        unit: Of count and threshold.
        window: Over which the rule counts.
        upper_threshold: Where the threshold opens a band, its end; the number itself is outside.
        quote: The statutory wording in Chinese, where it was seen.
        addressee: Whom the rule addresses (English); ``addressee_zh`` in Chinese.
        sanction: What a breach may bring (English), where it is known; ``sanction_zh`` in Chinese.
        provenance: ``seed``, ``found`` (read in a text or a secondary source) or ``knowledge``.
        due: Day of the main deadline in ISO 8601, or empty.
        distance: How far the count is from the line; None for a rule without one.
        outlook: When the line is expected to be reached, where a series of counts was given.
        conditions: What the rule presupposes, each ``text: state``.
        needs: Facts that are missing and would settle the verdict, as keys of the facts file.
        why: One sentence a person can check (English); ``why_zh`` the same in Chinese.
    """

    rule_id: str
    pack: str
    scope: str
    title: str
    title_zh: str
    instrument: str
    instrument_zh: str
    verdict: str
    count: Interval | None
    threshold: int | None
    operator: str
    article: str
    duty: str
    duty_zh: str
    file_with: str
    deadline: str
    conditions: tuple[str, ...]
    needs: tuple[str, ...]
    why: str
    why_zh: str
    confidence: str
    source: tuple[str, ...]
    kind: str = "duty"
    unit: str = "persons"
    window: str = "none"
    upper_threshold: int | None = None
    quote: str = ""
    addressee: str = ""
    addressee_zh: str = ""
    sanction: str = ""
    sanction_zh: str = ""
    provenance: str = "found"
    due: str = ""
    deadlines: tuple[DeadlineResult, ...] = ()
    distance: Distance | None = None
    outlook: Outlook | None = None
    metric: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotScanned:
    """Something that exists and was not read. Silence is never evidence of absence."""

    source: str
    table: str
    reason: str
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackResult:
    """A rule pack that was evaluated, with the digest of its file."""

    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanInfo:
    """When, with what and under which settings the scan ran. Times are ISO 8601, UTC.

    Attributes:
        limits: What this installation cannot find, a sentence each.
        parts: How many parts of all tables came from the state; None without state.
    """

    id: str
    started: str
    finished: str
    as_of: str
    version: str
    seed: int
    engine: str
    count: str
    sample_rows: int
    config_digest: str
    limits: tuple[str, ...] = ()
    packs: tuple[PackResult, ...]
    parts: PartsResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleDecision:
    """A reviewer's decision that no longer meets the column it was made for.

    Attributes:
        types: What was decided; none: no personal information.
        why: ``dataset_gone``, ``table_gone``, ``column_gone``, ``not_read`` (it may still be there) or
            ``column_type_changed`` (applied all the same).
    """

    dataset: str
    table: str
    column: str
    types: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewResult:
    """How the decisions of reviewers fared: how many there are, how many met their column, which did not."""

    decisions: int = 0
    applied: int = 0
    stale: tuple[StaleDecision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedFact:
    """A fact that was counted, not declared: ``key`` of ``section``, or of the flow of that name."""

    section: str
    key: str
    flow: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRoute:
    """The route of a flow that a negative list decides, so that it is outside the national numbers."""

    flow: str
    mechanism: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsResult:
    """What the rules were asked about, so that they can be asked again.

    Attributes:
        given: Declared and counted facts in the format of the facts file (docs/facts.md).
        counted: Which of them were counted.
        routed: Flows that a negative list decides.
    """

    given: Mapping[str, Any]
    counted: tuple[CountedFact, ...] = ()
    routed: tuple[ListRoute, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Everything a scan found out.

    Attributes:
        facts: What the rules were asked about; None in records of versions that did not keep it.
    """

    format: str = FORMAT
    scan: ScanInfo
    complete: bool
    not_scanned: tuple[NotScanned, ...]
    datasets: tuple[DatasetResult, ...]
    organization: OrganizationResult
    flows: tuple[FlowResult, ...]
    findings: tuple[Finding, ...]
    obligations: tuple[Obligation, ...] = ()
    review: ReviewResult = ReviewResult()
    facts: FactsResult | None = None


def to_dict(result: Result) -> dict[str, Any]:
    """Return ``scan.json`` as plain dictionaries and lists."""
    return dataclasses.asdict(result)
