"""Small parts of state, of generated people."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from scanner.census import Census
from scanner.identifiers import SlotPlan, SubjectKey, TablePlan, identify
from scanner.state import PartInfo, PartState, Place

from .scans import Scanner, write

KEY = SubjectKey(bytes(range(16)))
AS_OF = dt.date(2026, 3, 1)
PLAN = TablePlan(
    dataset="crm",
    table="customer",
    slots=(
        SlotPlan(
            slot="",
            identifiers=(("id_card", "id_card"), ("mobile", "mobile")),
            names=("customer_name",),
            categories={"id_card": ("sensitive",)},
        ),
    ),
)


def census_of(people, *, as_of=AS_OF, key=KEY):
    batch = pa.record_batch(
        {
            "customer_name": [p.name for p in people],
            "id_card": [p.id_card for p in people],
            "mobile": [p.mobile for p in people],
        }
    )
    census = Census()
    census.add(identify(batch, PLAN, key, as_of=as_of, row_flags=np.zeros(len(people), np.uint32)))
    return census


def state_of(people, part="2026-01.parquet", **said):
    place = Place(source="crm", dataset="crm", table="customer", part=part)
    info = PartInfo(place=place, fingerprint="f1", plan="p1", as_of=AS_OF, rows=len(people))
    return PartState(
        info=replace(info, **said), census=census_of(people).to_arrow(), blobs={"hll": b"\x00\x01"}
    )


@pytest.fixture(scope="session")
def make_state(make_people):
    """Return a part of ``n`` people from ``first`` on; keywords replace what is said of it."""

    def make(n=30, first=0, **said):
        return state_of(make_people(n, first), **said)

    return make


@pytest.fixture
def lake(tmp_path, make_people):
    """A table of two partitions with 30 people each, ten of them in both."""
    root = tmp_path / "lake"
    write(root, "month=01", make_people(30), at="2026-01-05")
    write(root, "month=02", make_people(30, 20))
    return root


@pytest.fixture
def scan(lake, tmp_path):
    return Scanner(lake, tmp_path / "state")
