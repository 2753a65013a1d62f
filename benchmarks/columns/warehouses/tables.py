"""Tables of a warehouse: which persons are in them, and what each row holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from benchmarks.columns.warehouses.cells import IDENTIFIERS, PLAIN, Place
from benchmarks.columns.warehouses.disturbing import disturb
from benchmarks.columns.warehouses.labels import sensitive_as
from benchmarks.columns.warehouses.links import bit_of
from benchmarks.columns.warehouses.mixing import Array, unit
from benchmarks.columns.warehouses.population import Mask, Persons
from benchmarks.columns.warehouses.stores import Columns

TESTS = {  # what testers leave behind, by the kind of column
    "name": "测试",
    "id": "110101199001011230",
    "mobile": "13800000000",
    "email": "test@test.com",
}


@dataclass(kw_only=True)
class Rows:
    """Rows of a table about persons of a chunk.

    Attributes:
        spec: The settings of the table.
        columns: Cells, by name of the column.
        who: The person of each row.
        usable: The usable identifiers of that person in each row, as bits.
        second: Person and usable identifiers of the second person in each row; None where the table has none.
        sensitive: Rows that hold something of a sensitive category about the first person.
        visibly_minor: Rows that show that the first person is a minor.
    """

    spec: dict[str, Any]
    columns: Columns
    who: Array
    usable: Array
    visibly_minor: Mask
    second: tuple[Array, Array] | None = None
    sensitive: dict[str, Mask] = field(default_factory=dict)

    @property
    def slots(self) -> list[tuple[Array, Array]]:
        """Return persons and usable identifiers of each slot."""
        return [(self.who, self.usable), *([self.second] if self.second else [])]


def rows_of(spec: dict[str, Any], persons: Persons) -> Rows:
    """Return the rows of a table; ``salt`` in its settings is different for each."""
    who = _selected(spec, persons)
    count, keys = len(who), _keys(who, persons)
    rows = Rows(
        spec=spec, columns={}, who=who, usable=np.zeros(count, np.uint32), visibly_minor=np.zeros(count, bool)
    )
    for number, column in enumerate(spec["columns"]):
        second = column.get("slot", 0) == 1
        if second and rows.second is None:
            rows.second = persons.guardian[who], np.zeros(count, np.uint32)
        salt = persons.seed * 3 + 5000 + spec["salt"] * 100 + number * 7
        place = Place(
            column=column, persons=persons, who=rows.second[0] if second else who, keys=keys, salt=salt
        )
        _fill(rows, place, second=second)
    return rows


def _selected(spec: dict[str, Any], persons: Persons) -> Array:
    """Return the persons of the rows, some of them repeatedly."""
    salt = persons.seed + 1000 + spec["salt"]
    groups = {
        "adult": ~persons.child,
        "child": persons.child,
        "staff": persons.staff,
        "foreign": persons.foreign,
        "local": ~persons.foreign,
        "born1900": persons.born1900,
    }
    wanted = unit(persons.pid, salt) < spec["share"]
    for group in spec.get("who", ()):
        wanted &= groups[group]
    who = np.flatnonzero(wanted)
    if not spec.get("repeat"):
        return who
    times = 1 + np.floor(-np.log(1 - unit(persons.pid[who], salt + 1)) * spec["repeat"]).astype(int)
    return np.repeat(who, np.minimum(times, spec.get("max_repeat", 30)))


def _keys(who: Array, persons: Persons) -> Array:
    if not len(who):
        return np.zeros(0, np.int64)
    repeated = np.concatenate([[0], np.cumsum(np.diff(who) == 0)])
    return persons.pid[who].astype(np.int64) * 64 + repeated % 64


def _fill(rows: Rows, place: Place, *, second: bool) -> None:
    """Add a column, and what it says of the persons in the rows."""
    column, minors = place.column, place.persons.minor[place.who]
    kind = column["kind"]
    if kind in IDENTIFIERS:
        found = IDENTIFIERS[kind](place)
        disturb(place, found, place.persons.config.get("reformat", "a"))
        cells, bits = found.cells, found.bits
    else:
        cells, bits = PLAIN[kind](place), None
        if kind == "name" and column.get("mask", 0):
            masked = place.unit(0) < column["mask"]
            cells[masked] = np.array([name[0] + "**" for name in cells[masked]], object)
    empty = place.unit(3) < column.get("null", 0)
    if empty.any():
        cells = cells.astype(object)
        cells[empty] = None
    rows.columns[column["name"]] = cells
    if bits is not None:
        bits[empty] = 0
        usable = rows.second[1] if second and rows.second else rows.usable
        usable |= bits
    if second:
        return
    if kind == "id":
        rows.visibly_minor |= (bits == bit_of("id")) & minors
    if kind == "birth":
        rows.visibly_minor |= ~empty & minors
    if category := sensitive_as(column):
        has = np.array([cell is not None for cell in cells], bool) if bits is None else bits > 0
        rows.sensitive[category] = rows.sensitive.get(category, np.zeros(len(cells), bool)) | has


def with_tests(rows: Rows) -> Columns:
    """Return the columns with rows that testers left behind at their end."""
    count = rows.spec["test_rows"]
    return {c["name"]: _extended(rows.columns[c["name"]], c["kind"], count) for c in rows.spec["columns"]}


def _extended(cells: Array, kind: str, count: int) -> Array:
    if cells.dtype != object:
        return np.concatenate([cells, np.array([cells[0]] * count)])
    usual = None if isinstance(cells[0], str | None) else cells[0]
    return np.concatenate([cells, np.array([TESTS.get(kind, usual)] * count, dtype=object)])
