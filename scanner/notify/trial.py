"""A test message, so that a wrong address or secret is found before news are lost."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.config.channels import ChannelConfig, Secrets
from scanner.notify.channels import Tools, send
from scanner.notify.errors import NotSent
from scanner.notify.message import Message
from scanner.notify.news import news
from scanner.running.surroundings import now


def send_trial(channel: ChannelConfig, organization: str, environment: Mapping[str, str]) -> str:
    """Send a test message; return why it did not arrive, or nothing.

    Raises:
        ConfigError: An environment variable is missing.
    """
    secrets, moment = Secrets(environment), now()
    secrets.require(channel)
    message = Message(
        id=f"test/{moment:%Y%m%dT%H%M%S%f}/{channel.name}",
        organization=organization,
        schedule="test",
        slot=moment.isoformat(timespec="minutes"),
        outcome="test",
        scan="",
        news=(news("first", "test"),),
    )
    try:
        send(message, channel, Tools(secrets, moment))
    except NotSent as error:
        return str(error)
    return ""
