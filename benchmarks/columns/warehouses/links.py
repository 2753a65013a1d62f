"""Which rows of a person hang together by usable identifiers, as bits."""

from __future__ import annotations

import numpy as np

from benchmarks.columns.warehouses.mixing import Array

# Identifiers of one person, by the number of their bit.
BITS = {
    name: number
    for number, name in enumerate(
        (
            "id doc phone0 phone_old phone2 phone_shared phone_typo email0 email1 member0 member1 device0 "
            "device1 card0 card1 emp mrn openid student plate"
        ).split()
    )
}
K = len(BITS)


def bit_of(name: str) -> int:
    """Return the mask of one identifier."""
    return 1 << BITS[name]


class Links:
    """Connected components of each person's identifiers over the rows of a scope.

    Masks are arrays of bits, a row each; persons are numbered from 0.
    """

    def __init__(self, persons: int) -> None:
        self._together = np.zeros((persons, K), np.uint32)

    def add(self, who: Array, masks: Array) -> None:
        """Take in rows."""
        usable = masks > 0
        persons, held = who[usable], masks[usable].astype(np.uint32)
        for bit in range(K):
            has = _has(held, bit)
            if has.any():
                np.bitwise_or.at(self._together[:, bit], persons[has], held[has])

    def close(self) -> None:
        """Join what hangs together through others; four rounds reach through every chain that occurs."""
        for _ in range(4):
            before = self._together.copy()
            for bit in range(K):
                for other in range(K):
                    has = _has(self._together[:, bit], other)
                    if other != bit and has.any():
                        self._together[has, bit] |= self._together[has, other]
            if (before == self._together).all():
                break

    def components(self, who: Array, masks: Array) -> int:
        """Return how many components rows fall into; rows without a usable identifier into none."""
        usable = masks > 0
        if not usable.any():
            return 0
        roots = self._roots(who[usable], masks[usable].astype(np.uint32))
        return len(np.unique(who[usable].astype(np.int64) * 64 + roots))

    def _roots(self, who: Array, masks: Array) -> Array:
        """Return the lowest identifier of each row's component."""
        return _lowest(self._together[who, _lowest(masks)] | masks)


def _has(masks: Array, bit: int) -> Array:
    return (masks >> np.uint32(bit)) & np.uint32(1) > 0


def _lowest(masks: Array) -> Array:
    found = np.zeros(len(masks), int)
    for bit in range(K - 1, -1, -1):
        found[_has(masks, bit)] = bit
    return found
