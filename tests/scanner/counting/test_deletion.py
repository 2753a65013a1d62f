from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
import yaml

from scanner import scan
from scanner.config import ConfigError, TableConfig, parse_config
from scanner.counting.deletion import deleted_rows, deletion_ahead
from scanner.identifiers import AHEAD
from scanner.stages.slots import assign_slots

AS_OF = dt.date(2026, 11, 22)

MARKS = [
    ([1, 0, None], [True, False, False]),
    ([True, False, None], [True, False, False]),
    (["Y", "n", ""], [True, False, False]),
    (["是", "否", "已删除"], [True, False, True]),
    ([" TRUE ", "false", "??"], [True, False, False]),
]


@pytest.mark.parametrize(("values", "deleted"), MARKS)
def test_marks_in_many_forms(values: list[object], deleted: list[bool]) -> None:
    config = TableConfig(dataset="d", table="t", deleted_column="gone")

    assert deleted_rows(pa.record_batch({"gone": pa.array(values)}), config, AS_OF).tolist() == deleted


def test_marks_of_your_own() -> None:
    config = TableConfig(dataset="d", table="t", deleted_column="status", deleted_values=("注销", "X"))
    batch = pa.record_batch({"status": ["x", "注销", "1"]})

    assert deleted_rows(batch, config, AS_OF).tolist() == [True, True, False]


def test_a_time_of_deletion_counts_when_it_has_come() -> None:
    config = TableConfig(dataset="d", table="t", deleted_time_column="at")
    times = ["2026-11-22", "2026-11-23", "9999-12-31", "", "0000-00-00", "1970-01-01", "soon"]
    batch = pa.record_batch({"at": times})

    assert deleted_rows(batch, config, AS_OF).tolist() == [True] + [False] * 6
    assert (deletion_ahead(batch, config, AS_OF) == AHEAD).tolist() == [False, True] + [False] * 5
    assert not np.any(deletion_ahead(batch, TableConfig(dataset="d", table="t"), AS_OF))


@pytest.fixture
def folder(tmp_path, make_people):
    people = make_people(40)
    lines = ["id_card,is_deleted,sent"]
    lines += [f"{p.id_card},{int(n % 4 == 0)},2026-03-0{n % 9 + 1}" for n, p in enumerate(people)]
    (tmp_path / "customer.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def _written(folder, **more):
    table = {"dataset": "crm", "table": "customer", "deleted_column": "is_deleted", **more}
    flow = {
        "name": "eu",
        "recipient_country": "DE",
        "tables": [{"dataset": "crm", "table": "customer", "time_column": "sent"}],
    }
    config = {
        "sources": [{"name": "crm", "url": str(folder), "include": ["customer"]}],
        "tables": [table],
        "flows": [flow],
    }
    path = folder / "pandian.yaml"
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    return path


def test_what_is_held_leaves_deleted_rows_out_and_what_was_sent_does_not(folder) -> None:
    result = scan(config=_written(folder), as_of=AS_OF).record
    held = {count.category: count for count in result.organization.subjects}["all"]
    (sent,) = (c for c in result.flows[0].subjects if (c.category, c.window) == ("all", "year_to_date"))

    assert (held.estimate, held.gross.estimate, held.net) == (30, 40, None)
    assert (sent.estimate, sent.net.estimate, sent.gross) == (40, 30, None)


def test_a_column_that_is_not_there_leaves_the_table_uncounted(folder) -> None:
    result = scan(config=_written(folder, deleted_time_column="gone_at"), as_of=AS_OF).record

    assert not result.complete
    assert "gone_at" in result.not_scanned[0].reason


def test_a_table_has_one_entry() -> None:
    text = "tables: [{dataset: a, table: b}, {dataset: a, table: b}]"

    with pytest.raises(ConfigError, match="'a/b' twice"):
        parse_config(text, {}, where="pandian.yaml", folder=None)


def test_declared_slots_stand() -> None:
    columns = [
        ("xm", "", ("person_name",)),
        ("sjh", "", ("mobile",)),
        ("dh2", "", ("mobile",)),
        ("jhrdh", "", ("mobile",)),
    ]

    assert assign_slots(columns)["dh2"] == ""
    declared = assign_slots(columns, declared={"dh2": "neighbour", "jhrdh": "self", "gone": "x"})
    assert declared == {"xm": "", "sjh": "", "dh2": "neighbour", "jhrdh": ""}


def test_a_scan_says_how_people_were_linked(folder) -> None:
    (folder / "club.csv").write_text((folder / "customer.csv").read_text(encoding="utf-8"), encoding="utf-8")
    config = yaml.safe_load(_written(folder).read_text(encoding="utf-8"))
    config["sources"] = [
        {"name": name, "url": str(folder), "include": [table]}
        for name, table in (("crm", "customer"), ("club", "club"))
    ]
    (folder / "pandian.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    result = scan(config=folder / "pandian.yaml", as_of=AS_OF)
    linkage = result.record.organization.linkage

    assert [(each.left, each.right, each.persons) for each in linkage.overlaps] == [("club", "crm", 30)]
    assert not linkage.refused
    assert not linkage.hubs
    frame = result.linkage()
    assert frame[frame["what"] == "dataset overlap"]["number"].tolist() == [30]
    assert "people whom row and column have in common" in result.report("html")
