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

from scanner.identifiers import U8, U64
from scanner.sketches.binomial import lower_bound, upper_bound
from scanner.sketches.errors import SketchUnreadable
from scanner.sketches.hashing import Hashes, hashed, seed_hash

LG_K = 12  # 4,096 hashes: relative standard error 1.6 %
ALL = 2**63 - 1  # theta of a sketch that keeps everything

FAMILY = 3
_VERSION, _PACKED_VERSION = 3, 4
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
        """Return the compact sketch that some engine wrote: serial version 3, or 4 (compressed).

        Raises:
            SketchUnreadable: These are not the bytes of such a sketch, its values were hashed with another
                seed, or some bytes are missing.
        """
        flags = _checked_preamble(data)
        if flags & _EMPTY:
            return cls(np.zeros(0, np.uint64))
        hashes, theta = _read_packed(data) if data[1] == _PACKED_VERSION else _read_plain(data)
        if len(hashes) and int(hashes[-1]) >= theta:
            raise SketchUnreadable("the theta sketch holds hashes beyond its threshold")
        return cls(hashes, theta)


def _checked_preamble(data: bytes) -> int:
    """Return the flags."""
    if len(data) < 8 or data[2] != FAMILY:
        raise SketchUnreadable("these are not the bytes of a compact theta sketch of Apache DataSketches")
    if data[1] not in {_VERSION, _PACKED_VERSION}:
        raise SketchUnreadable(f"the theta sketch has serial version {data[1]}; 3 and 4 are read")
    if not 1 <= data[0] & 63 <= 3:
        raise SketchUnreadable("the preamble of the theta sketch contradicts itself")
    if not data[5] & _EMPTY and _number(data, 6, 2) != _SEED_HASH:
        raise SketchUnreadable("the values of the theta sketch were hashed with another seed")
    return data[5]


def _read_plain(data: bytes) -> tuple[U64, int]:
    """Return hashes and theta of serial version 3: 8 bytes each."""
    words = data[0] & 63
    count = 1 if words == 1 else _number(data, 8, 4)
    theta = _number(data, 16, 8) if words > 2 else ALL
    return np.sort(_tail(data, 8 * words, 8 * count).view("<u8").astype(np.uint64)), theta


def _read_packed(data: bytes) -> tuple[U64, int]:
    """Return hashes and theta of serial version 4: differences of sorted hashes, in few bits each."""
    words, width, size = data[0] & 63, data[3], data[4]
    if not 1 <= width <= 64 or not 1 <= size <= 4:
        raise SketchUnreadable("the preamble of the theta sketch contradicts itself")
    theta = _number(data, 8, 8) if words > 1 else ALL
    count = _number(data, 8 * words, size)
    packed = _tail(data, 8 * words + size, -(-count * width // 8))
    bits = np.zeros((count, 64), np.uint8)
    bits[:, 64 - width :] = np.unpackbits(packed, count=count * width).reshape(count, width)
    differences = np.packbits(bits, axis=1).view(">u8").astype(np.uint64)
    return np.cumsum(differences.reshape(-1), dtype=np.uint64), theta


def _tail(data: bytes, start: int, size: int) -> U8:
    if len(data) < start + size:
        raise SketchUnreadable(f"the theta sketch has {len(data)} bytes where {start + size} were expected")
    return np.frombuffer(data, np.uint8, size, start)


def _number(data: bytes, start: int, size: int) -> int:
    return int.from_bytes(data[start : start + size], "little")


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
