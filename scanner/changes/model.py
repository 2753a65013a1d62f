"""What differs between two scans, as frozen values. Counts are in persons."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from scanner.result import Interval

FORMAT = "pandian.changes/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRef:
    """Which scan; see ``scanner.result.ScanInfo``."""

    id: str
    started: str
    as_of: str
    version: str
    config_digest: str
    count: str
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChange:
    """A setting that differs, so that not every difference is one of the data.

    Attributes:
        what: ``version``, ``config``, ``count``, ``sample_rows``, ``seed``, ``as_of`` or ``pack``.
        pack: Its id.
    """

    what: str
    before: str
    after: str
    pack: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageChange:
    """Something that was not read in one of the scans, or in both.

    Attributes:
        before, after: Why it was not read then; empty: it was not missed.
    """

    source: str
    table: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChange:
    """A column with personal information, then or now.

    Attributes:
        kind: ``new``; ``vanished``; ``retyped``; ``sensitivity`` (same types, other standing under the
            standards); ``not_compared`` where one of the scans did not look at it.
        why: Of new ones ``column_new``, ``table_new`` or ``found``; of vanished ones ``column_gone``,
            ``table_gone`` or ``not_found``; with ``not_compared`` ``unread_before``, ``unread_after``,
            ``outside_before`` or ``outside_after`` (no source of the scan has it).
        before, after: PI types, sorted.
        sensitive: Whether one of its types is sensitive, now or (where it is gone) then.
        reviewed: Whether a reviewer decided on it, then or now.
    """

    kind: str
    dataset: str
    table: str
    column: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    why: str
    sensitive: bool
    reviewed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CountChange:
    """A number of persons that moved.

    Attributes:
        before, after: None where that scan has no such count.
        difference: Of the estimates; None unless both are there.
        percent: The same in per cent of the estimate before; None where that is nothing.
        exceeds: Whether the intervals have no number in common, so that the true number moved.
        open_before, open_after: Whether that count is of a part of its scope only, so that it has no upper
            bound.
        restarted: Whether the window began anew in between, as every 1 January.
        methods: How it was counted then and now.
    """

    scope: str
    name: str
    category: str
    window: str
    before: Interval | None
    after: Interval | None
    difference: int | None
    percent: float | None
    exceeds: bool
    open_before: bool = False
    open_after: bool = False
    restarted: bool = False
    methods: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeChange:
    """A grade that changed.

    Attributes:
        scope: ``organization``, ``dataset`` or ``column``.
        name: Of the scope, such as ``crm/customer.id_card``.
        cause: ``counted`` (the data), ``coverage`` (what was read), ``declared``, ``day``, ``several`` or
            ``unknown``, as of ``LineChange``.
        why, why_zh: How the cause is known, in a sentence.
    """

    scope: str
    name: str
    before: str
    before_status: str
    after: str
    after_status: str
    cause: str
    why: str
    why_zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteChange:
    """A flow whose route changed; ``before`` (or ``after``) is empty where the flow was not declared."""

    flow: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """A verdict that changed.

    Attributes:
        change: ``reached`` (met now), ``left`` (met before, not now), ``opened`` (undetermined now),
            ``settled`` (undetermined before, not met now) or ``other``.
        kind: Of the rule, as in ``Finding``: what met means.
        before, after: Verdicts; empty where the rule was not asked.
        count_before, count_after: The number tested then and now.
        cause: ``counted`` (the data), ``coverage`` (what was read), ``declared`` (facts somebody declared),
            ``rules`` (their text), ``day`` (a rule came into force or ended, or a period ran out),
            ``program`` (another version answers the same otherwise), ``several``, ``facts`` (counted or
            declared, which is not to be told) or ``unknown``.
        why, why_zh: How the cause is known, in a sentence.
        replaces: Rules of an earlier text that were asked then, and that this one took over from.
        replaced_by: Rule of a later text, asked now, that took over from this one; empty for none.
    """

    rule_id: str
    pack: str
    scope: str
    title: str
    title_zh: str
    instrument: str
    instrument_zh: str
    article: str
    kind: str
    unit: str
    change: str
    before: str
    after: str
    threshold: int | None
    operator: str
    count_before: Interval | None
    count_after: Interval | None
    cause: str
    why: str
    why_zh: str
    replaces: tuple[str, ...] = ()
    replaced_by: str = ""

    @property
    def matters(self) -> bool:
        """Return whether something follows where the rule is met; meeting a requirement is good."""
        return self.kind in {"duty", "status"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeName:
    """What a PI type is called."""

    type: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What differs between two scans, the earlier one first.

    Attributes:
        settings: What else differs beside the data.
        coverage: What one of the scans, or both, did not read.
        columns: New, vanished, retyped columns with personal information.
        not_compared: Such columns that one of the scans did not look at: neither new nor vanished.
        types: Names of the PI types in ``columns`` and ``not_compared``.
    """

    format: str = FORMAT
    before: ScanRef
    after: ScanRef
    settings: tuple[SettingChange, ...]
    coverage: tuple[CoverageChange, ...]
    columns: tuple[ColumnChange, ...]
    not_compared: tuple[ColumnChange, ...]
    counts: tuple[CountChange, ...]
    grades: tuple[GradeChange, ...]
    routes: tuple[RouteChange, ...]
    lines: tuple[LineChange, ...]
    types: tuple[TypeName, ...] = ()

    @property
    def reached(self) -> tuple[LineChange, ...]:
        """Return the lines newly reached: a duty or a status follows."""
        return tuple(line for line in self.lines if line.change == "reached" and line.matters)

    @property
    def nothing(self) -> bool:
        """Return whether data, coverage, grades and verdicts are the same."""
        return not any(
            (self.coverage_changed, self.columns, self.counts, self.grades, self.routes, self.lines)
        )

    @property
    def coverage_changed(self) -> tuple[CoverageChange, ...]:
        """Return what one scan read and the other did not."""
        return tuple(one for one in self.coverage if bool(one.before) != bool(one.after))


def to_dict(changes: Changes) -> dict[str, Any]:
    """Return the changes as plain dictionaries and lists."""
    return dataclasses.asdict(changes)
