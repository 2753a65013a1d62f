"""Pages as commands show them: on standard output, or in a file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scanner.cli.files import writing
from scanner.cli.options import Language, PageFormat
from scanner.cli.scanning import colored, terminal_width
from scanner.running.surroundings import language

if TYPE_CHECKING:
    from scanner.pages import Page
    from scanner.words.texts import Tongue

    Telling = Callable[[Tongue], Page]
    Record = Callable[[], Mapping[str, Any]]


def show_page(
    tell: Telling,
    record: Record,
    output_format: PageFormat,
    lang: Language | None,
    output: Path | None,
) -> None:
    """Show what ``tell`` says in the languages asked for, or the record as JSON."""
    if output_format is PageFormat.JSON:
        write_page(json.dumps(record(), ensure_ascii=True, indent=1) + "\n", output)
        return
    from scanner.pages import render_html, render_text
    from scanner.words.texts import tongues

    pages = [tell(tongue) for tongue in tongues(lang.value if lang else language(os.environ))]
    if output_format is PageFormat.HTML:
        write_page(render_html(pages), output)
    else:
        color, width = colored() and output is None, terminal_width()
        write_page("\n".join(render_text(page, width=width, color=color) for page in pages), output)


def write_page(text: str, output: Path | None) -> None:
    """Write a text to a file, or to standard output."""
    if output is None:
        typer.echo(text, nl=False)
        return
    with writing(f"--output {output}"):
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
    typer.echo(f"Wrote {output}", err=True)
