"""``pandian history``: what is kept, counts over time, and deletion that is asked for by name."""

from __future__ import annotations

import dataclasses
import getpass
import json
import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.keeping import place_of
from scanner.cli.options import (
    PageFile,
    PageFormat,
    PageFormats,
    PageLang,
    StoreConfigFile,
    StorePlace,
    parse_date,
)
from scanner.cli.pages import show_page, write_page
from scanner.cli.problems import UsageProblem
from scanner.running.surroundings import now

if TYPE_CHECKING:
    from scanner.cli.pages import Record, Telling
    from scanner.store import HistoryStore, KeptScan

app = typer.Typer(
    help="List kept scans and plot counts over time against the lines; delete scans.",
    no_args_is_help=False,
    invoke_without_command=True,
)
Reason = Annotated[str, typer.Option("--reason", help="Why; it goes into the log.")]
By = Annotated[str, typer.Option("--by", help="Who deletes; the user of this computer.", show_default=False)]


@app.callback(invoke_without_command=True)
def history(  # noqa: PLR0913, PLR0917 -- one parameter an option
    context: typer.Context,
    config: StoreConfigFile = None,
    store: StorePlace = None,
    organization: Annotated[
        str | None, typer.Option("--organization", help="Whose scans; those of the latest scan.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Leave out earlier scans.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="List the scans of everybody.")] = False,
    output_format: PageFormats = PageFormat.TEXT,
    output: PageFile = None,
    lang: PageLang = None,
) -> None:
    """List kept scans and plot counts over time against the lines."""
    context.obj = (config, store)
    if context.invoked_subcommand is not None:
        return
    opened, first = _opened(context), parse_date(since, "--since")
    every = [scan for scan in opened.scans() if first is None or scan.day >= first]
    if everything:
        tell, record = _list_of(every, opened.location)
    else:
        tell, record = _timeline_of(opened, every, organization, short=output_format is PageFormat.TEXT)
    show_page(tell, record, output_format, lang, output)


def _list_of(scans: Sequence[KeptScan], location: str) -> tuple[Telling, Record]:
    """Return the page and the record that list scans."""
    from scanner.timeline.telling import tell_all

    return (
        lambda tongue: tell_all(scans, location, tongue),
        lambda: {"scans": [dataclasses.asdict(scan) for scan in scans]},
    )


def _timeline_of(
    store: HistoryStore, every: Sequence[KeptScan], organization: str | None, *, short: bool
) -> tuple[Telling, Record]:
    """Return the page and the record of one organization's counts over time."""
    from scanner.timeline import timeline_of, to_dict
    from scanner.timeline.telling import tell

    scans = _series(every, organization)
    ids = [scan.id for scan in scans]
    others = len(every) - len(scans)
    found = timeline_of(store.location, scans, others, store.counts(ids), store.lines(ids))
    return lambda tongue: tell(found, tongue, short=short), lambda: to_dict(found)


@app.command("show")
def show(
    context: typer.Context,
    scan: Annotated[str, typer.Argument(help="An id, latest, previous or a day.")],
    output: PageFile = None,
) -> None:
    """Write the record of a kept scan, its scan.json."""
    opened = _opened(context)
    record = opened.record(opened.find(scan).id)
    write_page(json.dumps(record, ensure_ascii=True, indent=1, sort_keys=True) + "\n", output)


@app.command("log")
def log(
    context: typer.Context,
    output_format: PageFormats = PageFormat.TEXT,
    output: PageFile = None,
    lang: PageLang = None,
) -> None:
    """Show which scans were deleted: when, by whom, why."""
    from scanner.timeline.telling import tell_deletions

    opened = _opened(context)
    found = opened.deletions()
    record = {"deletions": [dataclasses.asdict(one) for one in found]}
    show_page(
        lambda tongue: tell_deletions(found, opened.location, tongue),
        lambda: record,
        output_format,
        lang,
        output,
    )


@app.command("forget")
def forget(
    context: typer.Context,
    scans: Annotated[list[str], typer.Argument(help="Ids, or beginnings of them.")],
    reason: Reason,
    by: By = "",
    within_retention: Annotated[
        bool, typer.Option("--within-retention", help="Also scans that the rules on records have kept.")
    ] = False,
) -> None:
    """Delete scans by name, and log it."""
    from scanner.store.retention import SOURCES, kept_until

    opened, years = _opened(context), _years(context)
    named = list(dict.fromkeys(_by_id(opened, name) for name in scans))
    today = now().date()
    young = [scan for scan in named if kept_until(scan, years) >= today]
    if young and not within_retention:
        raise UsageProblem(
            f"{young[0].id} is to be kept until {kept_until(young[0], years)} ({years} years; {SOURCES}). "
            "Nothing was deleted. Add --within-retention to delete it all the same."
        )
    _delete(opened, named, by, "forget", reason)


@app.command("prune")
def prune(
    context: typer.Context,
    reason: Annotated[str, typer.Option("--reason", help="Why; it goes into the log.")] = "retention is over",
    by: By = "",
    years: Annotated[
        int | None,
        typer.Option("--retention-years", min=0, help="Years; else those of the configuration, else 3."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which scans.")] = False,
) -> None:
    """Delete the scans whose retention is over, and log it."""
    from scanner.store.retention import LEAST_YEARS, SOURCES, past_retention

    opened, retention = _opened(context), _years(context) if years is None else years
    if retention < LEAST_YEARS:
        typer.echo(f"Note: the rules on records ask for at least {LEAST_YEARS} years ({SOURCES}).", err=True)
    found = past_retention(opened.scans(), retention, now().date())
    if dry_run:
        for scan in found:
            typer.echo(f"{scan.id}  {scan.started}")
        typer.echo(f"{len(found)} would be deleted.", err=True)
    else:
        _delete(opened, found, by, "prune", reason)


def _by_id(store: HistoryStore, name: str) -> KeptScan:
    """Return the scan of an id or the beginning of one: a day may mean another scan than thought."""
    found = store.find(name)
    if not found.id.startswith(name):
        raise UsageProblem(f"'{name}' is no id. Nothing was deleted. It would be scan {found.id}: name that.")
    return found


def _delete(store: HistoryStore, scans: Sequence[KeptScan], by: str, command: str, reason: str) -> None:
    if not reason.strip():
        raise UsageProblem("--reason is empty. Say why; it goes into the log.")
    ids = [scan.id for scan in scans]
    store.forget(ids, by=by or _user(), command=command, reason=reason.strip(), now=now())
    for scan in scans:
        typer.echo(f"{scan.id}  {scan.started}")
    typer.echo(f"{len(ids)} deleted from {store.location}; `pandian history log` tells of it.", err=True)


def _opened(context: typer.Context) -> HistoryStore:
    from scanner.store import open_store
    from scanner.store.naming import is_there

    named = context.obj[1]
    if named is not None and not is_there(named, os.environ):
        raise UsageProblem(f"--store {named}: no such file. 'pandian scan --store {named}' makes it.")
    return open_store(place_of(*context.obj), os.environ)


def _years(context: typer.Context) -> int:
    from scanner.config import StoreConfig, load_config

    config: Path | None = context.obj[0]
    return (load_config(config, os.environ).store if config else StoreConfig()).retention_years


def _series(scans: Sequence[KeptScan], organization: str | None) -> list[KeptScan]:
    """Return the scans of one organization, by default that of the latest scan."""
    from scanner.store import series_of

    found = series_of(scans, organization)
    if organization is not None and not found:
        names = ", ".join(sorted({scan.organization for scan in scans} - {""})) or "none with a name"
        raise UsageProblem(f"--organization: no scan of '{organization}' is kept. There are: {names}.")
    return found


def _user() -> str:
    try:
        return f"{getpass.getuser()}@{socket.gethostname()}"
    except (KeyError, OSError):  # no such user, as in some containers
        return f"uid {os.getuid()}@{socket.gethostname()}"
