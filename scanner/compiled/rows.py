"""The keys of rows, and which rows are alike: with the results of ``scanner.census.hashing``."""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper

_u64 = np.uint64
_NAME_SEED = _u64(0xA0761D6478BD642F)
_AGE_SEED = _u64(0xE7037ED1A0B428DB)


@helper
def _mixed(value):
    """Return splitmix64 of a number, as ``scanner.census.hashing.mix``."""
    z = value + _u64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> _u64(30))) * _u64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> _u64(27))) * _u64(0x94D049BB133111EB)
    return z ^ (z >> _u64(31))


@compiled
def add_identifiers(digests, order, totals, known):
    """Add to the totals of rows what a column of identifiers says; note which rows are ``known`` by it."""
    for row in range(len(digests)):
        digest = digests[row]
        held = digest != _u64(0)
        totals[row] += _mixed(digest ^ (_u64(order + 1) << _u64(56))) if held else _u64(0)
        known[row] |= held


@helper
def _identity_key(total, known, name, age):
    if not known:
        return _u64(0)
    return max(_mixed(total + _mixed(name ^ _NAME_SEED) + _mixed(age ^ _AGE_SEED)), _u64(1))


@helper
def _slot(table, key):
    """Return the place of a key, or that where it is to stand; a key of 0 stands as 1."""
    mask = _u64(len(table) - 1)
    slot = key & mask
    while table[slot] != key and table[slot] != 0:
        slot = (slot + _u64(1)) & mask
    return slot


@compiled
def distinct_rows(totals, known, present, names, ages, born_as, flags, table, holders, keys, first, counts):
    """Return how many different rows are present; fill in their identity keys, first rows and numbers.

    ``table`` (zeros, a power of two of them, more than there are rows) and ``holders`` are room.
    """
    says, found = (totals, known, present, names, ages, born_as, flags), (keys, first, counts)
    return _distinct_rows(*says, table, holders, *found)


@helper
def _distinct_rows(totals, known, present, names, ages, born_as, flags, table, holders, keys, first, counts):
    count = 0
    for row in range(len(totals)):
        if not present[row]:
            continue
        key = _identity_key(totals[row], known[row], names[row], _u64(ages[row]))
        row_key = max(_mixed(key ^ _mixed(born_as[row] ^ _mixed(_u64(flags[row])))), _u64(1))
        slot = _slot(table, row_key)
        if table[slot] != 0:
            counts[holders[slot]] += 1
            continue
        table[slot] = row_key
        holders[slot] = count
        keys[count] = key
        first[count] = row
        counts[count] = 1
        count += 1
    return count
