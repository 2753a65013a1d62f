"""The persons of a closed part of the data, and what any of its rows add to a count."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from scanner.census.doubts import DoubtfulRows, Doubts, doubts_of
from scanner.census.fewest import Fewest, Namesakes
from scanner.census.graph import Graph, Rows
from scanner.census.kinds import BY_ORDER, KINDS, holds
from scanner.census.linking import Linked
from scanner.census.listed import Listed
from scanner.census.members import Members, members_of
from scanner.census.minors import Dated, Minors
from scanner.census.reasons import Reasons, reasons_of
from scanner.census.sorting import lean, narrow
from scanner.census.tallies import NOTHING, Scope, Tally
from scanner.identifiers import ADULT, I64, MINOR_UNDER_14, MINOR_UNDER_18, U16, U64, Mask
from scanner.identifiers.age_clock import birth_codes

_MINOR = MINOR_UNDER_14 | MINOR_UNDER_18


class Part:
    """Persons of a closed part of the data: whatever links one of its rows to another lies in it.

    Args:
        tables: Ids of all tables.
        rows: The rows of the part.
        linked: Who is one person.

    """

    def __init__(self, tables: tuple[str, ...], rows: Rows, linked: Linked) -> None:
        self.tables = tables
        self._places = {name: place for place, name in enumerate(tables)}
        rows, linked = _lean_rows(_by_table(rows)), _lean_linked(linked)
        self._starts = np.searchsorted(rows.table, np.arange(len(tables) + 1))
        self._counts = rows.counts
        self._person = _looked_up(linked.person, rows.identity)
        self._certain = _looked_up(linked.certain, rows.identity)
        self._persons = int(linked.person.max(initial=-1)) + 1
        self._certains = int(linked.certain.max(initial=-1)) + 1
        self._flags = rows.flags
        self._born_as = rows.born_as
        self._persons_born_as = self._least_born_as()
        self._aged = self._spread_ages()
        self._age_shown = self._age_is_shown()
        self._held, certain_held = linked.held
        loose: Mask = linked.contact_only & (linked.graph.names == 0)
        self._nameless = np.append(loose, False)[rows.identity]
        self._sharers = _most_sharers(certain_held)
        self._fewest = Fewest(linked, self._persons_born_as, certain_held)
        self.listed = Listed(rows, linked, loose, len(tables))
        self._rows = rows
        self._linked = linked

    def chosen(self, scope: Scope) -> tuple[I64, I64]:
        """Return the rows of a scope, and those of them with some of the bits asked for."""
        rows = self._scope(scope.tables)
        if scope.every:
            rows = rows[(self._flags[rows] & scope.every) == scope.every]
        return rows, rows[(self._flags[rows] & scope.some) != 0] if scope.some else rows

    def of_unknown_age(self, rows: I64) -> I64:
        """Return rows about somebody whose age nothing shows."""
        return rows[~self._age_shown[rows]]

    @property
    def names(self) -> U64:
        """Return the distinct names of the part, sorted."""
        return self._fewest.names

    def namesakes(self, tally: Tally, names: U64, chosen: Mask) -> Namesakes:
        """Return what is known of the persons of a tally who have one of the chosen names."""
        return self._fewest.namesakes(tally.anchored, names, chosen)

    @property
    def persons(self) -> int:
        """Return how many persons the part holds."""
        return self._persons

    def reasons(self) -> Reasons:
        """Return why persons were joined, and why not."""
        return reasons_of(self._linked)

    def touched(self, scope: Scope) -> Mask:
        """Return which persons of the part have a row in a scope."""
        rows = self.chosen(scope)[1]
        return _touched(self._person[rows], self._persons)

    def doubts(self, rows: I64) -> Doubts:
        """Return what keeps the interval of some rows wide."""
        return doubts_of(
            DoubtfulRows(
                tables=np.repeat(np.arange(len(self.tables)), np.diff(self._starts))[rows],
                counts=self._counts[rows],
                person=self._person[rows],
                certain=self._certain[rows],
                nameless=self._nameless[rows],
            ),
            self._sharers,
            self._held,
            self._fewest.named,
        )

    def members(self) -> Members:
        """Return who is in which table, for the model."""
        return members_of(self._rows, self._linked, self._persons_born_as)

    def _scope(self, tables: frozenset[str] | None) -> I64:
        if tables is None:
            return np.arange(len(self._counts), dtype=np.int64)
        wanted = sorted(self._places[name] for name in tables if name in self._places)
        parts = [np.arange(self._starts[i], self._starts[i + 1], dtype=np.int64) for i in wanted]
        return np.concatenate([np.zeros(0, np.int64), *parts])

    def tally(self, rows: I64, lists: Mask, names: U64) -> Tally:
        """Return what some rows add to a count.

        Args:
            rows: Positions of the rows.
            lists: Which tables are lists of contacts.
            names: All names of all parts, sorted.

        """
        if len(rows) == 0:
            return NOTHING
        person, counts, nameless = self._person[rows], self._counts[rows], self._nameless[rows]
        anonymous = int(counts[person < 0].sum())
        persons = _touched(person, self._persons)
        anchored = _touched(np.where(nameless, -1, person), self._persons)
        groups = _touched(self._certain[rows], self._certains)
        return Tally(
            estimate=int(persons.sum()) + self.listed.further(rows, persons, lists),
            upper=self._upper(groups, rows, nameless, counts) + anonymous,
            anonymous_rows=anonymous,
            rows=int(counts.sum()),
            ageless=int((persons & ~self._aged).sum()),
            shown=self._fewest.shown(persons, anchored, groups, names),
            anchored=anchored,
        )

    def minors(self, rows: I64) -> Minors:
        """Return the minors that some rows show."""
        persons = np.flatnonzero(_touched(self._person[rows], self._persons))
        documented = holds(self._held[persons], KINDS["id_card"].order)
        known = Dated(self._persons_born_as[persons], self._birth_days[persons])
        anonymous = rows[self._person[rows] < 0]
        others = Dated(self._born_as[anonymous], birth_codes(self._flags[anonymous]))
        undated = self._counts[anonymous[others.born_as == 0]].sum()
        return Minors(
            apart=int((documented | (known.born_as == 0)).sum() + undated),
            with_id=Dated.together([known.of(documented)]),
            others=Dated.together([known.of(~documented), others]),
            nameless=known.days[documented & ~self._fewest.named[persons]],
        )

    @cached_property
    def _birth_days(self) -> U16:
        """Return the birth day of every minor, as a code; of several, the largest; 0 where unknown."""
        out = np.zeros(self._persons + 1, np.uint16)
        codes = birth_codes(self._flags)
        shown = np.flatnonzero(codes)
        np.maximum.at(out, self._person[shown], codes[shown])
        return out[:-1]

    def _upper(self, touched: Mask, rows: I64, nameless: Mask, counts: I64) -> int:
        """Return the most persons: certain links only; a nameless contact may be several people's."""
        groups = self._certain[rows]
        named = _touched(np.where(nameless, -1, groups), self._certains)
        alone = np.bincount(groups[nameless], counts[nameless], minlength=self._certains)
        possible = np.minimum(named + alone.astype(np.int64), self._sharers)
        return int(np.maximum(possible, 1)[touched].sum())

    def _spread_ages(self) -> Mask:
        """Give the minor bits of a person to all rows of the person; return whose age is known."""
        nobody = self._persons  # one more than there are; the place of -1
        aged = np.zeros(nobody + 1, np.bool_)
        aged[np.where((self._flags & (_MINOR | ADULT)) != 0, self._person, nobody)] = True
        for bit in (MINOR_UNDER_14, MINOR_UNDER_18):
            shown = np.flatnonzero(self._flags & bit)
            if not len(shown):
                continue
            minor = np.zeros(nobody + 1, np.bool_)
            minor[self._person[shown]] = True
            minor[nobody] = False
            self._flags |= minor[self._person].astype(np.uint32) * np.uint32(bit)
        return aged[:nobody]

    def _age_is_shown(self) -> Mask:
        """Return rows about somebody whose age the row, or another row of the person, shows."""
        shown: Mask = (self._flags & (_MINOR | ADULT)) != 0
        known = self._person >= 0
        shown[known] |= self._aged[self._person[known]]
        return shown

    def _least_born_as(self) -> U64:
        """Return one digest of name and birth date per person: of several, the smallest."""
        known = np.flatnonzero((self._person >= 0) & (self._born_as != 0))
        order = np.argsort(self._born_as[known])[::-1]
        out = np.zeros(self._persons, np.uint64)
        out[self._person[known[order]]] = self._born_as[known[order]]
        return out


