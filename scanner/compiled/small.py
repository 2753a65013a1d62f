"""Link closed sets of few rows, by comparing their rows with one another: no hash table, no sorting.

Called by ``scanner.census.small`` in the order in which the kernels stand here. Sets of equally many rows
come one after another, and a block of them is looked at together: what is compared is the first rows of all
these sets with their second rows, and so on. So every step is a loop over sets without a branch, of which the
compiler makes vectors. A set has so few values that each is a bit: what a row carries is one number, and
whether rows are alike is a comparison of numbers.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from scanner.compiled._jit import compiled, helper, inlined
from scanner.compiled._types import I64, U64, Bools, I32s, I64s, U8s, U32s, U64Rows, U64s, together
from scanner.compiled._vectors import fetch, lowest

_u64, _i64 = np.uint64, np.int64
MOST_ROWS = 7  # of a set
_BLOCK = 256  # sets looked at together
_AHEAD = 32  # rows
_MOST_VALUES = 62  # of a set: two bits more say whether a row has a name, and an age
_NAMED, _AGED = _u64(1) << _u64(62), _u64(1) << _u64(63)
_BOTH_AGES = _u64(3)
_NONE, _ONE, _ALL = _u64(0), _u64(1), ~_u64(0)
NOBODY, OTHER = -1, -2  # instead of the number of a row's identity: identifies nobody; is not linked here


class _Rows(NamedTuple):
    """What the rows of a block are found to be: arrays of places in a set x sets.

    ``carried`` are bits of values, ``kinds`` bits of their kinds, ``says`` whether a row has a name or an
    age, ``identities`` and ``groups`` numbers within the set, ``held`` the kinds of all of the group.
    ``keys`` are alike where rows are one identity, ``joined`` where they are one group.
    """

    carried: Any
    kinds: Any
    says: Any
    keys: Any
    identities: Any
    joined: Any
    groups: Any
    held: Any


class _Sets(NamedTuple):
    """What the sets of a block are found to be.

    ``values`` is how many there are, and ``columns`` how many of them are new in each column; ``firm`` are
    bits of those of documents and accounts, ``shown`` bits of the kinds, ``wrong`` is 1 where something
    contradicts; then how many identities and groups there are, and the name and the ages that rows show.
    """

    values: Any
    columns: Any
    firm: Any
    shown: Any
    wrong: Any
    identities: Any
    groups: Any
    name: Any
    ages: Any


@compiled
def order_sets(sets: I32s, sizes: I32s, starts: I64s, order: U32s):
    """Give every row a place: sets of equally many rows together, by number of rows.

    ``order`` is filled in with the row at every place, ``sizes`` (zeros, one per set) with where each set
    ends, ``starts`` (zeros, two more than ``MOST_ROWS``) with where the sets of so many rows begin; at the
    end, those of too many.
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
        order[sizes[sets[row]]] = row
        sizes[sets[row]] += 1


@helper
def _bring(block, given, words, heard):
    """Put what rows of a block say where it is compared: identifiers as columns x places in a set x sets."""
    start, count, size = block
    order, digests, _, (names, ages) = given
    columns, cells = digests.shape[1], digests.reshape(-1)
    last = len(order) - 1
    for each in range(count):
        for place in range(size):
            at = start + each * size + place
            fetch(cells, _i64(order[min(at + _AHEAD, last)]) * columns)
            row = order[at]
            for column in range(columns):
                words[column, place, each] = digests[row, column]
            heard[0, place, each] = names[min(row, len(names) - 1)]
            heard[1, place, each] = ages[min(row, len(ages) - 1)]


@helper
def _hear(size, heard, rows, sets):
    """Take in the names and ages of rows; two names or two ages of a set contradict."""
    name, ages = sets.name, sets.ages
    name[:] = ages[:] = sets.wrong[:] = _NONE
    for place in range(size):
        for each in range(_BLOCK):
            mine, years = heard[0, place, each], heard[1, place, each]
            renamed = (mine != _NONE) & (name[each] != _NONE) & (name[each] != mine)
            sets.wrong[each] |= _ONE if renamed else _NONE
            name[each] = mine if mine != _NONE else name[each]
            ages[each] |= years
            named, aged = _NAMED if mine != _NONE else _NONE, _AGED if years != _NONE else _NONE
            rows.says[place, each] = named | aged
    for each in range(_BLOCK):
        sets.wrong[each] |= _ONE if ages[each] == _BOTH_AGES else _NONE


@inlined
def _number_known(words, bits, columns, place, size):
    """Give values the bits that they have in other rows, or in other columns of their kind; 0 to new ones."""
    twin, column = columns
    for each in range(_BLOCK):
        bits[column, place, each] = _NONE
    for other in range(twin, column + 1):
        for before in range(size if other < column else place):
            for each in range(_BLOCK):
                alike = words[other, before, each] == words[column, place, each]
                bits[column, place, each] |= bits[other, before, each] if alike else _NONE


