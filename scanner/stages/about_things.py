"""Tables whose rows show nobody, but of what thing they tell: a diagnosis of a visit, which is a patient's.

They, and the table that lists the things, carry the numbers of the things as digests, so that the census
counts such rows as those of the things' persons. See docs/counting.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property

from connectors import Column, TableUnreadable
from scanner.assembly import ScannedTable, ThingNumber
from scanner.digests.columns import ISSUER_KINDS
from scanner.identifiers import SlotPlan
from scanner.stages.companies import lists_companies
from scanner.stages.constraints import Place, place_of
from scanner.stages.databases import numbering
from scanner.stages.held_keys import lists_others
from scanner.stages.named_keys import numbers_rows, persons_in
from scanner.stages.person_words import about, plain_name, said, same, shard, whole_name
from scanner.stages.planning import plan_count
from scanner.stages.second_persons import header_words, slot_of
from scanner.stages.things import Thing, is_of_several, nearest, number_stem
from scanner.stages.underway import ScanUnderWay


def tell_things(
    tables: Sequence[ScannedTable], things: Mapping[Place, Mapping[str, Thing]], scan: ScanUnderWay
) -> None:
    """Note in the tables of one source the numbers of things by which the census lends persons to rows.

    Args:
        tables: All of them; whose their values are has been told.
        things: By table, the columns that refer to things by headers, comments or foreign keys.
        scan: The scan.

    """
    known = {place: _Known(each, things.get(place, {}), scan) for each in tables for place in [_place(each)]}
    lending = _Lending(known)
    for place, numbers in lending.numbers.items():
        scanned = known[place].scanned
        scanned.told = replace(scanned.told, things=tuple(sorted(numbers, key=repr)))
    for place, servants in lending.servants.items():
        known[place].put_aside(servants)


def _place(scanned: ScannedTable) -> Place:
    return place_of(scanned.table)


class _Known:
    """A table, and what its columns refer to by names and foreign keys."""

    def __init__(self, scanned: ScannedTable, things: Mapping[str, Thing], scan: ScanUnderWay) -> None:
        self.scanned, self.things, self._scan = scanned, things, scan
        told, place = scanned.told, (scanned.dataset, scanned.table.name)
        self._taken = {*told.keys, *told.of_others, *told.shared}
        self._taken |= {c.name for c in scanned.table.columns if (*place, c.name) in scan.options.review}

    @cached_property
    def own(self) -> SlotPlan:
        """Return what tells of the rows' own persons; nothing where the table cannot be planned."""
        with suppress(TableUnreadable):  # told when its people are counted
            for plan in plan_count(self.scanned, self._scan).plans:
                if not plan.rows_as:
                    return next((slot for slot in plan.slots if not slot.slot), SlotPlan(slot=""))
        return SlotPlan(slot="")

    def is_free(self, column: str) -> bool:
        """Return whether a column is no key, no tag says more of it, and no reviewer decided about it."""
        return column not in self._taken and self._held(column) <= _OF_THINGS

    def is_account(self, column: str) -> bool:
        """Return whether a column has a tag as number of accounts or the like, and refers to such a table."""
        held = self._held(column)
        return column in self.things and bool(held) and column not in self._taken and held <= ISSUER_KINDS

    def _held(self, column: str) -> set[str]:
        return {tag.type for tag in self.scanned.tags.get(column, ()) if tag.decision != "rejected"}

    def identifies(self, *, owner: bool) -> bool:
        """Return whether something else than a number of an account tells who somebody is.

        A contact does not tell the ``owner`` of an account: it may be that of a company.
        """
        return any(
            not self.is_account(column) and not (owner and self._is_contact(pi_type))
            for column, pi_type in self.own.identifiers
        )

    def _is_contact(self, pi_type: str) -> bool:
        held = self._scan.options.catalogue.types.get(pi_type)
        return held is not None and held.strength == "contact"

    def takes_persons(self, column: str, servants: Collection[str], *, asked: bool) -> bool:
        """Return whether rows say something of somebody, but not who that is, unless a column leads there.

        Beside the number of an account, contacts are its owner's.

        Args:
            column: The one that leads there.
            servants: Columns that tell who serves that person.
            asked: Whether rows of another table ask who it is, so that these need not say anything.

        """
        own = self.own
        identifiers = {c for c, _ in own.identifiers}.union(cells.column for cells in own.cells)
        if self.is_account(column):
            identifiers -= {c for c, t in own.identifiers if self.is_account(c) or self._is_contact(t)}
        telling = identifiers.union(own.names, own.births)
        says = asked or not set(own.columns()) <= set(servants)
        return says and telling <= set(servants) and not lists_others(self.scanned.table)

    def servants(self, lending: _Known) -> dict[str, str]:
        """Return columns that tell who serves the rows' own persons, and whose they are.

        Nobody is served by a number of a kind that the rows which show those persons have of them.
        """
        told, theirs = self.scanned.told, lending.own
        lists = {key.persons for key in lending.scanned.told.keys.values() if not key.slot}
        comments = {column.name: column.comment for column in self.scanned.table.columns}
        found = {}
        for column in {*(c for c, _ in self.own.identifiers), *self.own.names}:
            if key := told.keys.get(column):
                word = "" if key.persons in lists else about(key.whose.strip("()"), "")
            else:
                held = self._held(column)
                word = slot_of(column, comments[column], held) or _staff_named(column)
                word = "" if held.intersection(t for _, t in theirs.identifiers) else word
            if word in _SERVING or (same(word) == "employee" and word not in _THEMSELVES):
                found[column] = word
        return found

    def put_aside(self, servants: Mapping[str, str]) -> None:
        """Note that columns are of those who serve the rows' own persons."""
        told = self.scanned.told
        keys = {c: replace(key, slot=servants.get(c, key.slot)) for c, key in told.keys.items()}
        self.scanned.told = replace(told, keys=keys, of_others={**told.of_others, **servants})

    @cached_property
    def lists_things(self) -> bool:
        table = self.scanned.table
        return not (persons_in(table) or lists_companies(table) or is_of_several(table))

    def numbers(self, column: str) -> bool:
        """Return whether a column may be that which numbers the rows."""
        return self.is_free(column) and column in self.scanned.told.once


