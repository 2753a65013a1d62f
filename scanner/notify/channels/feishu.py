"""Feishu (飞书, Lark) group robots: a post of plain text in one language or both, signed where asked for.

In a post, text is text; in a plain message ``<at user_id="all">`` would call everybody.
Source: https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

from scanner.config.channels import FeishuConfig
from scanner.notify.channels import Tools
from scanner.notify.errors import NotSent, TryLater
from scanner.notify.http import answered, json_request
from scanner.notify.message import Message, fitting

_MOST_BYTES = 18_000  # the platform takes 20 KB for the whole request
_BUSY = frozenset({11232, 99991400})  # too many requests


def send(message: Message, channel: FeishuConfig, tools: Tools) -> None:
    """Post the message to the group."""
    languages = ("zh", "en") if channel.lang == "both" else (channel.lang,)
    most = _MOST_BYTES // (2 * len(languages))  # the JSON around each line counts too
    content: dict[str, Any] = {
        "msg_type": "post",
        "content": {"post": {_LOCALES[lang]: _post(message, lang, most) for lang in languages}},
    }
    if channel.secret:
        stamp = str(int(tools.now.timestamp()))
        content |= {"timestamp": stamp, "sign": signature(tools.secrets.fill(channel.secret), stamp)}
    request = json_request(tools.secrets.fill(channel.url), content)
    answer = answered(tools.post(request, channel.ca_file))
    code = answer.get("code", answer.get("StatusCode"))
    if code != 0:
        raise (TryLater if code in _BUSY else NotSent)(f"answered code {code}")


_LOCALES = {"zh": "zh_cn", "en": "en_us"}


def _post(message: Message, lang: str, most: int) -> dict[str, Any]:
    lines = fitting(message.lines(lang), most).split("\n")
    return {"title": message.title(lang), "content": [[{"tag": "text", "text": line}] for line in lines]}


def signature(secret: str, stamp: str) -> str:
    """Return the signature at a time in seconds: time and secret are the key, and the message is empty."""
    made = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return base64.b64encode(made).decode()
