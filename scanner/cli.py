"""The command line: arguments in, exit code out. Nothing is decided here.

Exit codes: 0 done; 1 done, and ``--fail-on`` was reached; 2 could not run; 3 ran, but something could not be
read. 3 wins over 1, since a partial scan cannot vouch for the rest.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from scanner.config import ScanConfig
    from scanner.result import Result

OK, REACHED, CANNOT_RUN, INCOMPLETE = 0, 1, 2, 3

app = typer.Typer(
    name="pandian",
    help="Find personal information, count natural persons, test Chinese regulatory thresholds.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class CountMode(StrEnum):
    """How people are counted."""

    EXACT = "exact"
    NONE = "none"


class Engine(StrEnum):
    """Where a scan runs."""

    LOCAL = "local"


class FailOn(StrEnum):
    """What makes a complete scan exit with 1."""

    MET = "met"
    UNDETERMINED = "undetermined"
    IMPORTANT = "important"
    PI = "pi"


class Language(StrEnum):
    """Language of reports."""

    BOTH = "both"
    ZH = "zh"
    EN = "en"


class OutputFormat(StrEnum):
    """Format of an assessment."""

    TEXT = "text"
    JSON = "json"


Output = Annotated[Path, typer.Option("--output", help="Folder for the reports.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Day of ages, windows and rules; today.")
]
Lang = Annotated[Language, typer.Option("--lang", help="Language of the reports.")]
Formats = Annotated[
    str, typer.Option("--format", help="Reports to write, separated by commas: json, html, text.")
]


def main() -> None:
    """Run the command and exit; expected failures are one paragraph and exit code 2."""
    try:
        app()
    except Exception as error:
        if not isinstance(error, _expected_failures()):
            raise
        typer.echo(f"Error: {error}", err=True)
        sys.exit(CANNOT_RUN)
    except KeyboardInterrupt:
        typer.echo("Error: interrupted; nothing was written.", err=True)
        sys.exit(CANNOT_RUN)


def _expected_failures() -> tuple[type[Exception], ...]:
    from connectors import ConnectorError
    from scanner.config import ConfigError
    from scanner.keys import KeyUnusable
    from scanner.pipeline import NothingScanned
    from scanner.rules import FactsError, RulePackError

    return ConnectorError, ConfigError, FactsError, KeyUnusable, NothingScanned, RulePackError, UsageProblem


class UsageProblem(Exception):
    """Arguments that cannot be used; the message says which and what to do."""


# ---------------------------------------------------------------------- commands
@app.command()
def scan(  # noqa: PLR0913, PLR0917 -- one parameter an option
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]...", help="SQLAlchemy URL, path or glob.")
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Configuration file, pandian.yaml.")] = None,
    output: Output = Path("pandian-out"),
    as_of: AsOf = None,
    sample_rows: Annotated[
        int, typer.Option("--sample-rows", min=1, help="Rows of a table looked at for tags.")
    ] = 2_000,
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same sample.")] = 0,
    count: Annotated[
        CountMode, typer.Option("--count", help="Count people, or find columns only.")
    ] = CountMode.EXACT,
    engine: Annotated[Engine, typer.Option("--engine", help="Where the scan runs.")] = Engine.LOCAL,
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help="Exit 1 when this is found.")] = None,
    formats: Formats = "json,html",
    lang: Lang = Language.BOTH,
) -> None:
    """Scan SOURCEs (and those of --config) and write reports to --output."""
    del engine
    settings = _settings(sources or [], config)
    wanted = _wanted(formats)
    _prepare(output)
    result = _run(settings, as_of, sample_rows, seed, count)
    _deliver(result, output, wanted, lang)
    raise typer.Exit(exit_code(result, fail_on))


@app.command()
def demo(
    output: Output = Path("pandian-demo"),
    persons: Annotated[int, typer.Option("--persons", min=100, help="Generated people.")] = 120_000,
    lang: Lang = Language.BOTH,
) -> None:
    """Build the embedded demo warehouse (generated people) and scan it."""
    from scanner.config import load_config
    from scanner.demo import build
    from scanner.progress import shown

    _prepare(output)
    with shown() as progress:
        build(output / "warehouse", persons=persons, progress=lambda doing, _share: progress(doing, 0, None))
    config = load_config(output / "warehouse" / "pandian.yaml", os.environ)
    result = _run(config, None, 2_000, 0, CountMode.EXACT)
    _deliver(result, output, ("html", "json"), lang)
    raise typer.Exit(exit_code(result, None))


@app.command()
def assess(
    facts: Annotated[Path, typer.Argument(metavar="FACTS.yaml", help="Facts file; see docs/facts.md.")],
    as_of: AsOf = None,
    output_format: Annotated[
        OutputFormat, typer.Option("--format", help="Format of the answer.")
    ] = OutputFormat.TEXT,
    drafts: Annotated[bool, typer.Option("--drafts", help="Also say what drafts would have said.")] = False,
    lang: Lang = Language.EN,
) -> None:
    """Evaluate the rules alone, on declared or counted facts."""
    from scanner import rules
    from scanner.rules import FactsError

    try:
        text = facts.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        raise UsageProblem(f"{facts}: cannot be read ({reason}). Name an existing facts file.") from error
    try:
        loaded = rules.load_facts(text)
    except FactsError as error:
        raise FactsError(f"{facts}: {error}") from error
    day = _date(as_of) or loaded.as_of or dt.datetime.now(tz=dt.UTC).date()
    assessment = rules.assess(loaded, day, include_drafts=drafts)
    if output_format is OutputFormat.JSON:
        typer.echo(json.dumps(rules.to_dict(assessment), ensure_ascii=False, indent=1))
    else:
        typer.echo(rules.render_text(assessment, lang.value))


@app.command()
def types() -> None:
    """List the PI types that are found."""
    from classifiers.taxonomy import pi_types

    for pi_type in pi_types().values():
        flags = " ".join(filter(None, (pi_type.group, pi_type.category, pi_type.strength)))
        typer.echo(f"{pi_type.id:22} {pi_type.presidio_entity:26} {pi_type.zh} / {pi_type.en}  ({flags})")


@app.command()
def rules(
    lang: Annotated[Language, typer.Option("--lang", help="Language of the titles.")] = Language.EN,
) -> None:
    """List the rule packs and their rules."""
    from scanner.rules import load_packs

    for loaded in load_packs():
        pack = loaded.pack
        typer.echo(f"{pack.id}  {pack.version}  {pack.status}")
        for rule in pack.rules:
            title = rule.title.zh if lang is Language.ZH else rule.title.en
            typer.echo(f"  {rule.id:28} art. {rule.article}: {title}")


# ---------------------------------------------------------------------- steps
def _settings(urls: list[str], path: Path | None) -> ScanConfig:
    from scanner.config import load_config, without_file
    from scanner.sources import name_sources

    if path is None:
        settings = without_file(name_sources(urls))
    else:
        settings = load_config(path, os.environ)
        given = name_sources(urls, taken=[source.name for source in settings.sources])
        settings = settings.model_copy(update={"sources": (*settings.sources, *given)})
    if not settings.sources:
        raise UsageProblem("There is nothing to scan. Name a SOURCE, or sources in the file of --config.")
    checked: ScanConfig = settings
    return checked


def _run(settings: ScanConfig, as_of: str | None, sample_rows: int, seed: int, count: CountMode) -> Result:
    from classifiers.taxonomy import pi_types
    from scanner.config import load_review
    from scanner.keys import load_key
    from scanner.pipeline import Options, run
    from scanner.progress import shown
    from scanner.reader import LazyReader

    day = _date(as_of) or settings.as_of or dt.datetime.now(tz=dt.UTC).date()
    review = load_review(Path(settings.review), pi_types()) if settings.review else {}
    key = load_key(Path(settings.key_file) if settings.key_file else None, os.environ)
    options = Options(as_of=day, sample_rows=sample_rows, seed=seed, count=count.value, review=review)
    with shown() as progress:
        return run(settings, options, key, clock=_now, reader=LazyReader(), progress=progress)


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageProblem(f"--as-of {text!r} is no date. Write it as 2026-11-22.") from None


def _wanted(formats: str) -> tuple[str, ...]:
    from scanner import report

    wanted = tuple(dict.fromkeys(name.strip() for name in formats.split(",") if name.strip()))
    unknown = [name for name in wanted if name not in report.formats()]
    if unknown or not wanted:
        named = unknown[0] if unknown else ""
        raise UsageProblem(f"--format: no report format '{named}'. There are: {', '.join(report.formats())}.")
    return wanted


def _prepare(output: Path) -> None:
    """Find out before the scan, and not after it, that reports cannot be written."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        probe = output / ".pandian-write-test"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise UsageProblem(
            f"--output {output}: reports cannot be written there ({error.strerror}). "
            "Name a folder that you may write to."
        ) from error


