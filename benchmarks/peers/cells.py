"""Write sampled cells of every column to one file that tools without a table reader can be run on.

One JSON line a column: dataset, table, column, comment, cells as text. The cells are the first distinct
ones of the sample that Pandian itself takes (same rows, same seed). Vectors are JSON, binary cells
base64.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.columns import truth
from connectors import Table, connect

ROWS, SEED = 2_000, 0


def write(data: Path, out: Path, cells: int, parts: tuple[str, ...] = ("coltype", "real")) -> None:
    """Write the columns of the parts with at most ``cells`` cells each."""
    wanted = {column.key for column in truth.columns(data, parts)}
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8") as file:
        for record in _columns(data, parts, cells):
            if truth.key_of(record["dataset"], record["table"], record["column"]) in wanted:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _columns(data: Path, parts: tuple[str, ...], cells: int) -> Iterator[dict[str, Any]]:
    manifest = json.loads((data / "manifest.json").read_text(encoding="utf-8"))
    for dataset, entry in manifest.items():
        if not dataset.startswith(parts):
            continue
        catalog = data / "real" / "catalog.csv"
        dictionary = str(catalog) if dataset.startswith("real/") and catalog.exists() else None
        with connect(str(data / entry["path"]), dictionary=dictionary, name=dataset) as source:
            for table in source.tables():
                if isinstance(table, Table):
                    batch = source.sample(table, rows=ROWS, seed=SEED)
                    for column in table.columns:
                        values = batch.column(column.name).to_pylist()
                        yield {
                            "dataset": dataset,
                            "table": table.name,
                            "column": column.name,
                            "comment": column.comment,
                            "cells": texts(values, cells),
                        }


def texts(values: list[Any], limit: int) -> list[str]:
    """Return the first ``limit`` distinct non-empty values as text."""
    found: dict[str, None] = {}
    for value in values:
        if value is not None and (text := _text(value)).strip():
            found.setdefault(text)
        if len(found) == limit:
            break
    return list(found)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return json.dumps(value) if isinstance(value, list) else str(value)
