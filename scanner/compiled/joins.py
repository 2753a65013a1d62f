"""Rows that share a value, found by hashing in parts that fit the cache, and united without locks.

``parents`` is a forest over rows: a row's parent is itself or a row before it. Several threads may unite at
once; what comes out does not depend on their order, because the smallest row of a set becomes its root.
"""

from __future__ import annotations

import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from scanner.compiled._jit import compiled, helper
from scanner.compiled._types import I64, U64, I32s, I64s, U8s, U16s, U32s, U64s
from scanner.compiled._vectors import fetch

_u64 = np.uint64
_AHEAD = 16  # keys
_WAITING = 64  # pairs of rows
_LINE = 64  # bytes that are brought near together
_KEYS, _ROWS = _LINE // 8, _LINE // 4  # of digests and of numbers of rows
_COLUMN = (U8s, U16s, U32s, U64s)
_BLOCK = 1024  # digests of which those wanted are found first


@intrinsic
def _swapped(typing, array, index, old, new):
    """Replace an element if it still is ``old``; return whether it was."""
    signature = types.boolean(array, types.int64, array.dtype, array.dtype)

    def generate(context, builder, given, arguments):
        data = context.make_array(given.args[0])(context, builder, arguments[0]).data
        place = builder.gep(data, [arguments[1]])
        done = builder.cmpxchg(place, arguments[2], arguments[3], "monotonic", "monotonic")
        return builder.zext(builder.extract_value(done, 1), ir.IntType(1))

    return signature, generate


@helper
def _root(parents, row):
    while True:
        parent = parents[row]
        if parent == row:
            return row
        above = parents[parent]
        if above != parent:
            parents[row] = above
        row = parent


@helper
def _unite(parents, one, other):
    while True:
        a = _root(parents, one)
        b = _root(parents, other)
        if a == b:
            return
        if a < b:
            a, b = b, a
        if _swapped(parents, np.int64(a), a, b):
            return


@compiled
def count_parts(digests: U64s, shift: U64, counts: I64s):
    """Add to ``counts`` how many digests belong to each part, by their highest bits; 0 is none."""
    for digest in digests:
        counts[digest >> shift] += digest != 0


@compiled
def put_by_part(digests: U64s, shift: U64, keys: U64s, bounds: I64s):
    """Put digests where their part is to stand, and where each part begins; 0 is none."""
    for digest in digests:
        bounds[(digest >> shift) + 1] += digest != 0
    for part in range(len(bounds) - 1):
        bounds[part + 1] += bounds[part]
    free = bounds[:-1].copy()
    for digest in digests:
        if digest != 0:
            part = digest >> shift
            keys[free[part]] = digest
            free[part] += 1


@compiled
def count_distinct(keys: U64s, table: U64s):
    """Return how many different keys there are; ``table``, as that of ``unite_equal``, is room."""
    mask = _u64(len(table) - 1)
    found = 0
    for key in keys:
        slot = key & mask
        while table[slot] != key and table[slot] != 0:
            slot = (slot + _u64(1)) & mask
        found += table[slot] == 0
        table[slot] = key
    return found


@compiled
def fill_parts(
    digests: U64s, first: I64, shift: U64, low: I64, high: I64, places: I64s, keys: U64s, rows: I32s
):
    """Put digests and their row numbers where their part is to stand; only parts from ``low`` to ``high``."""
    _fill_parts(
        digests, first, shift, _u64(low), _u64(high - low), places, keys, rows, np.empty(_BLOCK, np.int32)
    )


@helper
def _fill_parts(digests, first, shift, low, width, places, keys, rows, chosen):
    for start in range(0, len(digests), _BLOCK):
        block = digests[start : start + _BLOCK]
        count = 0
        for row in range(len(block)):  # which ones cannot be foretold: there is no branch
            chosen[count] = row
            part = (block[row] >> shift) - low  # below ``low``, it is larger than any
            count += (part < width) & (block[row] != 0)
        for row in chosen[:count]:
            part = (block[row] >> shift) - low
            place = places[part]
            keys[place] = block[row]
            rows[place] = first + start + row
            places[part] = place + 1
            fetch(keys, place + _KEYS)
            fetch(rows, place + _ROWS)


