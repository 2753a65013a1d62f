"""What shows whose the values beside it are, and which values are one person's; see ``measured.py``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scanner.census.graph import Rows
from scanner.census.kinds import ACCOUNT, BY_ORDER, FOR_LIFE, KINDS, STRONG
from scanner.census.linking import Linked
from scanner.census.measured import NOTHING, WHOLE, Measured
from scanner.census.sorting import narrow, numbered, present
from scanner.census.touches import Choice
from scanner.digests.columns import PERSON_KEY
from scanner.identifiers import I64, U64, Mask

_MOST_PAIRS = 1 << 26  # in squared parts, of one person: their squares must add up
_KINDS = len(BY_ORDER)
_ACCOUNTS = frozenset(kind.order for kind in BY_ORDER if kind.strength == ACCOUNT)
_FIRM = np.array([kind.strength in (STRONG, ACCOUNT) for kind in BY_ORDER])


class Proofs:
    """What proves whose values are: documents and accounts of a row that lead to a number for life.

    Args:
        rows: All rows.
        linked: Who is one person.

    """

    def __init__(self, rows: Rows, linked: Linked) -> None:
        graph = linked.graph
        self._rows, self._graph, self._person = rows, graph, linked.person
        self._starts = np.searchsorted(graph.identity, np.arange(graph.size + 1))
        self._kind = graph.kinds[graph.value]
        self._bit = np.left_shift(np.uint64(1), self._kind.astype(np.uint64))
        self._for_life = np.isin(self._kind, sorted(FOR_LIFE))

    def measured(self, rows: Choice, *, own: bool) -> Measured:
        """Return what some rows show, table by table.

        Args:
            rows: The rows.
            own: Whether only numbers for life in the row itself are proof.

        """
        links = self._links
        if len(links.row) == 0:
            return NOTHING
        counts = self._counts(rows)
        shown: I64 = np.bincount(links.entry, counts, minlength=len(links.place))
        return Measured(
            of=links.kinds,
            values=np.bincount(links.place[shown > 0], minlength=len(links.kinds)),
            **self._pairs(counts, shown, self._own_proofs if own else self._any_proofs),
            certain=self._certain_pairs(counts > 0),
        )

    def _counts(self, rows: Choice) -> I64:
        """Return how many of some rows every link is in."""
        counts = np.zeros(len(self._rows.identity), self._rows.counts.dtype)
        counts[rows] = self._rows.counts[rows]
        return counts[self._links.row]

    def _pairs(self, counts: I64, shown: I64, proofs: _Proven) -> dict[str, I64]:
        """Return the share of values that is proven, and how many pairs of values are one person's."""
        times = np.bincount(proofs.held, counts[proofs.link], minlength=len(proofs.entry))
        share = np.rint(WHOLE * times / np.maximum(shown[proofs.entry], 1)).astype(np.int64)
        sums, squares = (np.bincount(proofs.group, x).astype(np.int64) for x in (share, share**2))
        pairs = np.minimum((sums**2 - squares) // 2, _MOST_PAIRS)
        return {
            "proven": self._by_kind(share, self._links.place[proofs.entry]),
            "pairs": self._by_kind(pairs, proofs.place),
            "squares": self._by_kind(pairs**2, proofs.place),
        }

    def _certain_pairs(self, shown: Mask) -> I64:
        """Return how many pairs of values stand beside one account, whosever they are."""
        beside = self._beside
        pairs = np.zeros(len(beside.group), np.bool_)
        pairs[beside.pair[shown[beside.link]]] = True
        times = np.bincount(beside.group[pairs], minlength=len(beside.place))
        return self._by_kind(times * (times - 1) // 2, beside.place)

    def _by_kind(self, numbers: I64, place: I64) -> I64:
        out = np.zeros(len(self._links.kinds), np.int64)
        np.add.at(out, place, numbers)
        return out

    @cached_property
    def _links(self) -> _Links:
        """Return the values of all rows, but for numbers for life, and keys of several lists in one table."""
        known = np.flatnonzero(self._rows.identity >= 0)
        identity = self._rows.identity[known]
        starts, ends = self._starts[identity], self._starts[identity + 1]
        widths = ends - starts
        row = np.repeat(known, widths)
        link = np.arange(len(row)) - np.repeat(np.cumsum(widths) - widths - starts, widths)
        of_others = ~self._rows.own[row] & (self._kind[link] == KINDS[PERSON_KEY].order)
        counted = np.flatnonzero(~self._for_life[link] & ~of_others)
        row, link = row[counted], link[counted]
        of = self._rows.table[row].astype(np.int64) * _KINDS + self._kind[link]
        kinds = np.unique(of)
        place = np.searchsorted(kinds, of)
        first, entry = numbered(self._graph.value[link].astype(np.int64) * len(kinds) + place)
        return _Links(
            row=narrow(row), link=narrow(link), entry=narrow(entry), place=narrow(place[first]), kinds=kinds
        )

    @cached_property
    def _own_proofs(self) -> _Proven:
        """Return what numbers for life in a row prove."""
        return self._proven(self._kinds_of(self._for_life), self._document)

    @cached_property
    def _any_proofs(self) -> _Proven:
        """Return what documents and accounts prove that stand beside a number for life somewhere."""
        leading = np.zeros(len(self._graph.kinds), np.bool_)
        leading[self._graph.value[self._document[self._graph.identity] >= 0]] = True
        return self._proven(self._kinds_of(_FIRM[self._kind] & leading[self._graph.value]), self._person)

    def _proven(self, proofs: U64, whose: I64) -> _Proven:
        """Return whose values are.

        Args:
            proofs: Of every identity, one bit per kind of value that is proof.
            whose: Whom it proves the others to be of.

        """
        links = self._links
        identity = self._rows.identity[links.row]
        proven = np.flatnonzero(proofs[identity] & ~self._bit[links.link])
        size = len(links.place)
        first, held = numbered(whose[identity[proven]].astype(np.int64) * size + links.entry[proven])
        holder, entry = whose[identity[proven]][first].astype(np.int64), links.entry[proven][first]
        first, group = numbered(holder * len(links.kinds) + links.place[entry])
        return _Proven(
            link=narrow(proven),
            held=narrow(held),
            entry=entry,
            group=narrow(group),
            place=links.place[entry][first],
        )

    @cached_property
    def _beside(self) -> _Beside:
        """Return which values stand beside which accounts of another kind."""
        links = self._links
        account = self._account_beside(self._rows.identity[links.row], links.link).astype(np.int64)
        beside = np.flatnonzero(account >= 0)
        first, pair = numbered(account[beside] * len(links.place) + links.entry[beside])
        account, place = account[beside][first], links.place[links.entry[beside][first]]
        first, group = numbered(account * len(links.kinds) + place)
        return _Beside(link=narrow(beside), pair=narrow(pair), group=narrow(group), place=place[first])

    def _account_beside(self, identity: I64, link: I64) -> I64:
        """Return an account of another kind that the identity of every link carries; -1 without."""
        if not self._account_kinds:
            return np.broadcast_to(np.int64(-1), link.shape)
        first, second = (accounts[identity] for accounts in self._accounts)
        return np.where(np.append(self._graph.kinds, _KINDS)[first] == self._kind[link], second, first)

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

    def _kinds_of(self, links: Mask) -> U64:
        """Return, for every identity, one bit per kind of some of its links."""
        out = np.zeros(self._graph.size, np.uint64)
        carrying = self._starts[1:] > self._starts[:-1]
        bits = np.where(links, self._bit, np.uint64(0))
        if carrying.any():
            out[carrying] = np.bitwise_or.reduceat(bits, self._starts[:-1][carrying])
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class _Links:
    """Values in rows, and the different ones in every table, called entries here.

    Attributes:
        row, link: The row of every value in a row, and the link of its identity.
        entry: The number of its entry.
        place: Of every entry, the place of its table and kind among ``kinds``.
        kinds: Numbers of tables and kinds, sorted.

    """

    row: I64
    link: I64
    entry: I64
    place: I64
    kinds: I64


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proven:
    """Whose entries are, as far as that is proven.

    Attributes:
        link: Places among the values in rows that are proven.
        held: Of each of them, the number of its holder and entry.
        entry: Of every holder and entry, the entry.
        group: Of the same, the number of the holder, table and kind.
        place: Of every holder, table and kind, the place of the latter two.

    """

    link: I64
    held: I64
    entry: I64
    group: I64
    place: I64


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """Beside which accounts entries stand.

    Attributes:
        link: Places among the values in rows that stand beside an account.
        pair: Of each of them, the number of its account and entry.
        group: Of every account and entry, the number of the account, table and kind.
        place: Of every account, table and kind, the place of the latter two.

    """

    link: I64
    pair: I64
    group: I64
    place: I64
