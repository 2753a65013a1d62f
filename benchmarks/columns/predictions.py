"""Read and write predictions, the one file that a tool must produce.

JSON::

    {"columns":  [{"dataset": "coltype/lake", "table": "visit_17", "column": "sjh", "types": ["mobile"],
                   "confidences": [0.97]}],
     "subjects": [{"warehouse": "retail_bank", "scope": "dataset", "name": "crm", "persons": 6000,
                   "low": 5800, "high": 6900, "modelled": 6100, "modelled_error": 300}]}

CSV, columns only: ``dataset,table,column,types``, types separated by ``;``. ``confidences`` (beside
``types``), ``low`` with ``high``, ``modelled`` and ``modelled_error`` may be left out. A column that is left
out holds no type.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.columns.truth import Key, key_of

Found = dict[str, float | None]  # by PI type; confidence, if the tool gives one


@dataclass(frozen=True)
class Predictions:
    """Types found in each column, persons counted in each scope."""

    columns: dict[Key, Found]
    subjects: list[dict[str, Any]]


def load(path: Path) -> Predictions:
    """Read a file of predictions, JSON or CSV."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig") as file:
            rows = [
                {**row, "types": [t for t in row["types"].split(";") if t]} for row in csv.DictReader(file)
            ]
        return Predictions(_columns(rows), [])
    record = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(record, list):
        return Predictions(_columns(record), [])
    return Predictions(_columns(record.get("columns", [])), record.get("subjects", []))


def save(path: Path, columns: list[dict[str, Any]], subjects: list[dict[str, Any]] | None = None) -> None:
    """Write a file that ``load`` reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    record = {"columns": columns, "subjects": subjects or []}
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _columns(rows: Iterable[dict[str, Any]]) -> dict[Key, Found]:
    found: dict[Key, Found] = defaultdict(dict)
    for row in rows:
        confidences = row.get("confidences") or [None] * len(row["types"])
        key = key_of(row["dataset"], row["table"], row["column"])
        found[key].update(zip(row["types"], confidences, strict=True))
    return dict(found)
