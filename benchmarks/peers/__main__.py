"""Run the peers on the benchmark and score them like Pandian.

    python -m benchmarks.peers --python .venv-peers/bin/python [--config dev,heldout] [--cells 30]

``make peers`` makes the environment first. Every peer sees the same cells of the same columns; text tools
run on bare cells and with the column's comment or name before each cell. Predictions and scores go to
``build/benchmark/results``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.columns import data, predictions
from benchmarks.columns.__main__ import score_parts
from benchmarks.peers import cells
from benchmarks.score import print_summary

ADAPTERS = Path(__file__).with_name("adapters.py")
PARTS = ("coltype", "real")
RUNS = (  # peer, flags of its adapter
    ("argus-redact", ()),
    ("argus-redact", ("--context",)),
    ("helan", ()),
    ("helan", ("--context",)),
    ("presidio-structured", ()),
)
CELLS = 30  # of every column; presidio-structured reads about 200 cells a second


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", type=Path, required=True, help="of the environment that holds the peers")
    parser.add_argument("--config", default="dev,heldout")
    parser.add_argument("--cells", type=int, default=CELLS, help="cells of every column")
    options = parser.parse_args()
    for config in options.config.split(","):
        folder = data.built(data.Recipe(config=config))
        file = data.BUILT / "cells" / f"{folder.name}.jsonl"
        cells.write(folder, file, options.cells, PARTS)
        for name, flags, out in runs(folder):
            out.parent.mkdir(parents=True, exist_ok=True)
            path = out / "predictions.json"
            out.mkdir(exist_ok=True)
            subprocess.run([options.python, ADAPTERS, name, file, path, *flags], check=True)
            print(f"\n#### {out.name} on {config}")
            figures = score_parts(folder, predictions.load(path), PARTS)
            print_summary(figures)
            (out / "scores.json").write_text(json.dumps(figures, ensure_ascii=False), encoding="utf-8")


def runs(folder: Path) -> Iterator[tuple[str, tuple[str, ...], Path]]:
    """Yield peer, flags and where its results on a data folder lie."""
    for name, flags in RUNS:
        suffix = "-with-header" if flags else ""
        yield name, flags, data.BUILT / "results" / folder.name / "peers" / f"{name}{suffix}"


if __name__ == "__main__":
    main()
