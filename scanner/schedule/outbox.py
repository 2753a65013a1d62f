"""Messages that have not arrived: kept in a file, sent again ever later, given up in the end.

A message is removed once it arrived. A process that dies between the two sends it again under the same id.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scanner.config.channels import ChannelConfig, Secrets
from scanner.notify.channels import Tools, send
from scanner.notify.errors import NotSent, TryLater
from scanner.notify.message import Message, message_of
from scanner.schedule.files import replace_text

# Waits before the second to the last try.
WAITS = tuple(dt.timedelta(seconds=s) for s in (10, 40, 160, 640, 2_560, 10_240))

SENT, GIVEN_UP = "sent", "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message for a channel.

    Attributes:
        tries: How often it was sent without success.
        due: When it is sent next.
    """

    channel: str
    message: Message
    due: dt.datetime
    tries: int = 0

    @property
    def key(self) -> tuple[str, str]:
        return self.channel, self.message.id


class Outbox:
    """The messages of a folder, and totals of what became of earlier ones."""

    def __init__(self, path: Path, channels: Sequence[ChannelConfig], secrets: Secrets) -> None:
        self._path = path
        self._channels = {channel.name: channel for channel in channels}
        self._secrets = secrets

    def add(self, messages: Iterable[tuple[str, Message]], now: dt.datetime) -> None:
        """Keep messages for channels; one that waits already is not kept twice."""
        waiting, totals = self._read()
        there = {one.key for one in waiting}
        new = [Waiting(channel=channel, message=message, due=now) for channel, message in messages]
        self._write([*waiting, *(one for one in new if one.key not in there)], totals)

    def next_time(self) -> dt.datetime | None:
        """Return when a message is to be sent, if one waits."""
        return min((one.due for one in self._read()[0]), default=None)

    def waiting(self) -> int:
        return len(self._read()[0])

    def totals(self) -> Mapping[str, int]:
        """Return how many messages were sent or given up, as ``CHANNEL/sent`` and ``CHANNEL/given_up``."""
        return self._read()[1]

    def send_due(self, now: dt.datetime, say: Callable[[str], None]) -> None:
        """Send what is due, each message by itself; write down each success at once."""
        for one in [one for one in self._read()[0] if one.due <= now]:
            self._settle(one, self._try(one, now, say))

    def _try(self, one: Waiting, now: dt.datetime, say: Callable[[str], None]) -> Waiting | str:
        channel = self._channels.get(one.channel)
        if channel is None:
            say(f"notify '{one.channel}' is configured no more; a message for it was dropped.")
            return GIVEN_UP
        try:
            send(one.message, channel, Tools(self._secrets, now))
        except TryLater as error:
            return _later(one, now, str(error), say)
        except NotSent as error:
            say(f"notify '{one.channel}' ({channel.to}): {error}; the message was dropped.")
            return GIVEN_UP
        return SENT

    def _settle(self, one: Waiting, end: Waiting | str) -> None:
        waiting, totals = self._read()
        others = [other for other in waiting if other.key != one.key]
        if isinstance(end, Waiting):
            self._write([*others, end], totals)
        else:
            self._write(others, Counter(totals) + Counter({f"{one.channel}/{end}": 1}))

    def _read(self) -> tuple[list[Waiting], dict[str, int]]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            return [_waiting(entry) for entry in content["waiting"]], content["totals"]
        except FileNotFoundError:
            return [], {}
        except (OSError, ValueError, KeyError, TypeError):
            return [], {}  # notifications must not stop scans

    def _write(self, waiting: Sequence[Waiting], totals: Mapping[str, int]) -> None:
        entries = [
            {
                "channel": one.channel,
                "message": one.message.as_json(),
                "due": one.due.isoformat(),
                "tries": one.tries,
            }
            for one in waiting
        ]
        replace_text(self._path, json.dumps({"waiting": entries, "totals": dict(totals)}, ensure_ascii=False))


def _later(one: Waiting, now: dt.datetime, reason: str, say: Callable[[str], None]) -> Waiting | str:
    if one.tries >= len(WAITS):
        say(f"notify '{one.channel}': {reason}; the message was given up after {one.tries + 1} tries.")
        return GIVEN_UP
    wait = WAITS[one.tries]
    say(f"notify '{one.channel}': {reason}; tried again in {wait.total_seconds():.0f} s.")
    return replace(one, tries=one.tries + 1, due=now + wait)


def _waiting(entry: Mapping[str, Any]) -> Waiting:
    return Waiting(
        channel=entry["channel"],
        message=message_of(entry["message"]),
        due=dt.datetime.fromisoformat(entry["due"]),
        tries=entry["tries"],
    )
