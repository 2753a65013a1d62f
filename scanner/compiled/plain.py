"""Link what nothing contradicts: rows of one closed part, by loops over arrays.

Values are numbered kind by kind, identities as they come. Sets of values are forests: the parent of a value
is itself or a smaller value. Called by ``scanner.census.plain`` in the order in which the kernels stand here.
"""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper
from scanner.compiled._types import I64, Bools, I32Part, I32Rows, I32s, I64s, U8s, U64s

_u64 = np.uint64


@helper
def _slot(table, key):
    """Return the place of a key, or that where it is to stand."""
    mask = _u64(len(table) - 1)
    slot = key & mask
    while table[slot] != key and table[slot] != 0:
        slot = (slot + _u64(1)) & mask
    return slot


@helper
def _root(parents, value):
    while parents[value] != value:
        parents[value] = parents[parents[value]]
        value = parents[value]
    return value


@helper
def _unite(parents, one, other):
    one, other = _root(parents, one), _root(parents, other)
    parents[max(one, other)] = min(one, other)


@compiled
def number_identities(keys: U64s, table: U64s, holders: I32s, identity: I32s, first: I64s):
    """Return how many distinct keys there are; fill in their numbers (-1 for 0) and first rows.

    ``table`` (zeros, a power of two of them, more than there are keys) and ``holders`` are room.
    """
    return _number_identities(keys, table, holders, identity, first)


@helper
def _number_identities(keys, table, holders, identity, first):
    count = 0
    for row in range(len(keys)):
        if keys[row] == 0:
            identity[row] = -1
            continue
        slot = _slot(table, keys[row])
        if table[slot] == 0:
            table[slot] = keys[row]
            holders[slot] = count
            first[count] = row
            count += 1
        identity[row] = holders[slot]
    return count


@compiled
def number_values(
    digests: U64s,
    start: I64,
    identity: I32s,
    first: I64s,
    table: U64s,
    holders: I32s,
    links: I32Rows,
    values: I64,
    count: I64,
):
    """Return how many values and links there are after one more column of a kind.

    The digests (0 is none) are those of the rows from ``start`` on. Each identity's first row adds links
    (identity, value) to the ``count`` that there are. ``table`` and ``holders`` are room, the same for all
    columns of a kind; ``values`` are numbered so far.
    """
    return _number_values(digests, start, identity, first, table, holders, links, values, count)


@helper
def _number_values(digests, start, identity, first, table, holders, links, values, count):
    for place in range(len(digests)):
        digest = digests[place]
        row = start + place
        if digest == 0 or first[identity[row]] != row:
            continue
        slot = _slot(table, digest)
        if table[slot] == 0:
            table[slot] = digest
            holders[slot] = values
            values += 1
        links[0, count] = identity[row]
        links[1, count] = holders[slot]
        count += 1
    return values, count


@compiled
def sort_links(links: (I32Rows, I32Part), starts: I64s, value: I32s):
    """Return how many links are left, sorted by identity and value; fill in where each identity's start."""
    size = len(starts) - 1
    for link in range(links.shape[1]):
        starts[links[0, link] + 1] += 1
    for identity in range(size):
        starts[identity + 1] += starts[identity]
    ends = starts[:-1].copy()
    for link in range(links.shape[1]):
        identity = links[0, link]
        place = ends[identity]
        while place > starts[identity] and value[place - 1] >= links[1, link]:
            place -= 1
        if place < ends[identity] and value[place] == links[1, link]:
            continue
        for moved in range(ends[identity], place, -1):
            value[moved] = value[moved - 1]
        value[place] = links[1, link]
        ends[identity] += 1
    kept = 0
    for identity in range(size):
        begin, starts[identity] = starts[identity], kept
        for place in range(begin, ends[identity]):
            value[kept] = value[place]
            kept += 1
    starts[size] = kept
    return kept


