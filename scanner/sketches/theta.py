"""Theta sketches: a sample of hashes below a threshold, for distinct counts and set operations.

A sketch keeps every hash below ``theta``, at most k of them; among n distinct values each is kept with
probability ``theta / 2**63``. Sets of hashes of one threshold can be united, intersected and subtracted, and
the result is a sample again. What is kept depends on the values alone: the k smallest hashes, theta being
the next one. So sketches of parts unite to exactly the sketch of the whole.

Source: Dasgupta, Lang, Rhodes and Thaler, A framework for estimating stream expression cardinalities, 2016.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np

from scanner.identifiers import U64
from scanner.sketches.binomial import lower_bound, upper_bound
from scanner.sketches.errors import SketchUnreadable
from scanner.sketches.hashing import Hashes, hashed, seed_hash

LG_K = 12  # 4,096 hashes: relative standard error 1.6 %
ALL = 2**63 - 1  # theta of a sketch that keeps everything

FAMILY = 3
_VERSION = 3
_READ_ONLY, _EMPTY, _COMPACT, _ORDERED = 2, 4, 8, 16  # flags
_SEED_HASH = seed_hash()


@dataclass(frozen=True, slots=True, eq=False)
class Theta:
    """A compact, ordered theta sketch.

    Attributes:
        hashes: Distinct hashes below theta, sorted.
        theta: Threshold in 2**-63; ``ALL`` when every hash was kept.
    """

    hashes: U64
    theta: int = ALL

    @classmethod
    def of(cls, values: U64, lg_k: int = LG_K) -> Self:
        """Return the sketch of 64-bit integers: keyed digests, never raw values."""
        fill = ThetaFill(lg_k)
        for block in hashed(values):
            fill.add(low_hashes(block))
        kept = fill.sketch()
        return cls(kept.hashes, kept.theta)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Theta)
            and self.theta == other.theta
            and np.array_equal(self.hashes, other.hashes)
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def empty(self) -> bool:
        """Whether no value was seen at all; a difference may keep nothing and not be empty."""
        return len(self.hashes) == 0 and self.theta == ALL

    @property
    def share(self) -> float:
        """Probability with which a value was kept."""
        return 1.0 if self.theta == ALL else self.theta / 2.0**63

    def estimate(self) -> float:
        """Return the number of distinct values."""
        return len(self.hashes) / self.share

    def bounds(self, deviations: int = 2) -> tuple[float, float]:
        """Return lower and upper bound at 1, 2 or 3 standard deviations: of 68, 95 and 99.7 %."""
        kept = len(self.hashes)
        return lower_bound(kept, self.share, deviations), upper_bound(kept, self.share, deviations)

    def to_bytes(self) -> bytes:
        """Return the bytes that Apache DataSketches writes, serial version 3."""
        words = 3 if self.theta < ALL else 1 if len(self.hashes) <= 1 else 2
        flags = _READ_ONLY | _COMPACT | _ORDERED | (_EMPTY if self.empty else 0)
        data = struct.pack("<BBBBBBH", words, _VERSION, FAMILY, 0, 0, flags, _SEED_HASH)
        data += struct.pack("<II", len(self.hashes), 0) if words > 1 else b""
        data += struct.pack("<Q", self.theta) if words > 2 else b""
        return data + self.hashes.astype("<u8").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return the compact sketch that some engine wrote.

        Raises:
            SketchUnreadable: These are not the bytes of a compact theta sketch of serial version 3, its
                values were hashed with another seed, or some bytes are missing.
        """
        words, flags = _checked_preamble(data)
        if flags & _EMPTY:
            return cls(np.zeros(0, np.uint64))
        count = 1 if words == 1 else _number(data, 8, 4)
        theta = _number(data, 16, 8) if words > 2 else ALL
        if len(data) < 8 * (words + count):
            raise SketchUnreadable(
                f"the theta sketch has {len(data)} bytes where {8 * (words + count)} were expected"
            )
        hashes = np.sort(np.frombuffer(data, "<u8", count, 8 * words).astype(np.uint64))
        return cls(hashes, theta)


