"""Why people were joined, and why not: counts by kind of identifier, for scan.json and the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from scanner.census.kinds import BY_ORDER, FOR_LIFE
from scanner.census.linking import Linked
from scanner.census.sorting import distinct_pairs, numbered
from scanner.identifiers import I64, Mask

DOCUMENTS, NAMES, AGES, OTHER = "documents", "names", "ages", "accounts"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Joins that were made and refused.

    Attributes:
        joined: Persons by kind: rows of theirs that differ otherwise share a value of the kind.
        refused: By kind and reason, how many persons more than one carry a value that did not join them. The
            reasons: other ``documents``, other ``names``, a minor and one of age (``ages``), else other
            ``accounts`` or documents that can be renewed.
        hubs: Values by kind that meet too many people to identify anybody.

    """

    joined: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    hubs: Counter[str] = field(default_factory=Counter)


def reasons_of(linked: Linked) -> Reasons:
    """Return the reasons of one part of the data."""
    graph = linked.graph
    person = linked.person[graph.identity]
    value, holder = distinct_pairs(graph.value, person)
    several = np.bincount(value, minlength=len(graph.kinds))
    degree = np.bincount(graph.value, minlength=len(graph.kinds))
    return Reasons(
        joined=_joined(linked, person),
        refused=_refused(linked, value, holder, several),
        hubs=_by_kind(graph.kinds[degree == 0]),
    )


def united(parts: Iterable[Reasons]) -> Reasons:
    """Return the reasons of all parts."""
    total = Reasons()
    for part in parts:
        total.joined.update(part.joined)
        total.refused.update(part.refused)
        total.hubs.update(part.hubs)
    return total


def _by_kind(kinds: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> Counter[str]:
    counts = np.bincount(kinds, minlength=len(BY_ORDER)).tolist()
    return Counter({kind.id: number for kind, number in zip(BY_ORDER, counts, strict=True) if number})


def _joined(linked: Linked, person: I64) -> Counter[str]:
    """Return persons of whom two identities share a value, by its kind."""
    graph = linked.graph
    code = person.astype(np.int64) * len(graph.kinds) + graph.value
    first, place = numbered(code)
    shared = first[np.bincount(place, minlength=len(first)) > 1]
    kinds, _ = distinct_pairs(graph.kinds[graph.value[shared]].astype(np.int64), person[shared])
    return _by_kind(kinds.astype(np.uint8))


def _refused(linked: Linked, value: I64, holder: I64, several: I64) -> Counter[tuple[str, str]]:
    graph = linked.graph
    chosen = several[value] > 1
    values, number = np.unique(value[chosen], return_inverse=True)
    holders = holder[chosen]
    facts = (
        (DOCUMENTS, _with_documents(linked)),
        (NAMES, linked_names(linked)),
        (AGES, _with_ages(linked)),
    )
    why = np.full(len(values), OTHER, dtype="<U9")
    open_ = np.ones(len(values), np.bool_)
    for name, fact in facts:
        differ = open_ & _differ(number, fact[holders], len(values))
        why[differ] = name
        open_ &= ~differ
    out: Counter[tuple[str, str]] = Counter()
    for kind, reason, more in zip(
        graph.kinds[values].tolist(), why.tolist(), (several[values] - 1).tolist(), strict=True
    ):
        out[BY_ORDER[kind].id, reason] += more
    return out


def _differ(number: I64, facts: I64, size: int) -> Mask:
    """Return which values are carried by persons with two different known facts (-1 is unknown)."""
    known = facts >= 0
    pairs, _ = distinct_pairs(number[known], facts[known])
    return np.asarray(np.bincount(pairs, minlength=size) > 1)


def _size(linked: Linked) -> int:
    return int(linked.person.max(initial=-1)) + 1


def _with_documents(linked: Linked) -> I64:
    graph = linked.graph
    out = np.full(_size(linked), -1, np.int64)
    held = np.isin(graph.kinds, sorted(FOR_LIFE))[graph.value]
    out[linked.person[graph.identity[held]]] = graph.value[held]
    return out


def linked_names(linked: Linked) -> I64:
    """Return the number of a name of every person, -1 without."""
    named = np.flatnonzero((linked.graph.names != 0) & (linked.person >= 0))
    out = np.full(_size(linked), -1, np.int64)
    out[linked.person[named]] = numbered(linked.graph.names[named])[1]
    return out


def _with_ages(linked: Linked) -> I64:
    aged = np.flatnonzero((linked.graph.ages != 0) & (linked.person >= 0))
    out = np.full(_size(linked), -1, np.int64)
    out[linked.person[aged]] = linked.graph.ages[aged]
    return out
