"""What the identifiers of a row say about how to count its person: the values that sketches are filled with.

A row stands for its best identifier, its anchor: kinds in the order of ``kinds.py``, then the smaller digest.
Every other identifier of the row is linked to the anchor. Whoever is known by a linked value is known by a
better one, so counting anchors that are nowhere linked counts each person once, as far as links of one step
show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from scanner.census.chunks import Chunk
from scanner.census.hashing import mix
from scanner.census.kinds import BY_ORDER, CONTACT, KINDS
from scanner.identifiers import I64, U32, U64, Mask
from scanner.sketches.hashing import murmur
from scanner.sketches.hll import coupons_of
from scanner.sketches.theta import low_hashes

VALUES = "values"  # every value of the kind
LINKED = "linked"  # documents and accounts in a row with something better
NAMED = "named"  # contact and name together, in rows with nothing better
NAMELESS = "nameless"  # the contact alone, in rows with nothing better and no name
COVERED = "covered"  # contacts, alone and with a name, that something better or a name stands for
BORN = "born"  # name and birth date together
DATED = "dated"  # names that come with a birth date
ROLES = (VALUES, LINKED, NAMED, NAMELESS, COVERED, BORN, DATED)

NAME_AND_BIRTH = "name_and_birth"
PERSON_NAME = "person_name"  # identifies nobody; tells people apart
_NOTHING = np.uint64(2**64 - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashed:
    """Values of one kind in one role.

    Attributes:
        rows: Position of the row of every value.
        low: What theta sketches take.
        coupons: What HyperLogLog sketches take; None where they take nothing.
    """

    kind: str
    role: str
    rows: I64
    low: U64
    coupons: U32 | None


@dataclass(slots=True)
class Roles:
    """The identifiers of some rows, by role.

    Attributes:
        known: Rows that anything identifies.
        nameless: By kind, rows with a contact and neither anything better nor a name.
    """

    hashed: list[Hashed]
    known: Mask
    nameless: dict[str, Mask] = field(default_factory=dict)

    @classmethod
    def of(cls, chunk: Chunk, *, by_birth: bool = False) -> Roles:
        """Return the roles of all rows; ``by_birth`` puts name and birth date right behind the ID number."""
        roles = cls([], np.zeros(len(chunk), np.bool_))
        for kind, columns in _by_kind(chunk, by_birth=by_birth).items():
            anchor = _smallest(columns)
            roles._add_kind(kind, columns, anchor, chunk.names)
            roles.known |= anchor != 0
        # Bit 0 marks what may be a Chinese name in Latin letters: perhaps the second name of somebody.
        named = roles.known & (chunk.names != 0) & ((chunk.names & np.uint64(1)) == 0)
        roles._add(PERSON_NAME, VALUES, chunk.names, named)
        dated = named & (chunk.born_as != 0)
        roles._add(PERSON_NAME, BORN, chunk.born_as, dated)
        roles._add(PERSON_NAME, DATED, chunk.names, dated)
        return roles

    def _add_kind(self, kind: str, columns: list[U64], anchor: U64, names: U64) -> None:
        linked = [(d != 0) & (self.known | (d != anchor)) for d in columns]
        for digests in columns:
            self._add(kind, VALUES, digests, digests != 0)
        if kind == NAME_AND_BIRTH or KINDS[kind].strength != CONTACT:
            for digests, mask in zip(columns, linked, strict=True):
                self._add(kind, LINKED, digests, mask)
            return
        alone = (anchor != 0) & ~self.known
        self.nameless[kind] = alone & (names == 0)
        self._add(kind, NAMED, _with_name(anchor, names), alone & (names != 0))
        self._add(kind, NAMELESS, anchor, self.nameless[kind])
        self._add(kind, COVERED, anchor, alone & (names != 0))
        for digests, mask in zip(columns, linked, strict=True):
            self._add(kind, COVERED, digests, mask)
            self._add(kind, COVERED, _with_name(digests, names), mask & (names != 0))

    def _add(self, kind: str, role: str, values: U64, mask: Mask) -> None:
        rows = np.flatnonzero(mask)
        if len(rows):
            hashes = murmur(values[rows])
            coupons = coupons_of(hashes) if role == VALUES else None
            self.hashed.append(
                Hashed(kind=kind, role=role, rows=rows, low=low_hashes(hashes), coupons=coupons)
            )


def _by_kind(chunk: Chunk, *, by_birth: bool) -> Mapping[str, list[U64]]:
    """Return the columns of every kind, the best kind first."""
    columns: dict[str, list[U64]] = {}
    for order, digests in chunk.ids:
        if order < len(BY_ORDER):
            columns.setdefault(BY_ORDER[order].id, []).append(digests)
    if by_birth:
        columns[NAME_AND_BIRTH] = [chunk.born_as]
    return {kind: columns[kind] for kind in sorted(columns, key=rank)}


def rank(kind: str) -> float:
    """Return the place of a kind; the smallest is the best anchor.

    Raises:
        ValueError: There is no such kind.
    """
    if kind == NAME_AND_BIRTH:
        return KINDS["id_card"].order + 0.5
    if kind == PERSON_NAME:
        return len(KINDS)
    if kind not in KINDS:
        raise ValueError(f"'{kind}' is no kind of identifier. Known are: {', '.join(sorted(KINDS))}.")
    return KINDS[kind].order


def _smallest(columns: list[U64]) -> U64:
    """Return the smallest digest of every row; 0 where there is none."""
    held = np.min([np.where(digests == 0, _NOTHING, digests) for digests in columns], axis=0)
    return np.where(held == _NOTHING, np.uint64(0), held)


def _with_name(digests: U64, names: U64) -> U64:
    """Return one number for contact and name together."""
    return mix(digests ^ mix(names))


def selected(hashed: list[Hashed], rows: Mask) -> Iterator[tuple[Hashed, Mask]]:
    """Yield what some of the rows hold, with a mask over its values."""
    for part in hashed:
        chosen = rows[part.rows]
        if chosen.any():
            yield part, chosen
