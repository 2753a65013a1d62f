"""Messages that did not arrive: sent again ever later, kept over a kill, given up in the end."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from scanner.config.channels import ChannelConfig, Secrets
from scanner.schedule.outbox import WAITS, Outbox

NOW = dt.datetime(2026, 11, 26, 2, 31, tzinfo=dt.UTC)


class Office:
    """An outbox with a clock of the test."""

    def __init__(self, path, receiver, *names):
        settings = [{"name": name, "to": "webhook", "url": f"{receiver.url}/{name}"} for name in names]
        self.path, self.channels = path, TypeAdapter(list[ChannelConfig]).validate_python(settings)
        self.now, self.said = NOW, []
        self.restart()

    def restart(self):
        self.outbox = Outbox(self.path, self.channels, Secrets({}))

    def send(self, **time):
        self.now += dt.timedelta(**time)
        self.outbox.send_due(self.now, self.said.append)


@pytest.fixture
def office(tmp_path, receiver):
    return Office(tmp_path / "schedules" / "outbox.json", receiver, "ops")


def test_a_message_is_sent_once_and_counted(office, receiver, message):
    office.outbox.add([("ops", message)], NOW)
    office.outbox.add([("ops", message)], NOW)  # as after a kill
    assert office.outbox.waiting() == 1

    office.send()
    office.send(hours=1)

    assert len(receiver.came) == 1
    assert office.outbox.totals() == {"ops/sent": 1}
    assert office.outbox.next_time() is None


def test_it_is_sent_again_ever_later_under_the_same_id(office, receiver, message):
    receiver.answers = [(503, b"")] * 3
    office.outbox.add([("ops", message)], NOW)

    waits = []
    for _ in range(4):
        office.send()
        office.restart()
        due = office.outbox.next_time()
        if due is not None:
            waits.append((due - office.now).total_seconds())
            office.send(seconds=waits[-1] - 1)
            office.now = due

    assert waits == [10, 40, 160]
    assert len(receiver.came) == 4
    assert {headers["Idempotency-Key"] for _, headers, _ in receiver.came} == {message.id}
    assert len({body for _, _, body in receiver.came}) == 1
    assert office.outbox.totals() == {"ops/sent": 1}


def test_it_is_given_up_after_the_last_try(office, receiver, message):
    receiver.answers = [(503, b"")] * 20
    office.outbox.add([("ops", message)], NOW)

    for wait in (dt.timedelta(), *WAITS, dt.timedelta(days=1)):
        office.send(seconds=wait.total_seconds())

    assert len(receiver.came) == len(WAITS) + 1
    assert office.outbox.totals() == {"ops/given_up": 1}
    assert "given up" in office.said[-1]


def test_a_receiver_that_refuses_is_not_asked_again(office, receiver, message):
    receiver.answers = [(404, b"")]
    office.outbox.add([("ops", message)], NOW)

    office.send()
    office.send(hours=5)

    assert len(receiver.came) == 1
    assert office.outbox.totals() == {"ops/given_up": 1}


def test_one_receiver_that_fails_holds_up_no_other(tmp_path, receiver, message):
    office = Office(tmp_path / "outbox.json", receiver, "a", "b")
    receiver.answers = [(500, b""), (200, b"{}")]
    office.outbox.add([("a", message), ("b", message)], NOW)

    office.send()

    assert [path for path, _, _ in receiver.came] == ["/a", "/b"]
    assert office.outbox.totals() == {"b/sent": 1}
    assert office.outbox.waiting() == 1


def test_a_message_for_a_channel_that_is_gone_is_dropped(office, message):
    office.outbox.add([("pager", message)], NOW)

    office.send()

    assert office.outbox.waiting() == 0
    assert "configured no more" in office.said[0]


def test_a_damaged_outbox_stops_nothing(office, message, receiver):
    office.path.parent.mkdir()
    office.path.write_text("{")

    office.outbox.add([("ops", replace(message, id="other"))], NOW)
    office.send()

    assert len(receiver.came) == 1


def test_what_waits_is_readable_by_its_owner_only(office, message):
    office.outbox.add([("ops", message)], NOW)

    assert office.path.stat().st_mode & 0o777 == 0o600
