"""What a file of sketches says, as rows to print; and its sketches one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scanner.sketches import hll_format
from scanner.sketches.cells import Sketched
from scanner.sketches.collection import SketchCensus
from scanner.sketches.people import SketchedPeople
from scanner.sketches.persons import Bounded, kinds_of, values
from scanner.sketches.roles import VALUES

_Row = dict[str, Any]
_UNSAFE = re.compile(r"[^\w.-]+")  # in a file name


def summary(people: SketchedPeople) -> dict[str, list[_Row]]:
    """Return people by scope, identifiers by kind, and values that datasets share."""
    datasets: dict[str, list[str]] = {}
    for table in people.tables:
        datasets.setdefault(table.rpartition("/")[0], []).append(table)
    scopes = {"all": list(people.tables), **datasets, **{table: [table] for table in people.tables}}
    shared = people.overlap(datasets)
    return {
        "people": [{"scope": name, **_people(people, tables)} for name, tables in scopes.items()],
        "identifiers": [
            {"scope": name, "kind": kind, **_rounded(values(found, kind))}
            for name, tables in {"all": list(people.tables), **datasets}.items()
            for found in [people.sketched(tables)]
            for kind in kinds_of(found)
        ],
        "shared": [
            {"scope": left, "with": right, "kind": kind, **_rounded(number)}
            for (left, right, kind), number in shared.items()
        ],
    }


def _people(people: SketchedPeople, tables: list[str]) -> _Row:
    found = people.count(tables)
    return {"lower": found.lower, "estimate": found.estimate, "upper": found.upper}


def _rounded(number: Bounded) -> _Row:
    return {"lower": round(number.lower), "estimate": round(number.estimate), "upper": round(number.upper)}


def single_files(census: SketchCensus) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every sketch of all values in a table: ``table.kind.hll`` and ``.theta``."""
    for table, sketches in census.tables().items():
        found = sketches.get("all") or Sketched()
        for kind in kinds_of(found):
            stem = f"{_UNSAFE.sub('_', table)}.{kind}"
            yield f"{stem}.hll", hll_format.to_bytes(found.hlls[kind])
            yield f"{stem}.theta", found.theta(kind, VALUES).to_bytes()
