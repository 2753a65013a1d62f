"""A scheduler put together from a configuration, and its loop."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scanner.config import ScanConfig
from scanner.config.channels import Secrets
from scanner.digests.keys import load_key
from scanner.result import Result
from scanner.running.surroundings import now
from scanner.schedule.desk import Desk
from scanner.schedule.errors import ScheduleError, Stopped
from scanner.schedule.lease import Lease
from scanner.schedule.metrics.serving import Metrics
from scanner.schedule.outbox import Outbox
from scanner.schedule.planning import Planned, plan
from scanner.schedule.records import Ended, Records
from scanner.schedule.scanning import SlotScan
from scanner.schedule.scheduler import Scheduler
from scanner.schedule.stopping import StopSignal
from scanner.state import StateFolder, StateInUse
from scanner.store import History

STATE = "pandian-state"
POLL = 5.0  # seconds between looks at whether another process is done


def with_state(settings: ScanConfig, home: Path) -> ScanConfig:
    """Return the configuration with a state folder: without one nothing survives a kill."""
    return settings.with_state(settings.state.folder or home / STATE)


def planned_of(settings: ScanConfig, only: Collection[str]) -> list[Planned]:
    """Return the schedules of a configuration, or those of ``only``.

    Raises:
        ScheduleError: There are none, or one that is named is not there.
    """
    there = {schedule.name: schedule for schedule in settings.schedules}
    if not there:
        raise ScheduleError(
            "The configuration has no schedules. Add for example 'schedules: [{name: nightly, cron: "
            '"30 2 * * *", time_zone: Asia/Shanghai}]\' (docs/schedules.md).'
        )
    if unknown := [name for name in only if name not in there]:
        raise ScheduleError(f"There is no schedule {unknown[0]!r}. There are: {', '.join(there)}.")
    salt = "\n".join((settings.organization_name, *(source.name for source in settings.sources)))
    return [plan(schedule, salt) for name, schedule in there.items() if not only or name in only]


def records_of(settings: ScanConfig) -> Records:
    """Return what is known of schedules."""
    return Records(_folder(settings) / "records")


def _folder(settings: ScanConfig) -> Path:
    return Path(str(settings.state.folder)) / "schedules"


def _make_state(settings: ScanConfig, environment: Mapping[str, str]) -> None:
    """Make the state folder if it is not there.

    Raises:
        StateError: It is of another key or version, or cannot be made.
    """
    key = load_key(Path(settings.key_file) if settings.key_file else None, environment, lasting=True)
    with suppress(StateInUse), StateFolder(Path(str(settings.state.folder)), key):
        pass  # that somebody scans is no fault


@dataclass(kw_only=True)
class Service:
    """Schedules at work.

    Attributes:
        metrics_file: Where metrics are written, if anywhere.
    """

    scheduler: Scheduler
    stop: StopSignal
    metrics: Metrics
    metrics_file: Path | None

    def run_forever(self) -> None:
        """Run schedules until asked to stop."""
        self._start()
        while not self.stop.requested:
            busy = self.scheduler.run_due() is None
            self.show()
            self._sleep(busy=busy)

    def run_once(self) -> list[Ended]:
        """Run what is due, with its retries, and return how each slot ended."""
        self._start()
        ended: list[Ended] = []
        while not self.stop.requested:
            found = self.scheduler.run_due()
            ended += found or []
            self.show()
            if found is not None and not self.scheduler.pending():
                return ended
            self._sleep(busy=found is None)
        raise Stopped

    def show(self) -> None:
        """Write the metrics; a file that cannot be written stops no scan."""
        if self.metrics_file:
            try:
                self.metrics.write(self.metrics_file)
            except ScheduleError as error:
                self.scheduler.say(str(error))

    def _start(self) -> None:
        self.scheduler.register()
        if self.metrics_file:
            self.metrics.write(self.metrics_file)

    def _sleep(self, *, busy: bool) -> None:
        self.stop.wait(POLL if busy else self.scheduler.wait().total_seconds())


def build(  # noqa: PLR0913 -- what the command hands in
    settings: ScanConfig,
    home: Path,
    environment: Mapping[str, str],
    *,
    only: Collection[str],
    once: bool,
    stop: StopSignal,
    judge: Callable[[Planned, Result], int],
    say: Callable[[str], None],
) -> Service:
    """Return the schedules of a configuration in the folder ``home``, ready to run."""
    settings = with_state(settings, home)
    schedules = planned_of(settings, only)
    _make_state(settings, environment)
    records, outbox = records_of(settings), _outbox(settings, environment)
    scheduler = Scheduler(
        schedules=schedules,
        records=records,
        lease=Lease(folder=_folder(settings)),
        scan=SlotScan(settings, environment),
        desk=Desk(
            home=home,
            records=records,
            outbox=outbox,
            settings=settings,
            history=History(settings.store, environment, say),
            clock=now,
            say=say,
        ),
        clock=now,
        stopping=lambda: stop.requested,
        judge=judge,
        say=say,
        once=once,
    )
    file = settings.metrics.file
    metrics = Metrics(schedules=schedules, records=records, outbox=outbox, clock=now)
    service = Service(
        scheduler=scheduler, stop=stop, metrics=metrics, metrics_file=Path(file) if file else None
    )
    scheduler.changed = service.show
    return service


def _outbox(settings: ScanConfig, environment: Mapping[str, str]) -> Outbox:
    """Return the outbox of the channels, whose secrets must all be there."""
    secrets = Secrets(environment)
    for channel in settings.notify:
        secrets.require(channel)
    return Outbox(_folder(settings) / "outbox.json", settings.notify, secrets)
