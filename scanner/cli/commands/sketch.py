"""``pandian sketch``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scanner.cli.files import writing
from scanner.cli.options import AnswerFormat
from scanner.cli.problems import UsageProblem
from scanner.cli.sketches import read_sketches, write_sketches

if TYPE_CHECKING:
    from scanner.sketches import SketchCensus

app = typer.Typer(
    help="Show, unite and export the sketches that scans with --sketches wrote.", no_args_is_help=True
)

_Files = Annotated[list[Path], typer.Argument(metavar="FILE", help="Files of pandian scan --sketches.")]


@app.command()
def show(
    files: _Files,
    answer: Annotated[AnswerFormat, typer.Option("--format", help="How to print.")] = AnswerFormat.TEXT,
) -> None:
    """Print people, distinct identifiers and overlaps of the datasets in FILEs, taken together."""
    from scanner.sketches.summary import summary

    found = summary(_united(files).solve())
    if answer is AnswerFormat.JSON:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for title, rows in found.items():
        typer.echo(title)
        for row in rows:
            typer.echo("  " + _line(row))


def _line(row: Mapping[str, Any]) -> str:
    numbers = "{lower:,} <= {estimate:,} <= {upper:,}".format_map(row)
    words = [str(value) for key, value in row.items() if key not in {"lower", "estimate", "upper"}]
    return f"{'  '.join(words):<50} {numbers}"


@app.command()
def merge(
    files: _Files,
    output: Annotated[Path, typer.Option("--output", help="File to write.")],
) -> None:
    """Unite sketches of partitions, sources and machines into one file."""
    write_sketches(_united(files), output)
    typer.echo(f"Wrote {output}", err=True)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File of pandian scan --sketches.")],
    output: Annotated[Path, typer.Option("--output", help="Folder for one file a sketch.")],
) -> None:
    """Write every sketch of all rows as a file of its own, for other DataSketches libraries."""
    from scanner.sketches.summary import single_files

    with writing(f"--output {output}"):
        output.mkdir(parents=True, exist_ok=True)
        for name, data in single_files(_united([file])):
            (output / name).write_bytes(data)
            typer.echo(output / name)


def _united(files: list[Path]) -> SketchCensus:
    united, *others = [read_sketches(file) for file in files]
    for other in others:
        try:
            united.merge(other)
        except ValueError as error:
            raise UsageProblem(str(error)) from error
    return united
