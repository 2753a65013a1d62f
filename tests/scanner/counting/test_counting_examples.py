"""The examples of docs/counting.md: its tables are scanned and give the figures that it states."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from scanner import scan

PAGE = Path(__file__).parents[3] / "docs" / "counting.md"
TYPES = {
    "name": "person_name",
    "child_name": "person_name",
    "guardian_name": "person_name",
    "id_card": "id_card",
    "child_id_no": "id_card",
    "mobile": "mobile",
    "guardian_mobile": "mobile",
    "member_no": "user_account",
    "passport": "passport",
    "receiver_name": "person_name",
    "receiver_mobile": "mobile",
    "mobile_md5": "mobile",
}
KEYS = {"id", "user_id"}  # of which a reviewer says nothing
STATED = re.compile(
    r"\*\*Persons: lower (\d+), estimate (\d+), upper (\d+)(?:; with deleted rows (\d+))?\.\*\*"
)


@dataclass(frozen=True)
class Example:
    title: str
    rows: list[dict[str, str]]
    bounds: tuple[int, int, int]
    gross: int | None


def examples() -> Iterator[Example]:
    by_example, *_ = PAGE.read_text(encoding="utf-8").split("\n## 7")
    for part in by_example.split("\n### ")[1:]:
        stated = STATED.search(part)
        if stated:
            lower, estimate, upper, gross = stated.groups()
            bounds = int(lower), int(estimate), int(upper)
            yield Example(part.splitlines()[0], _rows(part), bounds, int(gross) if gross else None)


def _rows(part: str) -> list[dict[str, str]]:
    lines = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    header, _, *cells = [[cell.strip() for cell in line] for line in lines]
    return [dict(zip(header, row, strict=True)) for row in cells]


EXAMPLES = list(examples())


def _write(folder: Path, rows: list[dict[str, str]]) -> Path:
    decisions, marked = [], []
    for table in dict.fromkeys(row["table"] for row in rows):
        own = [row for row in rows if row["table"] == table]
        columns = [name for name in own[0] if name != "table" and any(row[name] for row in own)]
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([row[name] for name in columns] for row in own)
        where = {"dataset": "shop", "table": table}
        decisions += [
            {**where, "column": name, "types": [TYPES[name]] if name in TYPES else [], "by": "example"}
            for name in columns
            if name not in KEYS
        ]
        if "is_deleted" in columns:
            marked.append({**where, "deleted_column": "is_deleted"})
    (folder / "review.yaml").write_text(yaml.safe_dump({"decisions": decisions}), encoding="utf-8")
    config = {
        "sources": [{"name": "shop", "url": str(folder / "*.csv")}],
        "tables": marked,
        "review": "review.yaml",
    }
    path = folder / "pandian.yaml"
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    return path


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.title for example in EXAMPLES])
def test_an_example_counts_what_the_page_states(example: Example, tmp_path: Path) -> None:
    record = scan(config=_write(tmp_path, example.rows), as_of=dt.date(2026, 11, 26)).record
    found = {count.category: count for count in record.organization.subjects}["all"]

    assert record.complete
    assert (found.lower, found.estimate, found.upper) == example.bounds
    assert (found.gross.estimate if found.gross else None) == example.gross


def test_the_page_has_all_examples() -> None:
    assert len(EXAMPLES) == 13
