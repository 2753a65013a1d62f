"""``pandian history`` and the store of ``pandian scan``, as a shell runs them."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scanner.store import open_store

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture
def crm(tmp_path, make_people, write_sqlite):
    rows = [(p.id_card, p.mobile) for p in make_people(20)]
    return write_sqlite(tmp_path / "crm.sqlite", "customer", ["id_card", "mobile"], rows)


@pytest.fixture
def kept(tmp_path, base, at):
    """Return a store with scans of two organizations, the oldest of them past retention."""
    store = open_store(tmp_path / "h.sqlite", os.environ)
    today = dt.datetime.now(tz=dt.UTC).date()
    days = [today.replace(year=today.year - 4, day=1), today.replace(day=1) - dt.timedelta(days=40), today]
    for day in days:
        store.keep(at(base, f"{day}", "甲"), NOON)
    store.keep(at(base, f"{days[1]}T01:00:00Z", "乙"), NOON)
    return store


def answered(pandian, *arguments):
    ended = pandian("history", *arguments, "--format", "json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def test_a_scan_is_kept_in_the_users_store_by_default(pandian, crm, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    ended = pandian("scan", crm)

    file = tmp_path / "data" / "pandian" / "history.sqlite"
    assert f"Kept as {ended.scan['scan']['id']} in {file}" in ended.err
    (listed,) = answered(pandian)["scans"]
    assert listed["id"] == ended.scan["scan"]["id"]


def test_the_record_in_the_store_is_the_scan_json(pandian, crm, tmp_path):
    ended = pandian("scan", crm, "--store", tmp_path / "h.sqlite")

    shown = pandian("history", "--store", tmp_path / "h.sqlite", "show", "latest")

    assert json.loads(shown.out) == ended.scan


@pytest.mark.parametrize("how", ["flag", "false", "keep"])
def test_keeping_can_be_switched_off(how, pandian, crm, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    config = tmp_path / "pandian.yaml"
    config.write_text({"flag": "sources: []", "false": "store: false", "keep": "store: {keep: false}"}[how])

    ended = pandian("scan", crm, "--config", config, *(["--no-store"] if how == "flag" else []))

    assert ended.code == 0
    assert "Kept" not in ended.err
    assert not (tmp_path / "data").exists()


def test_a_flag_goes_before_a_configuration_that_switches_off(pandian, crm, tmp_path):
    (tmp_path / "pandian.yaml").write_text("store: false")

    pandian("scan", crm, "--config", tmp_path / "pandian.yaml", "--store", tmp_path / "h.sqlite")

    assert (tmp_path / "h.sqlite").exists()


def test_store_and_no_store_contradict_each_other(pandian, crm, tmp_path):
    ended = pandian("scan", crm, "--store", tmp_path / "h.sqlite", "--no-store")

    assert (ended.code, "Leave one out" in ended.err) == (2, True)


def test_the_file_of_a_configuration_lies_beside_it(pandian, crm, tmp_path):
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "pandian.yaml").write_text("store: {url: team/h.sqlite}")

    pandian("scan", crm, "--config", tmp_path / "conf" / "pandian.yaml")

    assert (tmp_path / "conf" / "team" / "h.sqlite").exists()


def test_a_team_keeps_its_scans_in_postgresql(pandian, crm, pg):
    ended = pandian("scan", crm, "--store", pg)

    assert ended.code == 0
    assert [scan["id"] for scan in answered(pandian, "--store", pg)["scans"]] == [ended.scan["scan"]["id"]]


@pytest.mark.parametrize("trouble", ["folder", "not a database", "newer", "no server"])
def test_a_store_that_refuses_loses_no_scan(trouble, pandian, crm, tmp_path):
    place = tmp_path / "h.sqlite"
    if trouble == "folder":
        place.mkdir()
    elif trouble == "not a database":
        place.write_text("Buy milk. " * 999)
    elif trouble == "newer":
        open_store(place, os.environ)
        with closing(sqlite3.connect(place)) as database, database:
            database.execute("UPDATE pandian_store_version SET version_num = '0999'")
    else:
        place = "postgresql+psycopg://me:canary-pw@127.0.0.1:1/db"

    ended = pandian("scan", crm, "--store", place)

    assert ended.code == 0
    assert set(ended.files) == {"scan.json", "report.html"}
    assert "Warning: " in ended.err
    assert "Not kept in the history: " in ended.err
    assert "canary-pw" not in ended.err
    assert "Traceback" not in ended.err


def test_a_store_that_breaks_during_the_scan_loses_no_scan(pandian, crm, tmp_path, monkeypatch):
    from scanner.store import HistoryStore, StoreUnusable

    def full(self, result, now):
        raise StoreUnusable("here: the disk is full.")

    monkeypatch.setattr(HistoryStore, "keep", full)

    ended = pandian("scan", crm, "--store", tmp_path / "h.sqlite")

    assert (ended.code, "scan.json" in ended.files) == (0, True)
    assert "Not kept in the history: here: the disk is full. The reports do not need it." in ended.err


def test_scans_of_the_latest_organization_are_listed(pandian, kept):
    found = answered(pandian, "--store", kept.location)

    assert [scan["organization"] for scan in found["scans"]] == ["甲"] * 3
    assert found["others"] == 1
    assert found["charts"]


def test_another_organization_is_named(pandian, kept):
    found = answered(pandian, "--store", kept.location, "--organization", "乙")
    refused = pandian("history", "--store", kept.location, "--organization", "丙")

    assert [scan["organization"] for scan in found["scans"]] == ["乙"]
    assert (refused.code, "There are: 乙, 甲." in refused.err) == (2, True)


def test_since_leaves_out_earlier_scans_and_all_lists_everybody(pandian, kept):
    recent = f"{dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=100)}"

    assert len(answered(pandian, "--store", kept.location, "--since", recent)["scans"]) == 2
    assert len(answered(pandian, "--store", kept.location, "--all")["scans"]) == 4


@pytest.mark.parametrize(("lang", "word"), [("zh", "扫描历史"), ("en", "History of scans")])
def test_the_terminal_shows_list_and_charts(lang, word, pandian, kept):
    ended = pandian("history", "--store", kept.location, "--lang", lang)

    assert ended.code == 0
    assert word in ended.out
    assert "┤" in ended.out


def test_the_page_has_drawings(pandian, kept, tmp_path):
    pandian("history", "--store", kept.location, "--format", "html", "--output", tmp_path / "h.html")

    page = (tmp_path / "h.html").read_text(encoding="utf-8")
    assert page.count("<svg ") == len(answered(pandian, "--store", kept.location)["charts"])


def test_an_empty_store_is_no_error(pandian, tmp_path):
    store = open_store(tmp_path / "new.sqlite", os.environ)
    assert store.scans() == ()

    ended = pandian("history", "--store", tmp_path / "new.sqlite", "--lang", "en")

    assert (ended.code, "No scan is kept here" in ended.out) == (0, True)


def test_a_store_of_a_later_version_cannot_be_listed(pandian, kept):
    with closing(sqlite3.connect(kept.location)) as database, database:
        database.execute("UPDATE pandian_store_version SET version_num = '0999'")

    ended = pandian("history", "--store", kept.location)

    assert (ended.code, "Upgrade Pandian" in ended.err) == (2, True)


def test_forgetting_within_retention_needs_to_be_said(pandian, kept):
    young = kept.find("latest").id
    refused = pandian("history", "--store", kept.location, "forget", young, "--reason", "test")

    assert refused.code == 2
    assert "PIPL art. 56" in refused.err
    assert "Nothing was deleted" in refused.err
    assert len(kept.scans()) == 4

    ended = pandian(
        "history",
        "--store",
        kept.location,
        "forget",
        young,
        "--reason",
        "误扫",
        "--by",
        "Li",
        "--within-retention",
    )

    assert (ended.code, ended.out.split()[0]) == (0, young)
    assert [(d.scan_id, d.by, d.reason) for d in kept.deletions()] == [(young, "Li", "误扫")]


@pytest.mark.parametrize("name", ["latest", "previous", "2099-01-01"])
def test_scans_are_deleted_by_their_ids_only(pandian, kept, name):
    """A day without a scan means the one before it, which nobody meant to delete."""
    refused = pandian(
        "history", "--store", kept.location, "forget", name, "--reason", "x", "--within-retention"
    )

    assert refused.code == 2
    assert "is no id. Nothing was deleted." in refused.err
    assert len(kept.scans()) == 4


def test_a_reason_is_asked_for(pandian, kept):
    old = kept.scans()[-1].id

    assert pandian("history", "--store", kept.location, "forget", old).code == 2
    assert pandian("history", "--store", kept.location, "forget", old, "--reason", " ").code == 2
    assert len(kept.scans()) == 4


def test_prune_deletes_what_is_past_retention_and_nothing_else(pandian, kept):
    old = kept.scans()[-1].id
    would = pandian("history", "--store", kept.location, "prune", "--dry-run")
    assert (would.out.split()[0], len(kept.scans())) == (old, 4)

    ended = pandian("history", "--store", kept.location, "prune")

    assert ended.code == 0
    assert "1 deleted" in ended.err
    assert old not in [scan.id for scan in kept.scans()]
    (entry,) = kept.deletions()
    assert (entry.command, entry.scan_id) == ("prune", old)
    assert "@" in entry.by
    assert "0 deleted" in pandian("history", "--store", kept.location, "prune").err


def test_retention_is_configured(pandian, kept, tmp_path):
    (tmp_path / "pandian.yaml").write_text("store: {url: h.sqlite, retention_years: 5}")

    assert "0 deleted" in pandian("history", "--config", tmp_path / "pandian.yaml", "prune").err
    assert len(kept.scans()) == 4


def test_a_shorter_retention_is_told_what_the_rules_ask(pandian, kept):
    ended = pandian("history", "--store", kept.location, "prune", "--retention-years", "0", "--dry-run")

    assert "at least 3 years" in ended.err
    assert len(ended.out.splitlines()) == 4


def test_the_log_tells_of_deletions(pandian, kept):
    pandian("history", "--store", kept.location, "prune", "--by", "Li", "--reason", "期满")

    shown = pandian("history", "--store", kept.location, "log", "--lang", "en")
    record = json.loads(pandian("history", "--store", kept.location, "log", "--format", "json").out)

    assert "Scans deleted (1)" in shown.out
    assert (record["deletions"][0]["by"], record["deletions"][0]["reason"]) == ("Li", "期满")


def test_an_unknown_scan_cannot_be_forgotten(pandian, kept):
    ended = pandian("history", "--store", kept.location, "forget", "2099", "--reason", "x")

    assert (ended.code, "There is no scan '2099'" in ended.err) == (2, True)


def test_files_of_the_store_are_nobody_elses(pandian, crm, tmp_path):
    pandian("scan", crm, "--store", tmp_path / "h.sqlite")

    assert Path(tmp_path / "h.sqlite").stat().st_mode & 0o077 == 0


def test_a_store_that_is_not_there_is_no_empty_one(pandian, tmp_path):
    ended = pandian("history", "--store", tmp_path / "typo.sqlite")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"Error: --store {tmp_path}/typo.sqlite: no such file.")
    assert list(tmp_path.iterdir()) == []
