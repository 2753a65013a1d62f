"""What a result becomes in the store: its record without examples, and rows to find and plot it by. Pure."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from typing import Any

from scanner.result import Result, SubjectCount, to_dict
from scanner.words.visible import visible

# The key under which a record shows masked values of cells where a user asked for them: kept empty.
EXAMPLES = "examples"


def record_of(result: Result) -> bytes:
    """Return the record that is kept: ``scan.json`` without examples of cells, and without line breaks."""
    record = to_dict(result)
    _empty_examples(record)
    return json.dumps(record, allow_nan=False, separators=(",", ":"), sort_keys=True).encode("ascii")


def _empty_examples(node: Any) -> None:
    """Take the examples out of a record, wherever they stand, in place."""
    if isinstance(node, dict):
        if EXAMPLES in node:
            node[EXAMPLES] = []
        node = node.values()
    for value in node:
        if isinstance(value, dict | list | tuple):
            _empty_examples(value)


def scan_row(result: Result, kept: str) -> dict[str, Any]:
    """Return the row of a scan; ``kept`` is when."""
    scan, record = result.scan, record_of(result)
    return {
        "id": scan.id,
        "started": scan.started,
        "finished": scan.finished,
        "as_of": scan.as_of,
        "version": scan.version,
        "count": scan.count,
        "complete": result.complete,
        "organization": visible(result.organization.name),
        "sources": json.dumps(_sources(result)),
        "config_digest": scan.config_digest,
        "record": zlib.compress(record, 6),
        "record_digest": hashlib.sha256(record).hexdigest(),
        "kept": kept,
    }


def _sources(result: Result) -> list[str]:
    """Return the names of the sources, of those too that gave no dataset since they were not read."""
    datasets = {dataset.name: dataset.source for dataset in result.datasets}
    unread = {entry.source for entry in result.not_scanned} - datasets.keys()
    return sorted({*datasets.values(), *unread})


def pack_rows(result: Result) -> Iterator[dict[str, Any]]:
    for pack in result.scan.packs:
        yield {"scan_id": result.scan.id, "pack_id": pack.id, "version": pack.version, "digest": pack.digest}


def count_rows(result: Result) -> Iterator[dict[str, Any]]:
    """Yield the counts of the organization, its flows and datasets; those of tables are in the record."""
    for position, (scope, name, count) in enumerate(_counts(result)):
        interval = count.bounds
        yield {
            "scan_id": result.scan.id,
            "position": position,
            "scope": scope,
            "name": visible(name),
            "category": count.category,
            "period": count.window,
            "lower_bound": interval.lower,
            "estimate": interval.estimate,
            "upper_bound": interval.upper,
            "partial": count.partial,
        }


def _counts(result: Result) -> Iterator[tuple[str, str, SubjectCount]]:
    """Yield scope, name and count. An organization keeps its history when its name is written otherwise."""
    organization = result.organization
    yield from (("organization", "", count) for count in organization.subjects)
    yield from (("outbound", "", count) for count in organization.outbound)
    for flow in result.flows:
        yield from (("flow", flow.name, count) for count in flow.subjects)
    for dataset in result.datasets:
        yield from (("dataset", dataset.name, count) for count in dataset.subjects)


def line_rows(result: Result) -> Iterator[dict[str, Any]]:
    for position, finding in enumerate(result.findings):
        count = finding.count
        yield {
            "scan_id": result.scan.id,
            "position": position,
            "rule_id": finding.rule_id,
            "scope": visible(finding.scope),
            "verdict": finding.verdict,
            "metric": finding.metric,
            "unit": finding.unit,
            "operator": finding.operator,
            "threshold": finding.threshold,
            "lower_bound": count.lower if count else None,
            "estimate": count.estimate if count else None,
            "upper_bound": count.upper if count else None,
        }
