"""systemd: a service and a timer for each schedule; see systemd.timer(5) and systemd.exec(5)."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.config.cron import parse_cron
from scanner.config.schedules import ScheduleConfig
from scanner.schedule.units import Job, UnitFile, plain_name
from scanner.schedule.units.oncalendar import on_calendar

SECRETS = "/etc/pandian/secrets.env"


def files(job: Job) -> list[UnitFile]:
    """Return service and timer of every schedule."""
    return [file for schedule in job.schedules for file in _pair(schedule, job)]


def _pair(schedule: ScheduleConfig, job: Job) -> Iterator[UnitFile]:
    yield UnitFile(f"{plain_name(schedule.name)}.service", _service(schedule, job))
    yield UnitFile(f"{plain_name(schedule.name)}.timer", _timer(schedule))


def _service(schedule: ScheduleConfig, job: Job) -> str:
    home = job.config.parent
    wanted = ", ".join(job.variables) or "none; PANDIAN_KEY if there is no key file"
    return f"""\
[Unit]
Description=Pandian scan {schedule.name}
Documentation=man:systemd.service(5)
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={" ".join(_quoted(word) for word in job.command(schedule))}
# User=pandian
# Secrets stand in this file as NAME=value, mode 0600: {wanted}.
EnvironmentFile=-{SECRETS}
# A scan that is killed goes on; one that ends with an exit code has said its word.
Restart=on-abnormal
RestartSec=60
# SIGTERM lets it stop at a safe point.
TimeoutStopSec=120
SuccessExitStatus=143
KillMode=mixed
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=full
# State and reports are written beside the configuration.
ReadWritePaths={_quoted(str(home))}
UMask=0077
Nice=10
IOSchedulingClass=idle
"""


def _timer(schedule: ScheduleConfig) -> str:
    events = on_calendar(parse_cron(schedule.cron), schedule.time_zone)
    lines = "\n".join(f"OnCalendar={event}" for event in events)
    return f"""\
[Unit]
Description=Pandian scan {schedule.name}: {schedule.cron} {schedule.time_zone}

[Timer]
{lines}
# A slot that was missed while the machine was down runs at the next start.
Persistent={"yes" if schedule.catch_up else "no"}
AccuracySec=1s
# The delay of 'jitter' is waited for by the service.
RandomizedDelaySec=0

[Install]
WantedBy=timers.target
"""


def _quoted(word: str) -> str:
    """Return a word of a command as systemd reads it back."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if any(c in word for c in " \t\"'\\;") else escaped
