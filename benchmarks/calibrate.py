"""How often tags of each tier are right, on labelled data: the figures of ``classifiers/calibration.yaml``.

    python benchmarks/calibrate.py [--data ../shared/data]

Tables are split in two halves by the digest of their name. Each half's share of right tags is printed beside
the other's, so that a figure taken from one half can be checked on columns that were not used for it.
A tag is right when its type is a label or an optional type of the column in the truth files.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from classifiers import decide, gather
from classifiers.ranking import best
from classifiers.tagging import confidences
from classifiers.text import load_text_engine
from connectors import Table, connect

Truth = dict[tuple[str, str, str], set[str]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    data = parser.parse_args().data
    if not (data / "manifest.json").exists():
        sys.exit(
            f"{data}: no labelled data there. Name a folder with manifest.json and truth files by --data."
        )
    right, wrong = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    truth = _truth(data)
    for key, tier, found in _decisions(data):
        if key in truth:
            half = hashlib.sha256(key[1].encode()).digest()[0] % 2
            (right if found in truth[key] or "*" in truth[key] else wrong)[(tier, half)] += 1
    _print(right, wrong)


def _truth(data: Path) -> Truth:
    found: Truth = {}
    for path in (*data.glob("truth*columns.csv"), *data.glob("real/truth*columns.csv")):
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                allowed = {
                    t
                    for label in (row["labels"], row["optional"])
                    for part in label.split(";")
                    for t in part.split("|")
                }
                found[(row["dataset"], row["table"].lower(), row["column"].strip().lower())] = allowed - {""}
    return found


def _decisions(data: Path) -> Iterator[tuple[tuple[str, str, str], str, str]]:
    """Yield (dataset, table, column), tier and type of every tag."""
    reader = load_text_engine()
    manifest = json.loads((data / "manifest.json").read_text(encoding="utf-8"))
    for dataset, entry in manifest.items():
        if entry.get("format") not in ("files", "sqlite"):
            continue
        catalog = data / "real" / "catalog.csv"
        dictionary = str(catalog) if dataset.startswith("real/") and catalog.exists() else None
        with connect(str(data / entry["path"]), dictionary=dictionary, name=dataset) as source:
            for table in source.tables():
                if not isinstance(table, Table):
                    continue
                for evidence in gather(source.sample(table, rows=2_000, seed=0), table, reader):
                    found = best(evidence)
                    for tag in decide(evidence):
                        tier = found[1] if found and tag.form != "embedded" else "embedded"
                        yield (dataset, table.name.lower(), evidence.column.strip().lower()), tier, tag.type


def _print(right: Counter[tuple[str, int]], wrong: Counter[tuple[str, int]]) -> None:
    print(f"{'tier':26}{'tags':>6}{'right':>8}{'half A':>9}{'half B':>9}{'in use':>8}")
    for tier, used in confidences().items():
        counts = [(right[tier, half], right[tier, half] + wrong[tier, half]) for half in (0, 1)]
        hits, tags = sum(h for h, _ in counts), sum(n for _, n in counts)
        shares = "".join(f"{h / n:9.3f}" if n else f"{'-':>9}" for h, n in counts)
        # One more right and one more wrong than seen: a tier of few tags is not certain.
        print(f"{tier:26}{tags:6}{(hits + 1) / (tags + 2):8.3f}{shares}{used:8.2f}")


if __name__ == "__main__":
    main()
