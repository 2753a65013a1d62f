"""Who is in which table: lists of persons, from which the overlap of tables is estimated."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from scanner.census.fewest import names_of
from scanner.census.graph import Rows
from scanner.census.kinds import BY_ORDER, CONTACT, PSEUDONYMS
from scanner.census.linking import Linked
from scanner.census.sorting import distinct, distinct_pairs, least, narrow, numbered
from scanner.identifiers import ADULT, I64, LENT_NAME, MINOR_UNDER_18, U64, Mask

_FIRM = np.uint64(sum(1 << kind.order for kind in BY_ORDER if kind.strength != CONTACT)) & ~PSEUDONYMS
NAMED = 0.5  # share of the rows of a list with a name from which on it can be matched by names


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class List:
    """The persons of a table: those of its rows, or second ones such as guardians.

    Attributes:
        persons: Numbers, sorted.
        with_names: Who of them is in a row with a name of its own.
        units: Groups of rows of each person that nothing in the table itself links.
        rows, anonymous: Rows that identify somebody, and that do not.
        born, undated: Digests of name and birth date of the anonymous rows; how many have none.
        with_name: Rows that identify somebody and carry a name of their own: who has a lent one is in other
            tables, as all such are.

    """

    table: int
    own: bool
    persons: I64
    with_names: Mask
    units: I64
    rows: int
    anonymous: int
    born: U64
    undated: int
    with_name: int

    @property
    def nbytes(self) -> int:
        return self.persons.nbytes + self.with_names.nbytes + self.units.nbytes + self.born.nbytes

    @property
    def named(self) -> bool:
        """Return whether the list can be matched by names."""
        return self.with_name > 0 and self.with_name >= NAMED * self.rows

    @property
    def dated(self) -> bool:
        """Return whether its anonymous rows can be matched by birth dates."""
        return len(self.born) > 0 and len(self.born) >= NAMED * (len(self.born) + self.undated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Persons and lists. The arrays have one entry per person.

    Attributes:
        names: Digest of a name; 0 without.
        born_as: Digest of name and birth date; 0 where unknown.
        minor, adult: Who is shown to be under 18, and of age.
        loose: Who holds nothing but contacts, and pseudonyms.

    """

    names: U64
    born_as: U64
    minor: Mask
    adult: Mask
    loose: Mask
    lists: tuple[List, ...]

    @property
    def nbytes(self) -> int:
        """Return the bytes in memory of what grows with the persons."""
        of_persons = (self.names, self.born_as, self.minor, self.adult, self.loose)
        return sum(column.nbytes for column in of_persons) + sum(each.nbytes for each in self.lists)


def members_of(rows: Rows, linked: Linked, born_as: U64) -> Members:
    """Return the persons of one part of the data."""
    minor, adult = _ages(rows, linked, len(born_as))
    return Members(
        names=names_of(linked.graph, linked.person, len(born_as)),
        born_as=born_as,
        minor=minor,
        adult=adult,
        loose=np.asarray((linked.held[0] & _FIRM) == 0),
        lists=tuple(_lists(rows, linked)),
    )


def together(parts: Sequence[Members]) -> Members:
    """Return the persons of all parts; a person is in one part only."""
    if len(parts) == 1:
        return parts[0]
    starts = np.cumsum([0, *(len(part.names) for part in parts)])
    lists: dict[tuple[int, bool], list[List]] = {}
    for start, part in zip(starts.tolist(), parts, strict=False):
        for each in part.lists:
            lists.setdefault((each.table, each.own), []).append(replace(each, persons=each.persons + start))
    return Members(
        names=np.concatenate([part.names for part in parts]),
        born_as=np.concatenate([part.born_as for part in parts]),
        minor=np.concatenate([part.minor for part in parts]),
        adult=np.concatenate([part.adult for part in parts]),
        loose=np.concatenate([part.loose for part in parts]),
        lists=tuple(_joined(lists[key]) for key in sorted(lists)),
    )


