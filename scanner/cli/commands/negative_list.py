"""``pandian negative-list``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.files import read_bytes, writing
from scanner.cli.options import parse_date
from scanner.cli.problems import UsageProblem
from scanner.running.surroundings import today

if TYPE_CHECKING:
    from scanner.negative_lists import NegativeList

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
    from scanner.grading import PackError
    from scanner.negative_lists import Edition, ListProblem, load_list, parse_columns

    compiled = today()
    start, known = parse_date(effective_from) or compiled, _known(zone)
    about = Edition(
        zone=known,
        edition=edition or str(start.year),
        title=title or f"{known} negative list {edition or start.year} ({file.name})",
        effective_from=start,
        source=f"{file.name}, loaded by the user",
        compiled=compiled,
    )
    try:
        found = load_list(file.name, read_bytes(file), about, sheet=sheet, columns=parse_columns(columns))
    except (ListProblem, PackError) as error:
        raise UsageProblem(str(error)) from error
    with writing(f"--output {output}"):
        output.write_text(_written(found), encoding="utf-8")
    typer.echo(f"{_summary(found)} Wrote {output}.")
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
    from scanner.rules.facts.vocabulary import known_zone

    try:
        return str(known_zone(zone))
    except ValueError as error:
        raise UsageProblem(f"--zone: {error}") from error


def _written(found: NegativeList) -> str:
    import yaml

    content = found.model_dump(mode="json", exclude={"supplied", "note"})
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))


def _summary(found: NegativeList) -> str:
    entries = [entry for scenario in found.scenarios for entry in scenario.entries]
    items = [item for entry in entries for item in entry.items]
    untyped = sum(not item.pi_types for item in items)
    return (
        f"{found.id}: {len(found.scenarios)} scenarios, {len(entries)} entries, {len(items)} data items "
        f"({untyped} matched by words alone)."
    )
