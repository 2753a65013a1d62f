"""``keep``, ``diff`` and ``history`` in notebooks and scripts."""

from __future__ import annotations

import html
from pathlib import Path

import pandas as pd
import pytest

import scanner
from scanner.changes import diff as changes_of
from scanner.report import json as record_format
from scanner.store import StoreError


@pytest.fixture(scope="module")
def scans(make_people):
    """Return two scans, with a column and people more in the second."""
    people = make_people(40)
    table = pd.DataFrame({"id_card": [p.id_card for p in people], "mobile": [p.mobile for p in people]})
    more = table.assign(email=[p.email for p in people])
    return [scanner.scan({"t": frame}, as_of="2026-11-22") for frame in (table.head(25), more)]


def test_what_the_package_offers_is_there_and_nothing_else():
    assert {name for name in scanner.__all__ if callable(getattr(scanner, name))} == set(scanner.__all__)
    with pytest.raises(AttributeError, match="no attribute 'undo'"):
        scanner.undo  # noqa: B018


def test_scans_are_compared_as_they_are_or_by_their_files(scans, tmp_path):
    before, after = scans
    (tmp_path / "scan.json").write_text(record_format.render(before.record), encoding="utf-8")

    direct, by_file = scanner.diff(before, after), scanner.diff(tmp_path, after.record)

    assert direct.record == changes_of(before.record, after.record)
    assert by_file.record == direct.record


def test_frames_have_the_numbers_of_the_record(scans):
    found = scanner.diff(*scans)

    assert found.columns()[["kind", "column"]].to_numpy().tolist() == [["new", "email"]]
    people = found.counts().query("scope == 'organization' and category == 'all'").iloc[0]
    change = next(c for c in found.record.counts if (c.scope, c.category) == ("organization", "all"))
    assert (people.before_lower, people.after_upper) == (change.before.lower, change.after.upper)
    assert list(found.lines().rule_id) == [line.rule_id for line in found.record.lines]
    assert found.grades().empty


def test_kept_scans_are_found_again(scans, tmp_path):
    place = tmp_path / "h.sqlite"
    ids = [scanner.keep(scan, place) for scan in scans]

    found = scanner.history(place)

    assert list(found.scans().id) == ids[::-1]
    assert set(found.counts().scan_id) == set(ids)
    assert found.counts().count_estimate.notna().all()
    assert {"rule_id", "threshold", "verdict"} <= set(found.lines().columns)
    assert scanner.diff(ids[0], "latest", store=place).record == scanner.diff(*scans).record


def test_an_empty_history_has_empty_frames(tmp_path):
    found = scanner.history(tmp_path / "h.sqlite")

    assert found.scans().empty
    assert found.counts().empty
    assert found.lines().empty


def test_a_scan_that_is_not_kept_is_an_error(tmp_path):
    with pytest.raises(StoreError, match="There is no scan 'latest' in the store, which is empty"):
        scanner.diff("latest", "latest", store=Path(tmp_path / "h.sqlite"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_display_stays_in_a_frame_of_its_own(lang, scans, tmp_path, markup):
    for scan in scans:
        scanner.keep(scan, tmp_path / "h.sqlite")

    for shown in (scanner.diff(*scans, lang=lang), scanner.history(tmp_path / "h.sqlite", lang=lang)):
        display = shown._repr_html_()
        tags, attributes = markup(display)
        assert (tags, attributes) == ({"iframe"}, {"sandbox", "title", "style", "srcdoc"})
        page = html.unescape(display.split('srcdoc="')[1].removesuffix('"></iframe>'))
        assert page == shown.report("html", lang)
        assert shown.report("text", lang)
        with pytest.raises(ValueError, match="There are: html, text"):
            shown.report("pdf")


@pytest.fixture
def table(make_people):
    return pd.DataFrame({"mobile": [p.mobile for p in make_people(9)]})


def kept_in(place):
    return list(scanner.history(place).scans().id)


def test_a_scan_is_kept_where_it_is_asked_for(table, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    nowhere = scanner.scan({"t": table})
    assert not (tmp_path / "data").exists()
    named = scanner.scan({"t": table}, store=tmp_path / "h.sqlite")
    own = scanner.scan({"t": table}, store=True)

    assert kept_in(tmp_path / "h.sqlite") == [named.record.scan.id]
    assert kept_in(None) == [own.record.scan.id]
    assert nowhere.record.scan.id != own.record.scan.id


def test_a_scan_is_kept_where_the_configuration_says(table, tmp_path):
    (tmp_path / "pandian.yaml").write_text("store: h.sqlite")

    first = scanner.scan({"t": table}, tmp_path / "pandian.yaml")
    scanner.scan({"t": table}, tmp_path / "pandian.yaml", store=False)

    assert kept_in(tmp_path / "h.sqlite") == [first.record.scan.id]


def test_a_store_that_cannot_be_opened_is_found_out_before_the_scan(table, tmp_path):
    with pytest.raises(StoreError, match="cannot be used"):
        scanner.scan({"t": table}, store=tmp_path)


def test_a_store_that_breaks_meanwhile_loses_no_scan(table, tmp_path, monkeypatch):
    def full(self, result, now):
        raise StoreError("here: the disk is full.")

    monkeypatch.setattr("scanner.store.HistoryStore.keep", full)

    with pytest.warns(UserWarning, match="Not kept in the history: here: the disk is full"):
        result = scanner.scan({"t": table}, store=tmp_path / "h.sqlite")

    assert not result.subjects().empty
