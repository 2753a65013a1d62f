"""The bytes of HyperLogLog sketches, as Apache DataSketches (C++, Java, Python, Spark) reads and writes them.

What is written is the form that a union has: coupons sorted, registers out of order, so that equal sketches
have equal bytes and every engine reads the same estimate from them.

Source: the preamble layout of the HLL family, https://datasketches.apache.org/docs/HLL/HllSketches.html.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

from scanner.identifiers import U8, U32
from scanner.sketches.errors import SketchUnreadable
from scanner.sketches.hll import LARGEST, SMALLEST, Hll, most_coupons

FAMILY = 7
_VERSION = 1
_LIST, _SET, _REGISTERS = 0, 1, 2  # modes
_PREAMBLE = {_LIST: 2, _SET: 3, _REGISTERS: 10}  # words of 4 bytes
_EMPTY, _COMPACT, _OUT_OF_ORDER = 4, 8, 16  # flags
_LIST_SIZE = 8
_START = 40  # of registers
_ESCAPE = 15  # in four bits: the register is among the exceptions
_LG_EXCEPTIONS = (2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12, 13)  # smallest table, by lg_k - 4


def to_bytes(sketch: Hll, bits: int = 8) -> bytes:
    """Return the sketch in compact form, registers packed in 4, 6 or 8 bits each.

    Raises:
        ValueError: Registers have 4, 6 or 8 bits.
    """
    if bits not in {4, 6, 8}:
        raise ValueError(f"Registers are packed in 4, 6 or 8 bits, not {bits}.")
    kind = (bits // 2 - 2) << 2
    if len(sketch.registers):
        return _register_bytes(sketch, bits, kind)
    return _coupon_bytes(sketch, kind)


def _coupon_bytes(sketch: Hll, kind: int) -> bytes:
    coupons, number = sketch.coupons, len(sketch.coupons)
    listed = number < _LIST_SIZE
    lg_size = 3 if listed else max(5, _lg_table(number))
    flags = _COMPACT | (_EMPTY if number == 0 else 0)
    mode = _LIST if listed else _SET
    head = bytes([_PREAMBLE[mode], _VERSION, FAMILY, sketch.lg_k, lg_size, flags, number if listed else 0])
    count = b"" if listed else struct.pack("<I", number)
    return head + bytes([mode | kind]) + count + coupons.astype("<u4").tobytes()


def _lg_table(entries: int) -> int:
    """Return the size of a table that is at most three quarters full."""
    return (-(-entries * 4 // 3) - 1).bit_length()


def _register_bytes(sketch: Hll, bits: int, kind: int) -> bytes:
    registers = sketch.registers
    lowest = int(registers.min()) if bits == 4 else 0
    body, exceptions = _pack(registers, bits, lowest)
    lg_exceptions = max(_LG_EXCEPTIONS[sketch.lg_k - 4], _lg_table(len(exceptions))) if len(exceptions) else 0
    flags = _COMPACT | _OUT_OF_ORDER
    head = bytes([_PREAMBLE[_REGISTERS], _VERSION, FAMILY, sketch.lg_k, lg_exceptions, flags, lowest])
    sums = struct.pack("<ddd", 0.0, *_inverse_powers(registers))
    counts = struct.pack("<II", int(np.count_nonzero(registers == lowest)), len(exceptions))
    return head + bytes([_REGISTERS | kind]) + sums + counts + body + exceptions.astype("<u4").tobytes()


def _inverse_powers(registers: U8) -> tuple[float, float]:
    """Return the sums of 2**-run over runs below 32 and from 32 on; both are exact."""
    counts = np.bincount(registers, minlength=64)
    weighted = np.ldexp(counts.astype(np.float64), -np.arange(len(counts)))
    return float(weighted[:32].sum()), float(weighted[32:].sum())


def _pack(registers: U8, bits: int, lowest: int) -> tuple[bytes, U32]:
    """Return the packed registers, and the exceptions (slot and run) that do not fit."""
    nothing = np.zeros(0, np.uint32)
    if bits == 8:
        return registers.tobytes(), nothing
    if bits == 6:
        shifted = registers.reshape(-1, 4).astype(np.uint32) << np.array([0, 6, 12, 18], np.uint32)
        words = np.bitwise_or.reduce(shifted, axis=1).astype("<u4")
        return words.view(np.uint8).reshape(-1, 4)[:, :3].tobytes() + b"\0", nothing
    above = registers - np.uint8(lowest)
    slots = np.flatnonzero(above >= _ESCAPE).astype(np.uint32)
    nibbles = np.minimum(above, np.uint8(_ESCAPE))
    body = nibbles[0::2] | (nibbles[1::2] << np.uint8(4))
    return body.tobytes(), (registers[slots].astype(np.uint32) << np.uint32(26)) | slots


@dataclass(frozen=True, slots=True, kw_only=True)
class _Preamble:
    """The first eight bytes of a sketch, checked."""

    lg_k: int
    lg_size: int
    flags: int
    byte6: int
    mode: int
    bits: int

    @property
    def compact(self) -> bool:
        return bool(self.flags & _COMPACT)


def from_bytes(data: bytes) -> Hll:
    """Return the sketch that some engine wrote, compact or updatable.

    Raises:
        SketchUnreadable: These are not the bytes of a HyperLogLog sketch, or some are missing.
    """
    head = _preamble(data)
    if head.mode == _REGISTERS:
        return Hll(head.lg_k, np.zeros(0, np.uint32), _read_registers(data, head))
    coupons = np.unique(_read_coupons(data, head))
    if len(coupons) > most_coupons(head.lg_k):
        raise SketchUnreadable("the HLL sketch holds more coupons than its precision allows")
    return Hll(head.lg_k, coupons, np.zeros(0, np.uint8))


def _preamble(data: bytes) -> _Preamble:
    if len(data) < 8 or data[2] != FAMILY:
        raise SketchUnreadable("these are not the bytes of an HLL sketch of Apache DataSketches")
    words, version, _, lg_k, lg_size, flags, byte6, mode = data[:8]
    if version != _VERSION or mode & 3 not in _PREAMBLE or mode >> 2 & 3 > 2:
        raise SketchUnreadable(f"the HLL sketch has version {version} and mode {mode}, which are not known")
    if words != _PREAMBLE[mode & 3] or not SMALLEST <= lg_k <= LARGEST:
        raise SketchUnreadable("the preamble of the HLL sketch contradicts itself")
    return _Preamble(
        lg_k=lg_k, lg_size=lg_size, flags=flags, byte6=byte6, mode=mode & 3, bits=4 + 2 * (mode >> 2 & 3)
    )


def _read_coupons(data: bytes, head: _Preamble) -> U32:
    if head.flags & _EMPTY:
        return np.zeros(0, np.uint32)
    listed = head.mode == _LIST
    start = 8 if listed else 12
    number = head.byte6 if listed else int(_words(data, 8, 1)[0])
    stored = number if head.compact else 1 << head.lg_size
    return _nonzero(_words(data, start, stored))


def _read_registers(data: bytes, head: _Preamble) -> U8:
    k = 1 << head.lg_k
    size = {4: k // 2, 6: k * 3 // 4 + 1, 8: k}[head.bits]
    body = _slice(data, _START, size)
    if head.bits == 8:
        return body & np.uint8(63)
    if head.bits == 6:
        parts = body[: k * 3 // 4].reshape(-1, 3).astype(np.uint32)
        words = parts[:, :1] | (parts[:, 1:2] << np.uint32(8)) | (parts[:, 2:] << np.uint32(16))
        return np.ravel(words >> np.array([0, 6, 12, 18], np.uint32) & np.uint32(63)).astype(np.uint8)
    nibbles = np.stack([body & np.uint8(15), body >> np.uint8(4)], axis=1).reshape(-1)
    registers = nibbles + np.uint8(head.byte6)
    exceptions = _read_exceptions(data, head, _START + size)
    registers[exceptions & np.uint32(k - 1)] = (exceptions >> np.uint32(26)).astype(np.uint8)
    return registers


def _read_exceptions(data: bytes, head: _Preamble, start: int) -> U32:
    number = int(_words(data, 36, 1)[0])
    if number == 0:
        return np.zeros(0, np.uint32)
    return _nonzero(_words(data, start, number if head.compact else 1 << head.lg_size))


def _nonzero(words: U32) -> U32:
    """Return what a hash table holds."""
    return np.extract(words != 0, words)


def _words(data: bytes, start: int, number: int) -> U32:
    return _slice(data, start, 4 * number).view("<u4").astype(np.uint32)


def _slice(data: bytes, start: int, size: int) -> U8:
    if len(data) < start + size:
        raise SketchUnreadable(f"the sketch has {len(data)} bytes where {start + size} were expected")
    return np.frombuffer(data, np.uint8, size, start).copy()
