"""Link closed sets of few rows, by comparing their rows with one another: no hash table, no sorting.

Called by ``scanner.census.small`` in the order in which the kernels stand here.
"""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper
from scanner.compiled._vectors import fetch
from scanner.compiled.rows import identity_key, mixed

_u64 = np.uint64
_AHEAD = 12  # rows
NOBODY, OTHER = -1, -2  # instead of the number of a row's identity: identifies nobody; is not linked here


@compiled
def count_links(digests, first, widths):
    """Add to ``widths``, row by row from ``first`` on, how many identifiers (0 is none) a column shows."""
    for place in range(len(digests)):
        widths[first + place] += digests[place] != 0


@compiled
def fill_links(digests, first, kind, ends, links, kinds):
    """Put the identifiers of a column, and their kind, where the links of each row end so far."""
    for place in range(len(digests)):
        if digests[place] != 0:
            end = ends[first + place]
            links[end] = digests[place]
            kinds[end] = kind
            ends[first + place] = end + 1


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


@helper
def _agree(rows, ends, links, kinds, names, ages, once, seen, latest):
    """Return whether nothing in some rows contradicts: one name, one age, one value of each kind of ``once``.

    ``seen`` and ``latest`` are room: the row that showed a kind last, and what it showed.
    """
    name, age = names[rows[0]], ages[rows[0]]
    for row in rows:
        age |= ages[row]
        if names[row] != 0:
            if name != 0 and names[row] != name:
                return False
            name = names[row]
        for link in range(ends[row], ends[row + 1]):
            kind = kinds[link]
            if not once[kind]:
                continue
            if seen[kind] == rows[0] and latest[kind] != links[link]:
                return False
            seen[kind] = rows[0]
            latest[kind] = links[link]
    return age != 3


@helper
def _key(row, of_rows, names, ages):
    """Return the identity key of a row; 0 if it identifies nobody."""
    ends, links, kinds = of_rows
    total = _u64(0)
    for link in range(ends[row], ends[row + 1]):
        total += mixed(links[link] ^ (_u64(kinds[link]) + _u64(1) << _u64(56)))
    return identity_key(total, ends[row + 1] > ends[row], names[row], _u64(ages[row]))


@helper
def _known(keys, start, end, key):
    """Return which of some identities has a key, -1 for none."""
    for identity in range(start, end):
        if keys[identity] == key:
            return identity
    return -1


@helper
def _value(digests, kinds, start, end, digest, kind):
    """Return which of some values is this one; ``end`` if it is new."""
    for value in range(start, end):
        if digests[value] == digest and kinds[value] == kind:
            return value
    return end


@helper
def _is_loose(ends, kinds, firm, row):
    """Return whether a row carries nothing but contacts."""
    for link in range(ends[row], ends[row + 1]):
        if firm[kinds[link]]:
            return False
    return True


@helper
def _root(groups, identity):
    while groups[identity] != identity:
        identity = groups[identity]
    return identity


@helper
def _placed(linked, start, end, value):
    """Insert a value among the sorted ones of its identity; return where they end then."""
    place = end
    while place > start and linked[place - 1] >= value:
        place -= 1
    if place < end and linked[place] == value:
        return end
    for moved in range(end, place, -1):
        linked[moved] = linked[moved - 1]
    linked[place] = value
    return end + 1


@helper
def _take(row, identity, start, values, of_rows, firm, loose, groups, found, out):
    """Add an identity with its links; return how many values there are.

    The values of its closed set begin at ``start``. ``of_rows`` are the ends, digests and kinds of the links
    of rows, ``found`` the digest, kind and first holder of every value, ``out`` where the links of identities
    start, their values, and bits of the kinds that each carries.
    """
    ends, links, link_kinds = of_rows
    digests, kinds, holders = found
    starts, linked, bits = out
    bits[identity] = 0
    length = starts[identity]
    for link in range(ends[row], ends[row + 1]):
        kind = link_kinds[link]
        value = _value(digests, kinds, start, values, links[link], kind)
        if value == values:
            digests[value] = links[link]
            kinds[value] = kind
            holders[value] = -1
            values += 1
        length = _placed(linked, starts[identity], length, value)
        bits[identity] |= _u64(1) << _u64(kind)
        if firm[kind] == loose:
            continue
        if holders[value] < 0:
            holders[value] = identity
        else:
            one, other = _root(groups, holders[value]), _root(groups, identity)
            groups[max(one, other)] = min(one, other)
    starts[identity + 1] = length
    return values


