"""Link closed sets of few rows, by comparing their rows with one another: no hash table, no sorting.

Called by ``scanner.census.small`` in the order in which the kernels stand here. A set has so few values that
each is a bit: what a row carries is one number, and whether rows are alike is a comparison of numbers. Sets
of equally many rows come one after another, and every row has room for as many identifiers as any: how often
something is done can then be foretold, and hardly anything is a branch.
"""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper, inlined
from scanner.compiled._vectors import WORDS, equal_words, lowest

_u64 = np.uint64
MOST_ROWS = WORDS - 1  # of a set: whether one of them is like another is one comparison
_MOST_VALUES = 62  # of a set: two bits more say whether a row has a name, and an age
_NAMED, _AGED = _u64(1) << _u64(62), _u64(1) << _u64(63)
_BOTH_AGES = 3
NOBODY, OTHER = -1, -2  # instead of the number of a row's identity: identifies nobody; is not linked here


@compiled
def order_sets(sets, sizes, starts, places):
    """Give every row a place: sets of equally many rows together, by number of rows.

    ``sizes`` (zeros, one per set) are filled in with where each set ends, ``starts`` (zeros, two more than
    ``MOST_ROWS``) with where the sets of so many rows begin; at the end, those of too many.
    """
    for each in sets:
        sizes[each] += 1
    most = len(starts) - 1
    for size in sizes:
        if size < most:
            starts[size + 1] += size
    for size in range(most):
        starts[size + 1] += starts[size]
    free = starts.copy()
    for each in range(len(sizes)):
        size = min(sizes[each], most)
        free[size], sizes[each] = free[size] + sizes[each], free[size]
    for row in range(len(sets)):
        places[row] = sizes[sets[row]]
        sizes[sets[row]] += 1


@compiled
def place_links(digests, kind, column, places, links, link_kinds):
    """Put a column of identifiers of a kind (0 is none) at the rows' places.

    ``links`` and ``link_kinds`` (zeros) are by place, then column.
    """
    mark = _u64(kind) + _u64(1) << _u64(56)
    for row in range(len(digests)):
        place, digest = places[row], digests[row]
        links[place, column] = digest ^ mark if digest != 0 else _u64(0)
        link_kinds[place, column] = kind


@inlined
def _bit(number):
    return _u64(1) << _u64(number & 63)


