"""A part that is asked about scopes: what its rows say, worked out once for all that is asked of it."""

from __future__ import annotations

from functools import cached_property
from types import ModuleType

import numpy as np

from scanner.census.ages import MINOR_BITS, Ages
from scanner.census.doubts import DoubtfulRows, Doubts, doubts_of, doubts_of_age
from scanner.census.fewest import Fewest
from scanner.census.hidden import Contacts, Use, Uses, contacts_held
from scanner.census.kinds import KINDS, holds
from scanner.census.logs import LogContacts, LogUse
from scanner.census.lone import lone_phones
from scanner.census.marks import Marks, known_by_pseudonyms
from scanner.census.measured import Measured
from scanner.census.members import Members, members_of
from scanner.census.minors import Dated, Minors, born_on
from scanner.census.namesakes import Named
from scanner.census.parts import Part
from scanner.census.proofs import Proofs
from scanner.census.reasons import Reasons, reasons_of
from scanner.census.relations import Shown as Related
from scanner.census.sorting import distinct_pairs
from scanner.census.tallies import NOTHING, Tally
from scanner.census.touches import Choice, Touching, touched
from scanner.identifiers import I64, U16, U64, Mask
from scanner.identifiers.age_clock import birth_codes


class Opened:
    """Persons of a part and what its rows show of them. The arrays have one entry per row or per person.

    Args:
        part: The part.
        marks: What tables are like.
        loops: ``scanner.compiled.touches``; None to do without.

    """

    def __init__(self, part: Part, marks: Marks, loops: ModuleType | None = None) -> None:
        self._part, self._rows, self._linked = part, part.rows, part.linked
        self._marks, self._loops = marks, loops
        self._touching = Touching(part, self._linked, loops)
        self._ages = Ages(part, self._linked, self._touching, loops)
        self._places = {name: place for place, name in enumerate(part.tables)}
        self._starts = np.searchsorted(self._rows.table, np.arange(len(part.tables) + 1))
        self._of_tables: tuple[frozenset[str] | None, Choice] = frozenset(), slice(0, 0)
        self._tallied: Tally | None = NOTHING  # of all rows of the tables asked last
        self._everywhere: dict[tuple[int, int], Use] = {}

    def rows(self, tables: frozenset[str] | None, every: int = 0, some: int = 0) -> Choice:
        """Return rows of tables (None for all) with all of some bits and at least one of others."""
        if self._of_tables[0] != tables:
            self._of_tables, self._tallied = (tables, self._rows_of(tables)), None
        return self._with_bits(self._of_tables[1], every, some)

    def _with_bits(self, rows: Choice, every: int, some: int) -> Choice:
        if every:
            rows = _those(rows, (self._ages.flags[rows] & every) == every)
        return _those(rows, (self._ages.flags[rows] & some) != 0) if some else rows

    def of_unknown_age(self, rows: Choice, minor: int) -> Choice:
        """Return rows about somebody whose age nothing shows, or which a document denies."""
        return _those(rows, ~self._ages.settled(minor)[rows])

    def or_of_unknown_age(self, rows: Choice, some: int) -> Choice:
        """Return rows with at least one of some bits, and those of ``of_unknown_age``."""
        settled = self._ages.settled(some & MINOR_BITS)
        return _those(rows, ((self._ages.flags[rows] & some) != 0) | ~settled[rows])

    def sure(self, rows: Choice, some: int) -> Choice:
        """Return rows with at least one of some bits, of minors only those whom no row denies."""
        if not some & MINOR_BITS:
            return rows
        others = (self._ages.flags[rows] & (some & ~MINOR_BITS)) != 0
        return _those(rows, others | self._ages.sure(some & MINOR_BITS)[rows])

    def _rows_of(self, tables: frozenset[str] | None) -> Choice:
        if tables is None:
            return slice(0, len(self._rows.table))
        wanted = sorted(self._places[name] for name in tables if name in self._places)
        spans = [(int(self._starts[place]), int(self._starts[place + 1])) for place in wanted]
        if len(spans) == 1:
            return slice(*spans[0])
        return np.concatenate([np.zeros(0, np.int64), *(np.arange(*span) for span in spans)])

    def tally(self, rows: Choice) -> Tally:
        """Return what some rows add to a count."""
        if rows is not self._of_tables[1]:
            return self._tally(rows)
        if self._tallied is None:
            self._tallied = self._tally(rows)
        return self._tallied

    def _tally(self, rows: Choice) -> Tally:
        found = self._touching.of(rows)
        if not found.rows and not found.possible:
            return NOTHING
        further = self._part.listed.further(rows, found.persons, self._marks.lists)
        return Tally(
            estimate=int(found.persons.sum()) + further,
            upper=int(found.groups.sum()) + found.further + found.anonymous + found.possible,
            anonymous_rows=found.anonymous,
            rows=found.rows,
            shown=self._fewest.shown(found.rows, found.persons, found.by_name, found.proven),
            pseudonymous=int((found.persons & self._known_by_pseudonyms).sum()),
            beside=self._beside_pseudonyms(rows),
        )

    def _beside_pseudonyms(self, rows: Choice) -> I64:
        """Return tables that show somebody by pseudonyms alone, and how many persons the rows show there."""
        if not self._marks.pseudonymous.any():
            return np.zeros((2, 0), np.int64)
        among_them = self._marks.pseudonymous[self._rows.table[rows]]
        shown = self._touching.shown(_those(rows, among_them))
        person = self._touching.person[shown]
        tables, _ = distinct_pairs(self._rows.table[shown][person >= 0].astype(np.int64), person[person >= 0])
        return np.array(np.unique(tables, return_counts=True), np.int64)

    @cached_property
    def _known_by_pseudonyms(self) -> Mask:
        return known_by_pseudonyms(self._linked)

    def named_persons(self) -> Named:
        """Return the persons of the part who have a name."""
        return self._fewest.named_persons()

    def measured(self, rows: Choice, *, own: bool) -> Measured:
        """Return how often values of one kind in the tables of some rows are one person's; see ``Proofs``."""
        return self._proofs.measured(self._touching.proven(rows), own=own)

    def touched(self, rows: Choice) -> Mask:
        """Return which persons of the part have one of some rows."""
        return touched(self._touching.person[self._touching.shown(rows)], self._part.persons)

    def uses_of_lists(self, tables: frozenset[str] | None, every: int, some: int) -> Uses | None:
        """Return how often known contacts come in the lists of a scope; None where no table is a list."""
        places = self._places if tables is None else tables & self._places.keys()
        if not any(self._marks.lists[self._places[name]] for name in places):
            return None
        if (every, some) not in self._everywhere:
            self._everywhere[every, some] = self._use(
                self._with_bits(self._rows_of(None), every, some), self._rows_of(None)
            )
        rows = self.rows(tables, every, some)
        whole = tables is None and not every and not some
        here = self._everywhere[every, some] if whole else self._use(rows, rows)
        return Uses(here, self._everywhere[every, some])

    def _use(self, rows: Choice, known: Choice) -> Use:
        """Return how often contacts of those known by some rows come in the lists among others."""
        chosen = np.zeros(len(self._rows.table), np.bool_)
        chosen[rows] = True
        return self._contacts.use(chosen, self._touching.of(known).anchored)

    @cached_property
    def _contacts(self) -> Contacts:
        lone = self._part.listed.lone
        in_lists = lone.only(self._marks.lists[self._rows.table[lone.rows]])
        return Contacts(self._rows, self._linked, in_lists, self._loops)

    def uses_of_logs(self, rows: Choice) -> LogUse | None:
        """Return how many known contacts come in logs among some rows; None if all tables are lists."""
        if self._in_logs is None:
            return None
        chosen = np.zeros(len(self._rows.table), np.bool_)
        chosen[rows] = True
        return self._in_logs.use(chosen, self._touching.of(rows))

    @cached_property
    def _in_logs(self) -> LogContacts | None:
        if self._marks.lists.all():
            return None
        lone = lone_phones(self._rows, self._linked)
        in_logs = lone.only(~self._marks.lists[self._rows.table[lone.rows]])
        known = self._touching.of(self._rows_of(None)).anchored
        counts = self._rows.counts[in_logs.rows]
        return LogContacts(in_logs, counts, self._linked.graph.kinds, contacts_held(self._linked), known)

    def relatives(self, rows: Choice) -> Related | None:
        """Return the relatives whom some rows show; None where no row of the part shows any."""
        return None if self._part.relatives is None else self._part.relatives.shown(rows)

    def minors(self, rows: Choice) -> Minors:
        """Return the minors that some rows show."""
        persons = np.flatnonzero(self.touched(rows))
        documented = holds(self._linked.held[0][persons], KINDS["id_card"].order)
        known = Dated(self._born_as[persons], self._birth_days[persons])
        anonymous = self._touching.person[rows] < 0
        others = Dated(self._rows.born_as[rows][anonymous], birth_codes(self._ages.flags[rows][anonymous]))
        unnamed = ~self._fewest.named[persons]
        nobody = others.born_as == 0
        counts = self._rows.counts[rows][anonymous][nobody]
        unnumbered = np.append(known.days[~documented & unnamed], others.days[nobody])
        return Minors(
            apart=int((documented | (known.born_as == 0)).sum() + counts.sum()),
            with_id=Dated.together([known.of(documented)]),
            others=Dated.together([known.of(~documented), others]),
            nameless=born_on(known.days[documented & unnamed]),
            unnumbered=born_on(unnumbered, np.append(np.ones(len(unnumbered) - len(counts)), counts)),
        )

    def doubts(self, rows: Choice) -> Doubts:
        """Return what keeps the interval of some rows wide."""
        sharers = self._touching.sharers
        doubtful = self._doubtful(rows)
        of_age = doubts_of_age(doubtful.only(self._ages.doubtful[rows]), sharers)
        return doubts_of(doubtful, sharers, self._linked, self._fewest.named) + of_age

    def _doubtful(self, rows: Choice) -> DoubtfulRows:
        return DoubtfulRows(
            tables=self._rows.table[rows].astype(np.int64),
            counts=self._rows.counts[rows],
            identity=self._rows.identity[rows].astype(np.int64),
            possible=self._rows.possible[rows],
            person=self._touching.person[rows],
            certain=self._touching.certain[rows],
            nameless=self._touching.nameless[rows],
        )

    def reasons(self) -> Reasons:
        """Return why persons were joined, and why not."""
        return reasons_of(self._linked)

    def members(self) -> Members:
        """Return who is in which table, for the model."""
        return members_of(self._rows, self._linked, self._born_as)

    def persons(self) -> int:
        """Return how many persons the part holds."""
        return self._part.persons

    @cached_property
    def _born_as(self) -> U64:
        """Return one digest of name and birth date per person: of several, the smallest; 0 where unknown."""
        largest = np.iinfo(np.uint64).max
        out = np.full(self._part.persons + 1, largest, np.uint64)  # the last one is nobody's
        if self._rows.born_as.any():
            born_as = self._rows.born_as
            np.minimum.at(out, self._touching.person, np.where(born_as != 0, born_as, largest))
        out[out == largest] = 0
        return out[:-1]

    @cached_property
    def _birth_days(self) -> U16:
        """Return the birth day of every minor, as a code; of several, the largest; 0 where unknown."""
        out = np.zeros(self._part.persons + 1, np.uint16)
        codes = birth_codes(self._ages.flags)
        shown = np.flatnonzero(codes)
        np.maximum.at(out, self._touching.person[shown], codes[shown])
        return out[:-1]

    @cached_property
    def _fewest(self) -> Fewest:
        return Fewest(self._linked, self._born_as, self._ages.by_name, self._loops)

    @cached_property
    def _proofs(self) -> Proofs:
        return Proofs(self._rows, self._linked)


def _those(rows: Choice, chosen: Mask) -> Choice:
    """Return the chosen ones of some rows: the same object, if that is all of them."""
    if chosen.all():
        return rows
    return np.flatnonzero(chosen) + rows.start if isinstance(rows, slice) else rows[chosen]