@compiled
def unite_first(keys: U64s, rows: I32s, table: U64s, holders: I32s, parents: I32s):
    """Do as ``unite_equal`` for rows, in ascending order, each with one key, that nothing has united yet.

    The first row of a key becomes the parent of the others. Nobody else writes there, so nobody has to wait.
    """
    mask = _u64(len(table) - 1)
    last = len(keys) - 1
    for place in range(len(keys)):
        key = keys[place]
        ahead = np.int64(keys[min(place + _AHEAD, last)] & mask)
        fetch(table, ahead)
        fetch(holders, ahead)
        slot = key & mask
        while table[slot] != key and table[slot] != 0:
            slot = (slot + _u64(1)) & mask
        if table[slot] == key:
            parents[rows[place]] = holders[slot]
        else:
            table[slot] = key
            holders[slot] = rows[place]


@compiled
def unite_equal(keys: U64s, rows: I32s, table: U64s, holders: I32s, parents: I32s):
    """Unite the rows of equal keys; ``table`` (zeros, a power of two of them) and ``holders`` are room."""
    _unite_equal(keys, rows, table, holders, parents, np.empty((2, _WAITING), np.int32))


@helper
def _unite_equal(keys, rows, table, holders, parents, waiting):
    mask = _u64(len(table) - 1)
    last = len(keys) - 1
    held = 0
    for place in range(len(keys)):
        key = keys[place]
        fetch(table, np.int64(keys[min(place + _AHEAD, last)] & mask))
        slot = key & mask
        while True:
            found = table[slot]
            if found == key:
                held = _wait(parents, waiting, held, holders[slot], rows[place])
                break
            if found == 0:
                table[slot] = key
                holders[slot] = rows[place]
                break
            slot = (slot + _u64(1)) & mask
    _unite_pairs(parents, waiting, held)


@helper
def _wait(parents, waiting, held, one, other):
    """Put a pair of rows where it waits until its parents have been brought near; return how many wait."""
    if held == _WAITING:
        _unite_pairs(parents, waiting, held)
        held = 0
    fetch(parents, np.int64(one))
    fetch(parents, np.int64(other))
    waiting[0, held] = one
    waiting[1, held] = other
    return held + 1


@helper
def _unite_pairs(parents, waiting, held):
    for pair in range(held):
        fetch(parents, np.int64(parents[waiting[0, pair]]))
        fetch(parents, np.int64(parents[waiting[1, pair]]))
    for pair in range(held):
        _unite(parents, waiting[0, pair], waiting[1, pair])


@compiled
def count_roots(parents: I32s, first: I64):
    """Return how many rows are roots, of those whose parents these are; ``first`` is the first of them."""
    roots = 0
    for place in range(len(parents)):
        roots += parents[place] == first + place
    return roots


@compiled
def number_roots(parents: I32s, first: I64, number: I64):
    """Put ``~number``, and so on, in place of the parents of roots; see ``count_roots``."""
    for place in range(len(parents)):
        if parents[place] == first + place:
            parents[place] = ~number
            number += 1


@compiled
def number_others(parents: I32s, first: I64, last: I64):
    """Put what their roots have got in place of the parents of other rows, from ``first`` to ``last``."""
    for row in range(first, last):
        fetch(parents, np.int64(parents[min(row + _AHEAD, last - 1)]))
        above = parents[row]
        while above >= 0:
            above = parents[above]
        parents[row] = above


@compiled
def place_by_part(sets: I32s, bits: I64, bounds: I64s, places: I32s, within: I32s):
    """Fill in the places of rows that bring those of one part together, and where each part begins.

    Sets go to the parts in turn: ``bits`` of their numbers say to which. ``within`` are, by place, numbers
    of the rows' sets in their part.
    """
    others = (1 << bits) - 1
    for each in sets:
        bounds[(each & others) + 1] += 1
    for part in range(len(bounds) - 1):
        bounds[part + 1] += bounds[part]
    free = bounds[:-1].copy()
    for row in range(len(sets)):
        part = sets[row] & others
        places[row] = free[part]
        within[free[part]] = sets[row] >> bits
        free[part] += 1


@compiled
def put_in_places(numbers: _COLUMN, places: I32s, out: _COLUMN):
    """Put numbers in their places. Those of one part follow one another: the line behind is fetched."""
    line = _LINE // out.itemsize
    for row in range(len(numbers)):
        place = places[row]
        out[place] = numbers[row]
        fetch(out, place + line)