def _checked_preamble(data: bytes) -> tuple[int, int]:
    """Return the number of preamble words of 8 bytes, and the flags."""
    if len(data) < 8 or data[2] != FAMILY:
        raise SketchUnreadable("these are not the bytes of a compact theta sketch of Apache DataSketches")
    if data[1] != _VERSION:
        raise SketchUnreadable(
            f"the theta sketch has serial version {data[1]}; {_VERSION} is read: write it uncompressed"
        )
    words, flags, seed = data[0] & 63, data[5], _number(data, 6, 2)
    if not 1 <= words <= 3:
        raise SketchUnreadable("the preamble of the theta sketch contradicts itself")
    if not flags & _EMPTY and seed != _SEED_HASH:
        raise SketchUnreadable("the values of the theta sketch were hashed with another seed")
    return words, flags


def _number(data: bytes, start: int, size: int) -> int:
    return int.from_bytes(data[start : start + size], "little")


# ------------------------------------------------------------------------------------ set operations


def unite(sketches: Iterable[Theta], lg_k: int = LG_K) -> Theta:
    """Return the sketch of the values of any of them; at most ``2**lg_k`` hashes are kept."""
    parts = list(sketches)
    theta = min((part.theta for part in parts), default=ALL)
    return _smallest(np.concatenate([np.zeros(0, np.uint64), *(part.hashes for part in parts)]), theta, lg_k)


def intersect(left: Theta, right: Theta) -> Theta:
    """Return the sketch of the values of both."""
    theta = min(left.theta, right.theta)
    common = np.intersect1d(left.hashes, right.hashes, assume_unique=True)
    return Theta(common[common < theta], theta)


def subtract(left: Theta, right: Theta) -> Theta:
    """Return the sketch of the values of ``left`` that are not in ``right``."""
    if left.empty:
        return left
    theta = min(left.theta, right.theta)
    rest = np.setdiff1d(left.hashes, right.hashes, assume_unique=True)
    return Theta(rest[rest < theta], theta)


def low_hashes(hashes: Hashes) -> U64:
    """Return the 63 bits of every hash that theta sketches compare."""
    return hashes[0] >> np.uint64(1)


def _smallest(hashes: U64, theta: int, lg_k: int) -> Theta:
    """Return the sketch of hashes in any order, some of them perhaps more than once."""
    ordered = np.sort(hashes[hashes < theta])
    if len(ordered):
        ordered = ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])]
    k = 1 << lg_k
    if len(ordered) > k:
        theta, ordered = int(ordered[k]), ordered[:k].copy()
    return Theta(ordered, theta)


class ThetaFill:
    """A sketch that is being filled.

    Attributes:
        lg_k: Binary logarithm of the most hashes that are kept.
    """

    def __init__(self, lg_k: int = LG_K) -> None:
        if not 4 <= lg_k <= 26:
            raise ValueError(f"A theta sketch keeps 2**4 to 2**26 hashes, not 2**{lg_k}.")
        self.lg_k = lg_k
        self._kept = Theta(np.zeros(0, np.uint64))
        self._new: list[U64] = []
        self._waiting = 0

    def add(self, low: U64) -> None:
        """Take in values, given by what ``low_hashes`` returns for them."""
        kept = low[(low < self._kept.theta) & (low != 0)]
        if len(kept):
            self._new.append(kept)
            self._waiting += len(kept)
        if self._waiting > 1 << self.lg_k:
            self.sketch()

    def merge(self, sketch: Theta) -> None:
        """Take in everything a sketch has seen."""
        self._kept = unite([self.sketch(), sketch], self.lg_k)

    def sketch(self) -> Theta:
        """Return what was taken in so far."""
        if self._new:
            self._kept = _smallest(
                np.concatenate([self._kept.hashes, *self._new]), self._kept.theta, self.lg_k
            )
            self._new, self._waiting = [], 0
        return self._kept
