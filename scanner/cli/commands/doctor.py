"""``pandian doctor``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.cli.exits import CANNOT_RUN, INCOMPLETE, OK
from scanner.cli.options import AnswerFormat, ForeignTables, MaxLoad, MaxRows, Views
from scanner.cli.scanning import colored, settings_of, terminal_width


def command(  # noqa: PLR0913, PLR0917 -- one parameter an option
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE", help="SQLAlchemy URL, path or glob.")
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Configuration file, pandian.yaml.")] = None,
    sample_rows: Annotated[
        int, typer.Option("--sample-rows", min=1, help="Rows of a table that a scan would look at.")
    ] = 2_000,
    max_rows_per_second: MaxRows = None,
    max_load: MaxLoad = None,
    views: Views = None,
    foreign_tables: ForeignTables = None,
    form: Annotated[AnswerFormat, typer.Option("--format", help="Text or JSON.")] = AnswerFormat.TEXT,
) -> None:
    """Say what a scan of SOURCEs may read, how, at what cost, and what has to be installed or granted.

    Exit codes: 0 everything can be read; 2 nothing can; 3 something cannot.
    """
    import json

    from scanner.doctor import examine, to_dict
    from scanner.doctor.showing import show

    settings = settings_of(sources or [], config).with_access(
        max_rows_per_second=max_rows_per_second,
        max_load=max_load,
        views=views,
        foreign_tables=foreign_tables,
    )
    diagnosis = examine(settings.limited_sources, sample_rows)
    if form is AnswerFormat.JSON:
        typer.echo(json.dumps(to_dict(diagnosis), ensure_ascii=False, indent=2))
    else:
        typer.echo(show(diagnosis, width=terminal_width(), color=colored()))
    raise typer.Exit(CANNOT_RUN if not diagnosis.reachable else OK if diagnosis.complete else INCOMPLETE)
