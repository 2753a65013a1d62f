"""Mix 64-bit digests into one, so that equal rows meet whatever table or chunk they came from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scanner.identifiers import U8, U32, U64

_NAME_SEED = np.uint64(0xA0761D6478BD642F)
_AGE_SEED = np.uint64(0xE7037ED1A0B428DB)


def mix(values: U64) -> U64:
    """Return splitmix64 of every value: a bijection that spreads the bits."""
    z = values + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: U64 = z ^ (z >> np.uint64(31))
    return mixed


def identity_keys(ids: Sequence[tuple[int, U64]], names: U64, ages: U8) -> U64:
    """Return one key per row for what identifies it; 0 for a row without any identifier.

    Args:
        ids: Order number of the kind, and digests (0 = none). The order of columns does not matter.
        names: Digests of names.
        ages: 0 unknown, 1 minor, 2 adult.

    """
    total = np.zeros(len(names), np.uint64)
    anything = np.zeros(len(names), np.bool_)
    for order, digests in ids:
        held = digests != 0
        anything |= held
        total += np.where(held, mix(digests ^ np.uint64((order + 1) << 56)), np.uint64(0))
    total += mix(names ^ _NAME_SEED) + mix(ages.astype(np.uint64) ^ _AGE_SEED)
    keys: U64 = np.where(anything, np.maximum(mix(total), np.uint64(1)), np.uint64(0))
    return keys


def row_keys(keys: U64, born_as: U64, flags: U32) -> U64:
    """Return one key per (identity, born_as, flags)."""
    return mix(keys ^ mix(born_as ^ mix(flags.astype(np.uint64))))
