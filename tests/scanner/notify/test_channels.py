"""Each channel against a receiver on this machine: form, signature, refusals, and what is never shown."""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import hashlib
import hmac
import json
import ssl
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from pydantic import TypeAdapter

from scanner.config.channels import ChannelConfig, Secrets
from scanner.notify.channels import Tools, send
from scanner.notify.errors import NotSent, TryLater

NOW = dt.datetime(2026, 11, 26, 2, 31, 7, 123456, tzinfo=dt.UTC)
SECRETS = {
    "TOKEN": "tok-8c1f",
    "SECRET": "SECf00d",
    "USER": "pandian",
    "PASSWORD": "pw-77aa",
    "HOOK": "hook-leak",
}
TOOLS = Tools(Secrets(SECRETS), NOW)


def channel(**settings):
    return TypeAdapter(ChannelConfig).validate_python({"name": "ops", **settings})


def robot(to, receiver, **settings):
    return channel(to=to, url=receiver.url + "/send?access_token=${TOKEN}", **settings)


def test_a_webhook_gets_the_message_as_json_signed_and_with_a_key_against_doubles(receiver, message):
    hub = channel(
        to="webhook",
        url=f"{receiver.url}/in",
        secret="${SECRET}",
        headers={"Authorization": "Bearer ${TOKEN}"},
    )

    send(message, hub, TOOLS)
    send(message, hub, TOOLS)

    (path, headers, body), (_, again, _) = receiver.came
    content = json.loads(body)
    assert path == "/in"
    assert headers["Authorization"] == "Bearer tok-8c1f"
    assert headers["Idempotency-Key"] == again["Idempotency-Key"] == message.id
    stamp = headers["X-Pandian-Timestamp"]
    expected = hmac.new(b"SECf00d", f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["X-Pandian-Signature"] == f"sha256={expected}"
    assert stamp == str(int(NOW.timestamp()))
    assert content["format"] == "pandian.notification/1"
    assert [one["kind"] for one in content["news"]] == ["new_pi_column", "line_reached"]
    assert content["news"][1]["data"] == {"threshold": 1_000_000}
    assert content["title"]["zh"].startswith("Pandian 盘点")


def test_what_stands_in_a_name_is_not_filled_in_from_the_environment(receiver, message):
    send(message, channel(to="webhook", url=receiver.url), TOOLS)

    assert "hook-leak" not in receiver.came[0][2].decode()


def test_dingtalk_gets_a_text_and_its_signature(receiver, message):
    send(message, robot("dingtalk", receiver, secret="${SECRET}"), TOOLS)

    ((path, _, _),) = receiver.came
    asked = parse_qs(urlsplit(path).query)
    stamp = str(round(NOW.timestamp() * 1000))
    made = hmac.new(b"SECf00d", f"{stamp}\nSECf00d".encode(), hashlib.sha256).digest()
    assert asked == {
        "access_token": ["tok-8c1f"],
        "timestamp": [stamp],
        "sign": [base64.b64encode(made).decode()],
    }
    (body,) = receiver.bodies
    assert body["msgtype"] == "text"
    assert "负责人备案" in body["text"]["content"]
    assert "at" not in body


def test_wecom_gets_a_text_within_its_limit(receiver, message):
    long = message.__class__(
        **{f: getattr(message, f) for f in message.__slots__} | {"news": message.news * 60}
    )

    send(long, robot("wecom", receiver, lang="both"), TOOLS)

    (body,) = receiver.bodies
    assert body["msgtype"] == "text"
    assert 1_800 < len(body["text"]["content"].encode()) <= 2_048
    assert body["text"]["content"].endswith("…")


def test_feishu_gets_a_post_in_both_languages_and_its_signature(receiver, message):
    send(message, robot("feishu", receiver, secret="${SECRET}", lang="both"), TOOLS)

    (body,) = receiver.bodies
    stamp = str(int(NOW.timestamp()))
    made = hmac.new(f"{stamp}\nSECf00d".encode(), b"", hashlib.sha256).digest()
    assert (body["timestamp"], body["sign"]) == (stamp, base64.b64encode(made).decode())
    assert body["msg_type"] == "post"
    post = body["content"]["post"]
    assert set(post) == {"zh_cn", "en_us"}
    # Text is text here: in a plain message the name would call everybody.
    assert {element["tag"] for line in post["zh_cn"]["content"] for element in line} == {"text"}
    assert any(
        '<at user_id="all">' in element["text"] for line in post["zh_cn"]["content"] for element in line
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("to", ["dingtalk", "wecom", "feishu"])
def test_robots_speak_the_language_that_is_asked_for(receiver, message, to, lang):
    send(message, robot(to, receiver, lang=lang), TOOLS)

    told = receiver.came[0][2].decode()
    assert ("负责人备案" in told, "officer filing" in told) == (lang == "zh", lang == "en")


@pytest.mark.parametrize(
    ("to", "answer", "expected"),
    [
        ("dingtalk", {"errcode": 310000, "errmsg": "sign not match tok-8c1f"}, NotSent),
        ("dingtalk", {"errcode": 130101, "errmsg": "send too fast"}, TryLater),
        ("wecom", {"errcode": 93000, "errmsg": "invalid webhook url"}, NotSent),
        ("wecom", {"errcode": 45009, "errmsg": "api freq out of limit"}, TryLater),
        ("feishu", {"code": 19021, "msg": "sign match fail"}, NotSent),
        ("feishu", {"code": 11232, "msg": "frequency limited"}, TryLater),
        ("feishu", {"StatusCode": 0, "StatusMessage": "success"}, None),
        ("wecom", b"<html>a proxy</html>", NotSent),
    ],
)
def test_what_a_platform_says_with_200_is_heard(receiver, message, to, answer, expected):
    receiver.answers = [(200, answer)]
    if expected is None:
        send(message, robot(to, receiver), TOOLS)
        return
    with pytest.raises(NotSent) as told:
        send(message, robot(to, receiver), TOOLS)

    assert type(told.value) is expected
    assert "tok-8c1f" not in str(told.value)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_receiver_is_asked_again(receiver, message, status):
    receiver.answers = [(status, b"")]

    with pytest.raises(TryLater, match=str(status)):
        send(message, channel(to="webhook", url=receiver.url), TOOLS)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_one_that_refuses_is_not(receiver, message, status):
    receiver.answers = [(status, b"")]

    with pytest.raises(NotSent, match=str(status)) as told:
        send(message, channel(to="webhook", url=receiver.url), TOOLS)
    assert not isinstance(told.value, TryLater)


def test_no_redirect_is_followed(receiver, message):
    receiver.answers = [(307, b"")]

    with pytest.raises(NotSent, match="307"):
        send(message, robot("dingtalk", receiver), TOOLS)
    assert len(receiver.came) == 1


def test_a_receiver_that_is_not_there_is_tried_later_and_the_token_not_told(message):
    gone = channel(to="dingtalk", url="http://127.0.0.1:1/send?access_token=${TOKEN}")

    with pytest.raises(TryLater) as told:
        send(message, gone, TOOLS)
    assert str(told.value) == "could not be reached (ConnectionRefusedError)"
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__


def test_tls_needs_a_certificate_that_is_trusted(tls_receiver, message, certificate):
    with pytest.raises(NotSent, match="ca_file"):
        send(message, channel(to="webhook", url=tls_receiver.url), TOOLS)
    send(message, channel(to="webhook", url=tls_receiver.url, ca_file=str(certificate)), TOOLS)

    assert len(tls_receiver.came) == 1


class Mailbox:
    """What an SMTP server took, and how it answers."""

    def __init__(self):
        self.mails, self.logins, self.answers, self.refused = [], [], [], ()

    async def handle_RCPT(self, *arguments):  # noqa: N802
        _, _, envelope, address, _ = arguments
        if address in self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, session, envelope):  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((envelope.rcpt_tos, mail, session.ssl is not None))
        return "250 taken"

    def authenticate(self, _server, _session, _envelope, _mechanism, data):
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"pw-77aa", handled=False)


