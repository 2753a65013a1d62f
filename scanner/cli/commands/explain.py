"""``pandian explain``."""

from __future__ import annotations

import json
import os
from typing import Annotated

import typer

from scanner.cli.named import record_of
from scanner.cli.options import AnswerFormat, Language, ScanName, StoreConfigFile, StorePlace
from scanner.running.surroundings import language


def command(  # noqa: PLR0913, PLR0917 -- one parameter an option
    scan: ScanName,
    columns: Annotated[
        list[str], typer.Argument(metavar="COLUMN", help="dataset/table.column, its end, or a pattern.")
    ],
    output_format: Annotated[
        AnswerFormat, typer.Option("--format", help="Format of the answer.")
    ] = AnswerFormat.TEXT,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="Language of the answer; that of the terminal.")
    ] = None,
    config: StoreConfigFile = None,
    store: StorePlace = None,
) -> None:
    """Say why columns were tagged or not: evidence for and against, what lost and why; never a value."""
    from scanner.scan_record import named_columns, recorded_columns
    from scanner.scan_record.explanation import explain
    from scanner.words.texts import tongues

    known = list(recorded_columns(record_of(scan, config, store)))
    named = {column.id: column for name in columns for column in named_columns(known, name)}
    if output_format is AnswerFormat.JSON:
        found = [{"dataset": c.dataset, "table": c.table, **c.content} for c in named.values()]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    spoken = tongues(lang.value if lang else language(os.environ))
    texts = (explain(column, tongue) for column in named.values() for tongue in spoken)
    typer.echo("\n\n".join(texts))
