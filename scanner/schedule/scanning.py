"""The scan of a slot, and its reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scanner import report
from scanner.config import ScanConfig
from scanner.result import Result
from scanner.running.configured import run_configured
from scanner.running.progress import shown
from scanner.running.surroundings import now
from scanner.schedule.files import replace_text
from scanner.schedule.planning import Planned
from scanner.schedule.records import Attempt
from scanner.stages.underway import Options


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
                _options(self.settings, planned, attempt),
                self.environment,
                progress=progress,
                clock=_from(attempt.started),
            )
        return result


def chosen(settings: ScanConfig, planned: Planned) -> ScanConfig:
    """Return the configuration with the sources of a schedule, and what is known of their tables, only."""
    wanted = planned.config.sources
    if not wanted:
        return settings
    kept = tuple(source for source in settings.sources if source.name in wanted)
    left = [source.name for source in settings.sources if source.name not in wanted]
    tables = tuple(t for t in settings.tables if _is_in(t.dataset, wanted) or not _is_in(t.dataset, left))
    changed: ScanConfig = settings.model_copy(update={"sources": kept, "tables": tables})
    return changed


def _is_in(dataset: str, sources: Iterable[str]) -> bool:
    return any(dataset == name or dataset.startswith(f"{name}/") for name in sources)


def _options(settings: ScanConfig, planned: Planned, attempt: Attempt) -> Options:
    asked = planned.config
    return Options(
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
