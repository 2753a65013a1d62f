"""Any receiver of JSON: the message of ``Message.as_json``, with an idempotency key.

With a secret, ``X-Pandian-Signature`` is ``sha256=`` and the hexadecimal HMAC-SHA256 of the timestamp in
``X-Pandian-Timestamp`` (Unix seconds), a full stop and the body.
"""

from __future__ import annotations

import hashlib
import hmac

from scanner.config.channels import WebhookConfig
from scanner.notify.channels import Tools
from scanner.notify.http import json_request
from scanner.notify.message import Message


def send(message: Message, channel: WebhookConfig, tools: Tools) -> None:
    """Post the message; an answer of 2xx takes it."""
    fill = tools.secrets.fill
    content = {
        **message.as_json(),
        "title": {lang: message.title(lang) for lang in ("zh", "en")},
        "text": {lang: "\n".join(message.lines(lang)) for lang in ("zh", "en")},
    }
    headers = {name: fill(value) for name, value in channel.headers.items()}
    request = json_request(fill(channel.url), content, {**headers, "Idempotency-Key": message.id})
    if channel.secret:
        stamp = str(int(tools.now.timestamp()))
        signed = {
            "X-Pandian-Timestamp": stamp,
            "X-Pandian-Signature": f"sha256={signature(fill(channel.secret), stamp, request.body)}",
        }
        request = json_request(request.url, content, {**request.headers, **signed})
    tools.post(request, channel.ca_file)


def signature(secret: str, stamp: str, body: bytes) -> str:
    """Return what a receiver computes to know the sender."""
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
