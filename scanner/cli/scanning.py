"""The steps of a command that scans: settings, run, reports."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scanner.cli.files import write_whole, writing
from scanner.cli.options import Language, names_in, parse_date
from scanner.cli.problems import UsageProblem
from scanner.cli.sketches import write_sketches
from scanner.running.surroundings import language, today

if TYPE_CHECKING:
    from scanner.config import ScanConfig
    from scanner.result import PartsResult, Result
    from scanner.stages.underway import Options


def settings_of(
    urls: list[str],
    path: Path | None,
    types: Sequence[Path] = (),
    state: Path | None = None,
    review: Path | None = None,
) -> ScanConfig:
    """Return the settings of --config, if given, with what is named on the command line."""
    from scanner.config import load_config, without_file
    from scanner.sources import name_sources

    if path is None:
        settings = without_file(name_sources(urls))
    else:
        settings = load_config(path, os.environ)
        given = name_sources(urls, taken=[source.name for source in settings.sources])
        settings = settings.with_sources(given)
    if not settings.sources:
        raise UsageProblem("There is nothing to scan. Name a SOURCE, or sources in the file of --config.")
    own: ScanConfig = settings.model_copy(update={"types": (*settings.types, *map(str, types))})
    return own.with_state(state).with_review(review)


def limited(settings: ScanConfig, memory: str | None, spill: Path | None, threads: int | None) -> ScanConfig:
    """Return the settings with the limits of the command line, which win."""
    given = {"memory": memory, "spill": str(spill) if spill else None, "threads": threads}
    changed: ScanConfig = settings.model_copy(update={k: v for k, v in given.items() if v is not None})
    return changed


def day_of(as_of: str | None, settings: ScanConfig) -> dt.date:
    """Return the day of a scan: that of the command line, else of the configuration, else today."""
    return parse_date(as_of) or settings.as_of or today()


def run_scan(settings: ScanConfig, options: Options, sketches: Path | None = None) -> Result:
    """Scan under the user's key, with progress on standard error; write what was sketched to a file."""
    from scanner.machine.allocation import keep_freed_memory
    from scanner.running.configured import run_configured
    from scanner.running.progress import shown

    if settings.memory is None:
        keep_freed_memory()
    with shown() as progress:
        result, census = run_configured(settings, options, os.environ, progress=progress)
    if sketches is not None:
        write_sketches(census, sketches)
    return result


def wanted_formats(formats: str) -> tuple[str, ...]:
    """Return the report formats named, each once; one that does not exist is a ``UsageProblem``."""
    from scanner import report

    wanted = names_in(formats)
    unknown = [name for name in wanted if name not in report.formats()]
    if unknown or not wanted:
        named = unknown[0] if unknown else ""
        raise UsageProblem(f"--format: no report format '{named}'. There are: {', '.join(report.formats())}.")
    return wanted


def prepare(output: Path) -> None:
    """Find out before the scan, and not after it, that reports cannot be written."""
    with writing(f"--output {output}"):
        output.mkdir(parents=True, exist_ok=True)
        probe = output / ".pandian-write-test"
        probe.write_bytes(b"")
        probe.unlink()


def deliver(result: Result, output: Path, wanted: Iterable[str], lang: Language) -> None:
    """Write the reports, and the summary to standard output."""
    from scanner import report
    from scanner.report import terminal

    for name in wanted:
        path = output / report.file_name(name)
        write_whole(path, report.render(name, result, lang.value))
        typer.echo(f"Wrote {path}", err=True)
    if result.scan.parts:
        typer.echo(parts_line(result.scan.parts), err=True)
    for limit in result.scan.limits:
        typer.echo(f"Limit: {limit}", err=True)
    tongue = lang.value if lang is not Language.BOTH else language(os.environ)
    summary = terminal.render(result, lang=tongue, width=terminal_width(), color=colored())
    typer.echo(summary)


def parts_line(parts: PartsResult) -> str:
    """Say how much of a scan came from the state."""
    left = f", {parts.gone} no longer there but sent abroad" if parts.gone else ""
    forgotten = f", {parts.forgotten} forgotten" if parts.forgotten else ""
    return f"Parts: {parts.read} read, {parts.from_state} from the state{left}{forgotten}."


def colored() -> bool:
    """Return whether standard output shows colors."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def terminal_width() -> int:
    """Return the width of standard output in cells; 100 where it is no terminal."""
    try:
        return max(60, min(os.get_terminal_size().columns, 140))
    except OSError:
        return 100
