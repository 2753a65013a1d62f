"""``pandian rules``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import typer

from scanner.cli.options import AsOf, Lang, Language, parse_date
from scanner.cli.problems import UsageProblem

app = typer.Typer(help="List, show, compare and check the rule packs.", invoke_without_command=True)


@app.callback()
def main(context: typer.Context, lang: Lang = Language.EN) -> None:
    """List the rule packs and their rules, unless a command is named."""
    if context.invoked_subcommand is None:
        list_rules(lang=lang)


@app.command("list")
def list_rules(as_of: AsOf = None, lang: Lang = Language.EN) -> None:
    """List the packs and their rules; with --as-of, those in force on that day."""
    from scanner.rules import load_packs
    from scanner.rules.law.citation import cite

    day = parse_date(as_of)
    for loaded in load_packs():
        pack = loaded.pack
        entries = [
            entry
            for entry in pack.entries()
            if day is None or (pack.status != "draft" and pack.in_force(entry, day))
        ]
        if entries:
            typer.echo(f"{pack.id}  {pack.version}  {pack.status}")
        for entry in entries:
            title = entry.title.zh if lang is Language.ZH else entry.title.en
            mark = "" if entry.verified else "  [not verified]"
            article = cite(entry.article, chinese=lang is Language.ZH)
            typer.echo(f"  {entry.id:28} {article}: {title}{mark}")


@app.command()
def show(
    rule: Annotated[str, typer.Argument(metavar="ID", help="Id of a rule, such as EXP-P24-10K.")],
    lang: Lang = Language.EN,
) -> None:
    """Show everything the packs say of one rule."""
    from scanner.rules.facts.vocabulary import did_you_mean
    from scanner.rules.law.rulebook import find_entry, load_packs
    from scanner.rules.wording.showing import show_entry

    try:
        loaded, entry = find_entry(rule.upper())
    except KeyError:
        known = {one.id.lower(): one.id for pack in load_packs() for one in pack.pack.rules}
        hint = did_you_mean(rule, known)
        raise UsageProblem(f"There is no rule {rule!r}. {hint}'pandian rules list' names all.") from None
    typer.echo("\n\n".join(show_entry(loaded, entry, tongue) for tongue in _tongues(lang)))


def _tongues(lang: Language) -> tuple[Literal["en", "zh"], ...]:
    if lang is Language.BOTH:
        return ("en", "zh")
    return ("zh",) if lang is Language.ZH else ("en",)


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="PACK_A", help="Id of a pack.")],
    new: Annotated[str, typer.Argument(metavar="PACK_B", help="Id of another.")],
    lang: Lang = Language.EN,
) -> None:
    """Say which rules two packs do not share, and what differs in those they do."""
    from scanner.rules import load_packs
    from scanner.rules.wording.differing import pack_differences

    packs = {loaded.pack.id: loaded.pack for loaded in load_packs()}
    for name in (old, new):
        if name not in packs:
            raise UsageProblem(f"There is no pack {name!r}. 'pandian rules list' names all.")
    for tongue in _tongues(lang):
        for line in pack_differences(packs[old], packs[new], tongue):
            typer.echo(line)


@app.command()
def check() -> None:
    """Check the packs for gaps, overlaps, unknown metrics and PI types; exit code 1 on problems."""
    from scanner.rules import check_packs, load_packs

    problems = [*check_packs(), *_unreadable_packs()]
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)
    rules = sum(len(loaded.pack.rules) for loaded in load_packs())
    typer.echo(f"{len(load_packs())} packs, {rules} rules: nothing wrong.")


def _unreadable_packs() -> Iterator[str]:
    """Yield what is wrong in the packs that name PI types: indicators, levels, lists and scenarios."""
    from scanner.grading.indicators import shipped_indicators
    from scanner.grading.levels import shipped_schemes
    from scanner.grading.sensitivity import combinations
    from scanner.necessity.scenarios import shipped_scenarios
    from scanner.negative_lists import shipped_lists

    for read in (shipped_indicators, shipped_schemes, combinations, shipped_lists, shipped_scenarios):
        try:
            read()
        except ValueError as error:
            yield str(error)
