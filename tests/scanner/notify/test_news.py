"""What is told after scans: real scans of a small source that changes, a schedule around them, a receiver."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest

from scanner.changes import diff
from scanner.config.channels import Kind
from scanner.notify.news import clean
from scanner.notify.scan_news import scan_news
from scanner.scan_record import read_result
from scanner.store import open_store

CONFIG = """
organization: {{name: 示例零售有限公司}}
sources: [{{name: crm, url: {folder}/crm.db}}]
as_of: 2026-11-26
schedules:
  - {{name: nightly, cron: "* * * * *", formats: [json], retries: 0}}
notify:
  - name: hub
    to: webhook
    url: "{url}/hub"
    events: [first, new_pi_column, vanished_pi_column, line_reached, line_left, verdict_changed, count_moved,
      grade_changed, incomplete, failed, recovered]
  - {{name: ding, to: dingtalk, url: "{url}/ding?access_token=${{HOOK_TOKEN}}", events: [failed, recovered]}}
"""


@pytest.fixture
def site(tmp_path, receiver, write_sqlite, make_people, monkeypatch):
    """A folder with a configuration and a customer table."""
    monkeypatch.setenv("HOOK_TOKEN", "tok-51ce")
    (tmp_path / "pandian.yaml").write_text(CONFIG.format(url=receiver.url, folder=tmp_path), encoding="utf-8")
    people = make_people(120)
    rows = [(i, person.name, person.mobile) for i, person in enumerate(people)]
    write_sqlite(tmp_path / "crm.db", "customer", {"id": "INTEGER", "name": "TEXT", "mobile": "TEXT"}, rows)
    return tmp_path


@pytest.fixture
def slot(site, pandian):
    """Return a function that runs the schedule for one more slot and returns its exit code."""

    def run():
        path = site / "pandian-state" / "schedules" / "records" / "nightly.json"
        if path.exists():  # a minute later
            record = json.loads(path.read_text())
            record["since"] = (dt.datetime.now(tz=dt.UTC) - dt.timedelta(minutes=1, seconds=1)).isoformat()
            path.write_text(json.dumps(record))
        return pandian("schedule", "--config", site / "pandian.yaml", "--once")

    return run


def run_sql(path, *statements):
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(*statement) if isinstance(statement, tuple) else database.execute(statement)


def kinds(body):
    return sorted({one["kind"] for one in body["news"]})


def test_changes_are_told_and_no_value_ever(site, slot, receiver, make_people):
    people = make_people(120)
    assert slot().code == 0
    assert slot().code == 0
    run_sql(
        site / "crm.db",
        "ALTER TABLE customer ADD COLUMN id_card TEXT",
        *[("UPDATE customer SET id_card = ? WHERE id = ?", (p.id_card, i)) for i, p in enumerate(people)],
    )
    assert slot().code == 0

    first, third = receiver.bodies
    assert kinds(first) == ["first"]
    assert "new_pi_column" in kinds(third)
    (new,) = [one for one in third["news"] if one["kind"] == "new_pi_column"]
    assert (new["data"]["table"], new["data"]["column"]) == ("customer", "id_card")
    assert "居民身份证" in new["zh"] or "身份证" in new["zh"]
    assert "Resident identity card" in new["en"]
    told = b"".join(body for _, _, body in receiver.came)
    kept = b"".join(p.read_bytes() for p in (site / "pandian-state").rglob("*") if p.is_file())
    for person in people:
        for value in (person.name, person.mobile, person.id_card):
            assert value.encode() not in told + kept


def test_failure_and_recovery_are_told_with_the_token_shown_nowhere(site, slot, receiver):
    (site / "crm.db").rename(site / "away.db")
    failed = slot()
    (site / "away.db").rename(site / "crm.db")
    recovered = slot()

    assert (failed.code, recovered.code) == (2, 0)
    assert [path.partition("?")[0] for path, _, _ in receiver.came] == ["/hub", "/ding", "/hub", "/ding"]
    hub_failed, _, hub_recovered, ding_recovered = receiver.bodies
    assert kinds(hub_failed) == ["failed"]
    assert kinds(hub_recovered) == ["first", "recovered"]
    assert "扫描恢复完整" in ding_recovered["text"]["content"]
    files = b"".join(p.read_bytes() for p in site.rglob("*") if p.is_file() and p.name != "pandian.yaml")
    assert b"tok-51ce" not in files + failed.written + recovered.written


def test_what_could_not_be_read_is_told(site, slot, receiver):
    (site / "pandian.yaml").write_text(
        (site / "pandian.yaml").read_text().replace("crm.db}]", "crm.db}, {name: gone, url: gone.db}]"),
        encoding="utf-8",
    )

    assert slot().code == 3

    (told,) = receiver.bodies
    assert [one["kind"] for one in told["news"]][:2] == ["incomplete", "first"]  # the weightier first
    assert "gone" in next(one["en"] for one in told["news"] if one["kind"] == "incomplete")


def test_a_missing_secret_stops_before_the_first_scan(site, slot, monkeypatch, receiver):
    monkeypatch.delenv("HOOK_TOKEN")

    ended = slot()

    assert ended.code == 2
    assert "HOOK_TOKEN" in ended.err
    assert receiver.came == []


def test_lines_reached_near_and_left(tmp_path, pandian, write_sqlite):
    """One million users of a platform that lists abroad; the number is declared."""

    def scan(name, users):
        folder = tmp_path / name
        folder.mkdir()
        write_sqlite(folder / "a.db", "t", {"x": "INTEGER"}, [(1,)])
        text = f"sources: [{{name: crm, url: {folder}/a.db}}]\nas_of: 2026-11-26\n"
        text += f"organization: {{listing: foreign, network_platform: true}}\nheld: {{users: {users}}}\n"
        (folder / "pandian.yaml").write_text(text)
        assert pandian("scan", "--config", folder / "pandian.yaml", "--output", folder).code == 0
        return read_result(folder / "scan.json")

    far, near, reached = scan("far", 10_000), scan("near", 950_000), scan("reached", 1_200_000)

    def told(before, after):
        return {one.kind for one in scan_news(before, after, diff(before, after))}

    assert "line_reached" not in told(far, far)
    assert "line_near" in told(far, near)
    assert "line_reached" in told(near, reached)
    assert "line_left" in told(reached, far)
    assert "line_reached" in {one.kind for one in scan_news(None, reached, None)}


def test_names_are_cleaned_and_cut():
    assert clean("a\r\nb\tc\x1b[31m") == "a  b c [31m"
    assert "\u202e" not in clean("x\u202ey")
    assert len(clean("x" * 500)) == 160


def test_every_kind_of_news_is_documented():
    page = (Path(__file__).parents[3] / "docs" / "schedules.md").read_text(encoding="utf-8")

    assert [kind for kind in get_args(Kind) if f"`{kind}`" not in page] == []


def test_a_test_message_finds_a_wrong_address(site, pandian, receiver):
    receiver.answers = [(200, {}), (200, {"errcode": 310000, "errmsg": "sign not match tok-51ce"})]

    ended = pandian("schedule", "notify", "--config", site / "pandian.yaml")

    assert ended.code == 3
    assert ended.out == "hub: arrived\nding: answered errcode 310000\n"
    assert receiver.bodies[0]["outcome"] == "test"
    assert pandian("schedule", "notify", "--config", site / "pandian.yaml", "--only", "hub").code == 0
    unknown = pandian("schedule", "notify", "--config", site / "pandian.yaml", "--only", "pager")
    assert unknown.code == 2
    assert "hub, ding" in unknown.err


def test_scans_of_schedules_are_kept_in_the_history(site, slot):
    path = site / "pandian.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "store: history.sqlite\n", encoding="utf-8")

    slot()
    slot()

    kept = open_store(site / "history.sqlite", {}).scans()
    last = json.loads((site / "pandian-out" / "nightly" / "scan.json").read_text(encoding="utf-8"))
    assert len(kept) == 2
    assert kept[0].id == last["scan"]["id"]
