"""``pandian assess``."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.options import AsOf, CalendarFormat, Lang, Language, parse_date
from scanner.running.surroundings import today

if TYPE_CHECKING:
    from scanner.rules import Facts


def command(  # noqa: PLR0913, PLR0917 - one option each
    facts: Annotated[Path, typer.Argument(metavar="FACTS.yaml", help="Facts file; see docs/facts.md.")],
    as_of: AsOf = None,
    output_format: Annotated[
        CalendarFormat, typer.Option("--format", help="Text, JSON, or the obligations as iCalendar.")
    ] = CalendarFormat.TEXT,
    drafts: Annotated[bool, typer.Option("--drafts", help="Also say what drafts would have said.")] = False,
    unverified: Annotated[
        bool,
        typer.Option("--unverified", help="Also ask rules whose text is not verified; they route nothing."),
    ] = False,
    warn_within: Annotated[
        float,
        typer.Option("--warn-within", min=0, max=1, help="Share of a line within which a count is near."),
    ] = 0.2,
    lang: Lang = Language.EN,
) -> None:
    """Evaluate the rules alone, on declared or counted facts."""
    from scanner import rules
    from scanner.obligations import find_obligations
    from scanner.report._duties import to_text
    from scanner.report._icalendar import to_icalendar

    loaded = _loaded(facts)
    day = parse_date(as_of) or loaded.as_of or today()
    assessment = rules.assess(
        loaded, day, include_drafts=drafts, include_unverified=unverified, warn_within=warn_within
    )
    due = find_obligations(assessment, loaded)
    if output_format is CalendarFormat.JSON:
        answer = {**rules.to_dict(assessment), "obligations": [dataclasses.asdict(one) for one in due]}
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    elif output_format is CalendarFormat.ICS:
        typer.echo(to_icalendar(due, day.isoformat(), "", lang.value), nl=False)
    else:
        typer.echo(rules.render_text(assessment, lang.value))
        typer.echo(to_text(due, day.isoformat(), lang.value))


def _loaded(path: Path) -> Facts:
    from scanner.rules import FactsError, load_facts
    from scanner.user_files.documents import read_text

    try:
        return load_facts(read_text(path, "the facts file"))
    except FactsError as error:
        raise FactsError(f"{path}: {error}") from error
