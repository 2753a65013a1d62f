"""``pandian rules``."""

from __future__ import annotations

from typing import Annotated

import typer

from scanner.cli.options import Language


def command(
    lang: Annotated[Language, typer.Option("--lang", help="Language of the titles.")] = Language.EN,
) -> None:
    """List the rule packs and their rules."""
    from scanner.rules import load_packs

    for loaded in load_packs():
        pack = loaded.pack
        typer.echo(f"{pack.id}  {pack.version}  {pack.status}")
        for rule in pack.rules:
            title = rule.title.zh if lang is Language.ZH else rule.title.en
            typer.echo(f"  {rule.id:28} art. {rule.article}: {title}")
