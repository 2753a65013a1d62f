"""What the desk tells of a slot besides the scan, to whom, and that asking it twice tells it once."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from types import SimpleNamespace
from typing import get_args

import pytest
from pydantic import ValidationError

from scanner.config import parse_config
from scanner.config.channels import Kind, Secrets
from scanner.config.schedules import ScheduleConfig
from scanner.notify.message import GRAVEST_FIRST, message_of
from scanner.schedule.desk import Desk
from scanner.schedule.outbox import Outbox
from scanner.schedule.planning import Skip, plan
from scanner.schedule.records import Attempt, Ended, Record, Records

SLOT = dt.datetime(2026, 11, 25, 18, 30, tzinfo=dt.UTC)
CONFIG = """
sources: [{name: crm, url: crm.db}]
organization: {name: 示例零售有限公司}
schedules:
  - {name: nightly, cron: "30 2 * * *", time_zone: Asia/Shanghai}
  - {name: weekly, cron: "@weekly"}
notify:
  - {name: all, to: webhook, url: "https://hub.example.cn"}
  - {name: weekly only, to: webhook, url: "https://hub.example.cn", schedules: [weekly]}
  - {name: failures, to: webhook, url: "https://hub.example.cn", events: [failed]}
"""


@pytest.fixture
def office(tmp_path):
    """A desk, and what waits in its outbox as (channel, kinds of news)."""
    config = parse_config(CONFIG, {}, where="pandian.yaml", folder=tmp_path)
    path = tmp_path / "outbox.json"
    outbox = Outbox(path, config.notify, Secrets({}))
    desk = Desk(
        home=tmp_path,
        records=Records(tmp_path / "records"),
        outbox=outbox,
        settings=config,
        history=None,
        clock=lambda: SLOT,
        say=print,
    )

    def waiting():
        entries = json.loads(path.read_text(encoding="utf-8"))["waiting"] if path.exists() else []
        return [(one["channel"], [each["kind"] for each in one["message"]["news"]]) for one in entries]

    planned = plan(config.schedules[0], "")
    return SimpleNamespace(desk=desk, planned=planned, waiting=waiting, path=path)


def record(**attempt):
    running = Attempt(slot=SLOT, started=SLOT, as_of=SLOT.date(), **attempt)
    return Record(name="nightly", since=SLOT - dt.timedelta(days=1), running=running)


def failed():
    return Ended(
        slot=SLOT, outcome="failed", started=SLOT, finished=SLOT, reason="crm: no answer", exit_code=2
    )


def test_a_failure_is_told_to_those_who_asked_once_however_often_the_desk_is_asked(office):
    for _ in range(2):
        office.desk.ended(office.planned, record(missed=3), failed(), None)

    assert office.waiting() == [("all", ["failed", "missed"]), ("failures", ["failed"])]
    text = office.path.read_text(encoding="utf-8")
    assert "扫描失败：crm: no answer" in text
    assert "2026-11-26T02:30+08:00" in text


def test_slots_that_are_given_up_are_told(office):
    office.desk.skipped(office.planned, record(), Skip(SLOT, 2))

    assert office.waiting() == [("all", ["missed"])]


def test_a_slot_that_is_killed_again_and_again_is_told_once(office):
    for begun in range(1, 8):
        office.desk.began(office.planned, record(begun=begun))

    assert office.waiting() == [("all", ["interrupted"])]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"cron": "61 * * * *"}, "cron"),
        ({"time_zone": "Asia/Peking"}, "no time zone"),
        ({"jitter": "soon"}, "length of time"),
        ({"name": "../up"}, "name"),
        ({"name": "a/b"}, "name"),
        ({"retries": -1}, "retries"),
        ({"count": "all"}, "count"),
        ({"often": True}, "often"),
    ],
)
def test_a_schedule_that_cannot_be_used_is_refused(settings, says):
    with pytest.raises(ValidationError, match=says):
        ScheduleConfig.model_validate({"name": "a", "cron": "0 2 * * *"} | settings)


def test_lengths_of_time_and_the_name_of_the_zone():
    made = ScheduleConfig.model_validate(
        {"name": "夜间-1", "cron": "@daily", "timezone": "Asia/Shanghai", "jitter": 90, "retry_after": "2h"}
    )

    assert (made.jitter, made.retry_after) == (dt.timedelta(seconds=90), dt.timedelta(hours=2))
    assert made.time_zone == "Asia/Shanghai"


def test_a_failure_is_told_in_both_languages_and_heads_the_message(office):
    office.desk.ended(office.planned, record(missed=3), replace(failed(), reason="crm: no such file"), None)

    message = message_of(json.loads(office.path.read_text(encoding="utf-8"))["waiting"][0]["message"])
    assert [one.zh for one in message.news if one.kind == "failed"] == ["扫描失败：crm：文件不存在"]
    assert "scan failed (news: 2)" in message.title("en")
    assert "扫描失败，共 2 条消息" in message.title("zh")


def test_every_kind_of_news_has_a_place_among_the_gravest():
    assert sorted(GRAVEST_FIRST) == sorted(get_args(Kind))
