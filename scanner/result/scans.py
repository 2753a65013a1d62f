"""When, with what and on which decisions and facts a scan ran."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scanner.result.datasets import PartsResult


@dataclass(frozen=True, slots=True, kw_only=True)
class NotScanned:
    """Something that exists and was not read. Silence is never evidence of absence."""

    source: str
    table: str
    reason: str
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retried:
    """Something that was read in the end, after further attempts; ``table`` is empty for the list of tables.

    Attributes:
        reason: What was in the way.
        times: How often it was tried again.
    """

    source: str
    table: str
    reason: str
    times: int


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
        limits: What this installation cannot find, and what is configured without effect; a sentence each.
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
