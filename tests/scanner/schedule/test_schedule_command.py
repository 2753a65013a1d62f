"""``pandian schedule`` as people meet it: what it says, and how it refuses."""

from __future__ import annotations

import json

import pytest

CONFIG = """
sources: [{name: crm, url: crm.db}]
schedules:
  - {name: nightly, cron: "30 2 * * *", time_zone: Asia/Shanghai, jitter: 1h}
  - {name: leap, cron: "0 0 29 2 *"}
"""


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "pandian.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


def test_a_dry_run_says_what_comes_and_writes_nothing(pandian, config):
    ended = pandian("schedule", "--config", config, "--dry-run", "--format", "json")

    nightly, leap = json.loads(ended.out)
    assert (nightly["name"], leap["name"]) == ("nightly", "leap")
    assert all(slot.endswith("T02:30:00+08:00") for slot in nightly["next"])
    assert len(set(nightly["next"])) == 3
    assert all(start > slot for slot, start in zip(nightly["next"], nightly["next_starts"], strict=True))
    assert leap["next"] == leap["next_starts"]
    assert nightly["due"] is None
    assert nightly["last"] is None
    assert sorted(path.name for path in config.parent.iterdir()) == ["pandian.yaml"]


def test_a_dry_run_as_text(pandian, config):
    ended = pandian("schedule", "--config", config, "--dry-run", "--only", "leap")

    lines = ended.out.splitlines()
    assert lines[0] == "leap: 0 0 29 2 * (UTC)"
    assert len(lines) == 4
    assert all(line.startswith("  next   ") for line in lines[1:])


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("sources: [{name: crm, url: crm.db}]", (), "has no schedules"),
        (CONFIG, ("--only", "hourly"), "no schedule 'hourly'. There are: nightly, leap"),
        (CONFIG.replace("30 2 * * *", "30 2 * *"), (), "five fields"),
        (CONFIG.replace("name: leap", "name: nightly"), (), "used twice"),
        (CONFIG.replace("jitter: 1h", "sources: [erp]"), (), "'erp' that is not there"),
    ],
)
def test_what_cannot_run_is_refused_in_one_paragraph(pandian, config, text, options, says):
    config.write_text(text, encoding="utf-8")

    ended = pandian("schedule", "--config", config, "--once", *options)

    assert ended.code == 2
    assert says in ended.err
    assert "Traceback" not in ended.err


def test_reports_that_cannot_be_written_fail_the_slot(pandian, tmp_path, write_sqlite):
    write_sqlite(tmp_path / "crm.db", "t", ["x"], [(1,)])
    (tmp_path / "pandian-out").write_text("a file where a folder should be")
    text = f"sources: [{{name: crm, url: {tmp_path}/crm.db}}]\n"
    text += "schedules: [{name: nightly, cron: '* * * * *', retries: 0}]\n"
    (tmp_path / "pandian.yaml").write_text(text, encoding="utf-8")

    ended = pandian("schedule", "--config", tmp_path / "pandian.yaml", "--once")

    assert ended.code == 2
    assert "cannot be written" in ended.err
    assert "Traceback" not in ended.err


def test_nothing_due_is_no_failure(pandian, config):
    ended = pandian(
        "schedule", "--config", config, "--once", "--only", "leap", "--state", config.parent / "s"
    )

    assert ended.code == 0
    assert (config.parent / "s" / "schedules" / "records" / "leap.json").exists()


def test_another_key_is_refused_before_a_scan(pandian, config, monkeypatch):
    monkeypatch.setenv("PANDIAN_KEY", "5f" * 16)
    pandian("schedule", "--config", config, "--once", "--only", "leap")
    monkeypatch.setenv("PANDIAN_KEY", "60" * 16)

    ended = pandian("schedule", "--config", config, "--once", "--only", "leap")

    assert ended.code == 2
    assert "key" in ended.err
