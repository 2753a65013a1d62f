"""The whole result, and ``scan.json`` from it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from scanner.result.datasets import DatasetResult
from scanner.result.findings import Finding, Obligation
from scanner.result.flows import FlowResult
from scanner.result.organization import OrganizationResult
from scanner.result.scans import FactsResult, NotScanned, Retried, ReviewResult, ScanInfo

FORMAT = "pandian.scan/1"


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
    review: ReviewResult = field(default_factory=ReviewResult)
    facts: FactsResult | None = None
    retried: tuple[Retried, ...] = ()


def to_dict(result: Result) -> dict[str, Any]:
    """Return ``scan.json`` as plain dictionaries and lists."""
    return asdict(result)
