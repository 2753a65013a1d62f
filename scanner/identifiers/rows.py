"""Rows of a batch to digests, slot by slot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from classifiers.catalogue import Catalogue, built_in
from scanner.compiled.loading import Acceleration
from scanner.digests import U64, SubjectKey, digest, rotate
from scanner.digests.columns import THING, Digester
from scanner.identifiers.age_clock import clock_bits
from scanner.identifiers.arrays import U32, Mask
from scanner.identifiers.bits import BLANK, MINOR_UNDER_18, UNPROVEN
from scanner.identifiers.flags import (
    Found,
    add_categories,
    births_shown,
    born_as_digests,
    filled_rows,
)
from scanner.identifiers.members import Members, is_document, members_of
from scanner.identifiers.names import name_digests
from scanner.identifiers.one_name import reached, united
from scanner.identifiers.opening import Opened, opened
from scanner.identifiers.plans import SlotPlan, TablePlan
from scanner.identifiers.records import RELATION, Records
from scanner.identifiers.several import KEPT, Shares, Shown, held_in, shares_of, without_crowds


def identify(  # noqa: PLR0913 -- rows, plan, secret, and what the caller knows of day, windows and types
    batch: pa.RecordBatch,
    plan: TablePlan,
    key: SubjectKey,
    *,
    as_of: dt.date,
    row_flags: U32 | None = None,
    catalogue: Catalogue | None = None,
    acceleration: Acceleration | None = None,
) -> list[Records]:
    """Return the persons of a batch, slot by slot, as digests.

    Args:
        batch: Holds at least ``plan.columns()``.
        plan: Which columns describe whom.
        key: The secret of the digests.
        as_of: Day on which ages are taken.
        row_flags: ``AHEAD`` and bits 15 to 18 of every row: membership of reporting windows.
        catalogue: Knows the canonical values of every type; default: the built-in one.
        acceleration: Compiled kernels, for large tables; the result is the same without.

    """
    known = catalogue or built_in()
    none = np.broadcast_to(np.uint32(0), batch.num_rows)
    window = none if row_flags is None else row_flags.astype(np.uint32)
    parts = (
        _Slot(
            batch=batch,
            plan=plan,
            slot=slot,
            key=key,
            catalogue=known,
            acceleration=acceleration or Acceleration(),
        )
        for slot in plan.slots
    )
    found = [records for part in parts for records in part.records(window, as_of)]
    if plan.perhaps_own:
        documents = {known.kind(kind) for kind in known.types if is_document(kind, known)}
        found = united(found, plan.perhaps_own, documents)
    if plan.steady:
        contacts = {known.kind(kind) for kind, held in known.types.items() if held.strength == "contact"}
        found = reached(found, plan.steady, contacts)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """One slot of one batch, on its way to digests."""

    batch: pa.RecordBatch
    plan: TablePlan
    slot: SlotPlan
    key: SubjectKey
    catalogue: Catalogue
    acceleration: Acceleration
    members: tuple[Members, list[Records]] | None = None

    def records(self, window: U32, as_of: dt.date) -> Iterator[Records]:
        """Yield the persons of the slot, then those of a second strong value in the same rows, then members.

        The members of cells with several values come last.
        """
        found = self._found()
        names, test = name_digests(self.batch, self.slot.names, self.key)
        cells = opened(self.batch, self.slot, found, names, self.catalogue)
        if cells.lanes:
            yield from self._opened(cells, window, as_of).records(window, as_of)
            return
        births = births_shown(self.batch, self.slot, found)
        flags = births.ages(as_of, adult=self._of_age)
        minors = np.flatnonzero(flags & np.uint32(MINOR_UNDER_18))
        flags[minors] |= clock_bits(births.days[minors], as_of, self.key.secret)
        flags |= window
        add_categories(flags, self.batch, self.slot, found)
        present = self._present(found, flags) & ~test
        born_as = born_as_digests(names, births.days, self.key)
        strong = frozenset(f.kind for _, f in found if is_document(f.kind, self.catalogue))
        first, second = _digests(found, strong)
        first, crowd = without_crowds(first, self.catalogue)
        shares = self._shares(first, names, flags)
        alone = present & ~shares.instead
        if crowd:
            alone &= ~(held_in(crowd, len(names)) & ~held_in(shares.own, len(names)) & (names == 0))
        ids = shares.own + self._relations(shares.own) + self._things()
        yield self._records(ids, names, born_as, flags | shares.flags, alone)
        nobody = np.broadcast_to(np.uint64(0), len(names))
        for kind, values in second:
            yield self._records([(kind, values)], nobody, nobody, flags, present & (values != 0))
        for kind, values in crowd:
            yield self._records(
                [(kind, values)],
                nobody,
                nobody,
                (flags & KEPT) | np.uint32(UNPROVEN),
                present & (values != 0),
            )
        for each, row in shares.others:
            yield replace(each, present=each.present & ~test[row])

    def _shares(self, ids: Sequence[tuple[str, U64]], names: U64, flags: U32) -> Shares:
        """Return what rows show together with the members of their cells."""
        if self.members is None:
            return Shares.without_members(ids, len(names))
        shown = Shown(ids, names, (names != 0) | held_in(ids, len(names)), flags)
        return shares_of(*self.members, shown, self.catalogue)

    def _opened(self, cells: Opened, window: U32, as_of: dt.date) -> _Slot:
        """Return the slot of rows whose cells hold one value at most, and the members of the others."""
        members = members_of(cells.lanes, self.slot, len(window), self.catalogue)
        rest = replace(self, batch=cells.batch, slot=replace(self.slot, cells=()))
        if self.slot.sent and not members.slot.sent:
            return rest
        theirs = replace(self, batch=members.batch, slot=members.slot)
        return replace(rest, members=(members, list(theirs.records(window[members.row], as_of))))

    @property
    def _of_age(self) -> bool:
        """Whether the persons are of age unless a birth date says otherwise."""
        return self.slot.of_age or self.slot.slot in self.plan.adults

    @property
    def _digester(self) -> Digester:
        return Digester(
            numbering=self.plan.numbering or self.plan.dataset,
            key=self.key,
            catalogue=self.catalogue,
            acceleration=self.acceleration,
        )

    def _found(self) -> list[Found]:
        return [
            (column, held)
            for column, pi_type in self.slot.identifiers
            for held in self._digester.column(
                self.batch.column(column), pi_type, self.plan.whose_are(column, pi_type)
            )
        ]

    def _things(self) -> list[tuple[str, U64]]:
        """Return the numbers of the things that rows have or refer to."""
        return [
            (kind, held.digests)
            for column, kind, whose in self.slot.things
            for held in self._digester.column(self.batch.column(column), kind, whose)
        ]

    def _relations(self, ids: Sequence[tuple[str, U64]]) -> list[tuple[str, U64]]:
        """Return whose relative is reached under which phone; nothing if the table does not say so."""
        phone = _phones(ids) if self.slot.relative_of else None
        if phone is None:
            return []
        whose, _ = name_digests(self.batch, self.slot.relative_of, self.key)
        both = pa.array(rotate(whose, 1) ^ phone, mask=(whose == 0) | (phone == 0)).cast(pa.string())
        return [(RELATION, digest(f"{RELATION} {self.slot.relation}", both, self.key))]

    def _present(self, found: Sequence[Found], flags: U32) -> Mask:
        """Return which rows are about somebody; mark the blank ones of the row's own person."""
        present = filled_rows(self.batch, self.slot, found)
        if self.slot.sent:
            return present
        lends = any(kind == THING for _, kind, _ in self.slot.things)
        if not self.slot.slot and (self.slot.identifiers or self.slot.names or lends):
            flags[~present] |= np.uint32(BLANK)
            present = np.ones_like(present)
        return present

    def _records(
        self, ids: list[tuple[str, U64]], names: U64, born_as: U64, flags: U32, present: Mask
    ) -> Records:
        if not present.all():
            ids = [(kind, np.where(present, values, np.uint64(0))) for kind, values in ids]
        return Records(
            table=self.plan.id,
            slot=self.slot.slot,
            ids=tuple((self.catalogue.kind(kind), values) for kind, values in ids),
            names=names,
            born_as=born_as,
            flags=flags,
            present=present,
            key=self.key.fingerprint,
        )


