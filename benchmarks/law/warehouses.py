"""Scans the generated warehouses with declared flows and holds findings and routes against the truth.

    python -m benchmarks.law.warehouses [--config dev|heldout|FOLDER] [--data FOLDER] [--persons N]
                                        [--warehouse NAME] [--as-tagged] [--work FOLDER]

Every warehouse is scanned once for each way to declare its flow. The same rules are then asked on the true
numbers. A verdict of the scan agrees, is open (its interval holds the line), or contradicts. Run:
``make score-law``. Exit code 1 when anything contradicts, or a true number lies outside its interval.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.columns import data, truth
from benchmarks.columns.__main__ import add_recipe_options, recipe_of
from benchmarks.scanning import Row, Run, _scan, _warehouse_config
from scanner.result import Finding
from scanner.rules import Assessment, assess, load_facts

FLOW = "outbound"
# How the flow is declared: the facts of the organization, and those of the flow.
DECLARED: Mapping[str, tuple[Row, Row]] = {
    "no CII operator": ({"ciio": False}, {"mechanism": None}),
    "CII operator": ({"ciio": True}, {"mechanism": None}),
    "under a contract": ({"ciio": False}, {"mechanism": "standard_contract"}),
    "staff only": ({"ciio": False}, {"exemption": "hr"}),
}


def main() -> None:
    """Print what the scans say beside what the true numbers say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_recipe_options(parser)
    parser.add_argument("--data", type=Path, help="read this data folder instead of generating one")
    parser.add_argument("--work", type=Path, help="where scans are written")
    parser.add_argument("--as-tagged", action="store_true", help="count with the true tags")
    options = parser.parse_args()
    options.parts = "subject"
    recipe = recipe_of(options)
    folder = options.data or data.built(recipe)
    run = Run(data=folder, work=options.work or data.BUILT / "law" / folder.name, as_tagged=options.as_tagged)
    layouts = {one["name"]: one["tables"] for one in data.layout(recipe)}
    total: Counter[str] = Counter()
    for warehouse in truth.warehouses(folder):
        for declared in DECLARED:
            result = _scanned(run, warehouse, layouts.get(warehouse["name"], []), declared)
            total.update(compare(warehouse, declared, result))
    print(", ".join(f"{number} {what}" for what, number in sorted(total.items())))
    sys.exit(bool(total["contradict"] or total["outside"]))


def day_of(warehouse: Row) -> str:
    """Return the last day of the year of the data.

    The truth takes as sensitive what GB/T 45574-2025 does, which counts from 2025-11-01; the window since
    1 January is the same on any day of the year.
    """
    return f"{warehouse['reference_date'][:4]}-12-31"


def _scanned(run: Run, warehouse: Row, layout: Sequence[Row], declared: str) -> Row:
    organization, flow = DECLARED[declared]
    config = _warehouse_config(run, warehouse["name"], layout)
    config["organization"] |= organization
    config["held"] = {"important_data": "none"}
    config["flows"] = [one | flow | {"important_data": False} for one in config["flows"]]
    name = f"{warehouse['name']}_{declared.replace(' ', '_')}"
    return _scan(run, name, config, "--as-of", day_of(warehouse), "--count", "exact")


def true_facts(warehouse: Row, declared: str) -> Row:
    """Return the facts of a warehouse with its true numbers of persons."""
    organization, flow = DECLARED[declared]
    exported = warehouse["outbound"]["since_1_january"]
    sensitive = exported["true_persons_sensitive"]
    counts = {
        "nonsensitive_subjects": exported["true_persons"] - sensitive,
        "sensitive_subjects": sensitive,
        "important_data": False,
    }
    return {
        "as_of": day_of(warehouse),
        "organization": organization,
        "held": {"pi_subjects": warehouse["warehouse"]["true_persons"], "important_data": "none"},
        "flows": [{"name": FLOW, **flow, **counts}],
    }


def compare(warehouse: Row, declared: str, result: Row) -> Iterator[str]:
    """Yield what became of every verdict, number and route; print what does not simply agree."""
    facts = load_facts(true_facts(warehouse, declared))
    true = assess(facts)
    found = {(one["rule_id"], one["scope"]): one for one in result["findings"]}
    where = f"{warehouse['name']}, {declared}"
    for finding in true.findings:
        scanned = found.get((finding.rule_id, finding.scope))
        if scanned is None:
            continue
        for outcome, found_here, truly in _judged(scanned, finding):
            yield outcome
            _tell(outcome, f"{where}: {finding.rule_id} {found_here}, truly {truly}")
    yield from _routes(where, true, result)


def _judged(scanned: Row, true: Finding) -> Iterator[tuple[str, object, object]]:
    """Yield outcome, what the scan says and what is true, of the verdict and of the number."""
    if true.verdict != "undetermined":
        yield _outcome(scanned["verdict"], true.verdict), scanned["verdict"], true.verdict
    bounds = scanned["count"]
    if true.count and bounds:
        inside = bounds["lower"] <= true.count.upper and true.count.lower <= bounds["upper"]
        yield "inside" if inside else "outside", bounds, true.count


def _routes(where: str, true: Assessment, result: Row) -> Iterator[str]:
    for flow in result["flows"]:
        mechanism = true.route[flow["name"]].mechanism
        yield _outcome(flow["mechanism"], mechanism)
        print(f"{where}: route {flow['mechanism']}, truly {mechanism} ({', '.join(flow['because'])})")


def _outcome(found: str, true: str) -> str:
    if found == true:
        return "agree"
    return "open" if found == "undetermined" else "contradict"


def _tell(outcome: str, line: str) -> None:
    if outcome in ("open", "contradict", "outside"):
        print(f"{outcome}: {line}")


if __name__ == "__main__":
    main()
