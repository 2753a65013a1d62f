"""What awaits review in a scan: uncertain tags, and columns that narrowly missed one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scanner.review import Key
from scanner.scan_record import RecordedColumn

# Reasons to go without a tag that a reviewer may see otherwise.
_MISSED = frozenset({"values_do_not_fit", "hint_not_confirmed", "header_says_otherwise", "too_few_values"})
NARROW = 0.5  # how near a missed type must have come, in [0, 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaiting:
    """A column that nobody has decided on.

    Attributes:
        types: Types that are tagged; for a miss, the type that narrowly failed.
        missed: Why the type failed, a value of ``CandidateResult.why``; empty for tags.
        uncertainty: In [0, 0.5] for misses, one minus the least confidence for tags.
    """

    column: RecordedColumn
    types: tuple[str, ...]
    missed: str
    uncertainty: float


def awaiting(columns: Iterable[RecordedColumn], decided: Container[Key]) -> list[Awaiting]:
    """Return the columns that await review, the most uncertain first."""
    found = (_entry(column) for column in columns if column.key not in decided)
    return sorted((entry for entry in found if entry), key=lambda e: (-e.uncertainty, e.column.id))


def _entry(column: RecordedColumn) -> Awaiting | None:
    tags = column.content["tags"]
    open_tags = [tag for tag in tags if tag["decision"] == "auto"]
    if open_tags:
        types = tuple(tag["type"] for tag in open_tags)
        least = min(tag["confidence"] for tag in open_tags)
        return Awaiting(column=column, types=types, missed="", uncertainty=round(1 - least, 4))
    return None if tags else _miss(column)


def _miss(column: RecordedColumn) -> Awaiting | None:
    near = [each for each in column.content["considered"] if each["why"] in _MISSED]
    nearest = max(near, key=_nearness, default=None)
    if nearest is None or _nearness(nearest) < NARROW:
        return None
    uncertainty = round(_nearness(nearest) / 2, 4)
    return Awaiting(column=column, types=(nearest["type"],), missed=nearest["why"], uncertainty=uncertainty)


def _nearness(candidate: Mapping[str, Any]) -> float:
    share = candidate["fitting"] / candidate["checked"] if candidate["checked"] else 0.0
    reached = min(1.0, share / candidate["needed"]) if candidate["needed"] else 0.0
    return max(float(candidate["named"]), reached)
