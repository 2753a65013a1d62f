"""Read the truth files of a data folder: what every column holds, how many persons every scope holds."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Key = tuple[str, str, str]  # dataset, table, column, the last two folded


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the truth.

    ``labels`` are required; each is a tuple of types any of which is right. ``optional`` types are neither
    right nor wrong, ``"*"`` among them excuses everything. ``held`` is the type that the values were made as.
    """

    key: Key
    labels: tuple[tuple[str, ...], ...]
    optional: frozenset[str]
    negative: str
    held: str
    header: str
    slices: tuple[str, ...]
    row: dict[str, str]

    @property
    def hard_negative(self) -> bool:
        """Tell whether the column was made to be mistaken for personal information."""
        return bool(self.negative) and not self.negative.startswith(("real_", "plain_"))


def key_of(dataset: str, table: str, column: str) -> Key:
    """Return the name under which a column is looked up: case and outer blanks do not matter."""
    return dataset, table.lower(), column.strip().lower()


def columns(folder: Path, parts: tuple[str, ...] = ()) -> list[Column]:
    """Return the columns of ``folder`` and ``folder/real``; ``parts`` keeps datasets that begin so."""
    files = [*sorted(folder.glob("truth*columns.csv")), *sorted((folder / "real").glob("truth*columns.csv"))]
    rows = (row for file in files for row in _rows(file))
    return [_column(row) for row in rows if not parts or row["dataset"].startswith(parts)]


def warehouses(folder: Path) -> list[dict[str, Any]]:
    """Return the person counts of every warehouse."""
    path = folder / "truth_subjects.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _column(row: dict[str, str]) -> Column:
    return Column(
        key=key_of(row["dataset"], row["table"], row["column"]),
        labels=tuple(tuple(label.split("|")) for label in _split(row["labels"])),
        optional=frozenset(kind for label in _split(row["optional"]) for kind in label.split("|")),
        negative=row["neg_class"],
        held=row.get("base_type", ""),
        header=row["header_kind"],
        slices=tuple(_slices(row)),
        row=row,
    )


def _split(text: str) -> list[str]:
    return [part for part in text.split(";") if part]


def _slices(row: dict[str, str]) -> Iterator[str]:
    source, noise = row["dataset"].split("/")[0], _split(row.get("noise", ""))
    yield f"source={source}"
    yield f"header={source}/{row.get('header_kind') or 'n/a'}"
    yield f"form={row.get('form') or 'plain'}"
    yield f"contamination={float(row.get('contamination') or 0):g}"
    yield f"dtype={row.get('dtype') or 'native'}"
    yield f"values={row.get('has_values') or 'yes'}"
    yield from (f"noise={name}" for name in sorted({part.split(":")[0] for part in noise} or {"none"}))
