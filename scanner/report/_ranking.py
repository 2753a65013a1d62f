"""Findings in the order in which they matter, and how far each is from its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scanner.result import Distance, Finding

NEAR = 0.9  # share of the threshold from which an open verdict hinges on the count
_STATES = {
    "holds": "holds",
    "does not hold": "fails",
    "unknown": "open",
    "to be checked by a person": "open",
}  # fmt: skip
_AT_LEAST = ("ge", "gt")
_BELOW = ("le", "lt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Findings in the order in which they matter.

    Attributes:
        met: Rules whose conditions are met, those with a number first.
        first_person: Met from the first person on, or by a fact without a number.
        unsure: Undetermined although (or because) the count reaches, touches or nears the line.
        waiting: Undetermined for want of facts.
        near: Not yet reached, but in the band below the line.
        not_met, not_applicable: How many others there are.
        far: Those of ``not_met`` that have a line in numbers of people; the nearest first.
    """

    met: tuple[Finding, ...]
    first_person: tuple[Finding, ...]
    unsure: tuple[Finding, ...]
    waiting: tuple[Finding, ...]
    near: tuple[Finding, ...]
    not_met: int
    not_applicable: int
    far: tuple[Finding, ...]


def lines(findings: Iterable[Finding]) -> Lines:
    """Return the findings sorted into what is met, open and near."""
    by_verdict: dict[str, list[Finding]] = {}
    for finding in findings:
        by_verdict.setdefault(finding.verdict, []).append(finding)
    unsettled = by_verdict.get("undetermined", [])
    met, not_met = by_verdict.get("met", []), by_verdict.get("not_met", [])
    close = tuple(f for f in not_met if is_near(f))
    far = tuple(f for f in not_met if _is_line(f) and f not in close)
    return Lines(
        met=tuple(sorted((f for f in met if _is_line(f)), key=_weight)),
        first_person=tuple(f for f in met if not _is_line(f)),
        unsure=tuple(sorted((f for f in unsettled if _hinges_on_count(f)), key=_weight)),
        waiting=tuple(f for f in unsettled if not _hinges_on_count(f)),
        near=close,
        far=tuple(sorted(far, key=_remoteness)),
        not_met=len(not_met) - len(close),
        not_applicable=len(by_verdict.get("not_applicable", [])),
    )


def is_near(finding: Finding) -> bool:
    """Return whether a line is not reached, but the most people there can be are in the band below it."""
    if finding.verdict != "not_met" or finding.operator not in _AT_LEAST:
        return False
    return finding.distance is not None and finding.distance.band == "near"


def _is_line(finding: Finding) -> bool:
    """Return whether a number of people had to be reached (or stayed below)."""
    return finding.count is not None and (finding.threshold or 0) > 1


def _weight(finding: Finding) -> int:
    """Put the great lines first: those with the largest thresholds."""
    return -(finding.threshold or 0)


def _remoteness(finding: Finding) -> float:
    """Return how small a part of the line is reached; a small one is far off."""
    return -finding.count.upper / finding.threshold if finding.count and finding.threshold else 0.0


def _hinges_on_count(finding: Finding) -> bool:
    if finding.count is None or finding.threshold is None:
        return False
    return finding.operator in _BELOW or finding.count.upper >= NEAR * finding.threshold


def next_steps(shown: Lines) -> tuple[tuple[tuple[str, str], int], ...]:
    """Return what would settle the open lines, in two languages, with how many; most helpful first."""
    numbers = Counter((f.settle, f.settle_zh) for f in shown.unsure if f.settle)
    return tuple(numbers.most_common())


def missing_facts(findings: Iterable[Finding]) -> tuple[tuple[str, int], ...]:
    """Return the facts that are missing with the number of rules each would help, most helpful first."""
    numbers = Counter(need for finding in findings for need in finding.needs)
    return tuple(sorted(numbers.items(), key=lambda item: (-item[1], item[0])))


def gap(distance: Distance) -> tuple[str, dict[str, str]]:
    """Return the key of the text that says how far the line is, with the numbers for its places."""
    low, high = distance.lower, distance.upper
    low_share, high_share = distance.percent_lower, distance.percent_upper
    if distance.band in ("near", "far") and low is not None and low_share is not None:
        return "line.gap.short", {"n": _span(low, high), "share": _share_span(low_share, high_share)}
    if low is None or low_share is None:
        key = "line.gap.beyond.open" if distance.band == "beyond" else "line.gap.inside.open"
        return key, {"n": f"{abs(high):,}", "share": f"{abs(high_share):g} %"}
    if distance.band == "beyond":
        return "line.gap.beyond", {
            "n": _span(-high, -low),
            "share": _share_span(abs(high_share), abs(low_share)),
        }
    return "line.gap.inside", {"short": f"{high:,}", "beyond": f"{-low:,}"}


def _span(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} – {high:,}"


def _share_span(low: float, high: float) -> str:
    return f"{low:g} %" if low == high else f"{low:g} – {high:g} %"


def conditions(finding: Finding) -> dict[str, list[str]]:
    """Return what the rule presupposes by its state: ``holds``, ``fails``, or ``open`` (taken as given)."""
    found: dict[str, list[str]] = {"holds": [], "fails": [], "open": []}
    for condition in finding.conditions:
        text, _, state = condition.rpartition(": ")
        found[_STATES.get(state, "open")].append(text if state in _STATES else condition)
    return {state: texts for state, texts in found.items() if texts}
