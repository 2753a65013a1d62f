"""The benchmark by itself: make its data, score the predictions of any tool.

python -m benchmarks.columns generate --out DATA [--config dev|heldout|FOLDER] [--parts coltype,subject,real]
python -m benchmarks.columns score PREDICTIONS --data DATA [--json OUT] [--errors N]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.columns import data, persons, predictions, report, scores, truth


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("generate", help="write a data folder")
    make.add_argument("--out", type=Path, required=True)
    add_recipe_options(make)
    score = commands.add_parser("score", help="score a file of predictions")
    score.add_argument("predictions", type=Path)
    score.add_argument("--data", type=Path, required=True)
    score.add_argument("--parts", default=",".join(data.PARTS))
    score.add_argument("--json", type=Path, help="write all figures here")
    score.add_argument("--errors", type=int, default=0, help="print the first N wrong columns of each part")
    options = parser.parse_args()
    if options.command == "generate":
        data.generate(recipe_of(options), options.out)
    else:
        score_file(options)


def add_recipe_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose what data are made."""
    parser.add_argument("--config", default="dev", help="dev, heldout, or a folder with config.json")
    parser.add_argument("--parts", default=",".join(data.PARTS), help="of coltype, subject and real")
    parser.add_argument("--seed", type=int, help="instead of that of the configuration")
    parser.add_argument("--persons", type=int, help="population of every warehouse")
    parser.add_argument("--warehouse", help="make only this warehouse")


def recipe_of(options: argparse.Namespace) -> data.Recipe:
    """Return the recipe that the options describe."""
    parts = tuple(options.parts.split(","))
    return data.Recipe(
        config=options.config,
        parts=parts,
        seed=options.seed,
        persons=options.persons,
        warehouse=options.warehouse,
    )


def score_file(options: argparse.Namespace) -> None:
    """Score a file of predictions and print the figures."""
    found = predictions.load(options.predictions)
    figures = score_parts(options.data, found, tuple(options.parts.split(",")), options.errors)
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def score_parts(
    folder: Path, found: predictions.Predictions, parts: tuple[str, ...], errors: int = 0
) -> dict[str, dict[str, object]]:
    """Return and print the figures of each part."""
    figures = {}
    for part in parts:
        if columns := truth.columns(folder, (part,)):
            mine = {key: types for key, types in found.columns.items() if key[0].startswith(part)}
            figures[part] = scores.score(columns, mine)
            print(f"\n== {part}")
            report.print_columns(figures[part], errors)
    if "subject" in parts and found.subjects:
        figures["persons"] = persons.score(truth.warehouses(folder), found.subjects)
        report.print_persons(figures["persons"])
    return figures


if __name__ == "__main__":
    main()
