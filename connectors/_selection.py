"""Which tables are wanted: ``include`` and ``exclude`` patterns. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Selection:
    """Patterns on ``table``, ``group/table`` or ``group.table``; an empty ``include`` takes all.

    >>> Selection(include=("crm/*",), exclude=("*_tmp",)).takes("crm", "user")
    True
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def takes(self, group: str, table: str) -> bool:
        """Return whether the table is wanted."""
        names = (table, f"{group}/{table}", f"{group}.{table}") if group else (table,)
        included = not self.include or _any_match(names, self.include)
        return included and not _any_match(names, self.exclude)


def _any_match(names: Iterable[str], patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)


EVERYTHING = Selection()
