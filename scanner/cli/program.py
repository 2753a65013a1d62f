"""The program: its commands, and how it fails.

Each module of ``commands`` is a command of its name (``-`` for ``_``): ``command``, a function, or ``app``, a
group of them.
"""

from __future__ import annotations

import os
import pkgutil
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer

from scanner.cli import commands
from scanner.cli.exits import CANNOT_RUN, INTERRUPTED, OK
from scanner.cli.problems import UsageProblem
from scanner.cli.usage import WRONG_USAGE, complete_help, told
from scanner.running.surroundings import use_small_pages

app = typer.Typer(
    name="pandian",
    help="Find personal information, count natural persons, test Chinese regulatory thresholds.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"pandian {version('pandian')}")
        raise typer.Exit


@app.callback()
def _program(
    asked: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def _add_commands() -> None:
    for found in pkgutil.iter_modules(commands.__path__):
        module = import_module(f"{commands.__name__}.{found.name}")
        name = found.name.replace("_", "-")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(module.command)


_add_commands()


def run() -> None:
    """Run the command and exit; failures are one paragraph and exit code 2.

    Of a failure that nobody expected only kind and place are said, since what libraries say may quote values.
    With ``PANDIAN_TRACEBACK`` in the environment, everything is.
    """
    use_small_pages(os.environ)
    command = typer.main.get_command(app)
    complete_help(command)
    try:
        code = command(standalone_mode=False) or OK
    except WRONG_USAGE as error:
        typer.echo(told(error), err=True)
        sys.exit(CANNOT_RUN)
    except typer.Abort:
        sys.exit(CANNOT_RUN)
    except Exception as error:
        if os.environ.get("PANDIAN_TRACEBACK"):
            raise
        typer.echo(f"Error: {_told(error)}", err=True)
        sys.exit(CANNOT_RUN)
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    sys.exit(code)


def _told(error: Exception) -> str:
    if isinstance(error, _expected_failures()):
        return str(error)
    from scanner.stages.underway import unexpected

    return f"The command was {unexpected(error)}. PANDIAN_TRACEBACK=1 shows all, which may quote values."


def _expected_failures() -> tuple[type[Exception], ...]:
    from connectors import ConnectorError
    from scanner.catalogue import ExportError
    from scanner.config import ConfigError
    from scanner.digests.keys import KeyUnusable
    from scanner.forms import FormsMissing
    from scanner.machine.spill import MemoryUnusable, SpillFull
    from scanner.pipeline import NothingScanned
    from scanner.rules import FactsError, RulePackError
    from scanner.schedule.errors import ScheduleError
    from scanner.state import StateError
    from scanner.store import StoreError

    return (
        ConnectorError,
        ConfigError,
        ExportError,
        FactsError,
        FormsMissing,
        KeyUnusable,
        MemoryUnusable,
        NothingScanned,
        RulePackError,
        ScheduleError,
        SpillFull,
        StateError,
        StoreError,
        UsageProblem,
    )
