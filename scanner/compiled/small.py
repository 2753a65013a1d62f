"""Link closed sets of few rows, by comparing their rows with one another: no hash table, no sorting.

Called by ``scanner.census.small`` in the order in which the kernels stand here. A set has so few values that
each is a bit: what a row carries is one number, and whether rows are alike is a comparison of numbers.
"""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper, inlined
from scanner.compiled._vectors import WORDS, equal_words, fetch, lowest

_u64 = np.uint64
_AHEAD = 12  # rows
_MOST_LINKS = 62  # of a set: two bits more say whether a row has a name, and an age
_NAMED, _AGED = _u64(1) << _u64(62), _u64(1) << _u64(63)
_BOTH_AGES = 3
NOBODY, OTHER = -1, -2  # instead of the number of a row's identity: identifies nobody; is not linked here


@compiled
def fill_links(columns, kinds, first, starts, links, link_kinds):
    """Put the identifiers (0 is none) of the rows of a chunk, row by row, behind those of chunks before it.

    ``columns`` are digests, column by column. ``starts`` says where the links of each row start, up to
    ``first``, the first row of the chunk; it is filled in for those behind.
    """
    end = starts[first]
    for row in range(columns.shape[1]):
        for column in range(columns.shape[0]):
            links[end] = columns[column, row]
            link_kinds[end] = kinds[column]
            end += columns[column, row] != 0
        starts[first + row + 1] = end


@compiled
def group_rows(sets, starts, order):
    """Fill in the rows, set by set, and where each set starts: zeros at first, one more than sets."""
    for each in sets:
        starts[each + 1] += 1
    for each in range(len(starts) - 1):
        starts[each + 1] += starts[each]
    for row in range(len(sets)):
        order[starts[sets[row]]] = row
        starts[sets[row]] += 1
    for each in range(len(starts) - 1, 0, -1):
        starts[each] = starts[each - 1]
    starts[0] = 0


@inlined
def _bit(number):
    return _u64(1) << _u64(number)


@inlined
def _first_alike(words, place):
    """Return the first place of the word at a place; up to ``WORDS`` are read at a time."""
    for start in range(0, place, WORDS):
        alike = equal_words(words, start, words[place])
        if alike != 0:
            return start + lowest(alike)
    return place


@inlined
def _read(row, of_rows, firm, room, kinds, seen):
    """Take in the links of a row.

    Returns bits of its values, of their kinds, and of the values of ``firm`` kinds; and what the set has
    shown up to here (``seen`` up to before): how many links and values, bits of the kinds, and of the kinds
    of which there are several values. ``room`` is for the links and the numbers of their values.
    """
    ends, _, link_kinds = of_rows
    words, numbers = room
    count, values, shown, several = seen
    carried = of_kinds = certain = _u64(0)
    for link in range(ends[row], ends[row + 1]):
        kind = _bit(link_kinds[link])
        numbers[count] = values
        number = numbers[_first_alike(words, count)]
        if number == values:
            kinds[values] = link_kinds[link]
            several |= shown & kind
            shown |= kind
            values += 1
        carried |= _bit(number)
        of_kinds |= kind
        certain |= _bit(number) if firm & kind != 0 else _u64(0)
        count += 1
    return (carried, of_kinds, certain), (count, values, shown, several)


@inlined
def _put(identity, carried, first_value, out):
    """Fill in the values that an identity carries, in ascending order."""
    starts, linked = out
    end = starts[identity]
    while carried != 0:
        linked[end] = first_value + lowest(carried)
        carried &= carried - _u64(1)
        end += 1
    starts[identity + 1] = end


@inlined
def _group(certain, start, end, joined, bits, groups, held):
    """Give numbers to the groups that something certain joins; return how many there are then."""
    for identity in range(start, end):
        certain[identity] = -1
    for first in range(start, end):
        if certain[first] >= 0:
            continue
        reach, before = joined[first - start], _u64(0)
        while reach != before:
            before = reach
            for identity in range(first, end):
                if joined[identity - start] & reach != 0:
                    certain[identity] = groups
                    reach |= joined[identity - start]
        groups += 1
    for identity in range(start, end):
        held[certain[identity]] |= bits[identity - start]
    return groups


@inlined
def _gather(rows, of_rows, words):
    """Bring the links of rows together, if there is room; return whether there is."""
    ends, links, kinds = of_rows
    count = 0
    for row in rows:
        if count + ends[row + 1] - ends[row] > _MOST_LINKS:
            return False
        for link in range(ends[row], ends[row + 1]):
            words[count] = links[link] ^ (_u64(kinds[link]) + _u64(1) << _u64(56))
            count += 1
    return True


