"""Score predicted types: precision, recall and F1, false alarms on harmless columns, calibration.

A label is found when one of its types is predicted. A predicted type that is neither a label nor optional for
the column is a false positive of that type.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.columns.predictions import Found
from benchmarks.columns.truth import Column, Key

BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)  # lower edges of the bins of confidence


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was right and wrong about the predictions for one column; a label goes by its first type."""

    column: Column
    predicted: Found
    found: tuple[str, ...]
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def judge(column: Column, predicted: Found) -> Verdict:
    """Compare the predictions for one column with its truth."""
    used: set[str] = set()
    found, missed = [], []
    for label in column.labels:
        hits = predicted.keys() & set(label)
        (found if hits else missed).append(label[0])
        used |= hits
    excused = predicted.keys() if "*" in column.optional else used | column.optional
    wrong = sorted(predicted.keys() - excused)
    return Verdict(
        column=column, predicted=predicted, found=tuple(found), missed=tuple(missed), wrong=tuple(wrong)
    )


def rates(tp: int, fp: int, fn: int) -> dict[str, Any]:
    """Return precision, recall and F1 with their counts; a rate of nothing is 0."""
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "support": tp + fn, "tp": tp, "fp": fp, "fn": fn, "precision": precision, "recall": recall, "f1": f1,
    }  # fmt: skip


def score(truth: Sequence[Column], predicted: dict[Key, Found]) -> dict[str, Any]:
    """Return all figures about columns."""
    verdicts = [judge(column, predicted.get(column.key, {})) for column in truth]
    per_type = by_type(verdicts)
    total = overall(verdicts)
    supported = [figures["f1"] for figures in per_type.values() if figures["support"]]
    return {
        "columns": len(truth),
        "labels": total["support"],
        "predictions_for_unknown_columns": len(predicted.keys() - {column.key for column in truth}),
        "macro_f1": sum(supported) / len(supported) if supported else 0.0,
        "micro_precision": total["precision"],
        "micro_recall": total["recall"],
        "micro_f1": total["f1"],
        **false_alarms(verdicts),
        "per_type": per_type,
        "hard_negatives": hard_negatives(verdicts),
        "slices": by_slice(verdicts),
        "calibration": calibration(verdicts),
        "errors": [_error(verdict) for verdict in verdicts if verdict.missed or verdict.wrong],
    }


def overall(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """Return the rates over all labels of the columns."""
    tp = fp = fn = 0
    for verdict in verdicts:
        tp, fp, fn = tp + len(verdict.found), fp + len(verdict.wrong), fn + len(verdict.missed)
    return rates(tp, fp, fn)


def by_type(verdicts: Sequence[Verdict]) -> dict[str, dict[str, Any]]:
    """Return the rates of each type."""
    tp = Counter(kind for verdict in verdicts for kind in verdict.found)
    fp = Counter(kind for verdict in verdicts for kind in verdict.wrong)
    fn = Counter(kind for verdict in verdicts for kind in verdict.missed)
    return {kind: rates(tp[kind], fp[kind], fn[kind]) for kind in sorted({*tp, *fp, *fn})}


def by_slice(verdicts: Iterable[Verdict]) -> dict[str, dict[str, Any]]:
    """Return the rates of each group of columns: header style, form, noise, storage."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        for name in verdict.column.slices:
            groups[name].append(verdict)
    return {name: overall(groups[name]) for name in sorted(groups)}


def false_alarms(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """Return the shares of hard negatives and of all unlabelled columns that were given a wrong type."""
    hard = [verdict for verdict in verdicts if verdict.column.hard_negative]
    clean = [verdict for verdict in verdicts if not verdict.column.labels]
    return {
        "hard_negative_columns": len(hard),
        "hard_negative_fp_rate": _share(hard, lambda verdict: bool(verdict.wrong)),
        "unlabelled_columns": len(clean),
        "unlabelled_fp_rate": _share(clean, lambda verdict: bool(verdict.wrong)),
    }


def hard_negatives(verdicts: Iterable[Verdict]) -> dict[str, dict[str, Any]]:
    """Return for each class of hard negatives how many columns were flagged, and as what."""
    classes: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.column.hard_negative:
            classes[verdict.column.negative].append(verdict)
    return {
        name: {
            "columns": len(group),
            "flagged": sum(bool(verdict.wrong) for verdict in group),
            "as": dict(Counter(kind for verdict in group for kind in verdict.wrong).most_common(4)),
        }
        for name, group in sorted(classes.items())
    }


def calibration(verdicts: Iterable[Verdict]) -> list[dict[str, Any]]:
    """Return for each bin of confidence how many tags were right.

    Right is a type of a label or the type that the values were made as; wrong is a false positive. Tags that
    the truth excuses for another reason (``optional``) are left out.
    """
    hits: list[list[tuple[float, bool]]] = [[] for _ in BINS]
    for confidence, right in graded_tags(verdicts):
        hits[sum(confidence >= edge for edge in BINS) - 1].append((confidence, right))
    edges = (*BINS, 1.0)
    return [
        {
            "from": edges[i],
            "to": edges[i + 1],
            "tags": len(group),
            "right": sum(right for _, right in group),
            "mean_confidence": sum(confidence for confidence, _ in group) / len(group),
        }
        for i, group in enumerate(hits)
        if group
    ]


def graded_tags(verdicts: Iterable[Verdict]) -> list[tuple[float, bool]]:
    """Return confidence and correctness of every tag that is right or wrong."""
    return [
        (confidence, kind not in verdict.wrong)
        for verdict in verdicts
        for kind, confidence in verdict.predicted.items()
        if confidence is not None and (kind in verdict.wrong or kind in _true_types(verdict.column))
    ]


def _true_types(column: Column) -> set[str]:
    return {kind for label in column.labels for kind in label} | {column.held}


def _share(verdicts: Sequence[Verdict], holds: Callable[[Verdict], bool]) -> float:
    return sum(map(holds, verdicts)) / len(verdicts) if verdicts else 0.0


def _error(verdict: Verdict) -> dict[str, Any]:
    row = verdict.column.row
    shown = (
        "dataset", "table", "column", "labels", "neg_class", "header_kind", "form", "noise", "contamination",
    )  # fmt: skip
    return {
        **{name: row[name] for name in shown},
        "predicted": sorted(verdict.predicted),
        "missed": list(verdict.missed),
        "wrong": list(verdict.wrong),
    }
