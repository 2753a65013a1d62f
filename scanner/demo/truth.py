"""How many people are really in the demo warehouse, counted while it is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from scanner.demo._arrays import Mask
from scanner.demo._table import DemoTable
from scanner.demo.people import AS_OF, People

Seen = dict[str, Mask]

DEFINITION = (
    "Distinct natural persons with at least one row (or slot of a row), each once per scope, whether or not "
    "the row identifies them. Test rows are nobody. 'sensitive' unites the sensitive categories and minors "
    "under 14."
)


def seen(people: People, table: DemoTable, rows: Mask | None = None) -> Seen:
    """Return for each category who is in the table (or in some rows of a table with one slot)."""
    marks = {"all": _mark(people, table.persons if rows is None else table.persons[rows])}
    for category, persons in table.sensitive.items():
        marks[category] = _mark(people, persons) & marks["all"]
    for years in (14, 18):
        marks[f"minor_under_{years}"] = marks["all"] & people.younger_than(years)
    sensitive = [mark for category, mark in marks.items() if category not in {"all", "minor_under_18"}]
    marks["sensitive"] = np.logical_or.reduce(sensitive)
    return marks


def united(parts: Iterable[Seen]) -> Seen:
    """Return who is in any of the parts, by category."""
    together: Seen = {}
    for part in parts:
        for category, mark in part.items():
            together[category] = together[category] | mark if category in together else mark
    return together


def sent_this_year(people: People, table: DemoTable) -> Seen:
    """Return who was sent abroad since 1 January of the year of the demo."""
    assert table.when is not None  # noqa: S101 -- only tables of flows are asked
    start = np.datetime64(AS_OF.replace(month=1, day=1), "s").astype(np.int64)
    return seen(people, table, np.asarray(table.when >= start))


def counts(marks: Seen) -> Mapping[str, int]:
    """Return the number of persons by category; categories without anybody are left out."""
    return {
        category: int(mark.sum())
        for category, mark in sorted(marks.items())
        if mark.any() or category == "all"
    }


def _mark(people: People, persons: np.ndarray) -> Mask:
    mark = np.zeros(people.total, bool)
    mark[persons[persons >= 0]] = True
    return mark
