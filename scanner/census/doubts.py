"""What keeps an interval wide: what a reviewer could confirm to narrow it, and by how many persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from scanner.census.kinds import BY_ORDER, STRONG
from scanner.census.linking import Linked
from scanner.census.sorting import distinct_pairs, numbered, starts_of_runs
from scanner.identifiers import I64, U64, Mask

ANONYMOUS, SHARED, UNNAMED = "anonymous_rows", "shared_contacts", "unnamed"
CONTACTS, ACCOUNTS = "contact_links", "account_links"
AGES, SEVERAL, MANY_NAMES = "unknown_ages", "several_values", "many_names"
MOST_NAMES = 20  # of one person in one table
Doubts = Counter[tuple[str, str]]
_TURN = {MANY_NAMES: -1, AGES: 1}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One open question.

    Attributes:
        what: ``anonymous_rows`` (of a table: whom are they about?), ``shared_contacts`` (of a table: is every
            contact without a name one person's?), ``contact_links`` (are rows that share a contact one
            person's?), ``account_links`` (of a table: is an account of several names one person's?),
            ``unnamed`` (known by one kind only, without a name: has a person one value?),
            ``several_values`` (of a table: are several values in a cell one person's?),
            ``many_names`` (of a table: is somebody with more than ``MOST_NAMES`` there one person?) or
            ``unknown_ages`` (of a table: may they be children?).
        subject: Id of the table, or of the kind of identifier.
        persons: By how much the answer narrows the interval at most, or moves it where somebody has many
            names: that of minors where ages are unknown, else that of everybody.

    """

    what: str
    subject: str
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulRows:
    """The rows of a scope: their table, times, identity, person, group by certain links.

    ``nameless`` are those with nothing but contacts, ``possible`` those of who may be a further person.
    """

    tables: I64
    counts: I64
    identity: I64
    person: I64
    certain: I64
    nameless: Mask
    possible: Mask

    def only(self, chosen: Mask) -> DoubtfulRows:
        """Return some of the rows."""
        return DoubtfulRows(**{each.name: getattr(self, each.name)[chosen] for each in fields(self)})


def doubts_of(rows: DoubtfulRows, sharers: I64, linked: Linked, named: Mask) -> Doubts:
    """Return the doubts of one part; tables by number.

    Args:
        rows: The rows of the scope.
        sharers: How many persons may use a contact of every group.
        linked: Who is one person.
        named: Which persons have a name.

    """
    out: Doubts = Counter()
    shown, unknown = (rows.possible & known for known in (rows.identity >= 0, rows.identity < 0))
    identity, table = distinct_pairs(rows.identity[shown], rows.tables[shown])
    _add(out, SEVERAL, table[starts_of_runs(identity)], None)
    _add(out, SEVERAL, rows.tables[unknown], rows.counts[unknown])
    rows = rows.only(~rows.possible)
    known = rows.person >= 0
    _add(out, ANONYMOUS, rows.tables[~known], rows.counts[~known])
    rows = rows.only(known)
    persons = np.unique(rows.person)
    _links(out, rows, linked.by_another_name)
    _shared(out, rows, sharers)
    _many_names(out, rows.only(rows.identity >= 0), linked.graph.names)
    _unnamed(out, linked.held[0][persons[~named[persons]]])
    return out


def doubts_of_age(rows: DoubtfulRows, sharers: I64) -> Doubts:
    """Return, by number of the table, how many persons may be of age if everybody in it is.

    A person of unknown age counts with all groups by certain links, whatever tables show them.

    Args:
        rows: The rows of the scope about somebody of unknown age.
        sharers: How many persons may use a contact of every group.

    """
    out: Doubts = Counter()
    known = rows.person >= 0
    _add(out, AGES, rows.tables[~known], rows.counts[~known])
    _, place = numbered(rows.person[known])
    shown, who = distinct_pairs(rows.tables[known], place)
    _add(out, AGES, shown, _most_persons(rows.only(known), place, sharers)[who])
    return out