def _phones(ids: Sequence[tuple[str, U64]]) -> U64 | None:
    """Return the phone of every row: a mobile before a landline, of several the smallest; 0 without."""
    out: U64 | None = None
    for kind in ("mobile", "landline"):
        of_kind = [digests - np.uint64(1) for held, digests in ids if held == kind]  # 0 becomes the largest
        if of_kind:
            phone: U64 = np.min(of_kind, axis=0) + np.uint64(1)
            out = phone if out is None else np.where(out == 0, phone, out)
    return out


def _digests(
    found: Sequence[Found], strong_kinds: frozenset[str]
) -> tuple[list[tuple[str, U64]], list[tuple[str, U64]]]:
    """Return the digests, and those of a second, different strong value in the same row."""
    first: list[tuple[str, U64]] = []
    second: list[tuple[str, U64]] = []
    strong: dict[str, U64] = {}
    for kind, digests in ((held.kind, held.digests) for _, held in found):
        if kind not in strong:
            first.append((kind, digests))
            if kind in strong_kinds:
                strong[kind] = digests
            continue
        earlier = strong[kind]
        another = (digests != 0) & (earlier != 0) & (digests != earlier)
        second.append((kind, np.where(another, digests, np.uint64(0))))
        np.copyto(earlier, digests, where=earlier == 0)
    return first, [(kind, digests) for kind, digests in second if digests.any()]
