"""Sketch mode from the command line, and the file of sketches that other tools read."""

import json
import sqlite3

import datasketches
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from scanner.cli.program import app

PEOPLE = 300


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """Two SQLite files that share half of their people, known by ID number and phone."""
    folder = tmp_path_factory.mktemp("sources")
    for name, first in (("north", 0), ("south", PEOPLE // 2)):
        with sqlite3.connect(folder / f"{name}.sqlite") as connection:
            connection.execute("CREATE TABLE customer (id_card TEXT, mobile TEXT)")
            rows = [(id_card(n), phone(n)) for n in range(first, first + PEOPLE)]
            connection.executemany("INSERT INTO customer VALUES (?, ?)", rows)
        connection.close()
    return folder


def phone(number):
    return f"139{(number * 7_654_321 + 23_456_789) % 10**8:08d}"


def id_card(number):
    body = f"11010119{70 + number % 30:02d}0{1 + number % 9}{10 + number % 18:02d}{number:03d}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


@pytest.fixture(scope="module")
def run():
    def invoke(*arguments, code=0):
        result = CliRunner(env={"PANDIAN_KEY": "5a" * 16}).invoke(app, [str(a) for a in arguments])
        assert result.exit_code == code, result.output
        return result

    return invoke


@pytest.fixture(scope="module")
def scanned(run, sources, tmp_path_factory):
    """Return the folder with scan.json and sketches of each source."""
    out = tmp_path_factory.mktemp("out")
    for name in ("north", "south"):
        url = f"sqlite:///{sources / name}.sqlite"
        run("scan", url, "--count", "sketch", "--sketches", out / f"{name}.parquet",
            "--output", out / name, "--format", "json", "--as-of", "2026-11-22")  # fmt: skip
    return out


def test_the_record_names_method_and_confidence(scanned):
    record = json.loads((scanned / "north" / "scan.json").read_text())
    everybody = next(c for c in record["organization"]["subjects"] if c["category"] == "all")
    assert everybody["method"] == "sketch"
    assert everybody["confidence"] == 0.95
    assert "95 %" in everybody["note"]
    assert everybody["lower"] <= PEOPLE <= everybody["upper"]
    assert record["scan"]["count"] == "sketch"


def test_sketches_of_two_machines_unite_and_show_their_overlap(run, scanned, tmp_path):
    both = tmp_path / "both.parquet"
    run("sketch", "merge", scanned / "north.parquet", scanned / "south.parquet", "--output", both)
    shown = json.loads(run("sketch", "show", both, "--format", "json").output)
    everybody = next(row for row in shown["people"] if row["scope"] == "all")
    assert everybody["estimate"] == PEOPLE * 3 // 2
    shared = next(row for row in shown["shared"] if row["kind"] == "id_card")
    assert shared["estimate"] == PEOPLE // 2
    assert "450 <= 450 <= 450" in run("sketch", "show", both).output


def test_the_package_reads_every_sketch_of_the_file(scanned):
    rows = pq.read_table(scanned / "north.parquet").to_pylist()
    read = {
        "hll": datasketches.hll_sketch.deserialize,
        "theta": datasketches.compact_theta_sketch.deserialize,
    }
    sketches = [row for row in rows if row["algorithm"] != "number"]
    assert {row["algorithm"] for row in sketches} == {"hll", "theta"}
    for row in sketches:
        assert round(read[row["algorithm"]](row["sketch"]).get_estimate()) == row["number"]


def test_single_sketches_are_exported_for_other_libraries(run, scanned, tmp_path):
    run("sketch", "export", scanned / "north.parquet", "--output", tmp_path / "single")
    files = {path.name: path.read_bytes() for path in (tmp_path / "single").iterdir()}
    assert set(files) == {
        f"north_customer.{kind}.{ending}" for kind in ("id_card", "mobile") for ending in ("hll", "theta")
    }
    sketch = datasketches.compact_theta_sketch.deserialize(files["north_customer.id_card.theta"])
    assert sketch.get_estimate() == PEOPLE


def test_no_value_of_the_data_is_in_the_file(scanned):
    data = (scanned / "north.parquet").read_bytes()
    assert phone(7).encode() not in data
    assert id_card(7).encode() not in data
    assert (scanned / "north.parquet").stat().st_mode & 0o077 == 0


def test_what_cannot_be_done_is_said_in_one_paragraph(run, scanned, sources, tmp_path):
    url = f"sqlite:///{sources / 'north'}.sqlite"
    from scanner.cli.problems import UsageProblem

    junk = tmp_path / "junk.parquet"
    junk.write_bytes(b"nothing")
    for arguments, message in (
        (["scan", url, "--sketches", "x", "--output", tmp_path], "--count sketch"),
        (["sketch", "show", junk], "no Parquet file"),
        (["sketch", "show", tmp_path / "missing"], "cannot be read"),
        (
            ["sketch", "merge", scanned / "north.parquet", "--output", tmp_path / "no" / "way"],
            "cannot be written",
        ),
    ):
        problem = run(*arguments, code=1).exception
        assert isinstance(problem, UsageProblem)
        assert message in str(problem)


def test_sketches_under_another_key_are_refused(scanned, sources, run, tmp_path):
    from scanner.cli.problems import UsageProblem

    other = tmp_path / "other.parquet"
    invoke = CliRunner(env={"PANDIAN_KEY": "77" * 16}).invoke
    url = f"sqlite:///{sources / 'south'}.sqlite"
    scan = ["scan", url, "--count", "sketch", "--sketches", other, "--as-of", "2026-11-22"]
    arguments = [*scan, "--output", tmp_path, "--format", "json"]
    assert invoke(app, [str(a) for a in arguments]).exit_code == 0
    problem = run("sketch", "show", scanned / "north.parquet", other, code=1).exception
    assert isinstance(problem, UsageProblem)
    assert "one key" in str(problem)
