"""What was considered for a column and not tagged, and why: the other half of an explanation."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from classifiers._model import Candidate
from classifiers.evidence import STRONG, WEAK, ColumnEvidence, TypeEvidence
from classifiers.ranking import tier

MOST = 5  # candidates of a column; the rest are fainter still
LEAST_SHARE = 0.02  # of matching cells that makes a candidate without a header


def consider(evidence: ColumnEvidence, tagged: Container[str]) -> tuple[Candidate, ...]:
    """Return the types that something spoke for and that are not tagged, likeliest first."""
    plain = (
        _candidate(found, evidence)
        for found in evidence.types
        if not found.silent and found.recognizer.type not in tagged
    )
    likely = sorted((c for c in plain if c), key=_likelihood)
    return (*likely, *_in_text(evidence, tagged))[:MOST]


def _candidate(found: TypeEvidence, column: ColumnEvidence) -> Candidate | None:
    why = _why(found, column)
    if not why:
        return None
    return Candidate(
        type=found.recognizer.type,
        why=why,
        word=found.word,
        named=round(found.named, 2),
        matched=found.matched + found.chance,
        fitting=max(found.matched + found.chance, found.fitting),
        checked=found.checked,
        needed=_needed(found),
    )


def _why(found: TypeEvidence, column: ColumnEvidence) -> str:
    """Return why the type is no tag, a value of ``Candidate.why``, or empty where nothing spoke for it."""
    if tier(found, column):
        return "outranked"
    if found.recognizer.type in column.listing:
        return "listed_once" if found.fit >= LEAST_SHARE else ""
    if found.nobody and not found.matched:
        return "about_nobody"
    if found.named >= WEAK:
        return "values_do_not_fit" if found.named >= STRONG else "hint_not_confirmed"
    if found.chance > found.matched:
        return "by_chance"
    return _why_not_alone(found, column) if found.matched > 1 and found.share >= LEAST_SHARE else ""


def _why_not_alone(found: TypeEvidence, column: ColumnEvidence) -> str:
    if found.recognizer.alone is None:
        return "needs_header"
    enough = found.share >= found.recognizer.alone
    return "header_says_otherwise" if column.opposed and enough else "too_few_values"


def _needed(found: TypeEvidence) -> float | None:
    if found.named >= WEAK:
        return found.recognizer.with_header
    return found.recognizer.alone


def _likelihood(candidate: Candidate) -> tuple[bool, float, str]:
    share = candidate.fitting / candidate.checked if candidate.checked else 0.0
    return candidate.why != "outranked", -(2 * candidate.named + share), candidate.type


def _in_text(evidence: ColumnEvidence, tagged: Container[str]) -> Iterator[Candidate]:
    rest: Iterable[tuple[str, int]] = sorted(evidence.in_text.items())
    for name, cells in rest:
        if cells and name not in tagged:
            why = "header_says_otherwise" if evidence.opposed else "too_few_values"
            yield Candidate(
                type=name, why=why, matched=cells, fitting=cells, checked=evidence.texts, form="embedded"
            )
