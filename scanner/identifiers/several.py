"""Whose the values of cells with several are: one person's, or those of several people.

A member with a name, a document or a personal account of its own is somebody. Contacts and cards without one
are taken for the row's person's, up to ``ONE_PERSONS`` of a kind; each may be somebody else's, which only the
upper end counts. More of a kind are several people's, one each.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from classifiers.catalogue import Catalogue
from scanner.digests import U64
from scanner.identifiers.arrays import I64, U32, Mask
from scanner.identifiers.bits import AHEAD, BLANK, CATEGORY_BITS, UNPROVEN, WINDOW_BITS
from scanner.identifiers.members import Members, is_document, is_telling
from scanner.identifiers.records import Records

ONE_PERSONS = 3  # contacts, or cards, of one kind in the cells of a row that are taken for one person's
CROWD = 8  # contacts, or cards, of one kind in the columns of a row that are not one person's
_CATEGORIES = np.uint32(functools.reduce(operator.or_, CATEGORY_BITS.values()))
KEPT = _CATEGORIES | np.uint32(WINDOW_BITS | AHEAD)  # bits of a row that say nothing of whose values it shows

Ids = Sequence[tuple[str, U64]]


def without_crowds(ids: Ids, catalogue: Catalogue) -> tuple[list[tuple[str, U64]], list[tuple[str, U64]]]:
    """Return identifiers of rows, and apart from them those that are too many for one person."""
    kept, crowd = list(ids), []
    for kind in dict.fromkeys(kind for kind, _ in ids):
        columns = [place for place, (held, _) in enumerate(ids) if held == kind]
        if len(columns) < CROWD or is_telling(kind, catalogue):
            continue
        values = np.sort([ids[place][1] for place in columns], axis=0)
        crowded = (np.diff(values, axis=0, prepend=np.uint64(0)) != 0).sum(axis=0) >= CROWD
        for place in columns:
            digests = ids[place][1]
            kept[place] = kind, np.where(crowded, np.uint64(0), digests)
            crowd.append((kind, np.where(crowded, digests, np.uint64(0))))
    return kept, [(kind, digests) for kind, digests in crowd if digests.any()]


def held_in(ids: Ids, size: int) -> Mask:
    """Return which rows have an identifier."""
    return functools.reduce(operator.or_, (digests != 0 for _, digests in ids), np.zeros(size, np.bool_))


@dataclass(frozen=True, slots=True)
class Shown:
    """What rows show outside of cells with several values: identifiers, names, whether anybody, flags."""

    ids: Ids
    names: U64
    known: Mask
    flags: U32


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What rows show together with their cells.

    Attributes:
        own: Kind and digests, one per row, of what is the row's person's.
        flags: Categories that values in cells prove, one per row.
        instead: Rows that are about the members of their cells: they show nobody else.
        others: Members who are persons of their own, and those who may be, with the row of each.

    """

    own: list[tuple[str, U64]]
    flags: U32
    instead: Mask
    others: list[tuple[Records, I64]]

    @classmethod
    def without_members(cls, ids: Ids, size: int) -> Self:
        """Return what ``size`` rows show whose cells hold one value each."""
        return cls(
            own=list(ids),
            flags=np.zeros(size, np.uint32),
            instead=np.zeros(size, np.bool_),
            others=[],
        )


def shares_of(members: Members, records: Sequence[Records], shown: Shown, catalogue: Catalogue) -> Shares:
    """Return whose the members of cells are.

    Args:
        members: The members.
        records: Their records; those after the first are about a second document of a member.
        shown: What the rows show otherwise.
        catalogue: Knows which kinds tell people apart.

    """
    first, row, size = records[0], members.row, len(shown.known)
    loose = [(kind, digests) for kind, digests in first.ids if not is_telling(kind, catalogue)]
    telling = [(kind, digests) for kind, digests in first.ids if is_telling(kind, catalogue)]
    bare = first.present & held_in(loose, len(row)) & ~held_in(telling, len(row))
    bare &= ~members.people
    theirs = bare & members.alone & shown.known[row]
    theirs &= (shown.names[row] == 0) | (shown.names[row] == first.names)
    bare &= first.names == 0
    mentioned = bare & members.mentioned & shown.known[row]
    own = (bare & ~mentioned) | theirs
    own &= members.one | ~_too_many(_values_of(loose, own, row), len(row))
    others = first.present & ~own & ~mentioned
    instead = _among(row[others], size) & ~_among(row[own], size) & ~shown.known
    inherited = np.where(instead[row], shown.flags[row] & _CATEGORIES, np.uint32(0))
    values = _values_of(loose, own, row)
    unnamed = theirs & (shown.names[row] != first.names)
    perhaps = mentioned | ((_may_be_others(values, shown.known, len(row)) | unnamed) & ~members.one)
    doubtful = (
        others & (first.names == 0) & ~held_in([i for i in telling if is_document(i[0], catalogue)], len(row))
    )
    inherited |= np.where(_after_the_first(doubtful, shown.known, row), np.uint32(UNPROVEN), np.uint32(0))
    persons = [replace(r, flags=r.flags | inherited, present=r.present & others) for r in records]
    return Shares(
        own=[*shown.ids, *(column for of_kind in values for column in of_kind.columns(size))],
        flags=_proven(row[own], first.flags[own], size),
        instead=instead,
        others=[(each, row) for each in (*persons, _possible(first, loose, shown.flags[row], perhaps))],
    )


