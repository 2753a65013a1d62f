"""One file a channel: ``send(message, channel, tools)`` gives the message its form and hands it over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib import import_module

from scanner.config.channels import ChannelConfig, Secrets
from scanner.notify.http import Post, post
from scanner.notify.message import Message

__all__ = ["Tools", "send"]


@dataclass(frozen=True, slots=True)
class Tools:
    """What channels need of the world: secrets, the time of signatures, and the network."""

    secrets: Secrets
    now: dt.datetime
    post: Post = post


def send(message: Message, channel: ChannelConfig, tools: Tools) -> None:
    """Send a message.

    Raises:
        TryLater: It did not arrive, and may later.
        NotSent: It will not arrive this way.
    """
    import_module(f"{__name__}.{channel.to}").send(message, channel, tools)
