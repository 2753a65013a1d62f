"""What ``schedules:`` of ``pandian.yaml`` holds. See docs/schedules.md."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AliasChoices, BeforeValidator, Field, field_validator

from scanner.config.cron import CronUnusable, parse_cron
from scanner.user_files.documents import Model

_SPAN = re.compile(r"(\d+)\s*(s|m|h|d)?")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


def parse_span(text: object) -> object:
    """Return the length that ``90s``, ``10m``, ``2h`` or ``1d`` names; a number alone is seconds.

    >>> parse_span("10m")
    datetime.timedelta(seconds=600)
    """
    if isinstance(text, timedelta):
        return text
    found = _SPAN.fullmatch(str(text).strip())
    if found is None:
        raise ValueError("a length of time is written as 90s, 10m, 2h or 1d")
    return timedelta(seconds=int(found[1]) * _SECONDS[found[2] or "s"])


Span = Annotated[timedelta, BeforeValidator(parse_span)]


class ScheduleConfig(Model):
    """When to scan what.

    Attributes:
        name: Of the schedule; reports, metrics and notifications carry it.
        cron: Five fields (minute, hour, day, month, weekday), or ``@daily`` and its like.
        time_zone: In which ``cron`` is read and "today" is taken, such as ``Asia/Shanghai``.
        jitter: The scan starts up to so much later than its slot; always the same for one slot.
        catch_up: Whether a slot that was missed runs, once, as soon as it can.
        sources: Names of the sources that are scanned; none: all of the configuration.
        retries: How often a scan that could not run is tried again for the same slot.
        retry_after: Time before the first of these tries; it doubles with each.
        output: Folder of the reports, beside the configuration; default: ``pandian-out/NAME``.
        fail_on: As ``--fail-on`` of a scan; decides the exit code of ``--once``.
    """

    name: str = Field(min_length=1, max_length=80, pattern=r"^[\w][\w.-]*$")
    cron: str
    time_zone: str = Field(default="UTC", validation_alias=AliasChoices("time_zone", "timezone"))
    jitter: Span = timedelta()
    catch_up: bool = True
    sources: tuple[str, ...] = ()
    retries: int = Field(default=2, ge=0, le=20)
    retry_after: Span = timedelta(minutes=5)
    output: str | None = None
    formats: tuple[str, ...] = ("json", "html")
    lang: Literal["both", "zh", "en"] = "both"
    count: Literal["exact", "sketch", "none"] = "exact"
    sample_rows: int = Field(default=2_000, ge=1)
    seed: int = 0
    fail_on: Literal["met", "undetermined", "important", "pi"] | None = None

    @field_validator("cron")
    @classmethod
    def _cron_is_read(cls, text: str) -> str:
        try:
            parse_cron(text)
        except CronUnusable as error:
            raise ValueError(str(error)) from None
        return text

    @field_validator("time_zone")
    @classmethod
    def _zone_is_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"there is no time zone {name!r}; write it as Asia/Shanghai or UTC") from None
        return name

    @property
    def expression(self) -> str:
        """Return the five fields of ``cron``."""
        return parse_cron(self.cron).text

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class MetricsConfig(Model):
    """Where ``pandian schedule`` shows Prometheus what it did.

    Attributes:
        file: For node_exporter's textfile collector, ``*.prom``, beside the configuration.
        port: Of ``/metrics`` over HTTP; 0 takes a free one.
        host: Address that is listened on.
    """

    file: str | None = None
    port: int | None = Field(default=None, ge=0, le=65_535)
    host: str = "127.0.0.1"
