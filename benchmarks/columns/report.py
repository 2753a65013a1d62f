"""Print scores as text."""

from __future__ import annotations

import json
from typing import Any

OFF = 0.005  # of the linkable persons: scopes that are off by more are printed one by one
_PERSONS = (
    "mean_abs_error_true",
    "mean_abs_error_linkable",
    "max_abs_error_linkable",
    "mean_abs_error_modelled",
    "interval_has_true",
    "mean_interval_width",
)


def print_columns(scores: dict[str, Any], errors: int = 0) -> None:
    """Print the scores of one group of columns, then the first ``errors`` wrong columns."""
    s = scores
    print(
        f"columns {s['columns']}  labels {s['labels']}  micro P {s['micro_precision']:.3f} "
        f"R {s['micro_recall']:.3f} F1 {s['micro_f1']:.3f}  macro F1 {s['macro_f1']:.3f}"
    )
    print(
        f"hard-negative FP rate {s['hard_negative_fp_rate']:.3f} ({s['hard_negative_columns']} columns)  "
        f"unlabelled-column FP rate {s['unlabelled_fp_rate']:.3f} ({s['unlabelled_columns']})"
    )
    if s["predictions_for_unknown_columns"]:
        print(f"note: {s['predictions_for_unknown_columns']} predicted columns are not in the truth")
    print(f"\n{'type':24}{'n':>5}{'P':>8}{'R':>8}{'F1':>8}{'fp':>5}")
    for name, figures in s["per_type"].items():
        print(f"{name:24}{_figures(figures)}")
    print(f"\n{'slice':32}{'n':>5}{'P':>8}{'R':>8}{'F1':>8}{'fp':>5}")
    for name, figures in s["slices"].items():
        print(f"{name:32}{_figures(figures)}")
    _print_hard_negatives(s["hard_negatives"])
    _print_calibration(s["calibration"])
    for error in s["errors"][:errors]:
        print(json.dumps(error, ensure_ascii=False))


def _figures(figures: dict[str, Any]) -> str:
    rates = "".join(f"{figures[name]:>8.3f}" for name in ("precision", "recall", "f1"))
    return f"{figures['support']:>5}{rates}{figures['fp']:>5}"


def _print_hard_negatives(classes: dict[str, dict[str, Any]]) -> None:
    flagged = [
        f"{name} {figures['flagged']}/{figures['columns']} {figures['as']}"
        for name, figures in classes.items()
        if figures["flagged"]
    ]
    if classes:
        print("\nhard negatives flagged: " + (", ".join(flagged) or "none"))


def _print_calibration(bins: list[dict[str, Any]]) -> None:
    if bins:
        print(f"\n{'confidence':>16}{'tags':>7}{'right':>7}{'share':>8}{'stated':>8}")
    for b in bins:
        label = f"{b['from']:.2f} - {b['to']:.2f}"
        share = b["right"] / b["tags"]
        print(f"{label:>16}{b['tags']:>7}{b['right']:>7}{share:>8.3f}{b['mean_confidence']:>8.3f}")


def print_persons(scores: dict[str, Any]) -> None:
    """Print the errors of counted persons by kind of scope, and the scopes that are off."""
    print(f"\nsubject counts: {scores['answered']} of {scores['scopes']} scopes answered")
    titles = ("|err| true", "linkable", "worst", "modelled", "covered", "width")
    print(f"{'scope':10}{'n':>4}" + "".join(f"{title:>11}" for title in titles))
    for scope, m in scores["by_scope"].items():
        print(f"{scope:10}{m['n']:>4}" + "".join(f"{_or_dash(m[name]):>11}" for name in _PERSONS))
    bounds, model = scores["bounds"], scores["model"]
    print(
        f"true number in [lower, upper]: {bounds['have_true']} of {bounds['scopes']} scopes;"
        f" median width of tables and datasets {_or_dash(bounds['median_width'])}"
    )
    print(
        f"true number within the stated error of the modelled one: {model['have_true']} of {model['scopes']};"
        f" largest error {_or_dash(model['max_abs_error'])}"
    )
    for row in scores["rows"]:
        if row["predicted"] is None:
            continue
        if not row.get("interval_has_true", True):
            print(f"  outside its interval: {_where(row)}")
        elif abs(row["error_linkable"]) > OFF:
            print(f"  off linkable: {_where(row)}")


def _where(row: dict[str, Any]) -> str:
    return (
        f"{row['warehouse']} {row['scope']} {row['name']}: predicted {row['predicted']}, "
        f"true {row['true']}, linkable {row['linkable']} ({row['error_linkable']:+.2%})"
    )


def _or_dash(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
