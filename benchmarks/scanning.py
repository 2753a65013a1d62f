"""Run ``pandian scan`` over a data folder of the benchmark and read its ``scan.json`` as predictions.

One scan covers all tables that are there for their column types (``--count none``); one scan a warehouse
counts its people (``--count exact``). Nothing but the documented interface is used.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.columns import truth
from benchmarks.measured import measure

Row = dict[str, Any]
OUTBOUND = {"all_time": "all_time", "year_to_date": "since_1_january"}  # window of a flow: name in the truth


@dataclass(frozen=True, kw_only=True)
class Run:
    """How to scan: the data, where scans are written, the command and flags added to it."""

    data: Path
    work: Path
    flags: tuple[str, ...] = ()
    as_tagged: bool = False  # give the census the true tags: measures counting alone
    command: tuple[str, ...] = (str(Path(sys.executable).with_name("pandian")),)


def scan_columns(run: Run, parts: Sequence[str]) -> Row:
    """Scan the tables of the parts ``coltype`` and ``real``; return the ``scan.json``."""
    wanted = [
        name
        for name in _manifest(run.data)
        if name.startswith(tuple(f"{p}/" for p in parts if p != "subject"))
    ]
    if not wanted:
        return {"datasets": []}
    return _scan(run, "columns", {"sources": _sources(run.data, wanted)}, "--count", "none")


def predict_persons(run: Run, layout: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Scan every warehouse of the truth; return what columns hold and how many persons scopes hold."""
    layouts = {warehouse["name"]: warehouse["tables"] for warehouse in layout}
    columns, persons = [], []
    for warehouse in truth.warehouses(run.data):
        name = warehouse["name"]
        config = _warehouse_config(run, name, layouts.get(name, []))
        flags = ("--as-of", warehouse["reference_date"], "--count", "exact")
        result = _scan(run, f"subject_{name}", config, *flags)
        columns += columns_of(result)
        persons += _persons(name, result)
    return columns, persons


def _scan(run: Run, name: str, config: Row, *flags: str) -> Row:
    out = run.work / name
    out.mkdir(parents=True, exist_ok=True)
    path = out / "pandian.yaml"
    path.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    command = [*run.command, "scan", "--config", str(path), "--output", str(out), "--format", "json"]
    done = measure([*command, *flags, *run.flags])
    print(f"scan of {name}: exit {done.code}, {done.cost}", file=sys.stderr)
    if done.code not in (0, 3):
        sys.exit(f"scan of {name} failed:\n{done.out[-2000:]}\n{done.err[-4000:]}")
    result: Row = json.loads((out / "scan.json").read_text(encoding="utf-8"))
    for missing in result["not_scanned"]:
        print(f"  not scanned: {missing}", file=sys.stderr)
    return result


def _manifest(data: Path) -> Row:
    found: Row = json.loads((data / "manifest.json").read_text(encoding="utf-8"))
    return found


def _sources(data: Path, names: Sequence[str]) -> list[Row]:
    entries = _manifest(data)
    return [_source(data, name, entries[name]) for name in names]


def _source(data: Path, name: str, entry: Row) -> Row:
    path, dictionary = (data / entry["path"]).resolve(), (data / "real" / "catalog.csv").resolve()
    source = {"name": name, "url": f"sqlite:///{path}" if entry["format"] == "sqlite" else str(path)}
    if name.startswith("real/") and dictionary.exists():
        source["dictionary"] = str(dictionary)
    return source


def _warehouse_config(run: Run, name: str, layout: Sequence[Row]) -> Row:
    prefix = f"subject/{name}/"
    outbound = [
        {"dataset": prefix + table["dataset"], "table": table["name"], "time_column": table["outbound"]}
        for table in layout
        if table.get("outbound")
    ]
    flow = {"name": "outbound", "recipient_country": "SG", "tables": outbound}
    config: Row = {
        "sources": _sources(run.data, [n for n in _manifest(run.data) if n.startswith(prefix)]),
        "organization": {"name": name},
        "flows": [flow] if outbound else [],
    }
    if run.as_tagged:
        config["review"] = str(_true_tags(run, name).resolve())
    return config


def _true_tags(run: Run, warehouse: str) -> Path:
    """Write the true tags as a review file: one decision per column."""
    with (run.data / "truth_columns.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["dataset"].startswith(f"subject/{warehouse}/")]
    decisions = [
        {
            **{name: row[name] for name in ("dataset", "table", "column")},
            "types": [label.split("|")[0] for label in row["labels"].split(";") if label],
            "reason": "ground truth",
            "by": "benchmark",
        }
        for row in rows
    ]
    run.work.mkdir(parents=True, exist_ok=True)
    path = run.work / f"review_{warehouse}.yaml"
    path.write_text(yaml.safe_dump({"decisions": decisions}, allow_unicode=True), encoding="utf-8")
    return path


def columns_of(result: Row) -> Iterator[Row]:
    """Yield the tags of every column that has any, as predictions."""
    for dataset in result["datasets"]:
        for table in dataset["tables"]:
            for column in table["columns"]:
                tags = {t["type"]: t["confidence"] for t in column["tags"] if t["decision"] != "rejected"}
                if tags:
                    yield {
                        "dataset": dataset["name"],
                        "table": table["name"],
                        "column": column["name"],
                        "types": list(tags),
                        "confidences": list(tags.values()),
                    }


def _persons(warehouse: str, result: Row) -> Iterator[Row]:
    for scope, name, counts in _scopes(f"subject/{warehouse}/", result):
        for count in counts:
            answer = _answer(scope, name, count)
            if answer:
                yield {
                    "warehouse": warehouse,
                    "scope": answer[0],
                    "name": answer[1],
                    "persons": count["estimate"],
                    "low": count["lower"],
                    "high": count["upper"],
                    "modelled": count["modelled"],
                    "modelled_error": count["modelled_error"],
                }


def _scopes(prefix: str, result: Row) -> Iterator[tuple[str, str, list[Row]]]:
    yield "organization", "", result["organization"]["subjects"]
    for dataset in result["datasets"]:
        short = dataset["name"].removeprefix(prefix)
        yield "dataset", short, dataset["subjects"]
        for table in dataset["tables"]:
            yield "table", f"{short}/{table['name']}", table["subjects"]
    for flow in result["flows"]:
        yield "outbound", flow["name"], flow["subjects"]


def _answer(scope: str, name: str, count: Row) -> tuple[str, str] | None:
    """Return the scope and name of a count in the truth, None when the truth has no such scope."""
    category, window = count["category"], count["window"]
    if scope == "outbound":
        return (scope, OUTBOUND[window]) if category == "all" and window in OUTBOUND else None
    if window != "all_time":
        return None
    if category == "all":
        return ("warehouse", "") if scope == "organization" else (scope, name)
    if scope != "organization" or category in ("sensitive", "nonsensitive", "minor_under_18"):
        return None
    return ("minors", "") if category == "minor_under_14" else ("category", category)
