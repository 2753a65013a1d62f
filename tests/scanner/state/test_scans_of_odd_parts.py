"""Names of parts, deleted rows and sketches."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pyarrow.parquet as pq

from .scans import Scanner, organization, without_parts, write


def test_a_partition_value_that_is_about_a_person_is_not_written(tmp_path, make_people):
    people = make_people(24)
    root = tmp_path / "lake"
    for person in people:
        write(root, f"phone={person.mobile}", [person], table="calls")
    scan = Scanner(root, tmp_path / "state")
    result = scan(flows=[])
    assert {tag.type for d in result.datasets for t in d.tables for c in t.columns for tag in c.tags} >= {
        "mobile"
    }
    scan(flows=[])
    assert scan.read == []
    written = b"".join(path.read_bytes() for path in scan.folder.rglob("*") if path.is_file())
    assert not [p for p in people if p.mobile.encode() in written]


def mark_deleted(path, deleted):
    rows = pq.read_table(path)
    pq.write_table(rows.append_column("gone_at", pa.array(deleted, pa.string())), path)


def test_rows_marked_as_deleted_leave_what_is_held_on_their_day_also_from_state(scan):
    mark_deleted(scan.root / "sent/month=01/part-0.parquet", ["2026-03-01"] * 10 + [None] * 20)
    mark_deleted(scan.root / "sent/month=02/part-0.parquet", [None] * 25 + ["2026-11-30"] * 5)
    tables = [{"dataset": "lake", "table": "sent", "deleted_time_column": "gone_at"}]
    scan(tables=tables)
    again = scan(tables=tables)
    read_again = scan.read
    later = scan(tables=tables, as_of=dt.date(2026, 12, 1))

    assert read_again == []
    assert without_parts(again) == without_parts(scan(tables=tables, kept=False))
    # The deletion of five people in the second part lay ahead: on a later day the part is counted anew.
    assert without_parts(later) == without_parts(scan(tables=tables, as_of=dt.date(2026, 12, 1), kept=False))
    assert (organization(again), organization(later)) == ((40, 40, 40), (35, 35, 35))


def test_sketches_are_filled_from_state_as_from_the_rows(scan, make_people):
    scan(count="sketch")
    write(scan.root, "month=03", make_people(30, 100))
    result = scan(count="sketch")

    assert scan.read == ["sent/month=03/part-0.parquet"]
    assert without_parts(result) == without_parts(scan(kept=False, count="sketch"))
    assert {c.method for c in result.organization.subjects if c.category == "all"} == {"sketch"}
