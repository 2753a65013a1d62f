"""The history of scans, as commands use it."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scanner.config import ScanConfig
    from scanner.result import Result
    from scanner.store import HistoryStore


def storing(settings: ScanConfig, place: str | None, *, off: bool) -> ScanConfig:
    """Return the settings with the store of the command line, which wins."""
    given = {"keep": False} if off else {"keep": True, "url": place} if place else {}
    changed: ScanConfig = settings.model_copy(update={"store": settings.store.model_copy(update=given)})
    return changed


def place_of(config: Path | None, store: str | None) -> str | None:
    """Return the store that --store or the configuration names; None is the user's own."""
    from scanner.config import load_config

    return store or (load_config(config, os.environ).store.url if config else None)


def store_of(settings: ScanConfig) -> HistoryStore:
    """Return the store of the settings; StoreError if it cannot be used."""
    from scanner.store import open_store

    return open_store(settings.store.url, os.environ)


def try_store(settings: ScanConfig) -> None:
    """Say before a scan, and not only after it, that it will not be kept."""
    from scanner.store import StoreError

    if settings.store.keep:
        try:
            store_of(settings)
        except StoreError as error:
            typer.echo(f"Warning: {error} The scan goes on, and its reports will be written.", err=True)


def keep_scan(result: Result, settings: ScanConfig) -> None:
    """Keep a finished scan. A store that refuses it loses nothing but its place in the history."""
    from scanner.store import StoreError

    if not settings.store.keep:
        return
    try:
        store = store_of(settings)
        store.keep(result, dt.datetime.now(tz=dt.UTC))
    except StoreError as error:
        typer.echo(f"Not kept in the history: {error} The reports are complete.", err=True)
    else:
        typer.echo(f"Kept as {result.scan.id} in {store.location}", err=True)
