"""Units for what runs schedules elsewhere: one file a target, ``files(job)`` returns what to install. Pure.

Every unit calls ``pandian schedule --once --only NAME``, which knows what was done, so that a timer that
fires twice, late or after a kill does no harm. No secret is written out: units name where it comes from.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from scanner.config.cron import Cron, parse_cron
from scanner.config.schedules import ScheduleConfig

# For expressions that a target does not know: ``--once`` does nothing until a slot has come.
EVERY_TEN_MINUTES = "*/10 * * * *"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a unit runs.

    Attributes:
        program: Path of ``pandian``.
        config: Path of the configuration; its folder takes state and reports.
        variables: Environment variables that the configuration takes secrets from.
        image: Of a container with ``pandian`` in it.
    """

    schedules: Sequence[ScheduleConfig]
    program: Path
    config: Path
    variables: Sequence[str]
    image: str

    def command(self, schedule: ScheduleConfig) -> list[str]:
        """Return the command that runs what is due of a schedule."""
        return [
            str(self.program),
            "schedule",
            "--config",
            str(self.config),
            "--once",
            "--only",
            schedule.name,
        ]


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A file of a unit."""

    name: str
    text: str


def unit_files(target: str, job: Job) -> list[UnitFile]:
    """Return the files that install ``job``; ``target`` is a module of this folder, such as ``systemd``."""
    made: list[UnitFile] = import_module(f"{__name__}.{target}").files(job)
    return made


def plain_name(schedule: str) -> str:
    """Return a name of at most 52 lower case letters, digits and ``-``, another for each schedule.

    >>> plain_name("nightly"), plain_name("Nightly_1")
    ('pandian-nightly', 'pandian-nightly-1-f314')
    """
    plain = re.sub(r"[^a-z0-9]+", "-", schedule.lower()).strip("-")[:38].rstrip("-")
    if plain == schedule:
        return f"pandian-{plain}"
    digest = hashlib.sha256(schedule.encode()).hexdigest()[:4]
    return f"pandian-{plain}-{digest}" if plain else f"pandian-{digest}"


def portable(schedule: ScheduleConfig) -> str | None:
    """Return the expression as every cron reads it, or None where only some do.

    ``L``, ``LW`` and ``MON#1`` are extensions; and where day and weekday are both restricted, crons differ on
    whether both must fit or one is enough, if one of them has a ``*``.

    >>> portable(ScheduleConfig(name="a", cron="0 2 * * 7"))
    '0 2 * * 0'
    >>> portable(ScheduleConfig(name="a", cron="0 2 L * *")) is None
    True
    """
    cron = parse_cron(schedule.cron)
    days, weekdays = _listed(cron.days, range(1, 32)), _weekdays(cron)
    if days is None or weekdays is None or (cron.both and "*" not in (days, weekdays)):
        return None
    minutes, hours = _listed(cron.minutes, range(60)), _listed(cron.hours, range(24))
    return f"{minutes} {hours} {days} {_listed(cron.months, range(1, 13))} {weekdays}"


def _listed(numbers: frozenset[int], every: range) -> str | None:
    if not numbers <= set(every):
        return None
    return "*" if numbers == set(every) else ",".join(map(str, sorted(numbers)))


def _weekdays(cron: Cron) -> str | None:
    if not all(isinstance(day, int) for day in cron.weekdays):
        return None
    return _listed(frozenset(day % 7 for day in cron.weekdays if isinstance(day, int)), range(7))
