"""What the rows of a part show of ages: who is a minor, who may be one, whose rows contradict each other."""

from __future__ import annotations

from functools import cached_property
from types import ModuleType

import numpy as np

from scanner.census.chunks import MINOR, OF_AGE
from scanner.census.kinds import KINDS
from scanner.census.linking import Linked
from scanner.census.parts import Part
from scanner.census.touches import Touching, touched
from scanner.identifiers import ADULT, MINOR_UNDER_14, MINOR_UNDER_18, U8, U32, Mask
from scanner.identifiers.age_clock import CLOCK_BITS

MINOR_BITS = MINOR_UNDER_14 | MINOR_UNDER_18
_SHOWS_BIRTH = KINDS["id_card"].order  # the document that shows when its holder was born


class Ages:
    """Ages in a part. The arrays have one entry per row, ``by_name`` one per person.

    Args:
        part: The part.
        linked: Who is one person in it.
        touching: Whom its rows show.
        loops: ``scanner.compiled.touches``; None to do without.

    """

    def __init__(
        self, part: Part, linked: Linked, touching: Touching, loops: ModuleType | None = None
    ) -> None:
        self._part, self._rows, self._linked = part, part.rows, linked
        self._touching, self._loops = touching, loops
        self._contradicted: dict[int, Mask] = {}

    @cached_property
    def flags(self) -> U32:
        """Return the bits of every row; a minor bit of a person is given to all rows of the person."""
        if not (self._evidence & MINOR_BITS).any():
            return self._evidence
        flags = self._evidence.copy()
        for bit in (MINOR_UNDER_14, MINOR_UNDER_18):
            flags |= self._of_persons((flags & bit) != 0).astype(np.uint32) * np.uint32(bit)
        return flags

    @cached_property
    def _evidence(self) -> U32:
        """Return the bits that every row shows itself; of outweighed ones, none that make a minor."""
        if not self._outweighed.any():
            return self._rows.flags
        flags = self._rows.flags.copy()
        flags[self._outweighed] &= np.uint32(~(MINOR_BITS | CLOCK_BITS) & 0xFFFFFFFF)
        return flags

    @cached_property
    def _outweighed(self) -> Mask:
        """Return rows that are no evidence of the age of their person: others with a document show it."""
        shown = (self._rows.flags & (MINOR_BITS | ADULT)) != 0
        if not (self._rows.flags & MINOR_BITS).any():
            return np.zeros_like(shown)
        graph = self._linked.graph
        documented = np.zeros(graph.size + 1, np.bool_)  # the last one is nobody
        documented[graph.identity[(graph.kinds == _SHOWS_BIRTH)[graph.value]]] = True
        by_document = documented[self._rows.identity]
        return np.asarray(self._of_persons(by_document & shown) & ~by_document)

    def settled(self, minor: int) -> Mask:
        """Return rows about somebody whose age is shown, but no outweighed ones of whom they call a minor.

        Args:
            minor: The minor bits that are asked about.

        """
        denied = self._outweighed & ((self._rows.flags & ~self.flags & minor) != 0)
        return np.asarray(self._shown & ~(self._of_persons(denied) & self._outweighed))

    def contradicted(self, bit: int) -> Mask:
        """Return rows of the persons of whom some rows show a minor, and others an age without this bit."""
        if bit not in self._contradicted:
            claims = (self._evidence & bit) != 0
            denies = ~claims & ~self._outweighed & ((self._evidence & (MINOR_BITS | ADULT)) != 0)
            self._contradicted[bit] = np.asarray(self._of_persons(claims) & self._of_persons(denies))
        return self._contradicted[bit]

    def sure(self, minor: int) -> Mask:
        """Return rows of minors whom no row denies.

        Args:
            minor: The minor bits that are asked about: one of them is enough.

        """
        sure = np.zeros(len(self.flags), np.bool_)
        for bit in (MINOR_UNDER_14, MINOR_UNDER_18):
            if minor & bit:
                sure |= ((self.flags & bit) != 0) & ~self.contradicted(bit)
        return sure

    @cached_property
    def doubtful(self) -> Mask:
        """Return rows of somebody whose age nothing shows, or who is called a minor and, elsewhere, not."""
        doubtful = ~self.settled(MINOR_BITS)
        for bit in (MINOR_UNDER_14, MINOR_UNDER_18):
            doubtful |= ((self._evidence & bit) != 0) & self.contradicted(bit)
        return doubtful & ~self._rows.possible

    @cached_property
    def _shown(self) -> Mask:
        """Return rows about somebody whose age the row, or another row of the person, shows."""
        of_person = np.append(self._of_everybody != 0, False)[self._touching.person]
        shown = of_person | ((self.flags & (MINOR_BITS | ADULT)) != 0)
        return np.asarray(shown & ~self._rows.possible)

    @property
    def by_name(self) -> U8:
        """Return what rows of somebody of the name of every person show, whatever contacts say.

        0 is nothing, 1 a minor, 2 of age, 3 both.
        """
        by_name = self._touching.by_name
        if not by_name.any():
            return np.zeros(self._part.persons, np.uint8)
        return self._of_flags(np.where(by_name, self._rows.flags, np.uint32(0)))

    @cached_property
    def _of_everybody(self) -> U8:
        """Return what all rows show of every person, as ``by_name``."""
        if self._loops is None:
            return self._of_flags(self._rows.flags)
        ages = np.zeros(self._part.persons, np.uint8)
        shown = self._rows.identity, self._rows.flags, self._linked.person
        self._loops.ages_of(*shown, np.uint32(MINOR_BITS), np.uint32(ADULT), ages)
        return ages

    def _of_flags(self, flags: U32) -> U8:
        minor, adult = (
            touched(self._touching.person[(flags & bits) != 0], self._part.persons)
            for bits in (MINOR_BITS, ADULT)
        )
        return MINOR * minor.astype(np.uint8) + OF_AGE * adult.astype(np.uint8)

    def _of_persons(self, rows: Mask) -> Mask:
        """Return all rows of the persons whom some rows show."""
        if not rows.any():
            return rows
        persons = touched(self._touching.person[rows], self._part.persons)
        return np.asarray(np.append(persons, False)[self._touching.person])