@helper
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


@helper
def _link(order, sets, of_rows, names, ages, counts, once, firm, most, room, identities, found, out, held):
    seen, latest, keys = room
    identity_of, first, weights, loose, person, certain = identities
    ends, links, link_kinds = of_rows
    size = values = persons = groups = 0
    for each in range(len(sets) - 1):
        _fetch_ahead(order, sets[each], sets[each + 1], of_rows, names, counts)
        rows = order[sets[each] : sets[each + 1]]
        if len(rows) > most or not _agree(rows, ends, links, link_kinds, names, ages, once, seen, latest):
            for row in rows:
                identity_of[row] = OTHER
            continue
        start, first_value = size, values
        for row in rows:
            key = _key(row, of_rows, names, ages)
            if key == 0:
                identity_of[row] = NOBODY
                continue
            known = _known(keys, start, size, key)
            if known < 0:
                known = size
                keys[known] = key
                first[known] = row
                weights[known] = 0
                loose[known] = _is_loose(ends, link_kinds, firm, row)
                certain[known] = known
                person[known] = persons
                values = _take(
                    row, known, first_value, values, of_rows, firm, loose[known], certain, found, out
                )
                size += 1
            identity_of[row] = known
            weights[known] += counts[row]
        if size > start:
            groups = _number(certain, start, size, groups)
            _gather(person, certain, start, size, out[2], held)
            persons += 1
    return size, values, persons, groups


@helper
def _gather(person, certain, start, end, bits, held):
    """Put together what the identities of a set carry: its person, and its groups."""
    for identity in range(start, end):
        held[0][person[identity]] |= bits[identity]
        held[1][certain[identity]] |= bits[identity]


@helper
def _number(certain, start, end, groups):
    """Put numbers of groups, from ``groups`` on, in place of the identity that each was united with."""
    for identity in range(start, end):
        if certain[identity] != identity:
            certain[identity] = _root(certain, identity)
    for identity in range(end - 1, start - 1, -1):
        certain[identity] = ~certain[identity]
    for identity in range(start, end):
        root = ~certain[identity]
        if root == identity:
            certain[identity] = groups
            groups += 1
        else:
            certain[identity] = certain[root]
    return groups


@compiled
def link_small(order, sets, of_rows, names, ages, counts, once, firm, most, identities, found, out, held):
    """Link closed sets of up to ``most`` rows without contradiction.

    Returns how many identities, values, persons and groups by certain links there are. ``order`` are the rows
    set by set, ``sets`` where each set starts, ``of_rows`` where the links of every row start, their digests
    and kinds. A second value of a kind of ``once`` may be a second person's; ``firm`` are the kinds of
    documents and accounts. What is filled in, as long as there are rows or links:

    - ``identities``: of every row, the number of its identity, or ``NOBODY`` or ``OTHER``; of every identity
      its first row, rows, whether it carries contacts only, its person and its group by certain links.
    - ``found``: digest, kind and holder of every value.
    - ``out``: where the links of every identity start (0 at first), their values, and bits of kinds.
    - ``held``: bits of the kinds that persons, and groups, carry (zeros at first).
    """
    seen, latest = np.full(len(once), -1, np.int64), np.zeros(len(once), np.uint64)
    room = seen, latest, np.empty(len(order), np.uint64)
    says = names, ages, counts
    return _link(order, sets, of_rows, *says, once, firm, most, room, identities, found, out, held)
