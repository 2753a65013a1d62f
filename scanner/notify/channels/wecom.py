"""WeCom (企业微信) group robots: text. The key is in the address; there is no signature.

Source: https://developer.work.weixin.qq.com/document/path/91770
"""

from __future__ import annotations

from scanner.config.channels import WeComConfig
from scanner.notify.channels import Tools
from scanner.notify.errors import NotSent, TryLater
from scanner.notify.http import answered, json_request
from scanner.notify.message import Message

_MOST_BYTES = 2_048  # of a text
_BUSY = frozenset({-1, 45009, 45033})  # system busy; more than 20 messages a minute


def send(message: Message, channel: WeComConfig, tools: Tools) -> None:
    """Post the message to the group."""
    content = {"msgtype": "text", "text": {"content": message.text(channel.lang, _MOST_BYTES)}}
    request = json_request(tools.secrets.fill(channel.url), content)
    code = answered(tools.post(request, channel.ca_file)).get("errcode")
    if code != 0:
        raise (TryLater if code in _BUSY else NotSent)(f"answered errcode {code}")
