"""crontab: a line for each schedule; see crontab(5)."""

from __future__ import annotations

import shlex

from scanner.config.schedules import ScheduleConfig
from scanner.schedule.units import EVERY_TEN_MINUTES, Job, UnitFile, portable

SECRETS = "/etc/pandian/secrets.env"


def files(job: Job) -> list[UnitFile]:
    """Return one file for ``crontab FILE``."""
    wanted = ", ".join(job.variables) or "none; PANDIAN_KEY if there is no key file"
    lines = [
        "# Install with: crontab FILE",
        f"# Secrets stand in {SECRETS} as NAME=value, mode 0600: {wanted}.",
        "# CRON_TZ is known to cronie (RHEL, openEuler, Arch). Debian's cron reads times in the zone of the",
        f"# machine: there write {EVERY_TEN_MINUTES} instead; --once does nothing until a slot has come.",
        "SHELL=/bin/sh",
    ]
    return [
        UnitFile("pandian.crontab", "\n".join([*lines, *(_entry(one, job) for one in job.schedules), ""]))
    ]


def _entry(schedule: ScheduleConfig, job: Job) -> str:
    when = portable(schedule)
    why = f"# {schedule.name}: {schedule.cron} {schedule.time_zone}"
    if when is None:
        why += " (not every cron can say this: looked at every ten minutes)"
    command = f"set -a; [ -r {SECRETS} ] && . {SECRETS}; exec {shlex.join(job.command(schedule))}"
    zone = f"CRON_TZ={schedule.time_zone}"
    return f"{why}\n{zone}\n{when or EVERY_TEN_MINUTES} {command.replace('%', chr(92) + '%')}"
