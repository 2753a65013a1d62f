"""How often tags of each tier are right: the figures of ``classifiers/calibration.yaml``.

    python -m benchmarks.calibrate

The figures are fitted on the development configuration and on one half of the real tables (by the digest of
their name). ``check`` is the share on data that was not used: the held-out configuration and the other half.
A tag is right when its type is a label or an optional type of the column, wrong when it is neither.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.columns import data, truth
from classifiers import decide, gather
from classifiers.ranking import best
from classifiers.tagging import confidences
from classifiers.text import load_text_engine
from connectors import Table, connect

PARTS = ("coltype", "real")
ROWS, SEED = 2_000, 0
FIT, CHECK = "dev", "heldout"

Found = tuple[truth.Key, str, str]  # column, tier, type


def main() -> None:
    right, wrong = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for config in (FIT, CHECK):
        folder = data.built(data.Recipe(config=config))
        columns = {column.key: column for column in truth.columns(folder, PARTS)}
        for key, tier, pi_type in tagged(folder):
            if key in columns and part_of(key, config):
                (right if excused(columns[key], pi_type) else wrong)[tier, config] += 1
    show(right, wrong)


def part_of(key: truth.Key, config: str) -> bool:
    """Tell whether a column counts for the configuration; the real tables are in both, one half for each."""
    if not key[0].startswith("real/"):
        return True
    half = hashlib.sha256(key[1].encode()).digest()[0] % 2
    return (half == 0) == (config == FIT)


def excused(column: truth.Column, pi_type: str) -> bool:
    """Tell whether the type is a label of the column or optional for it."""
    labels = {kind for label in column.labels for kind in label}
    return pi_type in labels | column.optional or "*" in column.optional


def tagged(folder: Path) -> Iterator[Found]:
    """Yield column, tier and type of every tag."""
    reader = load_text_engine()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for dataset, entry in manifest.items():
        if not dataset.startswith(PARTS):
            continue
        catalog = folder / "real" / "catalog.csv"
        dictionary = str(catalog) if dataset.startswith("real/") else None
        with connect(str(folder / entry["path"]), dictionary=dictionary, name=dataset) as source:
            for table in source.tables():
                if not isinstance(table, Table):
                    continue
                for evidence in gather(source.sample(table, rows=ROWS, seed=SEED), table, reader):
                    found = best(evidence)
                    for tag in decide(evidence):
                        tier = found[1] if found and tag.form != "embedded" else "embedded"
                        yield truth.key_of(dataset, table.name, evidence.column), tier, tag.type


def show(right: Counter[tuple[str, str]], wrong: Counter[tuple[str, str]]) -> None:
    """Print a line for each tier. One more right and one more wrong than seen: few tags are not certain."""
    print(f"{'tier':26}{'tags':>6}{'fit':>8}{'tags':>8}{'check':>8}{'in use':>8}")
    for tier, used in confidences().items():
        line = f"{tier:26}"
        for config in (FIT, CHECK):
            hits, tags = right[tier, config], right[tier, config] + wrong[tier, config]
            line += f"{tags:>6}{(hits + 1) / (tags + 2):>8.3f}  "
        print(f"{line}{used:>6.2f}")


if __name__ == "__main__":
    main()