@contextmanager
def smtp(box, starttls=None, wrapped=None):
    """Run an SMTP server in a thread; yield its port."""
    loop = asyncio.new_event_loop()

    def session():
        return SMTP(
            box,
            loop=loop,
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=box.authenticate,
            auth_require_tls=wrapped is None,
        )

    server = loop.run_until_complete(loop.create_server(session, "127.0.0.1", 0, ssl=wrapped))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        for task in (tasks := asyncio.all_tasks(loop)):
            task.cancel()
        loop.run_until_complete(asyncio.wait([*tasks, loop.create_task(asyncio.sleep(0.2))]))
        loop.close()


@pytest.fixture(params=["starttls", "ssl", "none"])
def mailbox(request, certificate):
    """Run an SMTP server; yield its box and the settings of a channel for it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    box, security = Mailbox(), request.param
    settings = {"to": "email", "host": "127.0.0.1", "security": security, "ca_file": str(certificate)}
    starttls, wrapped = (context if security == name else None for name in ("starttls", "ssl"))
    with smtp(box, starttls, wrapped) as port:
        yield box, settings | {"port": port}


def mail_to(settings, **more):
    people = {"sender": "盘点 <pandian@example.cn>", "recipients": ["dpo@example.cn", "sec@example.cn"]}
    return channel(**settings, **people, **more)


def test_a_mail_arrives_encrypted_logged_in_and_with_an_id_of_its_own(mailbox, message):
    box, settings = mailbox
    secure = settings["security"] != "none"
    login = {"username": "${USER}", "password": "${PASSWORD}"} if secure else {}

    send(message, mail_to(settings, **login), TOOLS)
    send(message, mail_to(settings, **login), TOOLS)

    (to, mail, _), (_, again, _) = box.mails
    assert to == ["dpo@example.cn", "sec@example.cn"]
    assert mail["Subject"] == "Pandian 盘点：nightly，达到门槛，共 2 条消息 · 示例零售有限公司"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == again["Message-ID"]
    assert "达到：负责人备案" in mail.get_content()
    assert box.logins == ([(b"pandian", b"pw-77aa")] * 2 if secure else [])


def test_what_an_smtp_server_says_is_heard(mailbox, message):
    box, settings = mailbox
    box.answers = ["451 try again pw-77aa", "554 refused pw-77aa"]

    with pytest.raises(TryLater, match="SMTP 451") as later:
        send(message, mail_to(settings), TOOLS)
    with pytest.raises(NotSent, match="SMTP 554") as never:
        send(message, mail_to(settings), TOOLS)
    box.refused = ("sec@example.cn",)
    with pytest.raises(NotSent, match="1 of 2 recipients"):
        send(message, mail_to(settings), TOOLS)

    assert "pw-77aa" not in str(later.value) + str(never.value)
    assert not isinstance(never.value, TryLater)


def test_a_certificate_that_is_not_trusted_ends_the_mail(mailbox, message):
    box, settings = mailbox
    if settings["security"] == "none":
        send(message, mail_to(settings), TOOLS)
        return
    with pytest.raises(NotSent, match="ca_file"):
        send(message, mail_to(settings | {"ca_file": None}), TOOLS)

    assert box.mails == []


def test_a_wrong_password_is_not_tried_again(mailbox, message):
    _, settings = mailbox
    if settings["security"] == "none":
        return
    wrong = Tools(Secrets(SECRETS | {"PASSWORD": "pw-wrong"}), NOW)
    with pytest.raises(NotSent, match="SMTP 535") as told:
        send(message, mail_to(settings, username="${USER}", password="${PASSWORD}"), wrong)
    assert not isinstance(told.value, TryLater)
    assert "pw-wrong" not in str(told.value)


def test_names_cannot_add_headers(message):
    from scanner.notify.channels.email import mail

    hostile = message.__class__(
        **{f: getattr(message, f) for f in message.__slots__}
        | {"schedule": "x\r\nBcc: evil@example.cn", "organization": "y\nBcc: evil@example.cn"}
    )

    made = mail(hostile, mail_to({"to": "email", "host": "h"}), TOOLS)

    assert made["Bcc"] is None
    assert "\n" not in made["Subject"]