@helper
def _number_values(size, of_columns, once, firm, words, bits, rows, sets):
    """Give every value of a set a bit; two of a kind of ``once`` contradict, and so do too many."""
    kinds, twins = of_columns
    sets.values[:] = sets.firm[:] = sets.shown[:] = _NONE
    rows.carried[:] = rows.kinds[:] = _NONE
    for column in range(len(kinds)):
        before = sets.columns[column]
        for each in range(_BLOCK):
            before[each] = sets.values[each]
        kind = _ONE << _u64(kinds[column])
        is_firm = _ALL if firm & kind != _NONE else _NONE
        is_wrong = _ONE if once & kind != _NONE else _NONE
        for place in range(size):
            _number_known(words, bits, (twins[column], column), place, size)
            for each in range(_BLOCK):
                held = words[column, place, each] != _NONE
                new = held & (bits[column, place, each] == _NONE)
                bit = _ONE << (sets.values[each] & _u64(63)) if new else bits[column, place, each]
                sets.wrong[each] |= is_wrong if new & (sets.shown[each] & kind != _NONE) else _NONE
                sets.values[each] += _ONE if new else _NONE
                sets.shown[each] |= kind if held else _NONE
                sets.firm[each] |= bit & is_firm
                bits[column, place, each] = bit
                rows.carried[place, each] |= bit
                rows.kinds[place, each] |= kind if held else _NONE
        for each in range(_BLOCK):
            before[each] = sets.values[each] - before[each]
    for each in range(_BLOCK):
        sets.wrong[each] |= _ONE if sets.values[each] > _u64(_MOST_VALUES) else _NONE


@helper
def _number_alike(size, keys, numbers, counts):
    """Give numbers to the different keys of a set, from 0 on; 0 is none. Fill in how many there are."""
    counts[:] = _NONE
    for place in range(size):
        for each in range(_BLOCK):
            numbers[place, each] = counts[each]
        for before in range(place - 1, -1, -1):
            for each in range(_BLOCK):
                alike = keys[before, each] == keys[place, each]
                numbers[place, each] = numbers[before, each] if alike else numbers[place, each]
        for each in range(_BLOCK):
            new = (numbers[place, each] == counts[each]) & (keys[place, each] != _NONE)
            counts[each] += _ONE if new else _NONE


@helper
def _identify(size, rows, sets):
    """Rows that carry the same and say as much are one identity."""
    for place in range(size):
        for each in range(_BLOCK):
            carried = rows.carried[place, each]
            rows.keys[place, each] = carried | rows.says[place, each] if carried != _NONE else _NONE
    _number_alike(size, rows.keys, rows.identities, sets.identities)


@helper
def _group(size, rows, sets):
    """Rows that something certain joins are one group.

    Documents and accounts do, and contacts those that carry nothing else. Each round hands on what rows
    share to the next ones: there are not more in between than rows.
    """
    joined = rows.joined
    for place in range(size):
        for each in range(_BLOCK):
            certain = rows.carried[place, each] & sets.firm[each]
            joined[place, each] = certain if certain != _NONE else rows.carried[place, each]
    for _ in range(size - 1):
        for place in range(1, size):
            for other in range(place):
                for each in range(_BLOCK):
                    one, two = joined[place, each], joined[other, each]
                    both = one | two
                    joined[place, each] = both if one & two != _NONE else one
                    joined[other, each] = both if one & two != _NONE else two
    _number_alike(size, joined, rows.groups, sets.groups)


@helper
def _share_kinds(size, rows):
    """Fill in with every row the kinds that the rows of its group carry."""
    for place in range(size):
        for each in range(_BLOCK):
            rows.held[place, each] = _NONE
        for other in range(size):
            for each in range(_BLOCK):
                same = rows.groups[place, each] == rows.groups[other, each]
                rows.held[place, each] |= rows.kinds[other, each] if same else _NONE


@helper
def _write_identities(block, order, rows, sets, identities, persons_of, held, ends):
    """Write down the identities of a block; return where they, persons and groups end then."""
    start, count, size = block
    identity_of, first, loose = identities
    person, certain = persons_of
    identity, persons, groups = ends
    for each in range(count):
        begin = start + each * size
        if sets.wrong[each] != _NONE:
            for place in range(begin, begin + size):
                identity_of[order[place]] = OTHER
            continue
        before = identity
        for place in range(size):
            row, carried = order[begin + place], rows.carried[place, each]
            number, group = before + rows.identities[place, each], groups + rows.groups[place, each]
            first[identity] = row
            loose[identity] = carried & sets.firm[each] == _NONE
            person[identity] = persons
            certain[identity] = group
            held[1][group] = rows.held[place, each]
            identity_of[row] = _i64(number) if carried != _NONE else NOBODY
            identity += _u64((number == identity) & (carried != _NONE))
        held[0][persons] = sets.shown[each]
        held[2][persons] = sets.values[each]
        persons += _u64(identity > before)
        groups += sets.groups[each]
    return identity, persons, groups