@compiled
def judge(
    starts: I64s,
    value: I32s,
    kinds: U8s,
    once: Bools,
    names: U64s,
    ages: U8s,
    hub: I64,
    sets: I32s,
    doubtful: Bools,
):
    """Unite values that identities carry together; mark the sets in which something may contradict.

    ``once`` tells the kinds of which a second value may be a second person's; a value of ``hub`` identities
    may be a hub. ``sets``, every value its own parent, becomes the roots; ``doubtful`` is filled in for them.
    """
    degree, latest = np.zeros(len(kinds), np.int32), np.full(len(kinds), 255, np.uint8)
    _unite_values(starts, value, sets, degree)
    _judge_values(kinds, once, hub, degree, latest, sets, doubtful)
    name, age = np.zeros(len(kinds), np.uint64), np.zeros(len(kinds), np.uint8)
    _judge_identities(starts, value, names, ages, name, age, sets, doubtful)


@helper
def _unite_values(starts, value, sets, degree):
    for identity in range(len(starts) - 1):
        for place in range(starts[identity], starts[identity + 1]):
            degree[value[place]] += 1
            _unite(sets, value[starts[identity]], value[place])


@helper
def _judge_values(kinds, once, hub, degree, latest, sets, doubtful):
    for each in range(len(kinds)):
        root = sets[each] = _root(sets, each)
        if degree[each] >= hub:
            doubtful[root] = True
        if once[kinds[each]]:
            doubtful[root] |= latest[root] == kinds[each]
            latest[root] = kinds[each]


@helper
def _judge_identities(starts, value, names, ages, name, age, sets, doubtful):
    for identity in range(len(names)):
        root = sets[value[starts[identity]]]
        age[root] |= ages[identity]
        if names[identity] != 0:
            doubtful[root] |= name[root] != 0 and name[root] != names[identity]
            name[root] = names[identity]
        if age[root] == 3:
            doubtful[root] = True


@compiled
def unite_certain(starts: I64s, value: I32s, firm: Bools, sets: I32s, anchors: I32s):
    """Unite what documents and accounts (``firm`` values) connect, and what contacts connect alone.

    ``sets``, every value its own parent, becomes the roots; ``anchors`` a value that tells the set of each
    identity.
    """
    _unite_certain(starts, value, firm, sets, anchors)


@helper
def _unite_certain(starts, value, firm, sets, anchors):
    for identity in range(len(anchors)):
        begin, end = starts[identity], starts[identity + 1]
        first = begin
        while first < end and not firm[value[first]]:
            first += 1
        anchor = anchors[identity] = value[first] if first < end else value[begin]
        for place in range(begin, end):
            if firm[value[place]] == firm[anchor] and value[place] != anchor:
                _unite(sets, anchor, value[place])
    for each in range(len(sets)):
        sets[each] = _root(sets, each)


@helper
def _number(sets, chosen, numbers):
    """Fill in the number of every root that is chosen."""
    count = 0
    for each in range(len(sets)):
        if sets[each] == each and chosen[each]:
            numbers[each] = count
            count += 1


@compiled
def label(
    starts: I64s,
    value: I32s,
    kept: Bools,
    sets: I32s,
    certain_sets: I32s,
    anchors: I32s,
    new: I32s,
    person: I64s,
    certain: I64s,
    degrees: I64s,
    links: I64s,
):
    """Return how many identities and links are left with the ``kept`` values, which is all of a set or none.

    ``new`` (-1 for every identity) becomes the number of those left. By it ``person`` and ``certain`` are
    filled in, how many links each has, and the values, numbered anew, of ``links``.
    """
    persons, groups = np.full((2, len(sets)), -1, np.int32)
    _number(sets, kept, persons)
    _number(certain_sets, kept, groups)
    values = np.cumsum(kept) - 1
    count = length = 0
    for identity in range(len(new)):
        anchor = anchors[identity]
        if not kept[anchor]:
            continue
        new[identity] = count
        person[count] = persons[sets[anchor]]
        certain[count] = groups[certain_sets[anchor]]
        degrees[count] = starts[identity + 1] - starts[identity]
        for place in range(starts[identity], starts[identity + 1]):
            links[length] = values[value[place]]
            length += 1
        count += 1
    return count, length
