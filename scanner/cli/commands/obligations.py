"""``pandian obligations``."""

from __future__ import annotations

import dataclasses
import json
import os
from typing import Annotated

import typer

from scanner.cli.named import record_of
from scanner.cli.options import CalendarFormat, Language, ScanName, StoreConfigFile, StorePlace
from scanner.running.surroundings import language


def command(
    scan: ScanName,
    output_format: Annotated[
        CalendarFormat, typer.Option("--format", help="Text, JSON or iCalendar.")
    ] = CalendarFormat.TEXT,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="Language of the calendar; that of the terminal.")
    ] = None,
    config: StoreConfigFile = None,
    store: StorePlace = None,
) -> None:
    """Show what is due when, from the verdicts of a scan: article, addressee, assumptions."""
    from scanner.obligations import recorded_obligations
    from scanner.report._duties import to_text
    from scanner.report._icalendar import to_icalendar

    record = record_of(scan, config, store)
    found, as_of = recorded_obligations(record), record["scan"]["as_of"]
    spoken = lang.value if lang else language(os.environ)
    if output_format is CalendarFormat.JSON:
        typer.echo(json.dumps([dataclasses.asdict(one) for one in found], ensure_ascii=False, indent=1))
    elif output_format is CalendarFormat.ICS:
        typer.echo(to_icalendar(found, as_of, record["organization"]["name"], spoken), nl=False)
    else:
        typer.echo(to_text(found, as_of, spoken))