@inlined
def _first_alike(words, start, place):
    """Return the place, counted from the start, of the first word that is like the one at a place."""
    word = words[start + place]
    found = place
    for block in range(place // WORDS, -1, -1):
        alike = equal_words(words, start + block * WORDS, word)
        found = block * WORDS + lowest(alike) if alike != 0 else found
    return found


@inlined
def _read(start, place, width, links, link_kinds, firm, numbers, kinds, first_value, seen):
    """Take in the links of a row of a set.

    Returns bits of its values, of their kinds, and of the values of ``firm`` kinds; and what the set has
    shown up to here (``seen`` up to before): how many values, bits of the kinds, and of the kinds of which
    there are several values. ``numbers`` is room for the numbers of the values.
    """
    values, shown, several = seen
    carried = of_kinds = certain = _u64(0)
    for link in range(place * width, (place + 1) * width):
        held = links[start + link] != 0
        kind = _bit(link_kinds[start + link]) if held else _u64(0)
        first = _first_alike(links, start, link)
        new = held & (first == link)
        numbers[link] = values
        bit = _bit(numbers[first]) if held else _u64(0)
        kinds[first_value + values] = link_kinds[start + link]
        several |= shown & kind if new else _u64(0)
        shown |= kind
        values += new
        carried |= bit
        of_kinds |= kind
        certain |= bit if firm & kind != 0 else _u64(0)
    return (carried, of_kinds, certain), (values, shown, several)


@inlined
def _read_set(start, size, width, of_places, once, firm, room, kinds, first_value):
    """Take in the rows of a set; return how many values it has, -1 where something contradicts.

    Two names, two ages or two values of a kind of ``once`` do.
    """
    links, link_kinds, names, ages = of_places
    numbers, keys, of_rows = room[:3]
    seen = 0, _u64(0), _u64(0)
    name, age, renamed = _u64(0), 0, False
    for place in range(size):
        row = start + place
        (carried, of_kinds, certain), seen = _read(
            start * width, place, width, links, link_kinds, firm, numbers, kinds, first_value, seen
        )
        named = names[row] != 0
        renamed |= named & (name != 0) & (name != names[row])
        name = names[row] if named else name
        age |= ages[row]
        key = carried | (_NAMED if named else _u64(0)) | (_AGED if ages[row] != 0 else _u64(0))
        keys[place] = key if carried != 0 else _u64(0)
        of_rows[0, place] = carried
        of_rows[1, place] = of_kinds
        of_rows[2, place] = certain
    wrong = renamed | (age == _BOTH_AGES) | (seen[2] & once != 0) | (seen[0] > _MOST_VALUES)
    return -1 if wrong else seen[0]


@inlined
def _put(identity, carried, width, first_value, end, found):
    """Write down the values that an identity carries, in ascending order; return where they end."""
    for _ in range(width):
        found[1][end] = identity
        found[2][end] = first_value + lowest(carried)
        end += carried != 0
        carried &= carried - _u64(1)
    return end


@inlined
def _identify(start, size, width, firm, room, identities, first_value, ends, found):
    """Give numbers to the identities of a set, ``ends`` on; return where they, and what they carry, end."""
    identity_of, first, loose = identities
    _, keys, of_rows, known, joined, bits = room
    before, links = ends
    end = before
    for place in range(size):
        row = start + place
        carried, of_kinds, certain = of_rows[0, place], of_rows[1, place], of_rows[2, place]
        like = lowest(equal_words(keys, 0, keys[place]))
        known[place] = end
        number = known[like]
        new = (like == place) & (carried != 0)
        is_loose = of_kinds & firm == 0
        first[end] = row
        loose[end] = is_loose
        joined[end - before] = carried if is_loose else certain
        bits[end - before] = of_kinds
        links = _put(end, carried if new else _u64(0), width, first_value, links, found)
        end += new
        identity_of[row] = number if carried != 0 else NOBODY
    return end, links


@inlined
def _group(certain, start, end, joined, bits, groups, held):
    """Give numbers to the groups that something certain joins; return how many there are then."""
    left = (1 << (end - start)) - 1
    while left != 0:
        first = lowest(_u64(left))
        reach, found, again = joined[first], left & -left, True
        while again:
            others = _u64(0)
            for each in range(first, end - start):
                mine = (joined[each] & reach != 0) & ((left >> each) & 1 != 0)
                reach |= joined[each] if mine else _u64(0)
                others |= _u64(0) if mine | ((left >> each) & 1 == 0) else joined[each]
                found |= (1 << each) if mine else 0
            again = others & reach != 0
        held_here = _u64(0)
        for each in range(first, end - start):
            mine = (found >> each) & 1 != 0
            certain[start + each] = groups if mine else certain[start + each]
            held_here |= bits[each] if mine else _u64(0)
        held[groups] = held_here
        groups += 1
        left &= ~found
    return groups


@inlined
def _link_set(start, size, width, of_places, once, firm, room, identities, persons_of, found, held, ends):
    """Link a set; return where identities, values, persons, groups and links end then."""
    identity, value, persons, groups, links = ends
    person, certain = persons_of
    values = _read_set(start, size, width, of_places, once, firm, room, found[0], value)
    if values < 0:
        for row in range(start, start + size):
            identities[0][row] = OTHER
        return ends
    last, links = _identify(start, size, width, firm, room, identities, value, (identity, links), found)
    if last == identity:
        return ends
    groups = _group(certain, identity, last, room[4], room[5], groups, held[1])
    kinds = _u64(0)
    for each in range(identity, last):
        person[each] = persons
        kinds |= room[5][each - identity]
    held[0][persons] = kinds
    return last, value + values, persons + 1, groups, links


@helper
def _link(starts, width, of_places, once, firm, room, identities, persons_of, found, held):
    ends = 0, 0, 0, 0, 0
    most = len(starts) - 2
    for size in range(1, most + 1):
        for start in range(starts[size], starts[size + 1], size):
            ends = _link_set(
                start, size, width, of_places, once, firm, room, identities, persons_of, found, held, ends
            )
    for row in range(starts[most + 1], len(identities[0])):
        identities[0][row] = OTHER
    return ends


@compiled
def link_small(starts, links, link_kinds, says, once, firm, identities, persons_of, found, held):
    """Link closed sets of few rows without contradiction.

    Returns how many identities, values, persons, groups by certain links, and links of identities there are.
    Everything is in the order of places; ``starts`` say where the sets of so many rows begin. ``says`` are
    the names and ages of rows. A second value of a kind of ``once`` may be a second person's;
    ``firm`` are the kinds of documents and accounts: bits of both. What is filled in, one longer than there
    are rows or links:

    - ``identities``: of every row, the number of its identity, or ``NOBODY`` or ``OTHER``; of every identity
      its first row, and whether it carries contacts only.
    - ``persons_of``: of every identity, its person and its group by certain links.
    - ``found``: the kind of every value; identity and value of every link.
    - ``held``: bits of the kinds that persons, and groups, carry.
    """
    width = links.shape[1]
    numbers = np.empty(MOST_ROWS * width, np.int64)
    keys, of_rows = np.zeros(WORDS, np.uint64), np.empty((3, MOST_ROWS), np.uint64)
    joined, bits = np.empty((2, WORDS), np.uint64)
    room = numbers, keys, of_rows, np.empty(WORDS, np.int64), joined, bits
    of_places = links.ravel(), link_kinds.ravel(), *says
    return _link(starts, width, of_places, once, firm, room, identities, persons_of, found, held)
