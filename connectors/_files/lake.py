"""A table whose log says which files belong to it now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors._files.parted_table import Keyed


@dataclass(frozen=True, slots=True, kw_only=True)
class LakeTable:
    """What the log of a table says.

    Attributes:
        parts: The readable files of the present version, with their partition keys.
        broken: What is wrong with the other files of this version.
        comments: Of columns, by leaf name.
    """

    parts: tuple[Keyed, ...]
    broken: tuple[str, ...] = ()
    comment: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)


def key_text(value: object) -> str | None:
    """Return the value of a partition key as text; None for a missing one."""
    return None if value is None else str(value)