def _deliver(result: Result, output: Path, wanted: Iterable[str], lang: Language) -> None:
    from scanner import report
    from scanner.report import terminal

    for name in wanted:
        path = output / report.file_name(name)
        path.write_text(report.render(name, result, lang.value), encoding="utf-8")
        typer.echo(f"Wrote {path}", err=True)
    for limit in result.scan.limits:
        typer.echo(f"Limit: {limit}", err=True)
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    typer.echo(terminal.render(result, lang=_terminal_language(lang), width=_width(), color=color))


def _terminal_language(lang: Language) -> str:
    if lang is not Language.BOTH:
        return lang.value
    return "zh" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("zh") else "en"


def _width() -> int:
    try:
        return max(60, min(os.get_terminal_size().columns, 140))
    except OSError:
        return 100


def exit_code(result: Result, fail_on: FailOn | None) -> int:
    """Return the exit code of a finished scan."""
    if not result.complete:
        return INCOMPLETE
    return REACHED if fail_on is not None and _reached(result, fail_on) else OK


def _reached(result: Result, fail_on: FailOn) -> bool:
    verdicts = {finding.verdict for finding in result.findings}
    grades = {dataset.grade.level for dataset in result.datasets}
    columns = (c for dataset in result.datasets for table in dataset.tables for c in table.columns)
    return {
        FailOn.MET: "met" in verdicts,
        FailOn.UNDETERMINED: bool(verdicts & {"met", "undetermined"}),
        FailOn.IMPORTANT: bool(grades & {"important", "core"}),
        FailOn.PI: any(tag.decision != "rejected" for column in columns for tag in column.tags),
    }[fail_on]
