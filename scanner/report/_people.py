"""People per dataset and category, and the people that datasets and flows have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scanner.result import OverlapResult, Result, SubjectCount
from scanner.result.selecting import total

MOST_DATASETS = 60  # rows of the table of people; those with the most people are kept
MOST_OVERLAPS = 12  # datasets in the picture of overlaps


@dataclass(frozen=True, slots=True)
class Matrix:
    """People per dataset and category.

    Attributes:
        categories: Those in which some dataset holds anybody; ``all`` comes first.
        rows: Dataset and its count in each category, where it has one.
        hidden: How many datasets are left out.
    """

    categories: tuple[str, ...]
    rows: tuple[tuple[str, Mapping[str, SubjectCount]], ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Persons in common, pair by pair.

    Attributes:
        sizes: Name and estimate of its people, the largest first; those that share nobody are left out.
        shared: Persons in common, by names in either order.
        hidden: How many names are left out.
    """

    sizes: Mapping[str, int]
    shared: Mapping[tuple[str, str], int]
    hidden: int

    def share(self, row: str, column: str) -> float:
        """Return which share of the people of ``row`` is also in ``column``, in [0, 1]."""
        size = self.sizes[row]
        return min(1.0, self.shared.get((row, column), 0) / size) if size else 0.0


def matrix(result: Result) -> Matrix:
    """Return the table of people; the order of the result is kept."""
    counted = [(dataset.name, _by_category(dataset.subjects)) for dataset in result.datasets]
    order = dict.fromkeys(
        ["all", *(count.category for count in result.organization.subjects)]
        + [category for _, counts in counted for category in counts]
    )
    held = [category for category in order if any(_upper(counts, category) for _, counts in counted)]
    largest = sorted(counted, key=lambda row: -_upper(row[1], "all"))[:MOST_DATASETS]
    kept = {name for name, _ in largest}
    rows = tuple(row for row in counted if row[0] in kept)
    return Matrix(tuple(held) or ("all",), rows, len(counted) - len(rows))


def _by_category(counts: Iterable[SubjectCount]) -> dict[str, SubjectCount]:
    every = tuple(counts)
    found = {category: total(every, category) for category in dict.fromkeys(one.category for one in every)}
    return {category: count for category, count in found.items() if count is not None}


def _upper(counts: Mapping[str, SubjectCount], category: str) -> int:
    return counts[category].upper if category in counts else 0


def overlaps(result: Result, scope: str) -> Overlaps:
    """Return what is shared between datasets (``scope`` is ``dataset``) or flows (``flow``)."""
    linkage = result.organization.linkage
    pairs = [one for one in linkage.overlaps if one.scope == scope] if linkage else []
    people = _dataset_sizes(result) if scope == "dataset" else _flow_sizes(result)
    sharing = {name for one in pairs for name in (one.left, one.right)}
    largest = sorted(sharing, key=lambda name: (-people.get(name, 0), name))
    kept = largest[:MOST_OVERLAPS]
    sizes = {name: people.get(name, 0) for name in kept}
    return Overlaps(sizes, _both_ways(pairs), len(largest) - len(kept))


def _both_ways(pairs: Iterable[OverlapResult]) -> dict[tuple[str, str], int]:
    shared = {}
    for one in pairs:
        shared[one.left, one.right] = shared[one.right, one.left] = one.persons
    return shared


def _dataset_sizes(result: Result) -> dict[str, int]:
    return {dataset.name: _estimate(total(dataset.subjects)) for dataset in result.datasets}


def _flow_sizes(result: Result) -> dict[str, int]:
    """Return the people of each flow in the window of its law, since its overlaps are counted in it."""
    return {
        flow.name: _estimate(total(one for one in flow.subjects if one.window == flow.window))
        for flow in result.flows
    }


def _estimate(count: SubjectCount | None) -> int:
    return count.estimate if count else 0