@inlined
def _fetch_ahead(order, start, end, of_rows, names, counts):
    """Have what later sets will be asked about brought near: first where their links are, then the rest."""
    ends, links, kinds = of_rows
    last = len(order) - 1
    for place in range(start, end):
        fetch(ends, order[min(place + 2 * _AHEAD, last)])
        row = order[min(place + _AHEAD, last)]
        fetch(names, row)
        fetch(counts, row)
        fetch(links, ends[row])
        fetch(kinds, ends[row])


@inlined
def _link_set(rows, size, first_value, of_rows, says, once, firm, room, identities, kinds, out):
    """Fill in the identities of a set, from ``size`` on.

    Returns where they end then, and the values; -1 instead where something contradicts: two names, two ages
    or two values of a kind of ``once``.
    """
    names, ages, counts = says
    identity_of, first, weights, loose = identities
    of_links, keys, numbers, joined, bits = room
    seen = 0, 0, _u64(0), _u64(0)
    name, age, renamed, end = _u64(0), 0, False, size
    for place in range(len(rows)):
        row = rows[place]
        (carried, of_kinds, certain), seen = _read(row, of_rows, firm, of_links, kinds[first_value:], seen)
        named = names[row] != 0
        renamed |= named & (name != 0) & (name != names[row])
        name = names[row] if named else name
        age |= ages[row]
        keys[place] = carried | (_NAMED if named else _u64(0)) | (_AGED if ages[row] != 0 else _u64(0))
        numbers[place] = end
        if carried == 0:
            keys[place] = _u64(0)
            identity_of[row] = NOBODY
            continue
        known = numbers[_first_alike(keys, place)]
        if known == end:
            is_loose = of_kinds & firm == 0
            first[known] = row
            weights[known] = 0
            loose[known] = is_loose
            joined[known - size] = carried if is_loose else certain
            bits[known - size] = of_kinds
            _put(known, carried, first_value, out)
            end += 1
        identity_of[row] = known
        weights[known] += counts[row]
    if renamed | (age == _BOTH_AGES) | (seen[3] & once != 0):
        return -1, first_value
    return end, first_value + seen[1]


@helper
def _link(order, sets, of_rows, says, once, firm, most, room, identities, persons_of, found, held):
    kinds, starts, linked = found
    person, certain = persons_of
    size = values = persons = groups = 0
    for each in range(len(sets) - 1):
        _fetch_ahead(order, sets[each], sets[each + 1], of_rows, says[0], says[2])
        rows = order[sets[each] : sets[each + 1]]
        end = -1
        if len(rows) <= most and _gather(rows, of_rows, room[0][0]):
            end, last_value = _link_set(
                rows, size, values, of_rows, says, once, firm, room, identities, kinds, (starts, linked)
            )
        if end < 0:
            for row in rows:
                identities[0][row] = OTHER
        elif end > size:
            groups = _group(certain, size, end, room[3], room[4], groups, held[1])
            for identity in range(size, end):
                person[identity] = persons
                held[0][persons] |= room[4][identity - size]
            persons += 1
            size, values = end, last_value
    return size, values, persons, groups


@compiled
def link_small(order, sets, of_rows, says, once, firm, most, identities, persons_of, found, held):
    """Link closed sets of up to ``most`` rows without contradiction.

    Returns how many identities, values, persons and groups by certain links there are. ``order`` are the rows
    set by set, ``sets`` where each set starts, ``of_rows`` where the links of every row start, their digests
    and kinds; ``says`` the names, ages and counts of rows. A second value of a kind of ``once`` may be a
    second person's; ``firm`` are the kinds of documents and accounts: bits of both. What is filled in, as
    long as there are rows or links:

    - ``identities``: of every row, the number of its identity, or ``NOBODY`` or ``OTHER``; of every identity
      its first row, rows, and whether it carries contacts only.
    - ``persons_of``: of every identity, its person and its group by certain links.
    - ``found``: the kind of every value; where the links of every identity start (0 at first), their values.
    - ``held``: bits of the kinds that persons, and groups, carry (zeros at first).
    """
    words, numbers = np.zeros(_MOST_LINKS + WORDS, np.uint64), np.empty(_MOST_LINKS, np.int64)
    keys, joined, bits = np.zeros((3, most + WORDS), np.uint64)
    room = (words, numbers), keys, np.empty(most, np.int64), joined, bits
    return _link(order, sets, of_rows, says, once, firm, most, room, identities, persons_of, found, held)
