"""What ``notify:`` of ``pandian.yaml`` holds. Its ``${NAME}`` are replaced when a message is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from scanner.user_files.documents import ConfigError, Model

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SECRET_HEADER = re.compile(r"auth|token|secret|cookie|key", re.IGNORECASE)

# The weightiest first: so they stand in messages, which platforms cut.
Kind = Literal[
    "failed",
    "interrupted",
    "incomplete",
    "recovered",
    "missed",
    "first",
    "line_reached",
    "line_near",
    "line_left",
    "route_changed",
    "grade_changed",
    "new_pi_column",
    "changed_pi_column",
    "vanished_pi_column",
    "count_moved",
    "verdict_changed",
]
USUAL: tuple[Kind, ...] = (
    "first",
    "new_pi_column",
    "line_reached",
    "line_near",
    "grade_changed",
    "incomplete",
    "failed",
    "recovered",
    "interrupted",
    "missed",
)


class _Channel(Model):
    """What every channel has.

    Attributes:
        events: Which news it wants.
        schedules: Of which schedules; none: of all.
        ca_file: Certificates of a private authority, for servers that it vouches for.
    """

    name: str = Field(min_length=1, max_length=80)
    events: tuple[Kind, ...] = USUAL
    schedules: tuple[str, ...] = ()
    lang: Literal["zh", "en", "both"] = "zh"
    ca_file: str | None = None


class _Hook(_Channel):
    url: str = Field(repr=False)
    secret: str | None = Field(default=None, repr=False)

    @field_validator("url")
    @classmethod
    def _is_address(cls, url: str) -> str:
        if not VARIABLE.match(url) and urlsplit(url).scheme not in ("http", "https"):
            raise ValueError("a webhook's address begins with https://")
        if "@" in urlsplit(VARIABLE.sub("", url)).netloc and not VARIABLE.search(url):
            raise ValueError("a password in an address comes from the environment: write it as ${NAME}")
        return url

    @field_validator("secret")
    @classmethod
    def _secret_is_named(cls, secret: str | None) -> str | None:
        return _named(secret)


class WebhookConfig(_Hook):
    """A receiver of JSON; with ``secret`` the body is signed (HMAC-SHA256)."""

    to: Literal["webhook"]
    headers: dict[str, str] = Field(default_factory=dict, repr=False)

    @field_validator("headers")
    @classmethod
    def _headers_name_secrets(cls, headers: dict[str, str]) -> dict[str, str]:
        for name, value in headers.items():
            if _SECRET_HEADER.search(name) and not VARIABLE.search(value):
                raise ValueError(f"the header {name!r} comes from the environment: write it as ${{NAME}}")
        return headers


class _Robot(_Hook):
    @field_validator("url")
    @classmethod
    def _token_is_named(cls, url: str) -> str:
        if not VARIABLE.search(url):
            raise ValueError("the address holds the robot's token: take it from the environment, as ${NAME}")
        return url


class DingTalkConfig(_Robot):
    """A robot of a DingTalk group; ``secret`` where it asks for signatures."""

    to: Literal["dingtalk"]


class WeComConfig(_Robot):
    """A robot of a WeCom group; it knows no signature."""

    to: Literal["wecom"]

    @model_validator(mode="after")
    def _has_no_secret(self) -> WeComConfig:
        if self.secret:
            raise ValueError("WeCom robots know no signature; leave 'secret' out")
        return self


class FeishuConfig(_Robot):
    """A robot of a Feishu (Lark) group; ``secret`` where it asks for signatures."""

    to: Literal["feishu"]


class EmailConfig(_Channel):
    """E-mail by SMTP.

    Attributes:
        security: ``starttls`` (port 587), ``ssl`` (465) or ``none`` (25; without a password only).
    """

    to: Literal["email"]
    host: str
    port: int | None = Field(default=None, ge=1, le=65_535)
    security: Literal["starttls", "ssl", "none"] = "starttls"
    username: str | None = Field(default=None, repr=False)
    password: str | None = Field(default=None, repr=False)
    sender: str
    recipients: tuple[str, ...] = Field(min_length=1)

    @field_validator("password")
    @classmethod
    def _password_is_named(cls, password: str | None) -> str | None:
        return _named(password)

    @model_validator(mode="after")
    def _password_is_kept_secret(self) -> EmailConfig:
        if self.password and self.security == "none":
            raise ValueError("a password is sent over 'starttls' or 'ssl' only")
        return self


ChannelConfig = Annotated[
    WebhookConfig | DingTalkConfig | WeComConfig | FeishuConfig | EmailConfig, Field(discriminator="to")
]


def _named(secret: str | None) -> str | None:
    if secret is not None and not VARIABLE.fullmatch(secret):
        raise ValueError("a secret comes from the environment: write it as ${NAME}")
    return secret


def variables_of(channel: ChannelConfig) -> set[str]:
    """Return the environment variables that a channel names."""
    return set(VARIABLE.findall(channel.model_dump_json()))


class Secrets:
    """Fills in what channels take from the environment."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def fill(self, text: str) -> str:
        """Return the text with every ``${NAME}`` replaced; it must not be printed."""
        return VARIABLE.sub(lambda found: self._environment[found[1]], text)

    def require(self, channel: ChannelConfig) -> None:
        """Find out before a message is lost that a variable is missing.

        Raises:
            ConfigError: One is not set.
        """
        if missing := sorted(variables_of(channel) - self._environment.keys()):
            raise ConfigError(
                f"notify '{channel.name}' uses ${{{missing[0]}}}, but there is no environment variable "
                f"{missing[0]}. Set it."
            )
