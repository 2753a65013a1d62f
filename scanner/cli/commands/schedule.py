"""``pandian schedule``: run the schedules of a configuration, or print units for what runs them elsewhere."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.exits import CANNOT_RUN, INCOMPLETE, OK, REACHED, FailOn, exit_code
from scanner.cli.files import writing
from scanner.cli.options import AnswerFormat
from scanner.cli.problems import UsageProblem

if TYPE_CHECKING:
    from scanner.config import ScanConfig
    from scanner.result import Result
    from scanner.schedule.planning import Planned
    from scanner.schedule.service import Service

app = typer.Typer(help="Run the schedules of a configuration in the foreground, or print units.")

Config = Annotated[Path, typer.Option("--config", help="Configuration file with 'schedules:'.")]
Only = Annotated[
    list[str] | None, typer.Option("--only", metavar="NAME", help="Only this schedule; may be repeated.")
]


@app.callback(invoke_without_command=True)
def run(  # noqa: PLR0913, PLR0917 -- one parameter an option
    context: typer.Context,
    config: Config = Path("pandian.yaml"),
    only: Only = None,
    once: Annotated[
        bool, typer.Option("--once", help="Run what is due, each schedule at most once, and end.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what is due and what comes next; scan nothing.")
    ] = False,
    state: Annotated[
        Path | None, typer.Option("--state", help="Folder of digests and of what schedules did.")
    ] = None,
    metrics_port: Annotated[
        int | None, typer.Option("--metrics-port", min=0, max=65_535, help="Port of /metrics for Prometheus.")
    ] = None,
    metrics_host: Annotated[
        str | None, typer.Option("--metrics-host", help="Address of /metrics; 127.0.0.1 by default.")
    ] = None,
    metrics_file: Annotated[
        Path | None, typer.Option("--metrics-file", help="File for node_exporter's textfile collector.")
    ] = None,
    form: Annotated[
        AnswerFormat, typer.Option("--format", help="Of --dry-run: text or JSON.")
    ] = AnswerFormat.TEXT,
) -> None:
    """Run the schedules of --config until SIGTERM or Ctrl-C; see docs/schedules.md."""
    if context.invoked_subcommand:
        context.obj = config
        return
    settings = _settings(config, state)
    given = {"port": metrics_port, "host": metrics_host, "file": str(metrics_file) if metrics_file else None}
    settings = _with_metrics(settings, {name: value for name, value in given.items() if value is not None})
    if dry_run:
        _show(settings, config.parent, only or [], form)
        return
    raise typer.Exit(_run(settings, config.parent, only or [], once=once))


def _settings(config: Path, state: Path | None) -> ScanConfig:
    from scanner.cli.scanning import settings_of

    return settings_of([], config, state=state)


def _with_metrics(settings: ScanConfig, given: Mapping[str, object]) -> ScanConfig:
    """Return the settings with the metrics of the command line, which win."""
    changed: ScanConfig = settings.model_copy(update={"metrics": settings.metrics.model_copy(update=given)})
    return changed


def _run(settings: ScanConfig, home: Path, only: list[str], *, once: bool) -> int:
    from scanner.schedule import service
    from scanner.schedule.errors import Stopped
    from scanner.schedule.stopping import StopSignal

    stop = StopSignal()
    with stop.installed(), ExitStack() as stack:
        made = service.build(
            settings, home, os.environ, only=only, once=once, stop=stop, judge=_judge, say=_say
        )
        _offer_metrics(made, settings, stack)
        try:
            if once:
                return _worst([end.exit_code for end in made.run_once()])
            _say(f"Running {len(made.scheduler.schedules)} schedules; SIGTERM or Ctrl-C stops.")
            made.run_forever()
        except Stopped:
            made.show()
        _say("Stopped.")
    # A run of what is due that was cut short must not look like one that did it.
    return 128 + stop.number if once else OK


def _offer_metrics(made: Service, settings: ScanConfig, stack: ExitStack) -> None:
    from scanner.schedule.metrics.serving import served

    if settings.metrics.port is not None:
        address = stack.enter_context(served(made.metrics, settings.metrics.host, settings.metrics.port))
        _say(f"Metrics are at {address}")


def _judge(planned: Planned, result: Result) -> int:
    wanted = planned.config.fail_on
    return exit_code(result, FailOn(wanted) if wanted else None)


def _worst(codes: list[int]) -> int:
    return next((code for code in (CANNOT_RUN, INCOMPLETE, REACHED) if code in codes), OK)


def _say(line: str) -> None:
    from scanner.running.surroundings import now

    typer.echo(f"{now():%Y-%m-%dT%H:%M:%SZ} {line}", err=True)


def _show(settings: ScanConfig, home: Path, only: list[str], form: AnswerFormat) -> None:
    from scanner.running.surroundings import now
    from scanner.schedule import service
    from scanner.schedule.outlook import as_text, outlook

    settings = service.with_state(settings, home)
    records, moment = service.records_of(settings), now()
    rows = [outlook(one, records.read(one.name), moment) for one in service.planned_of(settings, only)]
    if form is AnswerFormat.JSON:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        typer.echo("\n".join(as_text(row) for row in rows))


class Target(StrEnum):
    """What runs schedules elsewhere."""

    SYSTEMD = "systemd"
    CRON = "cron"
    KUBERNETES = "kubernetes"
    AIRFLOW = "airflow"


@app.command()
def units(  # noqa: PLR0913, PLR0917 -- one parameter an option
    context: typer.Context,
    target: Annotated[Target, typer.Option("--for", help="What runs the schedules.")],
    config: Annotated[Path | None, typer.Option("--config", help="Configuration with 'schedules:'.")] = None,
    only: Only = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Folder for the files; else printed.")
    ] = None,
    image: Annotated[
        str | None, typer.Option("--image", help="Container image with pandian in it; for kubernetes.")
    ] = None,
    program: Annotated[
        Path | None, typer.Option("--program", help="Path of pandian where the unit runs; default: this one.")
    ] = None,
) -> None:
    """Print units that run the schedules by systemd, cron, Kubernetes or Airflow; nothing is installed."""
    from importlib.metadata import version

    from scanner.schedule.units import Job, unit_files
    from scanner.schedule.units.reading import schedules_and_variables

    named = config or context.obj or Path("pandian.yaml")
    schedules, variables = schedules_and_variables(named, only or [])
    job = Job(
        schedules=schedules,
        program=program or Path(shutil.which("pandian") or Path(sys.executable).with_name("pandian")),
        config=named.resolve(),
        variables=variables,
        image=image or f"pandian:{version('pandian')}",
    )
    for file in unit_files(target.value, job):
        if output is None:
            typer.echo(f"# {'-' * 8} {file.name}\n{file.text}")
        else:
            with writing(f"--output {output}"):
                output.mkdir(parents=True, exist_ok=True)
                (output / file.name).write_text(file.text, encoding="utf-8")
            typer.echo(f"Wrote {output / file.name}", err=True)


@app.command()
def notify(
    context: typer.Context,
    config: Annotated[Path | None, typer.Option("--config", help="Configuration with 'notify:'.")] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAME", help="Only this channel; may be repeated.")
    ] = None,
) -> None:
    """Send a test message to the channels of 'notify:'. Exit code 3: one did not arrive."""
    from scanner.notify.trial import send_trial

    settings = _settings(config or context.obj or Path("pandian.yaml"), None)
    channels = [channel for channel in settings.notify if not only or channel.name in only]
    if not channels or len(channels) < len(set(only or [])):
        there = ", ".join(channel.name for channel in settings.notify) or "none"
        raise UsageProblem(f"There is no such channel to notify. There are: {there}.")
    reasons = {
        channel.name: send_trial(channel, settings.organization_name, os.environ) for channel in channels
    }
    for name, reason in reasons.items():
        typer.echo(f"{name}: {reason or 'arrived'}")
    raise typer.Exit(INCOMPLETE if any(reasons.values()) else OK)