def _by_table(rows: Rows) -> Rows:
    if (rows.table[1:] >= rows.table[:-1]).all():
        return rows
    order = np.argsort(rows.table, kind="stable")
    return Rows(
        table=rows.table[order],
        own=rows.own[order],
        identity=rows.identity[order],
        born_as=rows.born_as[order],
        flags=rows.flags[order],
        counts=rows.counts[order],
    )


def _lean_rows(rows: Rows) -> Rows:
    return Rows(
        table=lean(rows.table),
        own=lean(rows.own),
        identity=narrow(rows.identity),
        born_as=lean(rows.born_as),
        flags=rows.flags,
        counts=lean(narrow(rows.counts)),
    )


def _lean_linked(linked: Linked) -> Linked:
    graph = linked.graph
    return Linked(
        graph=Graph(
            names=lean(graph.names),
            ages=lean(graph.ages),
            weights=lean(narrow(graph.weights)),
            identity=narrow(graph.identity),
            value=narrow(graph.value),
            kinds=graph.kinds,
        ),
        person=narrow(linked.person),
        certain=narrow(linked.certain),
        contact_only=linked.contact_only,
        held=linked.held,
    )


def _looked_up(groups: I64, identity: I64) -> I64:
    """Return the group of every row's identity; -1 for nobody."""
    return np.append(groups, groups.dtype.type(-1))[identity]


def _touched(groups: I64, size: int) -> Mask:
    """Return which of so many groups are among these; -1 is none."""
    out = np.zeros(size + 1, np.bool_)
    out[groups] = True
    return out[:size]


def _most_sharers(held: U64) -> I64:
    """Return, for every group, how many persons may share one of its contacts, by the kinds that it holds."""
    out = np.ones(len(held), np.int64)
    anywhere = np.bitwise_or.reduce(held, initial=np.uint64(0))
    for kind in BY_ORDER:
        if kind.sharers > 1 and (int(anywhere) >> kind.order) & 1:
            np.maximum(out, holds(held, kind.order) * np.int64(kind.sharers), out=out)
    return out
