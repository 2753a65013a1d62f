"""What rows touch, in one pass: with the results of ``scanner.census.touches`` and ``holdings`` by numpy."""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper
from scanner.compiled._owners import MOSTLY, owners
from scanner.compiled._types import U32, Bools, I32s, I64s, ReadI32s, U8s, U32s

__all__ = [
    "MOSTLY",
    "ages_of",
    "count_held",
    "count_of_one",
    "count_owned",
    "further_users",
    "owners",
    "touch",
]


@compiled
def touch(
    identity: I32s,
    counts: (I32s, ReadI32s),
    lent: U32s,
    nameless: Bools,
    person: I32s,
    certain: I32s,
    persons: Bools,
    anchored: Bools,
    groups: Bools,
    named: Bools,
    alone: I64s,
):
    """Return how many rows there are and how many are about nobody known, each counted as often as it is.

    ``identity`` and ``counts`` are by row, and so is ``lent`` (empty if no row is): 0 for rows that another
    one lends no name. ``nameless``, ``person`` and ``certain`` are by identity. Filled in: which ``persons``
    and ``groups`` have a row (False at first), which persons are ``anchored`` and groups ``named`` by a row
    that shows more than nameless contacts, how many rows of a group are ``alone``: show no more (0 at first).
    """
    shown = np.zeros(len(person), np.int64)
    rows, anonymous = _count_rows(identity, counts, shown)
    lent_rows = np.zeros(len(person) if len(lent) else 0, np.int64)
    _count_lent(identity, counts, lent, lent_rows)
    anonymous += _touch(shown, lent_rows, nameless, person, certain, persons, anchored, groups, named, alone)
    return rows, anonymous


@helper
def _count_rows(identity, counts, shown):
    """Count the rows of every identity; return how many rows there are, and how many are of none."""
    rows = anonymous = 0
    for place in range(len(identity)):
        count, each = counts[place], identity[place]
        rows += count
        if each < 0:
            anonymous += count
        else:
            shown[each] += count
    return rows, anonymous


@helper
def _count_lent(identity, counts, lent, lent_rows):
    for place in range(len(lent)):
        if lent[place] != 0 and identity[place] >= 0:
            lent_rows[identity[place]] += counts[place]


@helper
def _touch(shown, lent_rows, nameless, person, certain, persons, anchored, groups, named, alone):
    """Fill in what identities with a row touch: those of one person follow one another, their rows do not."""
    anonymous = 0
    for each in range(len(shown)):
        if shown[each] == 0:
            continue
        of, group = person[each], certain[each]
        if of < 0:
            anonymous += shown[each]
            continue
        of_contacts = lent_rows[each] if len(lent_rows) > 0 else 0
        if nameless[each]:
            of_contacts = shown[each]
        persons[of] = True
        groups[group] = True
        alone[group] += of_contacts
        if shown[each] > of_contacts:
            anchored[of] = True
            named[group] = True
    return anonymous


@compiled
def further_users(named: Bools, alone: I64s, sharers: I64s):
    """Return how many more persons than groups may be, with ``named`` and ``alone`` by ``touch``."""
    total = 0
    for group in range(len(alone)):
        possible = min(named[group] + alone[group], sharers[group])
        total += max(possible - 1, 0) if alone[group] > 0 else 0
    return total


@compiled
def ages_of(identity: I32s, flags: U32s, person: I32s, minor: U32, adult: U32, ages: U8s):
    """Set bit 1 of a person's age where a row shows a flag of ``minor``, bit 2 where one of ``adult``."""
    for row in range(len(identity)):
        each = identity[row]
        if each >= 0 and person[each] >= 0:
            ages[person[each]] |= ((flags[row] & minor) != 0) + 2 * ((flags[row] & adult) != 0)


@compiled
def count_held(value: I32s, kinds: U8s, held: Bools, counts: I64s):
    """Add to ``counts``, by kind, how many different values links lead to; ``held`` (False) is room."""
    for each in value:
        counts[kinds[each]] += not held[each]
        held[each] = True


@compiled
def count_owned(owner: I32s, kinds: U8s, known: Bools, counts: I64s):
    """Add to ``counts``, by kind, how many values have a ``known`` person for an owner."""
    for each in range(len(kinds)):
        counts[kinds[each]] += known[owner[each]]


@compiled
def count_of_one(
    identity: I32s, value: I32s, person: I32s, kinds: U8s, known: Bools, user: I32s, counts: I64s
):
    """Add to ``counts``, by kind, how many values exactly one of the ``known`` persons holds.

    Links tell which ``identity`` carries which ``value``, ``person`` whose identity it is (-1 for nobody's);
    ``user`` (-1 for each value) is room.
    """
    _note_users(identity, value, person, known, user)
    for each in range(len(user)):
        counts[kinds[each]] += user[each] >= 0


@helper
def _note_users(identity, value, person, known, user):
    # Nothing here is a branch: which of several values a link leads to cannot be foretold.
    for link in range(len(identity)):
        of, each = person[identity[link]], value[link]
        held = user[each]
        one = of if (held == -1) | (held == of) else -2
        user[each] = one if (of >= 0) & known[max(of, 0)] else held
