"""Views of a Result as pandas frames."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from scanner.result import Result, SubjectCount

_COLUMNS = ("dataset", "table", "column", "types", "confidence", "sensitive", "decision")
_PROFILE = (
    "dataset",
    "table",
    "column",
    "type",
    "comment",
    "filled",
    "types",
    "confidence",
    "sensitive",
    "decision",
    "grade",
    "considered",
)
_SUBJECTS = (
    "scope",
    "name",
    "category",
    "window",
    "lower",
    "estimate",
    "upper",
    "modelled",
    "modelled_error",
    "method",
    "anonymous_rows",
    "note",
)
_FINDINGS = (
    "rule_id",
    "scope",
    "verdict",
    "count",
    "threshold",
    "operator",
    "article",
    "duty",
    "deadline",
    "why",
)


def columns(result: Result) -> pd.DataFrame:
    """Return one row a column with personal information; ``types`` separated by semicolons."""
    rows = [
        (
            dataset.name,
            table.name,
            column.name,
            ";".join(tag.type for tag in held),
            max(tag.confidence for tag in held),
            any(tag.sensitive for tag in held),
            held[0].decision,
        )
        for dataset in result.datasets
        for table in dataset.tables
        for column in table.columns
        if (held := column.held)
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def profile(result: Result) -> pd.DataFrame:
    """Return one row a column that was seen, with personal information or not.

    ``filled`` is the share of sampled cells that hold something, ``considered`` what spoke for a type that is
    no tag; types are separated by semicolons.
    """
    rows = [
        (
            dataset.name,
            table.name,
            column.name,
            column.type,
            column.comment,
            column.filled,
            ";".join(tag.type for tag in held),
            max((tag.confidence for tag in held), default=None),
            any(tag.sensitive for tag in held),
            held[0].decision if held else "",
            column.grade.level,
            ";".join(candidate.type for candidate in column.considered),
        )
        for dataset in result.datasets
        for table in dataset.tables
        for column in table.columns
        for held in [column.held]
    ]
    return pd.DataFrame(rows, columns=list(_PROFILE))


def not_scanned(result: Result) -> pd.DataFrame:
    """Return one row a thing that was not read, with the reason."""
    rows = [(entry.source, entry.table, entry.column, entry.reason) for entry in result.not_scanned]
    return pd.DataFrame(rows, columns=["source", "table", "column", "reason"])


def subjects(result: Result) -> pd.DataFrame:
    """Return one row a count of persons: organization, datasets, tables, flows."""
    counts: list[SubjectCount] = [*result.organization.subjects]
    for dataset in result.datasets:
        counts += dataset.subjects
        counts += [count for table in dataset.tables for count in table.subjects]
    counts += [count for flow in result.flows for count in flow.subjects]
    counts += result.organization.outbound
    rows = [dataclasses.asdict(count) for count in counts]
    return pd.DataFrame(rows, columns=list(_SUBJECTS))


def linkage(result: Result) -> pd.DataFrame:
    """Return one row a reason (joined, refused, hub), open point or overlap, with the number of persons."""
    found = result.organization.linkage
    rows: list[tuple[str, str, str, int]] = []
    if found:
        rows += [("joined", each.kind, "", each.number) for each in found.joined]
        rows += [("refused", each.kind, each.why, each.number) for each in found.refused]
        rows += [("hub", each.kind, "", each.number) for each in found.hubs]
        rows += [("open point", each.subject, each.what, each.persons) for each in found.open_points]
        rows += [(f"{each.scope} overlap", each.left, each.right, each.persons) for each in found.overlaps]
    return pd.DataFrame(rows, columns=["what", "subject", "detail", "number"])


def findings(result: Result) -> pd.DataFrame:
    """Return one row a rule; ``count`` is the interval as ``lower..upper`` (estimate)."""
    rows = [
        {**dataclasses.asdict(f), "count": f"{c.lower}..{c.upper} ({c.estimate})" if (c := f.count) else ""}
        for f in result.findings
    ]
    return pd.DataFrame(rows, columns=list(_FINDINGS))