@helper
def _write_links(block, width, rows, sets, found, ends):
    """Write down the values of every identity, in ascending order, and how many; return where they end."""
    _, count, size = block
    identity, value, end = ends
    for each in range(count):
        if sets.wrong[each] != _NONE:
            continue
        before = identity
        for place in range(size):
            carried = rows.carried[place, each]
            new = (before + rows.identities[place, each] == identity) & (carried != _NONE)
            left = carried if new else _NONE
            begin = end
            for _ in range(width):
                found[2][end] = value + _u64(lowest(left))
                end += _u64(left != _NONE)
                left &= left - _ONE
            found[1][identity] = end - begin  # none of one that is not new: the next takes its place
            identity += _u64(new)
        value += sets.values[each]
    return end


@helper
def _write_kinds(block, kinds, sets, found, end):
    """Write down the kind of every value; return where they end."""
    for each in range(block[1]):
        if sets.wrong[each] != _NONE:
            continue
        for column in range(len(kinds)):
            found[0][end] = kinds[column]  # without a value, the next kind takes the place
            values = sets.columns[column, each]
            for more in range(1, values):
                found[0][end + _u64(more)] = kinds[column]
            end += values
    return end


@helper
def _link(starts, width, given, once, firm, room, identities, persons_of, found, held):
    order, _, of_columns, _ = given
    words, bits, heard, rows, sets = room
    identity = value = persons = groups = links = _NONE
    most = len(starts) - 2
    for size in range(1, most + 1):
        for start in range(starts[size], starts[size + 1], size * _BLOCK):
            block = start, min(_BLOCK, (starts[size + 1] - start) // size), size
            _bring(block, given, words, heard)
            _hear(size, heard, rows, sets)
            _number_values(size, of_columns, once, firm, words, bits, rows, sets)
            _identify(size, rows, sets)
            _group(size, rows, sets)
            _share_kinds(size, rows)
            links = _write_links(block, width, rows, sets, found, (identity, value, links))
            value = _write_kinds(block, of_columns[0], sets, found, value)
            identity, persons, groups = _write_identities(
                block, order, rows, sets, identities, persons_of, held, (identity, persons, groups)
            )
    for place in range(starts[most + 1], len(order)):
        identities[0][order[place]] = OTHER
    return identity, value, persons, groups, links


@compiled
def link_small(
    starts: I64s,
    width: I64,
    given: together(U32s, U64Rows, together(U8s, I64s), together(U64s, U8s)),
    once: U64,
    firm: U64,
    identities: together(I32s, I32s, Bools),
    persons_of: together(I32s, I32s),
    found: together(U8s, U8s, I32s),
    held: together(U64s, U64s, U8s),
):
    """Link closed sets of few rows without contradiction.

    Returns how many identities, values, persons, groups by certain links, and links of identities there are.
    ``starts`` tell where the sets of so many rows begin. ``given`` are the row at every place; identifiers
    (rows x columns; 0 is none); the kind of every column and the first column of its kind, which lie side by
    side; names and ages, by row or one for all. No row has more than ``width`` identifiers. A second value of
    a kind of ``once`` may be a second person's; ``firm`` are the kinds of documents and accounts: bits of
    both. What is filled in, with room for one more than there are rows, and ``width`` more links:

    - ``identities``: of every row, the number of its identity, or ``NOBODY`` or ``OTHER``; of every identity
      its first row, and whether it carries contacts only.
    - ``persons_of``: of every identity, its person and its group by certain links.
    - ``found``: the kind of every value; how many links every identity has; the value of every link.
    - ``held``: bits of the kinds that persons, and groups, carry; how many values every person has, one after
      another.
    """
    columns = given[1].shape[1]
    v = np.zeros((2, columns, MOST_ROWS, _BLOCK), np.uint64)
    h, c = np.zeros((2, MOST_ROWS, _BLOCK), np.uint64), np.zeros((columns, _BLOCK), np.uint64)
    r, s = np.zeros((8, MOST_ROWS, _BLOCK), np.uint64), np.zeros((8, _BLOCK), np.uint64)
    rows = _Rows(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7])
    sets = _Sets(s[0], c, s[1], s[2], s[3], s[4], s[5], s[6], s[7])
    room = v[0], v[1], h, rows, sets
    return _link(starts, width, given, once, firm, room, identities, persons_of, found, held)
