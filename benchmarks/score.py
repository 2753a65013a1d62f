"""Score Pandian on the public benchmark: generate the data (once), scan, print.

    python -m benchmarks.score [--config dev|heldout|FOLDER] [--parts coltype,real,subject] [--data FOLDER]
                               [--as-tagged] [--persons N] [--warehouse NAME] [--errors N] [--stability]
                               [--scan-flag FLAG]

Data (made once) and results go to ``build/benchmark``. ``--data`` scores a data folder that exists already.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import stability
from benchmarks.columns import data, predictions
from benchmarks.columns.__main__ import add_recipe_options, recipe_of, score_parts
from benchmarks.scanning import Run, columns_of, predict_persons, scan_columns


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_recipe_options(parser)
    parser.add_argument("--data", type=Path, help="score this data folder instead of generating one")
    parser.add_argument("--work", type=Path, help="where scans, predictions and scores are written")
    parser.add_argument("--as-tagged", action="store_true", help="count with the true tags")
    parser.add_argument("--errors", type=int, default=0, help="print the first N wrong columns of each part")
    parser.add_argument(
        "--stability",
        action="store_true",
        help="scan samples of columns three times, once under another seed",
    )
    parser.add_argument(
        "--scan-flag", action="append", default=[], help="added to `pandian scan` (repeatable)"
    )
    options = parser.parse_args()
    recipe = recipe_of(options)
    start = time.perf_counter()
    folder = options.data or data.built(recipe)
    print(f"data in {folder}: {time.perf_counter() - start:.1f} s", file=sys.stderr)
    tags = "-true-tags" if options.as_tagged else ""
    work = options.work or data.BUILT / "results" / f"{folder.name}{tags}"
    run = Run(data=folder, work=work, flags=tuple(options.scan_flag), as_tagged=options.as_tagged)
    figures = scored(run, recipe, options.errors, steady=options.stability)
    print_summary(figures)


def scored(run: Run, recipe: data.Recipe, errors: int = 0, *, steady: bool = False) -> dict[str, Any]:
    """Scan the data, write predictions and scores to the work folder, print and return the scores.

    ``steady`` also measures whether tags stay the same under the same and another seed.
    """
    result = scan_columns(run, recipe.parts)
    columns = list(columns_of(result))
    persons: list[dict[str, Any]] = []
    if "subject" in recipe.parts:
        more, persons = predict_persons(run, data.layout(recipe))
        columns += more
    predictions.save(run.work / "predictions.json", columns, persons)
    figures = score_parts(run.data, predictions.load(run.work / "predictions.json"), recipe.parts, errors)
    if steady:
        figures["stability"] = list(stability.measure(run, recipe.parts).lines())
        print("\n" + "\n".join(figures["stability"]))
    (run.work / "scores.json").write_text(
        json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return figures


def print_summary(figures: dict[str, Any]) -> None:
    """Print the figures that the targets are about."""
    titles = ("macro F1", "micro F1", "micro P", "micro R", "hard FP", "opaque R")
    print(f"\n{'part':10}" + "".join(f"{title:>10}" for title in titles))
    for part in data.PARTS:
        if part in figures:
            print(f"{part:10}" + "".join(f"{shown(value):>10}" for value in headline(part, figures[part])))


def headline(part: str, s: dict[str, Any]) -> tuple[float | None, ...]:
    """Return macro F1, micro F1, P and R, share of flagged hard negatives, recall under opaque headers."""
    opaque = s["slices"].get(f"header={part}/opaque")
    return (
        *(s[name] for name in ("macro_f1", "micro_f1", "micro_precision", "micro_recall")),
        s["hard_negative_fp_rate"] if s["hard_negative_columns"] else None,
        opaque["recall"] if opaque else None,
    )


def shown(value: float | None) -> str:
    """Return a rate as text; a dash where there is nothing to rate."""
    return "-" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main()
