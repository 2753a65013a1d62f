"""HyperLogLog sketches: how many distinct values, in a few kilobytes, whatever their number.

A sketch of few values keeps their coupons (address and length of a run of zeros) one by one; of more, the
longest run seen at each of ``2**lg_k`` registers. Which of the two depends on the values alone, not on their
order or on how they came together, so sketches of parts unite to exactly the sketch of the whole.

Source: Flajolet, Fusy, Gandouet and Meunier, HyperLogLog, 2007; Apache DataSketches for modes and layout.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np

from scanner.identifiers import U8, U32, U64
from scanner.sketches.hashing import Hashes, hashed
from scanner.sketches.hll_estimate import coupon_bounds, coupon_estimate, register_bounds, register_estimate

LG_K = 14  # 16,384 registers: relative standard error 0.81 %
SMALLEST, LARGEST = 4, 21  # precisions that the format knows

_ADDRESS_BITS = 26
_ADDRESS = np.uint32((1 << _ADDRESS_BITS) - 1)
_LONGEST_RUN = 63


@dataclass(frozen=True, slots=True, eq=False)
class Hll:
    """A HyperLogLog sketch.

    Attributes:
        lg_k: Binary logarithm of the number of registers.
        coupons: Distinct coupons, sorted; empty once there are registers.
        registers: Longest run at each register; empty while there are coupons.
    """

    lg_k: int
    coupons: U32
    registers: U8

    @classmethod
    def of(cls, values: U64, lg_k: int = LG_K) -> Self:
        """Return the sketch of 64-bit integers: keyed digests, never raw values."""
        fill = HllFill(lg_k)
        for block in hashed(values):
            fill.add(coupons_of(block))
        return cls(lg_k, *fill.parts())

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Hll)
            and self.lg_k == other.lg_k
            and np.array_equal(self.coupons, other.coupons)
            and np.array_equal(self.registers, other.registers)
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def empty(self) -> bool:
        return len(self.coupons) == 0 and len(self.registers) == 0

    def estimate(self) -> float:
        """Return the number of distinct values."""
        return (
            register_estimate(self.registers) if len(self.registers) else coupon_estimate(len(self.coupons))
        )

    def bounds(self, deviations: int = 2) -> tuple[float, float]:
        """Return lower and upper bound at 1, 2 or 3 standard deviations: of 68, 95 and 99.7 %."""
        if len(self.registers):
            return register_bounds(self.registers, deviations)
        return coupon_bounds(len(self.coupons), deviations)


def unite(sketches: Iterable[Hll], lg_k: int = LG_K) -> Hll:
    """Return the sketch of all values together, at the smallest precision of all, at most ``lg_k``."""
    parts = [sketch for sketch in sketches if not sketch.empty]
    lg_k = min([lg_k, *(part.lg_k for part in parts if len(part.registers))])
    fill = HllFill(lg_k)
    for part in parts:
        fill.merge(part)
    return fill.sketch()


class HllFill:
    """A sketch that is being filled.

    Attributes:
        lg_k: Binary logarithm of the number of registers.
    """

    def __init__(self, lg_k: int = LG_K) -> None:
        if not SMALLEST <= lg_k <= LARGEST:
            raise ValueError(f"A HyperLogLog sketch has 2**4 to 2**21 registers, not 2**{lg_k}.")
        self.lg_k = lg_k
        self._coupons = np.zeros(0, np.uint32)
        self._registers = np.zeros(0, np.uint8)

    def add(self, coupons: U32) -> None:
        """Take in values, given by what ``coupons_of`` returns for them."""
        if len(self._registers):
            raise_registers(self._registers, coupons)
            return
        self._coupons = _distinct(np.concatenate([self._coupons, coupons]))
        if len(self._coupons) > most_coupons(self.lg_k):
            self._open_registers()

    def merge(self, sketch: Hll) -> None:
        """Take in everything a sketch has seen; one with registers needs at least our precision."""
        if len(sketch.registers) == 0:
            self.add(sketch.coupons)
            return
        self._open_registers()
        folded = sketch.registers.reshape(-1, len(self._registers)).max(axis=0)
        np.maximum(self._registers, folded, out=self._registers)

    def sketch(self) -> Hll:
        """Return what was taken in so far."""
        return Hll(self.lg_k, *self.parts())

    def parts(self) -> tuple[U32, U8]:
        """Return coupons and registers, one of them empty."""
        return self._coupons.copy(), self._registers.copy()

    def _open_registers(self) -> None:
        if len(self._registers) == 0:
            self._registers = np.zeros(1 << self.lg_k, np.uint8)
            raise_registers(self._registers, self._coupons)
            self._coupons = self._coupons[:0]


def coupons_of(hashes: Hashes) -> U32:
    """Return the coupon of every hash: 26 bits of address below 6 bits of run length."""
    first, second = hashes
    run = np.minimum(_leading_zeros(second), _LONGEST_RUN - 1) + np.uint32(1)
    return (run << np.uint32(_ADDRESS_BITS)) | (first.astype(np.uint32) & _ADDRESS)


def raise_registers(registers: U8, coupons: U32) -> None:
    """Raise, in place, every register that a coupon with a longer run falls on."""
    place = coupons & np.uint32(len(registers) - 1)
    run = (coupons >> np.uint32(_ADDRESS_BITS)).astype(np.uint8)
    higher = np.flatnonzero(run > registers[place])
    np.maximum.at(registers, place[higher], run[higher])


def most_coupons(lg_k: int) -> int:
    """Return how many coupons are kept one by one; with more there are registers."""
    return 7 if lg_k < 8 else 3 << (lg_k - 5)


def _leading_zeros(words: U64) -> U32:
    """Return the number of zero bits before the first one; exact, since floats hold 32 bits."""
    high = (words >> np.uint64(32)).astype(np.uint32)
    zeros = _leading_zeros_32(high)
    short = np.flatnonzero(high == 0)
    zeros[short] = 32 + _leading_zeros_32(words[short].astype(np.uint32))
    return zeros


def _leading_zeros_32(words: U32) -> U32:
    exponents = words.astype(np.float64).view(np.uint64) >> np.uint64(52)
    return np.where(words == 0, np.uint32(32), np.uint32(1054) - exponents.astype(np.uint32))


def _distinct(coupons: U32) -> U32:
    ordered = np.sort(coupons)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered
