"""``pandian export``."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from scanner.cli.files import writing
from scanner.cli.named import place_beside, result_of
from scanner.cli.options import SCAN_NAMES, StoreConfigFile, StorePlace


class Target(StrEnum):
    """What an export is for."""

    OPENMETADATA = "openmetadata"
    DATAHUB = "datahub"
    OPENLINEAGE = "openlineage"
    CSV = "csv"
    XLSX = "xlsx"
    DBT = "dbt"
    ATLAS = "atlas"
    COMMENTS = "comments"


def command(  # noqa: PLR0913, PLR0917 -- one parameter an option
    target: Annotated[Target, typer.Option("--to", help="What the export is for.")],
    scan: Annotated[str | None, typer.Argument(metavar="SCAN", help=f"{SCAN_NAMES}; ./pandian-out.")] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            help="File or folder to write; - for standard output. Default: beside SCAN, or ./pandian-out.",
        ),
    ] = None,
    config: StoreConfigFile = None,
    store: StorePlace = None,
    service: Annotated[str, typer.Option("--service", help="OpenMetadata: name of the service.")] = "",
    database: Annotated[
        str, typer.Option("--database", help="Database of tables whose source names none.")
    ] = "",
    schema: Annotated[str, typer.Option("--schema", help="Schema of tables whose source names none.")] = "",
    platform: Annotated[str, typer.Option("--platform", help="DataHub: name of the platform.")] = "",
    env: Annotated[str, typer.Option("--env", help="DataHub: environment.")] = "PROD",
    cluster: Annotated[str, typer.Option("--cluster", help="Atlas: name of the cluster.")] = "primary",
    dialect: Annotated[
        str, typer.Option("--dialect", help="Comments: the database whose SQL is wanted.")
    ] = "",
) -> None:
    """Write what a scan found for a data catalogue, a spreadsheet or a database; nothing is sent."""
    from scanner.catalogue import Naming, export

    naming = Naming(
        service=service,
        database=database,
        schema=schema,
        platform=platform,
        env=env,
        cluster=cluster,
        dialect=dialect,
    )
    _put(export(target.value, result_of(scan, config, store), naming), target, output or place_beside(scan))


def _put(content: bytes, target: Target, place: Path) -> None:
    """Write an export to a file or folder, or to standard output."""
    from scanner.catalogue import file_name, write

    if str(place) == "-":
        sys.stdout.buffer.write(content)
        return
    with writing(f"--output {place}"):
        path = write(content, place, file_name(target.value))
    typer.echo(f"Wrote {path}", err=True)
