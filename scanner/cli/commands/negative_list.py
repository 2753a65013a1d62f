"""``pandian negative-list``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from scanner.cli.options import parse_date
from scanner.cli.problems import UsageProblem

app = typer.Typer(help="Negative lists of free-trade zones.", no_args_is_help=True)


@app.command("load")
def load(  # noqa: PLR0913, PLR0917 -- one parameter an option
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The official table, XLSX or CSV.")],
    zone: Annotated[str, typer.Option("--zone", help="Zone, as in organization.ftz: beijing, shanghai, ...")],
    output: Annotated[
        Path, typer.Option("--output", help="List to write, for negative_lists in pandian.yaml.")
    ],
    edition: Annotated[
        str, typer.Option("--edition", help="Edition, such as 2025; the year of --from.")
    ] = "",
    effective_from: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day in force; today.")
    ] = None,
    title: Annotated[str, typer.Option("--title", help="Title of the list.")] = "",
    sheet: Annotated[str | None, typer.Option("--sheet", help="The one sheet to read.")] = None,
    columns: Annotated[
        str, typer.Option("--columns", help="Headings: scenario=业务场景,item=字段,assessment=...")
    ] = "",
) -> None:
    """Turn the official table into a list that decides for flows which declare zone and scenario."""
    import yaml

    from scanner.grading import PackError
    from scanner.negative_lists import Edition, ListProblem, load_list, parse_columns

    today = dt.datetime.now(tz=dt.UTC).date()
    start = parse_date(effective_from) or today
    known = _known(zone)
    about = Edition(
        zone=known,
        edition=edition or str(start.year),
        title=title or f"{known} negative list {edition or start.year} ({file.name})",
        effective_from=start,
        source=f"{file.name}, loaded by the user",
        compiled=today,
    )
    try:
        found = load_list(file.name, _content(file), about, sheet=sheet, columns=parse_columns(columns))
    except (ListProblem, PackError) as error:
        raise UsageProblem(str(error)) from error
    text = yaml.safe_dump(
        found.model_dump(mode="json", exclude={"supplied", "note"}), allow_unicode=True, sort_keys=False
    )
    _write(output, text)
    entries = [entry for scenario in found.scenarios for entry in scenario.entries]
    items = sum(len(entry.items) for entry in entries)
    untyped = sum(not item.pi_types for entry in entries for item in entry.items)
    typer.echo(
        f"{found.id}: {len(found.scenarios)} scenarios, {len(entries)} entries, {items} data items "
        f"({untyped} matched by words alone). Wrote {output}."
    )
    typer.echo("Check it, then name it in pandian.yaml: negative_lists: [...]", err=True)


@app.command("show")
def show() -> None:
    """Show the lists that ship, with what is known of each."""
    from scanner.negative_lists import shipped_lists

    for one in shipped_lists():
        until = f" to {one.effective_to}" if one.effective_to else ""
        known = f"{len(one.scenarios)} scenarios here" if one.scenarios else "to be loaded"
        typer.echo(f"{one.id}  {one.effective_from}{until}  {known}: {one.title.zh}")
        if one.note:
            typer.echo(f"  {one.note.en}")


def _known(zone: str) -> str:
    from scanner.rules.vocabulary import known_zone

    try:
        return str(known_zone(zone))
    except ValueError as error:
        raise UsageProblem(f"--zone: {error}") from error


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageProblem(f"{file}: cannot be read ({error.strerror}). Name an existing file.") from error


def _write(output: Path, text: str) -> None:
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageProblem(f"--output {output}: cannot be written ({error.strerror}).") from error
