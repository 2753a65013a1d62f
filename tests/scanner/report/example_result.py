"""A realistic result, and one as large as asked for. Nothing in them is a value of personal data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from scanner.result import (
    ColumnResult,
    DatasetResult,
    GradeResult,
    NotScanned,
    OrganizationResult,
    PackResult,
    Result,
    Retried,
    ScanInfo,
    SubjectCount,
    TableResult,
)

from .example_datasets import CRM, HOSPITAL, HOSTILE_DATASET, OUTBOUND, raised
from .example_findings import FINDINGS, OBLIGATIONS
from .example_flows import FLOWS
from .example_parts import TYPES, column, count, table, tag
from .hostile_names import BREAKS, MARKUP, REVERSED, SCRIPT


def of(category: str, bounds: tuple[int, int, int], **more: Any) -> SubjectCount:
    return count("organization", "示例零售集团", bounds, category=category, **more)


ORGANIZATION = OrganizationResult(
    name="示例零售集团（Example Retail Group）",
    subjects=(
        of(
            "all",
            (1_301_220, 1_384_410, 1_566_903),
            modelled=1_342_000,
            anonymous_rows=1_425_092,
            note="survey_2025 holds no usable identifier",
        ),
        of("sensitive", (431_118, 452_307, 517_996)),
        of("minor_under_14", (8_914, 10_102, 13_658)),
        of("minor_under_18", (21_406, 23_977, 29_310)),
        of("biometric", (18_930, 18_930, 19_402), method="sketch"),
        of("health", (61_209, 61_877, 63_004)),
        of("financial", (389_550, 393_810, 404_238)),
        of("religion", (0, 48_212, 48_212), method="rows-bound", anonymous_rows=48_212),
    ),
)


INFO = ScanInfo(
    id="2026-11-22T02-10-00Z-7f3a",
    started="2026-11-22T02:10:00Z",
    finished="2026-11-22T02:14:41Z",
    as_of="2026-11-22",
    version="0.1.0",
    seed=0,
    engine="local",
    count="exact",
    sample_rows=1000,
    config_digest="sha256:9b1c0e5d2f4a7788",
    packs=(
        PackResult(id="export-2024", version="2024-03-22", digest="sha256:51be90aa1d7c"),
        PackResult(id="ndsmr-2025", version="2025-01-01", digest="sha256:c40f2a7be613"),
        PackResult(id="pipl-2021", version="2021-11-01", digest="sha256:08d1fa33c9e2"),
    ),
)


def realistic() -> Result:
    return Result(
        scan=INFO,
        complete=False,
        not_scanned=(
            NotScanned(source="crm", table="audit_log", reason="permission denied"),
            NotScanned(source="lake", table="hospital/staff", column="photo", reason="cannot be decoded"),
            NotScanned(source="hdfs", table="", reason="the source did not open within 30 s"),
            NotScanned(source=SCRIPT, table=MARKUP, column=BREAKS, reason=REVERSED),
        ),
        retried=(
            Retried(source="crm", table="orders", reason="connection lost", times=2),
            Retried(source="lake", table="", reason="lock timeout", times=1),
        ),
        datasets=(CRM, raised(HOSPITAL), OUTBOUND, HOSTILE_DATASET),
        organization=ORGANIZATION,
        flows=FLOWS,
        findings=FINDINGS,
        obligations=OBLIGATIONS,
    )


def large(tables: int, columns: int = 10) -> Result:
    """A complete scan of many tables in datasets of 100, a third of the columns PI."""
    kinds = list(TYPES)

    def one(number: int) -> TableResult:
        tagged: Iterable[ColumnResult] = (
            column(f"col_{i}", tag(kinds[(number + i) % len(kinds)])) if i % 3 == 0 else column(f"col_{i}")
            for i in range(columns)
        )
        return table(f"table_{number:05}", 1000 + number, (900, 950, 1000 + number), *tagged)

    base = realistic()
    datasets = tuple(
        DatasetResult(
            name=f"warehouse/{start // 100:03}",
            source="warehouse",
            location="/warehouse",
            grade=GradeResult(level="general", status="indicated", basis=("none reached",)),
            subjects=(count("dataset", f"warehouse/{start // 100:03}", (90_000, 95_000, 100_000)),),
            tables=tuple(one(i) for i in range(start, min(start + 100, tables))),
        )
        for start in range(0, tables, 100)
    )
    return replace(base, datasets=datasets, complete=True, not_scanned=())
