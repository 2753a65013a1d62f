"""Builders of results to grade (columns with tags, tables, datasets), and a source of rows of several years.

All names are invented.
"""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pyarrow as pa
import pytest

from classifiers import pi_types
from scanner.grading import Grading, Setting, listed
from scanner.grading.matching import Item
from scanner.result import (
    GENERAL,
    ColumnResult,
    DatasetResult,
    RowsResult,
    SubjectCount,
    TableResult,
    TagResult,
)

from .pipelines import columns

AS_OF = dt.date(2026, 11, 22)


def tag(name: str, as_of: dt.date = AS_OF, *, form: str = "plain", decimals: int | None = None) -> TagResult:
    kind = pi_types()[name]
    return TagResult(
        type=name,
        name_zh=kind.zh,
        name_en=kind.en,
        presidio_entity=kind.presidio_entity,
        confidence=0.98,
        decision="auto",
        sensitive=kind.is_sensitive(as_of),
        category=kind.category,
        form=form,
        prevalence=0.97,
        evidence=(),
        listed=listed(kind, as_of),
        decimals=decimals,
    )


def column(name: str, *types: str, comment: str = "", as_of: dt.date = AS_OF, **more) -> ColumnResult:
    tags = tuple(tag(kind, as_of, **more) for kind in types)
    return ColumnResult(name=name, type="VARCHAR", comment=comment, tags=tags)


def count(category: str, persons, scope: str = "table") -> SubjectCount:
    lower, estimate, upper = persons if isinstance(persons, list | tuple) else (persons,) * 3
    return SubjectCount(
        scope=scope,
        name="x",
        category=category,
        window="all_time",
        lower=lower,
        estimate=estimate,
        upper=upper,
    )


def table(name: str, *columns: ColumnResult, rows: int | None = 1000, comment: str = "", persons=None):
    return TableResult(
        name=name,
        comment=comment,
        rows=RowsResult(rows, exact=rows is not None),
        status="scanned",
        note="",
        subjects=tuple(count(category, number) for category, number in (persons or {}).items()),
        columns=columns,
    )


def dataset(*tables: TableResult, name: str = "warehouse", persons=None) -> DatasetResult:
    return DatasetResult(
        name=name,
        source=name,
        location="memory",
        grade=GENERAL,
        subjects=tuple(count(category, number, "dataset") for category, number in (persons or {}).items()),
        tables=tables,
    )


def items(made: TableResult) -> list[Item]:
    return [Item("warehouse", made, one) for one in made.columns]


@pytest.fixture
def plain() -> Grading:
    """Grade as a retailer outside the zones, with the shipped packs alone."""
    return Grading(setting=Setting(as_of=AS_OF, sectors=("retail",)))


@pytest.fixture(scope="session")
def build():
    """Give the builders of this file: build.column(...), build.table(...), build.dataset(...)."""
    return SimpleNamespace(
        tag=tag, column=column, table=table, dataset=dataset, count=count, items=items, AS_OF=AS_OF
    )


@pytest.fixture
def exported(make_people):
    """30 persons of this year, 20 of last year, 7 long ago, 5 without a readable time; one comes twice."""
    people = make_people(62)
    at = ["2026-03-01"] * 30 + ["2025-12-31"] * 20 + ["2024-01-01"] * 7 + [None, "", "soon", "-", "0"]
    again = columns([people[0]], at=["2025-06-01"])
    return {"lake": {"outbound": pa.concat_tables([columns(people, at=at), again])}}
