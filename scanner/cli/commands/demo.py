"""``pandian demo``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from scanner.cli.exits import exit_code
from scanner.cli.options import Lang, Language, Output
from scanner.cli.scanning import day_of, deliver, prepare, run_scan


def command(
    output: Output = Path("pandian-demo"),
    persons: Annotated[int, typer.Option("--persons", min=100, help="Generated people.")] = 120_000,
    lang: Lang = Language.BOTH,
) -> None:
    """Build the embedded demo warehouse (generated people) and scan it."""
    from scanner.config import load_config
    from scanner.demo import build
    from scanner.running.progress import shown
    from scanner.stages.underway import Options

    prepare(output)
    with shown() as progress:
        build(output / "warehouse", persons=persons, progress=lambda doing, _share: progress(doing, 0, None))
    config = load_config(output / "warehouse" / "pandian.yaml", os.environ)
    result = run_scan(config, Options(as_of=day_of(None, config)))
    deliver(result, output, ("html", "json"), lang)
    raise typer.Exit(exit_code(result, None))
