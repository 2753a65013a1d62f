"""Further users of contacts in lists, hidden where the row of a contact may as well be its known user's.

In a list each person comes once. A contact of one known user comes twice if somebody else who uses it is in
the list, too. So how many come twice says how likely a known user is in the list; the other rows are somebody
else's, also where they come once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from scanner.census.graph import Rows
from scanner.census.kinds import BY_ORDER, CONTACT, HUB_PERSONS
from scanner.census.linking import Linked
from scanner.census.listed import Lone
from scanner.census.sorting import numbered
from scanner.identifiers import I64, U8, Mask

FEWEST_TWICE = 5  # contacts that come twice without which nothing says how likely users are in the list
FEWEST_TWICE_HERE = 2  # and without which a scope shows no further users
_NONE = len(BY_ORDER)  # instead of a kind
_IS_CONTACT = np.array([kind.strength == CONTACT for kind in BY_ORDER])
MOST_OF_CHANCE = 0.5  # as many come twice, of those that would if rows fell on the contacts at random


@dataclass(frozen=True, slots=True)
class Use:
    """How often contacts of one known user come in lists; one entry per kind.

    Attributes:
        contacts: Contacts of one known user, whether or not in a list.
        rows: How often they come.
        twice: Pairs of rows that show the same one.
        counted: Persons other than the known user who are counted for them.

    """

    contacts: I64
    rows: I64
    twice: I64
    counted: I64

    @classmethod
    def total(cls, parts: Iterable[Use]) -> Use:
        """Return the use in all parts."""
        columns = [(part.contacts, part.rows, part.twice, part.counted) for part in parts]
        return cls(*(np.sum(column, axis=0) for column in zip(*columns, strict=True)))


def use_of(rows: Rows, linked: Linked, lone: Lone, known: Mask, loops: ModuleType | None = None) -> Use:
    """Return how often contacts come in lists.

    Args:
        rows: All rows.
        linked: Who is one person.
        lone: Rows in lists that show one contact of somebody and nothing else.
        known: Which persons are known in another way.
        loops: ``scanner.compiled.touches``; None to do without.

    """
    graph = linked.graph
    user = _one_user(linked, known, loops)
    value, times, others = _by_value(rows, linked, lone, user)
    user[value[times >= HUB_PERSONS]] = -1
    chosen = user[value] >= 0
    times, kinds = times[chosen], graph.kinds[value[chosen]]

    def by_kind(numbers: I64) -> I64:
        return np.bincount(kinds, numbers, minlength=len(BY_ORDER)).astype(np.int64)

    return Use(
        contacts=_used(user, graph.kinds, loops),
        rows=by_kind(times),
        twice=by_kind(times * (times - 1) // 2),
        counted=by_kind(np.maximum(times - 1, others[chosen])),
    )


def _by_value(rows: Rows, linked: Linked, lone: Lone, user: I64) -> tuple[I64, I64, Mask]:
    """Return the contacts in lists, how often each comes in one, and whether somebody else is counted."""
    shown = lone.value.astype(np.int64)
    first, place = numbered(shown)
    times, others = np.zeros(len(first), np.int64), np.zeros(len(first), np.bool_)
    others[place[linked.person[rows.identity[lone.rows]] != user[shown]]] = True
    entries, entry = numbered(rows.table[lone.rows] * np.int64(len(first)) + place)
    in_list = np.bincount(entry, rows.counts[lone.rows], minlength=len(entries)).astype(np.int64)
    np.maximum.at(times, place[entries], in_list)
    return shown[first], times, others


def _one_user(linked: Linked, known: Mask, loops: ModuleType | None) -> I64:
    """Return the known person of every contact; -1 where there is none, or several, and for other values."""
    graph = linked.graph
    user = np.full(len(graph.kinds), -1, linked.person.dtype)
    if loops is not None:
        loops.one_user(graph.identity, graph.value, graph.kinds, linked.person, _IS_CONTACT, known, user)
        return user
    person = linked.person[graph.identity]
    chosen = np.flatnonzero(_IS_CONTACT[graph.kinds][graph.value] & np.append(known, False)[person])
    person, value = person[chosen], graph.value[chosen].astype(np.int64)
    user[value] = person
    user[value[user[value] != person]] = -1
    return user


def _used(user: I64, kinds: U8, loops: ModuleType | None) -> I64:
    """Return how many values of every kind have a known user."""
    if loops is None:
        return np.bincount(np.where(user >= 0, kinds, _NONE), minlength=_NONE)[:_NONE]
    out = np.zeros(_NONE, np.int64)
    loops.count_used(user, kinds, out)
    return out


@dataclass(frozen=True, slots=True)
class Uses:
    """What a scope that has lists shows in one part.

    Attributes:
        here: Use of the contacts of those known in the scope.
        everywhere: Use of the contacts of all who are known.

    """

    here: Use
    everywhere: Use


def hidden_users(parts: Sequence[Uses]) -> int:
    """Return how many persons the lists of a scope show beyond those counted."""
    if not parts:
        return 0
    here = Use.total(part.here for part in parts)
    everywhere = Use.total(part.everywhere for part in parts)
    kinds = np.flatnonzero((everywhere.twice >= FEWEST_TWICE) & (here.twice >= FEWEST_TWICE_HERE))
    return sum(_hidden_users(here, everywhere, kind) for kind in kinds.tolist())


def _hidden_users(here: Use, everywhere: Use, kind: int) -> int:
    mean = int(everywhere.rows[kind]) / int(everywhere.contacts[kind])
    by_others = 2 * int(everywhere.twice[kind]) / int(everywhere.contacts[kind])
    if by_others > MOST_OF_CHANCE * mean**2:
        return 0
    listed: float = (mean**2 - by_others) ** 0.5
    theirs = int(here.rows[kind]) - listed * int(here.contacts[kind])
    return max(0, round(theirs - int(here.counted[kind])))
