"""The scan of a slot, and its reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scanner import report
from scanner.config import ScanConfig
from scanner.result import Result
from scanner.running.configured import Request, run_configured
from scanner.running.progress import shown
from scanner.running.surroundings import now
from scanner.schedule.files import replace_text
from scanner.schedule.planning import Planned
from scanner.schedule.records import Attempt


@dataclass(frozen=True, slots=True)
class SlotScan:
    """Scans for slots as a configuration says."""

    settings: ScanConfig
    environment: Mapping[str, str]

    def __call__(self, planned: Planned, attempt: Attempt, check: Callable[[], None]) -> Result:
        """Scan; what an earlier attempt had finished is taken from the state."""
        with shown() as draw:

            def progress(doing: str, done: int, total: int | None) -> None:
                check()
                draw(doing, done, total)

            result, _ = run_configured(
                chosen(self.settings, planned),
                _request(self.settings, planned, attempt),
                self.environment,
                progress=progress,
                clock=_from(attempt.started),
            )
        return result


def chosen(settings: ScanConfig, planned: Planned) -> ScanConfig:
    """Return the configuration with the sources of a schedule only."""
    wanted = planned.config.sources
    kept = tuple(source for source in settings.sources if not wanted or source.name in wanted)
    changed: ScanConfig = settings.model_copy(update={"sources": kept})
    return changed


def _request(settings: ScanConfig, planned: Planned, attempt: Attempt) -> Request:
    asked = planned.config
    return Request(
        as_of=settings.as_of or attempt.as_of,
        sample_rows=asked.sample_rows,
        seed=asked.seed,
        count=asked.count,
        resume=attempt.begun > 1,
    )


def _from(started: dt.datetime) -> Callable[[], dt.datetime]:
    """Return a clock that first tells when the slot was begun, so that a scan that goes on keeps its id."""
    told = iter([started])
    return lambda: next(told, None) or now()


def write_reports(result: Result, planned: Planned, folder: Path) -> None:
    """Write the reports of a scan; a reader sees each as a whole.

    Raises:
        ScheduleError: They cannot be written.
    """
    for name in planned.config.formats:
        text = report.render(name, result, planned.config.lang)
        replace_text(folder / report.file_name(name), text, mode=0o644)