def _after_the_first(members: Mask, known: Mask, row: I64) -> Mask:
    """Return members of rows that show somebody before them: their person, or another of these members."""
    chosen = np.flatnonzero(members)
    out = np.zeros(len(row), np.bool_)
    out[chosen] = known[row[chosen]] | (np.diff(row[chosen], prepend=-1) == 0)
    return out


def _among(rows: I64, size: int) -> Mask:
    out = np.zeros(size, np.bool_)
    out[rows] = True
    return out


def _proven(rows: I64, flags: U32, size: int) -> U32:
    out = np.zeros(size, np.uint32)
    np.bitwise_or.at(out, rows, flags & _CATEGORIES)
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class _Values:
    """Distinct values of one kind in every row.

    Attributes:
        member: Who shows each; of several, the first.
        row: In which row.
        rank: Place among those of the row.
        among: How many those are.

    """

    kind: str
    member: I64
    row: I64
    rank: I64
    among: I64
    digests: U64

    def columns(self, size: int) -> Iterator[tuple[str, U64]]:
        """Yield the first value of every row, the second, ..."""
        for rank in range(int(self.rank.max(initial=-1)) + 1):
            out = np.zeros(size, np.uint64)
            chosen = self.rank == rank
            out[self.row[chosen]] = self.digests[chosen]
            yield self.kind, out


def _values_of(ids: Ids, chosen: Mask, row: I64) -> list[_Values]:
    """Return the values that chosen members show, kind by kind."""
    kinds = dict.fromkeys(kind for kind, _ in ids)
    return [_of_kind(kind, [digests for held, digests in ids if held == kind], chosen, row) for kind in kinds]


def _of_kind(kind: str, columns: Sequence[U64], chosen: Mask, row: I64) -> _Values:
    held = [np.flatnonzero(chosen & (digests != 0)) for digests in columns]
    member = np.concatenate(held)
    digests = np.concatenate([column[members] for members, column in zip(held, columns, strict=True)])
    order = np.lexsort((member, digests, row[member]))
    member, digests = member[order], digests[order]
    new = np.ones(len(member), np.bool_)
    new[1:] = (row[member[1:]] != row[member[:-1]]) | (digests[1:] != digests[:-1])
    member, digests = member[new], digests[new]
    rows, starts, among = np.unique(row[member], return_index=True, return_counts=True)
    return _Values(
        kind=kind,
        member=member,
        row=np.repeat(rows, among),
        rank=np.arange(len(member)) - np.repeat(starts, among),
        among=np.repeat(among, among),
        digests=digests,
    )


def _too_many(values: Iterable[_Values], size: int) -> Mask:
    """Return members who show one of more values than one person is taken to have."""
    out = np.zeros(size, np.bool_)
    for of_kind in values:
        out[of_kind.member[of_kind.among > ONE_PERSONS]] = True
    return out


def _may_be_others(values: Iterable[_Values], known: Mask, size: int) -> Mask:
    """Return members whose value, one of several in the row, may be another person's than the row's.

    Where nothing else shows the row's person, the first value does.
    """
    out, shown = np.zeros(size, np.bool_), known.copy()
    for of_kind in values:
        out[of_kind.member[(of_kind.among > 1) & (shown[of_kind.row] | (of_kind.rank > 0))]] = True
        shown[of_kind.row] = True
    return out


def _possible(first: Records, loose: Ids, flags: U32, present: Mask) -> Records:
    """Return records of those who may be further persons; see ``BLANK``."""
    nobody = np.zeros_like(first.names)
    return replace(
        first,
        ids=tuple(loose),
        names=nobody,
        born_as=nobody,
        flags=(flags & KEPT) | np.uint32(BLANK),
        present=present,
    )
