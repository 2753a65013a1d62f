"""``notify:``: secrets come from the environment, and are neither in the configuration nor shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.config import ConfigError, parse_config
from scanner.config.channels import Secrets, variables_of

HEAD = "sources: [{name: crm, url: crm.db}]\nnotify:\n  - "


def read(channel, environment=None):
    return parse_config(HEAD + channel, environment or {}, where="pandian.yaml", folder=Path())


@pytest.mark.parametrize(
    ("channel", "says"),
    [
        ("{name: a, to: pager}", "notify.0"),
        (
            "{name: a, to: dingtalk, url: 'https://oapi.dingtalk.com/robot/send?access_token=abc'}",
            "environment",
        ),
        ("{name: a, to: dingtalk, url: 'https://x/${T}', secret: SECabc}", "environment"),
        ("{name: a, to: wecom, url: 'https://x/${T}', secret: '${S}'}", "no signature"),
        ("{name: a, to: webhook, url: 'ftp://x'}", "https"),
        ("{name: a, to: webhook, url: 'https://me:pw@x/'}", "environment"),
        ("{name: a, to: webhook, url: 'https://x', headers: {Authorization: Bearer abc}}", "environment"),
        ("{name: a, to: email, host: h, sender: a@b, recipients: []}", "recipients"),
        ("{name: a, to: email, host: h, sender: a@b, recipients: [c@d], password: abc}", "environment"),
        (
            "{name: a, to: email, host: h, sender: a@b, recipients: [c@d], security: none, password: '${P}'}",
            "starttls",
        ),
        ("{name: a, to: webhook, url: 'https://x', events: [everything]}", "events"),
        ("{name: a, to: webhook, url: 'https://x', schedules: [nightly]}", "nightly"),
    ],
)
def test_what_cannot_be_used_is_refused_and_no_secret_told(channel, says):
    with pytest.raises(ConfigError, match=says) as told:
        read(channel)

    assert "abc" not in str(told.value)
    assert "pw@" not in str(told.value)


def test_secrets_are_filled_in_when_a_message_is_sent_and_not_before():
    config = read(
        "{name: a, to: dingtalk, url: 'https://x/${TOKEN}', secret: '${S}'}", {"TOKEN": "t", "S": "s"}
    )
    (channel,) = config.notify

    assert channel.url == "https://x/${TOKEN}"
    assert variables_of(channel) == {"TOKEN", "S"}
    assert Secrets({"TOKEN": "t0"}).fill(channel.url) == "https://x/t0"
    assert "TOKEN" not in repr(channel)


def test_a_scan_does_not_need_the_secrets_of_notifications():
    assert read("{name: a, to: wecom, url: 'https://x/${NOT_SET}'}").notify


def test_a_variable_that_is_missing_is_found_before_a_message_is_lost():
    (channel,) = read("{name: ops, to: wecom, url: 'https://x/${NOT_SET}'}").notify

    with pytest.raises(ConfigError, match="'ops' uses \\$\\{NOT_SET\\}"):
        Secrets({}).require(channel)
