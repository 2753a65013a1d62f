"""The frozen result of a scan: the only thing that reports, store, forms and exports read.

``to_dict(result)`` is ``scan.json`` (format ``pandian.scan/1``); the JSON Schema beside this package
(``scan.schema.json``) describes it. Nothing in here holds a value of the scanned data.
"""

from scanner.result.columns import CandidateResult, ColumnResult, EvidenceResult, ListedAs, TagResult
from scanner.result.counts import PARTIAL, UNBOUNDED, Interval, SubjectCount, is_unbounded
from scanner.result.datasets import DatasetResult, PartsResult, RowsResult, TableResult
from scanner.result.findings import DeadlineResult, Distance, Finding, Obligation, Outlook
from scanner.result.flows import FlowItem, FlowResult, ItemInList, LineInList, ListDecision, RetentionResult
from scanner.result.grades import GENERAL, GradeResult, Reason, SchemeLevel, grade_for
from scanner.result.organization import (
    KindCount,
    LinkageResult,
    OpenPoint,
    OrganizationResult,
    OverlapResult,
    RefusedJoins,
)
from scanner.result.record import FORMAT, Result, to_dict
from scanner.result.scans import (
    CountedFact,
    FactsResult,
    ListRoute,
    NotScanned,
    PackResult,
    Retried,
    ReviewResult,
    ScanInfo,
    StaleDecision,
)

__all__ = [
    "FORMAT",
    "GENERAL",
    "PARTIAL",
    "UNBOUNDED",
    "CandidateResult",
    "ColumnResult",
    "CountedFact",
    "DatasetResult",
    "DeadlineResult",
    "Distance",
    "EvidenceResult",
    "FactsResult",
    "Finding",
    "FlowItem",
    "FlowResult",
    "GradeResult",
    "Interval",
    "ItemInList",
    "KindCount",
    "LineInList",
    "LinkageResult",
    "ListDecision",
    "ListRoute",
    "ListedAs",
    "NotScanned",
    "Obligation",
    "OpenPoint",
    "OrganizationResult",
    "Outlook",
    "OverlapResult",
    "PackResult",
    "PartsResult",
    "Reason",
    "RefusedJoins",
    "Result",
    "RetentionResult",
    "Retried",
    "ReviewResult",
    "RowsResult",
    "ScanInfo",
    "SchemeLevel",
    "StaleDecision",
    "SubjectCount",
    "TableResult",
    "TagResult",
    "grade_for",
    "is_unbounded",
    "to_dict",
]
