"""The keys of rows, and which rows are alike: with the results of ``scanner.census.hashing``."""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper
from scanner.compiled._types import I64, Bools, I32s, I64s, U8s, U32s, U64s

_u64 = np.uint64
_NAME_SEED = _u64(0xA0761D6478BD642F)
_AGE_SEED = _u64(0xE7037ED1A0B428DB)


@helper
def mixed(value):
    """Return splitmix64 of a number, as ``scanner.census.hashing.mix``."""
    z = value + _u64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> _u64(30))) * _u64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> _u64(27))) * _u64(0x94D049BB133111EB)
    return z ^ (z >> _u64(31))


@compiled
def add_identifiers(digests: U64s, order: I64, totals: U64s, known: Bools):
    """Add to the totals of rows what a column of identifiers says; note which rows are ``known`` by it."""
    for row in range(len(digests)):
        digest = digests[row]
        held = digest != _u64(0)
        totals[row] += mixed(digest ^ (_u64(order + 1) << _u64(56))) if held else _u64(0)
        known[row] |= held


@helper
def identity_key(total, known, name, age):
    if not known:
        return _u64(0)
    return max(mixed(total + mixed(name ^ _NAME_SEED) + mixed(age ^ _AGE_SEED)), _u64(1))


@compiled
def distinct_rows(
    totals: U64s,
    known: Bools,
    names: U64s,
    ages: U8s,
    born_as: U64s,
    flags: U32s,
    table: I32s,
    row_keys: U64s,
    first: I64s,
    counts: I64s,
):
    """Return how many different rows there are; fill in their keys, first rows and numbers.

    ``table`` (a power of two of -1, more than there are rows) is room.
    """
    return _distinct_rows(totals, known, names, ages, born_as, flags, table, row_keys, first, counts)


@helper
def _distinct_rows(totals, known, names, ages, born_as, flags, table, row_keys, first, counts):
    mask = _u64(len(table) - 1)
    count = 0
    for row in range(len(totals)):
        key = identity_key(totals[row], known[row], names[row], _u64(ages[row]))
        row_key = mixed(key ^ mixed(born_as[row] ^ mixed(_u64(flags[row]))))
        slot = row_key & mask
        while table[slot] >= 0 and row_keys[table[slot]] != row_key:
            slot = (slot + _u64(1)) & mask
        if table[slot] >= 0:
            counts[table[slot]] += 1
            continue
        table[slot] = count
        row_keys[count] = row_key
        first[count] = row
        counts[count] = 1
        count += 1
    return count
