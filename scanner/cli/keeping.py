"""The history of scans, as commands use it."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scanner.running.surroundings import now

if TYPE_CHECKING:
    from scanner.config import ScanConfig
    from scanner.result import Result
    from scanner.store import History


def storing(settings: ScanConfig, place: str | None, *, off: bool) -> ScanConfig:
    """Return the settings with the store of the command line, which wins."""
    if off:
        return settings.with_store(keep=False)
    return settings.with_store(keep=True, url=place) if place else settings


def place_of(config: Path | None, store: str | None) -> str | None:
    """Return the store that --store or the configuration names; None is the user's own."""
    from scanner.config import load_config

    return store or (load_config(config, os.environ).store.url if config else None)


def history_of(settings: ScanConfig) -> History:
    """Return the history in which the settings have a scan kept; what is amiss goes to standard error."""
    from scanner.store import History

    return History(settings.store, os.environ, partial(typer.echo, err=True))


def keep_scan(result: Result, settings: ScanConfig) -> None:
    """Keep a finished scan, and say where it is."""
    store = history_of(settings).keep(result, now())
    if store is not None:
        typer.echo(f"Kept as {result.scan.id} in {store.location}", err=True)
