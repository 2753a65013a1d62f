"""How data lie in files changes neither tags nor counts: row groups, files, chunks, encodings."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors import connect
from scanner.config import ScanConfig
from scanner.identifiers import SubjectKey
from scanner.pipeline import Options, run
from scanner.result import to_dict

KEY = SubjectKey(bytes(range(16)))


@pytest.fixture
def table(make_people):
    """400 people, every tenth twice; other values in a fifth of the cells, numbers in as many remarks."""
    whom = [*make_people(400), *make_people(400)[::10]]
    return pa.table(
        {
            "xm": [p.name for p in whom],
            "c1": [p.id_card if i % 5 else f"待补充{i}" for i, p in enumerate(whom)],
            "sjh": [p.mobile for p in whom],
            "card": [int(p.bank_card) for p in whom],
            "bz": [f"客户来电，回拨{p.mobile}" if i % 5 == 0 else f"第{i}次回访" for i, p in enumerate(whom)],
            "ext": [f'{{"idNo": "{p.id_card}", "level": {i % 4}}}' for i, p in enumerate(whom)],
        }
    )


def one_file(table, folder, **options):
    pq.write_table(table, folder / "people.parquet", **options)


def partitions(table, folder):
    tree = folder / "people"
    for number, start in enumerate(range(0, len(table), 150)):
        part = tree / f"part={number}"
        part.mkdir(parents=True)
        pq.write_table(table.slice(start, 150), part / "0.parquet")


LAYOUTS = {
    "row groups of 7": lambda t, f: one_file(t, f, row_group_size=7),
    "row groups of 64": lambda t, f: one_file(t, f, row_group_size=64),
    "no dictionaries": lambda t, f: one_file(t, f, use_dictionary=False),
    "small pages": lambda t, f: one_file(t, f, data_page_size=256, row_group_size=101),
    "many chunks": lambda t, f: one_file(pa.concat_tables([t[i : i + 13] for i in range(0, len(t), 13)]), f),
    "partitions": partitions,
}


def said(folder):
    """What a scan says of each column, and how many people it counts."""
    settings = ScanConfig.model_validate({"sources": [{"name": "d", "url": str(folder)}]})
    result = run(
        settings,
        Options(as_of=dt.date(2026, 11, 22), count="exact"),
        KEY,
        clock=lambda: dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
        open_source=lambda source: connect(source.url, name=source.name),
    )
    (dataset,) = to_dict(result)["datasets"]
    (found,) = dataset["tables"]
    tags = {c["name"]: (c["tags"], c["considered"]) for c in found["columns"] if c["name"] != "part"}
    return tags, found["subjects"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_changes_neither_tags_nor_counts(table, tmp_path, layout):
    plain, other = tmp_path / "plain", tmp_path / "other"
    plain.mkdir()
    other.mkdir()
    one_file(table, plain)
    LAYOUTS[layout](table, other)

    expected = said(plain)

    assert {tag["type"] for tags, _ in expected[0].values() for tag in tags} >= {
        "id_card",
        "mobile",
        "bank_card",
    }
    assert said(other) == expected
