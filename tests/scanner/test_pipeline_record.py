"""The whole road from sources to result: the record of a whole scan."""

from __future__ import annotations

import datetime as dt
import json
from importlib.resources import files

import jsonschema
import pyarrow as pa
import pytest

from scanner.result import to_dict

from .pipelines import NOON, UNREACHABLE, columns, flow, scan


@pytest.fixture(scope="module")
def schema():
    return json.loads((files("scanner") / "scan.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("count", ["exact", "none"])
@pytest.mark.parametrize("more", [{}, {"hr": UNREACHABLE}, {"empty": {"t": pa.table({})}}])
def test_the_record_fits_its_schema(exported, schema, count, more):
    flows = [
        flow(table={"time_column": "export_time"}),
        flow("gone", table={"table": "absent"}),
        {"name": "bare"},
    ]

    record = to_dict(scan({**exported, **more}, count=count, flows=flows))

    jsonschema.validate(json.loads(json.dumps(record)), schema)


def test_the_same_data_and_seed_give_the_same_record(exported):
    def record(seed, clock):
        found = to_dict(
            scan(exported, seed=seed, clock=clock, flows=[flow(table={"time_column": "export_time"})])
        )
        assert {"id", "started", "finished"} <= found["scan"].keys()
        return {
            **found,
            "scan": {k: v for k, v in found["scan"].items() if k not in ("id", "started", "finished")},
        }

    later = NOON + dt.timedelta(days=1)

    assert record(3, lambda: NOON) == record(3, lambda: later)


def test_times_and_identity_of_a_scan_come_from_the_clock(make_people):
    ticks = iter([NOON, NOON + dt.timedelta(minutes=5)])

    info = scan({"crm": {"t": columns(make_people(5))}}, clock=lambda: next(ticks)).scan

    assert (info.started, info.finished) == ("2026-11-22T12:00:00Z", "2026-11-22T12:05:00Z")
    assert info.id.startswith("20261122T120000")
    assert info.packs