_SHORTEST = 3  # letters of an abbreviation
_OF_THINGS = frozenset({"auth_token"})  # tags that numbers of things get: of sessions
_SERVING = frozenset({"operator", "manager"})
# Of whom rows may tell something themselves: where they are, when they were ill.
_THEMSELVES = frozenset("employee staff worker driver rider courier salesman salesperson".split())


def _staff_named(header: str) -> str:
    return next((word for word in header_words(header) if same(word) == "employee"), "")


_Hop = tuple[_Known, str, Thing]  # a table, a column of it, and to what that refers


class _Lending:
    """Which tables lend persons to which.

    Attributes:
        numbers: The columns to read as numbers of things, by table.
        servants: The columns of those who serve the persons that rows are lent, and whose, by table.
    """

    def __init__(self, known: Mapping[Place, _Known]) -> None:
        self._known = known
        self._called: dict[tuple[str, str], list[tuple[str, _Known]]] = {}  # as their numbers are elsewhere
        for each in known.values():
            for column in each.scanned.told.once:
                header = f"{_words(each)[-1]}_id" if numbers_rows(column) and _words(each) else column.lower()
                self._called.setdefault((_group(each), header), []).append((column, each))
        self.numbers: dict[Place, set[ThingNumber]] = {}
        self.servants: dict[Place, Mapping[str, str]] = {}
        for each in known.values():
            for hop in self._path(each, frozenset(), asked=False):
                self._note(*hop)

    def _note(self, each: _Known, column: str, thing: Thing) -> None:
        group, name = thing.place
        name, every = (whole_name(name), "_*") if thing.others else (name, "")
        listed = f"{each.scanned.source}/{group}/{name}{every}.{thing.column}"
        self.numbers.setdefault(_place(each.scanned), set()).add(ThingNumber(column, listed, name))
        for place in (thing.place, *thing.others):
            self.numbers.setdefault(place, set()).add(ThingNumber(thing.column, listed))
        if servants := each.servants(self._known[thing.place]):
            self.servants[_place(each.scanned)] = servants

    def _path(self, each: _Known, passed: frozenset[Place], *, asked: bool) -> list[_Hop]:
        """Return by which columns and things the rows of a table lead to persons; nothing if they do not.

        Rows that say nothing of anybody are ``asked`` for those of others.
        """
        if (place := _place(each.scanned)) in passed:
            return []
        for column in each.scanned.table.columns:
            thing = self._thing(each, column)
            if thing and (ways := self._ways(each, column.name, thing, passed | {place}, asked=asked)):
                return ways
        return []

    def _ways(
        self, each: _Known, column: str, thing: Thing, passed: frozenset[Place], *, asked: bool
    ) -> list[_Hop]:
        """Return how a column leads to persons by the shards of a table that do so; nothing if none does."""
        lead, ways = [], []
        for place in (thing.place, *thing.others):
            listing = self._known.get(place)
            if not listing or not listing.lists_things or not listing.numbers(thing.column):
                continue
            if each.takes_persons(column, each.servants(listing), asked=asked):
                further = self._path(listing, passed, asked=True)
                if further or listing.identifies(owner=each.is_account(column)):
                    lead.append(place)
                    ways += further
        if not lead:
            return []
        return [(each, column, thing._replace(place=lead[0], others=tuple(lead[1:]))), *ways]

    def _thing(self, each: _Known, column: Column) -> Thing | None:
        """Return to what a column refers: by names or a foreign key, or as a table calls its own numbers."""
        if not (each.is_free(column.name) or each.is_account(column.name)):
            return None
        if named := each.things.get(column.name):
            return named
        stem = number_stem(column.name, column.comment)
        exact = self._alike(each, column.name.lower(), stem)
        of_rows = f"{stem.rpartition('_')[2]}_id" if column.name.lower().endswith("id") else ""
        return exact or self._alike(each, of_rows, stem)

    def _alike(self, each: _Known, header: str, stem: str) -> Thing | None:
        """Return things whose numbers are called so elsewhere, of the table of the fewest words."""
        found = [
            (len(_words(other)), column, other)
            for column, other in self._called.get((_group(each), header), ())
            if stem and other is not each and _is_called(other, stem) and other.lists_things
        ]
        fewest = min((length for length, _, _ in found), default=0)
        first = [Thing(_place(other.scanned), column) for length, column, other in found if length == fewest]
        names = {plain_name(thing.place[1]) for thing in first}
        shards = len(names) == 1 and all(shard(thing.place[1]) for thing in first)
        return nearest(first, each.scanned.table) if shards or len(first) == 1 else None


def _group(each: _Known) -> str:
    return numbering(each.scanned.table.group)


def _is_called(each: _Known, stem: str) -> bool:
    """Return whether the name or comment of a table has the word before ``number``: ``sample`` of samples."""
    table = each.scanned.table
    in_chinese = said(table.comment).startswith(stem) or table.name.startswith(stem)
    in_english = all(any(_stands_for(part, word) for word in _words(each)) for part in stem.split("_"))
    return in_english or (not stem.isascii() and in_chinese)


def _stands_for(part: str, word: str) -> bool:
    """Return whether part of a header is a word or, as ``appt`` of ``appointment``, short for it."""
    letters = iter(word)
    return part == word or (len(part) >= _SHORTEST and part[0] == word[0] and all(c in letters for c in part))


def _words(each: _Known) -> list[str]:
    return [word.removesuffix("s") for word in header_words(plain_name(each.scanned.table.name))]