def _most_persons(rows: DoubtfulRows, person: I64, sharers: I64) -> I64:
    """Return how many people every person of some rows may be; persons are numbered."""
    first, place = numbered(rows.certain)
    named = np.bincount(place[~rows.nameless], minlength=len(first)) > 0
    alone = np.bincount(place, rows.counts * rows.nameless, minlength=len(first)).astype(np.int64)
    most = np.maximum(np.minimum(named + alone, sharers[rows.certain[first]]), 1)
    return np.bincount(person[first], most).astype(np.int64)


def _add(out: Doubts, what: str, tables: I64, numbers: I64 | None) -> None:
    for table, number in enumerate(np.bincount(tables, numbers).astype(np.int64).tolist()):
        if number:
            out[what, str(table)] += number


def _links(out: Doubts, rows: DoubtfulRows, by_another_name: I64) -> None:
    """Add groups beyond one of each person: accounts under another name, and what contacts link."""
    groups, first = np.unique(rows.certain, return_index=True)
    person, renamed = rows.person[first], np.isin(groups, by_another_name)
    order = np.lexsort((renamed, person))
    more = order[~starts_of_runs(person[order])]
    out[CONTACTS, ""] += int((~renamed[more]).sum())
    accounts = np.zeros(len(renamed), np.bool_)
    accounts[more] = renamed[more]
    table = _showing_most(rows, np.searchsorted(groups, rows.certain), len(groups))
    _add(out, ACCOUNTS, table[accounts], None)


def _shared(out: Doubts, rows: DoubtfulRows, sharers: I64) -> None:
    """Add the users that contacts without a name may have beyond one, in the table that shows them most."""
    rows = rows.only(rows.nameless)
    groups, place = np.unique(rows.certain, return_inverse=True)
    shown = np.bincount(place, rows.counts, minlength=len(groups)).astype(np.int64)
    more = np.maximum(np.minimum(shown, sharers[groups]) - 1, 0)
    _add(out, SHARED, _showing_most(rows, place, len(groups)), more)


def _showing_most(rows: DoubtfulRows, place: I64, size: int) -> I64:
    """Return, for so many groups, the table of the row that comes most often; ``place`` is its group."""
    order = np.argsort(rows.counts, kind="stable")
    table = np.zeros(size, np.int64)
    table[place[order]] = rows.tables[order]
    return table


def _many_names(out: Doubts, rows: DoubtfulRows, names: U64) -> None:
    """Add the further names of whoever has more in a table than anybody has: rows were linked by mistake."""
    rows = rows.only(names[rows.identity] != 0)
    rows = rows.only(np.bincount(rows.person)[rows.person] > MOST_NAMES)
    _, name = numbered(names[rows.identity])
    _, shown = numbered(rows.tables * (rows.person.max(initial=0) + 1) + rows.person)
    each, _ = distinct_pairs(shown, name)
    number = np.bincount(each)
    table = np.zeros(len(number), np.int64)
    table[shown] = rows.tables
    many = number > MOST_NAMES
    _add(out, MANY_NAMES, table[many], number[many] - 1)


def _unnamed(out: Doubts, held: U64) -> None:
    """Add, for every kind, the nameless persons known by it first, who may be fewer."""
    left = np.ones(len(held), np.bool_)
    for kind in BY_ORDER:
        first = left & ((held >> np.uint64(kind.order)) & np.uint64(1) != 0)
        left &= ~first
        number = int(first.sum())
        if kind.strength != STRONG and number:
            out[UNNAMED, kind.id] += number


def ranked(parts: Iterable[Doubts], tables: Sequence[str]) -> list[Doubt]:
    """Return the doubts of all parts, the widest first; before all others many names, after them ages."""
    total: Doubts = Counter()
    for part in parts:
        total.update(part)
    return sorted(
        (_doubt(what, subject, number, tables) for (what, subject), number in total.items()),
        key=lambda doubt: (_TURN.get(doubt.what, 0), -doubt.persons, doubt.what, doubt.subject),
    )


def _doubt(what: str, subject: str, number: int, tables: Sequence[str]) -> Doubt:
    if what in (ANONYMOUS, SHARED, ACCOUNTS, SEVERAL, MANY_NAMES, AGES):
        return Doubt(what, tables[int(subject)], number)
    if what == UNNAMED:
        per_person = next(kind.per_person for kind in BY_ORDER if kind.id == subject)
        return Doubt(what, subject, number - -(-number // per_person))
    return Doubt(what, subject, number)
