"""pandian census show, merge, forget: what they print and their exit codes."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from scanner.identifiers import SubjectKey
from scanner.state import StateFolder

KEY = SubjectKey(bytes(range(16)))


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("PANDIAN_KEY", KEY.secret.hex())


@pytest.fixture
def folder(tmp_path, make_state):
    path = tmp_path / "state"
    with StateFolder(path, KEY) as state:
        state.save(make_state(30))
        state.save(make_state(30, 20, part="2026-02.parquet", as_of=dt.date(2026, 4, 1)))
    return path


def parts(path):
    with StateFolder(path, KEY) as state:
        return [info.place.part for info in state.infos()]


def test_show_lists_parts(pandian, folder):
    shown = pandian("census", "show", folder)

    assert shown.code == 0
    assert "crm: crm/customer [2026-01.parquet], 30 rows, counted on 2026-03-01" in shown.out
    assert "2 parts, 60 rows." in shown.out


def test_show_counts_people(pandian, folder):
    shown = pandian("census", "show", folder, "--people")

    assert "organization : all 50 to 50, estimate 50" in shown.out


def test_show_answers_in_json(pandian, folder):
    shown = json.loads(pandian("census", "show", folder, "--people", "--format", "json").out)

    assert [part["rows"] for part in shown["parts"]] == [30, 30]
    (count,) = (c for c in shown["subjects"] if (c["scope"], c["category"]) == ("organization", "all"))
    assert (count["lower"], count["estimate"], count["upper"]) == (50, 50, 50)


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (["--part", "2026-01*"], ["2026-02.parquet"]),
        (["--before", "2026-03-15"], ["2026-02.parquet"]),
        (["--table", "crm/customer"], []),
        (["--source", "crm", "--part", "2026-02.parquet"], ["2026-01.parquet"]),
        (["--all"], []),
    ],
)
def test_forget_deletes_what_was_chosen(pandian, folder, options, left):
    would = pandian("census", "forget", folder, *options, "--dry-run")
    assert (would.code, len(parts(folder))) == (0, 2)

    done = pandian("census", "forget", folder, *options)

    assert done.code == 0
    assert done.out.count("Forgot") == 2 - len(left)
    assert parts(folder) == left


def test_forget_says_when_nothing_matched(pandian, folder):
    assert pandian("census", "forget", folder, "--source", "hr").code == 1
    assert len(parts(folder)) == 2


@pytest.mark.parametrize("options", [[], ["--before", "soon"]])
def test_forget_needs_a_choice_that_it_understands(pandian, folder, options):
    refused = pandian("census", "forget", folder, *options)

    assert refused.code == 2
    assert refused.err.startswith("Error:")


def test_damaged_files_are_refused_and_can_be_removed(pandian, folder):
    file = min(folder.glob("parts/*/*.part"))
    file.write_bytes(file.read_bytes()[:-5])

    refused = pandian("census", "show", folder)
    assert (refused.code, "census forget --damaged" in refused.err) == (2, True)
    assert pandian("census", "forget", folder, "--damaged").code == 0
    assert pandian("census", "forget", folder, "--damaged").code == 1
    assert len(parts(folder)) == 1


def test_merge_unites_folders(pandian, folder, tmp_path, make_state):
    with StateFolder(tmp_path / "other", KEY) as state:
        state.save(make_state(5, 200, part="p9"))

    done = pandian("census", "merge", folder, tmp_path / "other", "--into", tmp_path / "all")

    assert done.code == 0
    assert "2 parts taken in" in done.out
    assert len(parts(tmp_path / "all")) == 3


def test_a_folder_that_is_none_and_one_of_another_key_are_refused(pandian, folder, tmp_path, monkeypatch):
    assert pandian("census", "show", tmp_path / "none").code == 2
    monkeypatch.setenv("PANDIAN_KEY", "00" * 16)
    refused = pandian("census", "merge", folder, "--into", tmp_path / "all")
    assert (refused.code, "PANDIAN_KEY" in refused.err) == (2, True)


def test_a_folder_in_use_is_refused(pandian, folder):
    with StateFolder(folder, KEY):
        refused = pandian("census", "show", folder)

    assert (refused.code, "another scan or census command" in refused.err) == (2, True)
