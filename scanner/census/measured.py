"""The fewest persons behind the values of one kind in one table, by how often two are one person's.

Where rows of a table lead to a number for life, it shows which of the values beside it belong to one person:
numbers for life tell people apart for certain. Pairs of values elsewhere in the table are taken to be one
person's as often. A person with n values has n - 1 too many and at least as many pairs: so there are at least
as many persons as values less pairs. See docs/counting.md, section 7.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from scanner.census.kinds import ACCOUNT, BY_ORDER, FOR_LIFE, STRONG
from scanner.census.linking import Linked
from scanner.census.sorting import distinct_pairs, numbered, present
from scanner.identifiers import I32, I64, U64, Mask

FEWEST = 100  # values of people with a number for life without which a table says nothing
CONFIDENCE = 0.99  # with which a measured bound holds
DEVIATIONS = 3.09  # of a normal distribution: one in 1,000, since several kinds and tables are tried
WHOLE = 64  # the rows of a value, in the parts by which proofs are counted
_MOST_PAIRS = 1 << 26  # in squared parts, of one person: their squares must add up

Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]
_KINDS = len(BY_ORDER)
_ACCOUNTS = frozenset(kind.order for kind in BY_ORDER if kind.strength == ACCOUNT)
_FIRM = np.array([kind.strength in (STRONG, ACCOUNT) for kind in BY_ORDER])


@dataclass(frozen=True, slots=True)
class Measured:
    """Values that one part shows; one entry per table and kind of which it shows any.

    Attributes:
        of: Number of the table and kind, sorted.
        values: How many different ones there are.
        proven: The share of the rows of each that prove whose it is, in ``WHOLE`` parts; the sum.
        pairs: Pairs of values that are one person's, each as much as the product of those shares; the sum.
        squares: The sum over all persons of the square of their pairs.
        certain: Pairs of values that stand beside one account in the table, whatever proves whose they are.

    """

    of: I64
    values: I64
    proven: I64
    pairs: I64
    squares: I64
    certain: I64

    @property
    def nbytes(self) -> int:
        return len(fields(self)) * self.of.nbytes


_NONE: I64 = np.zeros(0, np.int64)
NOTHING = Measured(_NONE, _NONE, _NONE, _NONE, _NONE, _NONE)


def fewest_measured(parts: Iterable[Measured]) -> int:
    """Return the most of the fewest persons that any kind in any table shows."""
    found = list(parts)
    first, place = numbered(np.concatenate([np.zeros(0, np.int64), *(part.of for part in found)]))

    def total(name: str) -> I64:
        out = np.zeros(len(first), np.int64)
        np.add.at(out, place, np.concatenate([out[:0], *(getattr(part, name) for part in found)]))
        return out

    able = total("proven") >= FEWEST * WHOLE
    values, proven = total("values")[able], total("proven")[able] / WHOLE
    most = _most_pairs(total("pairs")[able] / WHOLE**2, total("squares")[able] / WHOLE**4)
    too_many = most * (values / proven) ** 2
    least = np.floor(values - too_many)[total("certain")[able] <= too_many]
    return int(least.max(initial=0))


def _most_pairs(pairs: Numbers, squares: Numbers) -> Numbers:
    """Return how many pairs to expect at most where so many were seen; they come person by person."""
    at_once = np.maximum(squares / np.maximum(pairs, 1), 1)
    half = DEVIATIONS * at_once / 2
    most: Numbers = pairs + DEVIATIONS * (half + np.sqrt(squares + half**2))
    return most


class Proofs:
    """What proves whose values are: documents and accounts of a row that lead to a number for life.

    Args:
        linked: Who is one person.

    """

    def __init__(self, linked: Linked) -> None:
        graph = linked.graph
        self._graph, self._person = graph, linked.person
        self._starts = np.searchsorted(graph.identity, np.arange(graph.size + 1))
        self._kind = graph.kinds[graph.value]
        self._bit = np.left_shift(np.uint64(1), self._kind.astype(np.uint64))
        self._for_life = np.isin(self._kind, sorted(FOR_LIFE))

    @cached_property
    def _document(self) -> I64:
        """Return one number for life per identity, of the first kind that it carries; -1 without."""
        out = np.full(self._graph.size, -1, np.int64)
        for kind in sorted(FOR_LIFE, reverse=True):
            links = np.flatnonzero(self._kind == kind)
            out[self._graph.identity[links]] = self._graph.value[links]
        return out

    @cached_property
    def _account_kinds(self) -> list[int]:
        return [kind for kind in reversed(present(self._graph.kinds)) if kind in _ACCOUNTS]

    @cached_property
    def _accounts(self) -> tuple[I64, I64]:
        """Return an account of every identity, and one of another kind; -1 without."""
        first, second = np.full((2, self._graph.size), -1, np.int64)
        for kind in self._account_kinds:
            links = np.flatnonzero(self._kind == kind)
            who = self._graph.identity[links]
            second[who] = first[who]
            first[who] = self._graph.value[links]
        return first, second

    def _beside(self, identity: I64, link: I64) -> I64:
        """Return an account of another kind that the identity of every link carries; -1 without."""
        if not self._account_kinds:
            return np.broadcast_to(np.int64(-1), link.shape)
        first, second = (accounts[identity] for accounts in self._accounts)
        return np.where(np.append(self._graph.kinds, _KINDS)[first] == self._kind[link], second, first)

    @cached_property
    def _own(self) -> U64:
        """Return, for every identity, one bit per kind of the numbers for life that it carries."""
        return self._kinds_of(self._for_life)

    @cached_property
    def _any(self) -> U64:
        """Return the same of documents and accounts that stand beside a number for life somewhere."""
        leading = np.zeros(len(self._graph.kinds), np.bool_)
        leading[self._graph.value[self._document[self._graph.identity] >= 0]] = True
        return self._kinds_of(_FIRM[self._kind] & leading[self._graph.value])

    def _kinds_of(self, links: Mask) -> U64:
        """Return, for every identity, one bit per kind of some of its links."""
        out = np.zeros(self._graph.size, np.uint64)
        carrying = self._starts[1:] > self._starts[:-1]
        bits = np.where(links, self._bit, np.uint64(0))
        if carrying.any():
            out[carrying] = np.bitwise_or.reduceat(bits, self._starts[:-1][carrying])
        return out

    def measured(self, table: I32, identity: I64, counts: I64, *, own: bool) -> Measured:
        """Return what rows show.

        Args:
            table: The table of every row.
            identity: The identity of every row; -1 for nobody.
            counts: How many rows each stands for.
            own: Whether only numbers for life in the row itself are proof.

        """
        known = identity >= 0
        if not known.any():
            return NOTHING
        row, link = self._links_of(identity[known])
        identity = identity[known][row]
        proofs, whose = (self._own, self._document) if own else (self._any, self._person)
        return _measured(
            _Links(
                of=table[known][row].astype(np.int64) * _KINDS + self._kind[link],
                value=self._graph.value[link].astype(np.int64),
                counts=counts[known][row].astype(np.int64),
                proven=(proofs[identity] & ~self._bit[link]) != 0,
                whose=whose[identity].astype(np.int64),
                account=self._beside(identity, link),
            )
        )

    def _links_of(self, identity: I64) -> tuple[I64, I64]:
        """Return links of identities, other than numbers for life: positions of identities, and links."""
        starts, ends = self._starts[identity], self._starts[identity + 1]
        widths = ends - starts
        row = np.repeat(np.arange(len(identity)), widths)
        link = np.arange(len(row)) - np.repeat(np.cumsum(widths) - widths - starts, widths)
        counted = ~self._for_life[link]
        return row[counted], link[counted]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Links:
    """Values in rows.

    Attributes:
        of: The table and kind of every link.
        value: The value.
        counts: How many rows it stands for.
        proven: Whether they prove whose the value is.
        whose: Whose it is.
        account: An account of another kind that stands beside it; -1 without.

    """

    of: I64
    value: I64
    counts: I64
    proven: Mask
    whose: I64
    account: I64


def _measured(links: _Links) -> Measured:
    """Return what links show."""
    proven = links.proven
    first, entry = numbered(links.value * (int(links.of.max(initial=0)) + 1) + links.of)
    kinds, place = np.unique(links.of[first], return_inverse=True)
    size = len(kinds)
    rows = np.bincount(entry, links.counts, minlength=len(first))
    held, mine = numbered(links.whose[proven] * len(first) + entry[proven])
    holder, holds = links.whose[proven][held], entry[proven][held]
    share = np.rint(WHOLE * np.bincount(mine, links.counts[proven]) / rows[holds]).astype(np.int64)
    of_holder, group = numbered(holder * size + place[holds])
    sums, own = (np.bincount(group, x).astype(np.int64) for x in (share, share**2))
    pairs = np.minimum((sums**2 - own) // 2, _MOST_PAIRS)
    where = place[holds][of_holder]

    def total(numbers: I64, place: I64) -> I64:
        out = np.zeros(size, np.int64)
        np.add.at(out, place, numbers)
        return out

    return Measured(
        of=kinds,
        values=np.bincount(place, minlength=size),
        proven=total(share, place[holds]),
        pairs=total(pairs, where),
        squares=total(pairs**2, where),
        certain=total(*_certain_pairs(links.account, entry, place, size)),
    )


def _certain_pairs(account: I64, entry: I64, kind: I64, size: int) -> tuple[I64, I64]:
    """Return how many pairs of values stand beside every account, and their kind.

    Args:
        account: What account stands beside every link; -1 without.
        entry: The number of its value.
        kind: Of every value, of so many.
        size: How many kinds.

    """
    beside = account >= 0
    accounts, values = distinct_pairs(account[beside], entry[beside])
    first, group = numbered(accounts * size + kind[values])
    times = np.bincount(group).astype(np.int64)
    return times * (times - 1) // 2, kind[values][first]
