"""dbt: sources with ``meta`` and ``tags``, to paste into a project's own YAML; nobody's file is changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import yaml

from scanner.catalogue._places import Naming, Place, places
from scanner.catalogue._said import grade_of, is_said, properties, sensitivity
from scanner.result import ColumnResult, Result

NAME = "dbt"
FILE_NAME = "dbt_sources.yml"

_HEAD = "# Written by pandian export --to dbt. Paste what you need into the sources of your project.\n"


def render(result: Result, naming: Naming) -> str:
    """Return the YAML."""
    said = [place for place in places(result, naming) if is_said(place.table)]
    document = {"version": 2, "sources": [_source(result, list(some)) for some in _by_dataset(said)]}
    return _HEAD + yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=10_000)


def _by_dataset(said: list[Place]) -> Iterator[Iterator[Place]]:
    return (some for _, some in groupby(said, key=lambda place: place.dataset.name))


def _source(result: Result, some: list[Place]) -> dict[str, Any]:
    first = some[0]
    database = first.database if first.schema else ""
    above = {"database": database, "schema": first.schema or first.database}
    return {
        "name": first.dataset.name,
        **{key: name for key, name in above.items() if name},
        "tables": [_table(result, place) for place in some],
    }


def _table(result: Result, place: Place) -> dict[str, Any]:
    columns = [_column(column) for column in place.table.pi_columns]
    return {
        "name": place.table.name,
        "config": {
            "meta": {"pandian": dict(properties(result, place.table))},
            "tags": ["pi", f"grade_{grade_of(place.table)}"],
        },
        "columns": columns,
    }


def _column(column: ColumnResult) -> dict[str, Any]:
    tags = column.held
    return {
        "name": column.name,
        "config": {
            "meta": {
                "pandian": {
                    "types": [tag.type for tag in tags],
                    "sensitivity": sensitivity(column),
                    "grade": column.grade.level,
                    "confidence": round(max(tag.confidence for tag in tags), 4),
                    "decision": tags[0].decision,
                }
            },
            "tags": ["pi", *(f"pi_{tag.type}" for tag in tags)]
            + (["pi_sensitive"] if sensitivity(column) == "sensitive" else []),
        },
    }
