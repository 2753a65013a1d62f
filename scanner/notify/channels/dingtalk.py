"""DingTalk group robots: text, with the signature of "加签" where there is a secret.

Source: https://open.dingtalk.com/document/robots/custom-robot-access and its page on security settings.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import quote_plus

from scanner.config.channels import DingTalkConfig
from scanner.notify.channels import Tools
from scanner.notify.errors import NotSent, TryLater
from scanner.notify.http import answered, json_request
from scanner.notify.message import Message

_MOST_BYTES = 18_000  # the platform takes 20,000 for the whole message
_BUSY = frozenset({-1, 130101, 410100, 90018})  # system busy; more than 20 messages a minute


def send(message: Message, channel: DingTalkConfig, tools: Tools) -> None:
    """Post the message to the group."""
    url = tools.secrets.fill(channel.url)
    if channel.secret:
        stamp = str(round(tools.now.timestamp() * 1000))
        url += f"&timestamp={stamp}&sign={quote_plus(signature(tools.secrets.fill(channel.secret), stamp))}"
    content = {"msgtype": "text", "text": {"content": message.text(channel.lang, _MOST_BYTES)}}
    code = answered(tools.post(json_request(url, content), channel.ca_file)).get("errcode")
    if code != 0:
        raise (TryLater if code in _BUSY else NotSent)(f"answered errcode {code}")


def signature(secret: str, stamp: str) -> str:
    """Return the signature at a time in milliseconds; the secret is the key.

    >>> signature("SEC0", "1700000000000")
    'grq97xXoTUjTHFvKaCG7ayUVYZj98Kc7erzY+P9gZxg='
    """
    made = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(made).decode()
