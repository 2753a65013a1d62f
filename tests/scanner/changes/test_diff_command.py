"""``pandian diff`` as a shell runs it."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import replace

import pytest

from scanner.report import json as record_format
from scanner.store import open_store

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def moved(result, day, organization="甲"):
    """Return a result as a scan of another day and organization."""
    info = replace(result.scan, id=f"{day.replace('-', '')}T1-{organization}", started=f"{day}T01:00:00Z")
    return replace(result, scan=info, organization=replace(result.organization, name=organization))


@pytest.fixture(scope="module")
def grown(scanned):
    return scanned({"customer": (["id_card", "mobile", "email", "note"], 90), "member": (["mobile"], 12)})


@pytest.fixture
def kept(tmp_path, base, grown):
    """Return a store with two scans of one organization, and one of another in between."""
    store = open_store(tmp_path / "h.sqlite", os.environ)
    for result in (moved(base, "2026-01-01"), moved(base, "2026-02-01", "乙"), moved(grown, "2026-03-01")):
        store.keep(result, NOON)
    return store.location


def compared(pandian, *arguments):
    ended = pandian("diff", *arguments, "--format", "json")
    return ended.code, json.loads(ended.out)


def ids(changes):
    return changes["before"]["id"], changes["after"]["id"]


def test_previous_and_latest_are_compared_by_themselves(pandian, kept):
    code, changes = compared(pandian, "--store", kept)

    assert code == 0
    assert ids(changes) == ("20260101T1-甲", "20260301T1-甲")
    assert [(c["kind"], c["column"]) for c in changes["columns"]] == [("new", "email")]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("20260101T1-甲", "20260301T1-甲"), ("20260101T1-甲", "20260301T1-甲")),
        (("20260101", "202602"), ("20260101T1-甲", "20260201T1-乙")),
        (("2026-02-15", "latest"), ("20260201T1-乙", "20260301T1-甲")),
        (("2026-01-01", "2026-12-31"), ("20260101T1-甲", "20260301T1-甲")),
        (("latest", "previous"), ("20260301T1-甲", "20260101T1-甲")),
    ],
)
def test_scans_are_named_by_id_beginning_day_or_word(names, expected, pandian, kept):
    assert ids(compared(pandian, *names, "--store", kept)[1]) == expected


def test_files_and_folders_need_no_store_and_make_none(pandian, tmp_path, base, grown):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "scan.json").write_text(record_format.render(base), encoding="utf-8")
    (tmp_path / "b.json").write_text(record_format.render(grown), encoding="utf-8")

    code, changes = compared(
        pandian, tmp_path / "a", tmp_path / "b.json", "--store", tmp_path / "none.sqlite"
    )

    assert (code, ids(changes)) == (0, (base.scan.id, grown.scan.id))
    assert not (tmp_path / "none.sqlite").exists()


def test_a_file_is_compared_with_a_kept_scan(pandian, tmp_path, kept, grown):
    (tmp_path / "scan.json").write_text(record_format.render(grown), encoding="utf-8")

    assert ids(compared(pandian, "2026-01-01", tmp_path, "--store", kept)[1]) == (
        "20260101T1-甲",
        grown.scan.id,
    )


def test_the_configuration_names_the_store(pandian, tmp_path, kept):
    (tmp_path / "pandian.yaml").write_text("store: {url: h.sqlite}")

    assert compared(pandian, "--config", tmp_path / "pandian.yaml")[0] == 0


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [("reached", 0), ("opened", 0), ("new-pi", 1), ("moved", 1), ("grade", 0), ("any", 1)],
)
def test_fail_on_exits_with_1(fail_on, code, pandian, kept):
    assert pandian("diff", "--store", kept, "--fail-on", fail_on).code == code


def test_fail_on_may_be_repeated(pandian, kept):
    assert pandian("diff", "--store", kept, "--fail-on", "grade", "--fail-on", "new-pi").code == 1
    assert pandian("diff", "latest", "latest", "--store", kept, "--fail-on", "any").code == 0


def test_what_was_not_read_in_one_of_them_exits_with_3(pandian, tmp_path, kept, base, without):
    file = tmp_path / "scan.json"
    file.write_text(record_format.render(without(base, "member")), encoding="utf-8")

    ended = pandian("diff", "2026-01-01", file, "--store", kept, "--fail-on", "any", "--lang", "en")

    assert ended.code == 3
    assert "not proven" in ended.out


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (("20990101", "latest"), "There is no scan '20990101'"),
        (("2020-01-01", "latest"), "There is no scan '2020-01-01'"),
        (("2026", "latest"), "'2026' fits 3 scans"),
        (("nowhere/scan.json", "latest"), "no such file"),
    ],
)
def test_a_name_of_no_scan_cannot_run(names, says, pandian, kept):
    ended = pandian("diff", *names, "--store", kept)

    assert ended.code == 2
    assert says in ended.err
    assert ended.out == ""


def test_an_empty_store_says_so(pandian, tmp_path):
    ended = pandian("diff", "--store", tmp_path / "new.sqlite")

    assert (ended.code, "which is empty" in ended.err) == (2, True)


def test_the_page_goes_into_a_file(pandian, tmp_path, kept):
    ended = pandian(
        "diff", "--store", kept, "--format", "html", "--lang", "both", "--output", tmp_path / "x" / "d.html"
    )

    page = (tmp_path / "x" / "d.html").read_text(encoding="utf-8")
    assert (ended.code, ended.out) == (0, "")
    assert '<main id="zh" lang="zh-CN">' in page
    assert '<main id="en" lang="en">' in page