def _joined(lists: Sequence[List]) -> List:
    return List(
        table=lists[0].table,
        own=lists[0].own,
        persons=np.concatenate([each.persons for each in lists]),
        with_names=np.concatenate([each.with_names for each in lists]),
        units=np.concatenate([each.units for each in lists]),
        rows=sum(each.rows for each in lists),
        anonymous=sum(each.anonymous for each in lists),
        born=np.concatenate([each.born for each in lists]),
        undated=sum(each.undated for each in lists),
        with_name=sum(each.with_name for each in lists),
    )


def _lists(rows: Rows, linked: Linked) -> Iterator[List]:
    code = rows.table.astype(np.int64) * 2 + ~rows.own
    order = np.argsort(code, kind="stable")
    order = order[~rows.possible[order]]
    starts = np.searchsorted(code[order], np.arange(int(code.max(initial=-1)) + 2))
    links = np.searchsorted(linked.graph.identity, np.arange(linked.graph.size + 1))
    for number, (start, end) in enumerate(itertools.pairwise(starts.tolist())):
        if start < end:
            yield _list(number, order[start:end], rows, linked, links)


def _list(code: int, positions: I64, rows: Rows, linked: Linked, links: I64) -> List:
    identity, counts = rows.identity[positions], rows.counts[positions]
    person = np.where(identity >= 0, linked.person[identity], -1) if len(linked.person) else identity
    known = person >= 0
    born = rows.born_as[positions[~known]]
    persons, units = _units(distinct(identity[known]), linked, links)
    lent = (rows.flags[positions[known]] & LENT_NAME) != 0
    with_name = (linked.graph.names[identity[known]] != 0) & ~lent
    number = int(counts[known].sum())
    return List(
        table=code // 2,
        own=code % 2 == 0,
        persons=narrow(persons),
        with_names=np.isin(persons, person[known][with_name]),
        units=least(units),
        rows=number,
        anonymous=int(counts[~known].sum()),
        born=born[born != 0],
        undated=int(np.count_nonzero(born == 0)),
        with_name=int(counts[known][with_name].sum()),
    )


def _units(identities: I64, linked: Linked, starts: I64) -> tuple[I64, I64]:
    """Return the persons of some identities, and how many groups of these hang together by themselves."""
    if len(identities) == 0:
        return identities, identities
    widths = starts[identities + 1] - starts[identities]
    who = np.repeat(np.arange(len(identities)), widths)
    links = np.arange(len(who)) - np.repeat(np.cumsum(widths) - widths - starts[identities], widths)
    value = linked.graph.value[links]
    shared = np.flatnonzero((np.bincount(value) > 1)[value])
    group = _hanging_together(who[shared], value[shared], len(identities))
    person, _ = distinct_pairs(linked.person[identities], group)
    first, place_of = numbered(person)
    return person[first], np.bincount(place_of).astype(np.int64)


def _hanging_together(members: I64, value: I64, size: int) -> I64:
    """Return the group of each of so many members: those with a value in common are in one."""
    if len(members) == 0:
        return np.arange(size)
    first, number = numbered(value)
    nodes = size + len(first)
    edges = coo_array((np.ones(len(members), np.int8), (members, number + size)), shape=(nodes, nodes))
    return connected_components(edges, directed=False)[1][:size].astype(np.int64)


def _ages(rows: Rows, linked: Linked, size: int) -> tuple[Mask, Mask]:
    """Return the persons whom a row shows to be minors, and those of age."""
    known = np.flatnonzero(rows.identity >= 0)
    known = known[linked.person[rows.identity[known]] >= 0]
    person = linked.person[rows.identity[known]]
    out = []
    for bit in (MINOR_UNDER_18, ADULT):
        shown = np.zeros(size, np.bool_)
        shown[person[(rows.flags[known] & bit) != 0]] = True
        out.append(shown)
    return out[0], out[1]
