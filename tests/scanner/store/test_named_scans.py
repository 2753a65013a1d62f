"""Commands that work on a scan take a file, its folder or a scan of the store, under the same names."""

from __future__ import annotations

import datetime as dt
import json
import os

import pytest

from scanner.store import open_store

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
# Each command up to the name of the scan.
COMMANDS = {
    "obligations": ("obligations", "{scan}", "--format", "json"),
    "explain": ("explain", "{scan}", "customer.mobile", "--format", "json"),
    "review": ("review", "list", "--scan", "{scan}", "--format", "json"),
    "declare by its place": ("declare", "{scan}", "--list"),
    "declare by option": ("declare", "--scan", "{scan}", "--list"),
    "export": ("export", "{scan}", "--to", "csv", "--output", "-"),
}


@pytest.fixture
def kept(tmp_path, base, at):
    """Return the place of a store with two scans, of which the later is a file too."""
    place = tmp_path / "h.sqlite"
    store = open_store(place, os.environ)
    for day in ("2026-10-01", "2026-11-22"):
        store.keep(at(base, day, "甲"), NOON)
    (tmp_path / "out").mkdir()
    record = dict(store.record(store.find("latest").id))
    (tmp_path / "out" / "scan.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return place


def run(pandian, command, scan, *more):
    return pandian(*(part.format(scan=scan) for part in COMMANDS[command]), *more)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["latest", "2026-11-22", "20261122"])
def test_a_scan_of_the_store_answers_as_its_file_does(pandian, kept, tmp_path, command, name):
    of_file = run(pandian, command, tmp_path / "out")
    of_store = run(pandian, command, name, "--store", kept)

    assert of_file.code == of_store.code == 0, of_store.err
    assert of_file.out == of_store.out
    assert of_file.out.strip()


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_no_scan_is_said_with_the_names_there_are(pandian, kept, command):
    missing = run(pandian, command, "2020-01-01", "--store", kept)
    no_file = run(pandian, command, "none.json", "--store", kept)

    assert (missing.code, no_file.code) == (2, 2)
    assert "'latest', 'previous' or a day" in missing.err
    assert "none.json: cannot be read: there is no such file" in no_file.err


def test_a_kept_scan_is_declared(pandian, kept, tmp_path):
    done = pandian(
        "declare", "previous", "--form", "officer", "--store", kept, "--output", tmp_path / "forms"
    )

    assert done.code == 0, done.err
    assert {file.name for file in (tmp_path / "forms").iterdir()} == {"officer.docx", "officer.xlsx"}


def test_an_export_of_a_kept_scan_lies_where_scans_are_written(pandian, kept, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    done = pandian("export", "previous", "--to", "csv", "--store", kept)

    assert done.code == 0, done.err
    assert (tmp_path / "pandian-out" / "columns.csv").stat().st_size > 0


def test_the_configuration_may_name_the_store(pandian, kept, tmp_path):
    config = tmp_path / "pandian.yaml"
    config.write_text(f"sources: [{{name: crm, url: crm.csv}}]\nstore: {kept}\n", encoding="utf-8")

    done = run(pandian, "obligations", "latest", "--config", config)

    assert done.code == 0, done.err


def test_without_a_scan_a_command_says_what_may_be_named(pandian, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    done = pandian("review", "list")

    assert done.code == 2
    assert "There is no scan here" in done.err
