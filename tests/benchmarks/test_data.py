"""The generator of the public benchmark: deterministic, complete, consistent with its truth."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil

import pytest

from benchmarks.columns import data, truth
from benchmarks.columns.taxonomy import TYPES


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Return a configuration with few and short columns."""
    folder = tmp_path_factory.mktemp("config") / "small"
    shutil.copytree(data.RESOURCES / "dev", folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    few = {"columns_per_type": 1, "columns_per_negative": 1, "more_columns": {}, "rows": [20, 30]}
    config["coltype"] |= {**few, "bio_rows": [5, 8], "embedded_columns": 4}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    data.generate(data.Recipe(config=str(small), persons=200), folder)
    return folder


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_same_recipe_same_bytes(small, made, tmp_path):
    data.generate(data.Recipe(config=str(small), persons=200), tmp_path)
    assert digests(tmp_path) == digests(made)


def test_another_seed_other_tables(small, made, tmp_path):
    data.generate(data.Recipe(config=str(small), parts=("coltype",), seed=1), tmp_path)
    changed = digests(tmp_path)["coltype/warehouse.sqlite"]
    assert changed != digests(made)["coltype/warehouse.sqlite"]


def test_every_type_and_header_style_occurs(made):
    columns = [column for column in truth.columns(made, ("coltype",)) if column.held in TYPES]
    styles = {"cn", "en", "pinyin", "opaque", "misleading"}
    assert {(column.held, column.header) for column in columns} == {(t, s) for t in TYPES for s in styles}


def test_truth_names_only_tables_of_the_manifest(made):
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    for dataset, table, _ in (column.key for column in truth.columns(made)):
        assert table in {name.lower() for name in manifest[dataset]["tables"]}


def test_real_tables_come_with_their_provenance(made):
    with (made / "real" / "sources.tsv").open(encoding="utf-8") as file:
        sources = {row[0]: row for row in csv.reader(file, delimiter="\t") if not row[0].startswith("#")}
    assert sources.keys() == {path.stem for path in (made / "real").glob("*.sqlite")}
    assert {row[4] for row in sources.values()} == {"MIT", "Apache-2.0"}


def test_person_counts_are_consistent(made):
    for warehouse in truth.warehouses(made):
        whole = warehouse["warehouse"]
        assert max(d["true_persons"] for d in warehouse["datasets"].values()) <= whole["true_persons"] <= 200


def test_unknown_configuration_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="Name a folder"):
        data.generate(data.Recipe(config="no-such"), tmp_path)
