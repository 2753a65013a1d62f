"""Write docs/accuracy.md: Pandian beside other tools on the benchmark, all through one scorer.

    python -m benchmarks.accuracy [--out docs/accuracy.md] [--reuse]

Scans with Pandian (``--reuse`` takes the predictions of the last run) and takes the predictions of the peers
that ``make peers`` wrote. ``make accuracy`` does both.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import stability
from benchmarks.columns import VERSION, data, predictions, scores, truth
from benchmarks.peers.__main__ import PARTS, runs
from benchmarks.scanning import Run, columns_of, scan_columns
from benchmarks.score import headline, shown

Figures = dict[str, Any]  # of one tool on one part, as ``scores.score`` returns them
Tools = dict[str, Figures]  # of all tools on one part, Pandian first

TEMPLATE = Path(__file__).with_name("accuracy.template.md")
CONFIGS = ("heldout", "dev")
NAMES = {
    "argus-redact": "argus-redact, bare cells",
    "argus-redact-with-header": "argus-redact, header as context",
    "helan": "helan, bare cells",
    "helan-with-header": "helan, header as context",
}
HEADLINE = ("macro F1", "micro F1", "precision", "recall", "hard negatives flagged", "opaque-header recall")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path("docs/accuracy.md"))
    parser.add_argument("--reuse", action="store_true", help="do not scan again")
    options = parser.parse_args()
    measured: dict[str, Tools] = {}
    for config in CONFIGS:
        folder = data.built(data.Recipe(config=config))
        work = results(folder)
        if not options.reuse:
            scan(Run(data=folder, work=work))
        measured[config] = figures_of_tools(folder, work, "coltype")
    measured["real"] = figures_of_tools(folder, work, "real")
    options.out.write_text(page(measured, stability_of(CONFIGS)), encoding="utf-8")


def results(folder: Path) -> Path:
    """Return where Pandian's results on a data folder lie."""
    return data.BUILT / "results" / folder.name / "accuracy"


def scan(run: Run) -> None:
    """Scan the columns, and samples of them three times; save the predictions and how stable they are."""
    result = scan_columns(run, PARTS)
    predictions.save(run.work / "predictions.json", list(columns_of(result)))
    kept = "\n".join(stability.measure(run, PARTS).lines())
    (run.work / "stability.txt").write_text(kept + "\n", encoding="utf-8")


def figures_of_tools(folder: Path, work: Path, part: str) -> Tools:
    """Return the scores of Pandian and of every peer on one part of a data folder."""
    files = {"Pandian": work / "predictions.json"}
    files |= {NAMES.get(out.name, out.name): out / "predictions.json" for _, _, out in runs(folder)}
    missing = [str(path) for path in files.values() if not path.exists()]
    if missing:
        sys.exit(f"{', '.join(missing)}: no predictions there. Run `make peers` and leave out --reuse.")
    columns = truth.columns(folder, (part,))
    return {name: scores.score(columns, predictions.load(path).columns) for name, path in files.items()}


def page(measured: dict[str, Tools], steady: str) -> str:
    """Return the page."""
    parts = {
        name: "\n\n".join(
            [summary("coltype", tools), *groups(tools)] if name in CONFIGS else [summary(name, tools)]
        )
        for name, tools in measured.items()
    }
    return TEMPLATE.read_text(encoding="utf-8").format(
        version=VERSION,
        calibration=calibration(measured),
        stability=steady,
        types=by_type(measured, CONFIGS[0]),
        **parts,
    )


def stability_of(configs: Iterable[str]) -> str:
    """Return what the last scans printed about stability."""
    files = [(name, results(data.built(data.Recipe(config=name))) / "stability.txt") for name in configs]
    return "\n".join(
        f"- {name}, {line}" for name, file in files for line in file.read_text(encoding="utf-8").splitlines()
    )


def summary(part: str, tools: Tools) -> str:
    """Return the table of the main figures."""
    rows = [[name, *map(shown, headline(part, figures))] for name, figures in tools.items()]
    return table(("tool", *HEADLINE), rows)


def groups(tools: Tools) -> Iterator[str]:
    """Yield a table for each way to group columns: header style, noise and so on, then hard negatives."""
    kinds = {
        "header=coltype/": "Header style",
        "noise=": "Noise",
        "form=": "Form",
        "contamination=": "Share of other values",
        "dtype=": "Stored as",
    }
    for prefix, title in kinds.items():
        yield f"**{title}**, F1:"
        yield table((title.lower(), "n", *tools), sliced(tools, prefix))
    yield "**Hard negatives** flagged as personal data, of all columns of the class:"
    yield table(("class", "columns", *tools), flagged(tools))


def sliced(tools: Tools, prefix: str) -> Iterator[list[str]]:
    """Yield a row for every group of columns that holds labels."""
    for name, figures in tools["Pandian"]["slices"].items():
        if name.startswith(prefix) and figures["support"]:
            yield [
                name.removeprefix(prefix),
                str(figures["support"]),
                *(shown(tool["slices"][name]["f1"]) for tool in tools.values()),
            ]


def flagged(tools: Tools) -> Iterator[list[str]]:
    """Yield a row for every class of hard negatives that any tool took for personal data."""
    for name, mine in tools["Pandian"]["hard_negatives"].items():
        counts = [tool["hard_negatives"][name]["flagged"] for tool in tools.values()]
        if any(counts):
            yield [name, str(mine["columns"]), *map(str, counts)]


def calibration(measured: dict[str, Tools]) -> str:
    """Return Pandian's table of stated confidence and share of right tags."""
    rows = [
        [
            name,
            f"{group['from']:.2f} - {group['to']:.2f}",
            str(group["tags"]),
            shown(group["mean_confidence"]),
            shown(group["right"] / group["tags"]),
        ]
        for name, tools in measured.items()
        for group in tools["Pandian"]["calibration"]
    ]
    return table(("data", "confidence", "tags", "stated", "right"), rows)


def by_type(measured: dict[str, Tools], peers_on: str) -> str:
    """Return precision, recall and F1 of Pandian for each type, and F1 of each peer on one configuration."""
    peers = [name for name in measured[peers_on] if name != "Pandian"]
    names = sorted({kind for tools in measured.values() for kind in tools["Pandian"]["per_type"]})
    wanted = ("support", "precision", "recall", "f1")
    titles = [f"{title} {name}" for name in measured for title in ("n", "P", "R", "F1")]
    rows = [
        [kind]
        + [cell for tools in measured.values() for cell in _of(tools["Pandian"], kind, wanted)]
        + [cell for name in peers for cell in _of(measured[peers_on][name], kind, ("f1",))]
        for kind in names
    ]
    return table(("type", *titles, *peers), rows)


def _of(figures: Figures, kind: str, names: Sequence[str]) -> list[str]:
    found = figures["per_type"].get(kind)
    if not found or not found["support"]:
        return ["-"] * len(names)
    return [str(found[name]) if name == "support" else shown(found[name]) for name in names]


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; all columns but the first are numbers."""
    lines = [titles, ["---", *["---:"] * (len(titles) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    main()
