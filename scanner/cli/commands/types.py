"""``pandian types``."""

from __future__ import annotations

import typer


def command() -> None:
    """List the PI types that are found."""
    from classifiers.taxonomy import pi_types

    for pi_type in pi_types().values():
        flags = " ".join(filter(None, (pi_type.group, pi_type.category, pi_type.strength)))
        typer.echo(f"{pi_type.id:22} {pi_type.presidio_entity:26} {pi_type.zh} / {pi_type.en}  ({flags})")
