"""Score counted persons: error against the truth, coverage and width of the intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

LISTS = {"dataset": "datasets", "table": "tables", "category": "categories", "outbound": "outbound"}
Truth = dict[str, Any]


def scopes(warehouse: Truth) -> Iterator[tuple[str, str, int, int]]:
    """Yield scope, name, true persons and linkable persons of everything that can be counted."""
    whole = warehouse["warehouse"]
    yield "warehouse", "", whole["true_persons"], whole["linkable_persons"]
    yield "minors", "", whole["minors_under_14"], whole["minors_visible"]
    for scope, field in LISTS.items():
        for name, counts in warehouse[field].items():
            if counts:
                yield scope, name, counts["true_persons"], counts["linkable_persons"]


def score(truth: Sequence[Truth], predicted: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the error of every scope and their means by kind of scope."""
    answers = {(p["warehouse"], p["scope"], p.get("name") or ""): p for p in predicted}
    rows = [
        _row(warehouse["name"], *scope, answers.get((warehouse["name"], *scope[:2])))
        for warehouse in truth
        for scope in scopes(warehouse)
    ]
    answered = defaultdict(list)
    for row in rows:
        if row["predicted"] is not None:
            answered[row["scope"]].append(row)
    return {
        "scopes": len(rows),
        "answered": sum(map(len, answered.values())),
        "by_scope": {scope: _means(group) for scope, group in answered.items()},
        "bounds": _bounds(rows),
        "model": _model(rows),
        "rows": rows,
    }


def _bounds(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return how many intervals hold the true number, and how wide those of tables and datasets are."""
    bounded = [row for row in rows if "interval_width" in row]
    widths = [row["interval_width"] for row in bounded if row["scope"] in ("table", "dataset")]
    return {
        "scopes": len(bounded),
        "have_true": sum(row["interval_has_true"] for row in bounded),
        "median_width": median(widths) if widths else None,
    }


def _model(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return how far modelled numbers are off the true ones, and how many stated errors say so."""
    modelled = [row for row in rows if "error_modelled" in row]
    return {
        "scopes": len(modelled),
        "have_true": sum(row["modelled_has_true"] for row in modelled),
        "max_abs_error": max((abs(row["error_modelled"]) for row in modelled), default=None),
    }


def _row(  # noqa: PLR0913, PLR0917 -- the parts of one row
    warehouse: str, scope: str, name: str, true: int, linkable: int, answer: dict[str, Any] | None
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "warehouse": warehouse, "scope": scope, "name": name, "true": true, "linkable": linkable,
        "predicted": answer and answer["persons"],
    }  # fmt: skip
    if answer is None:
        return row
    row["error_true"] = _error(answer["persons"], true)
    row["error_linkable"] = _error(answer["persons"], linkable)
    if answer.get("modelled") is not None:
        row["error_modelled"] = _error(answer["modelled"], true)
        row["modelled_has_true"] = abs(answer["modelled"] - true) <= answer.get("modelled_error", 0)
    if "low" in answer and "high" in answer:
        row["interval_has_true"] = answer["low"] <= true <= answer["high"]
        row["interval_has_linkable"] = answer["low"] <= linkable <= answer["high"]
        row["interval_width"] = (answer["high"] - answer["low"]) / true if true else 0.0
    return row


def _error(counted: int, true: int) -> float:
    return (counted - true) / true if true else float(counted > 0)


def _means(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    linkable = [abs(row["error_linkable"]) for row in rows]
    true = [abs(row["error_true"]) for row in rows]
    modelled = [abs(row["error_modelled"]) for row in rows if "error_modelled" in row]
    bounded = [row for row in rows if "interval_width" in row]
    return {
        "n": len(rows),
        "mean_abs_error_true": _mean(true),
        "mean_abs_error_linkable": _mean(linkable),
        "max_abs_error_linkable": max(linkable),
        "within_5pct_linkable": _mean([error <= 0.05 for error in linkable]),
        "within_20pct_true": _mean([error <= 0.2 for error in true]),
        "modelled": len(modelled),
        "mean_abs_error_modelled": _mean(modelled) if modelled else None,
        "interval_has_true": _mean([row["interval_has_true"] for row in bounded]) if bounded else None,
        "mean_interval_width": _mean([row["interval_width"] for row in bounded]) if bounded else None,
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
