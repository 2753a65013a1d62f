"""Keyed digests: 64 bits that stand for a value and, without the key, say nothing about it."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

U64 = npt.NDArray[np.uint64]
U8 = npt.NDArray[np.uint8]
_Cells: TypeAlias = "pa.Array[Any]"


@dataclass(frozen=True, slots=True)
class SubjectKey:
    """The secret under which values become digests; its ``repr`` shows nothing.

    Attributes:
        secret: 16 bytes.
        fingerprint: Short one-way id to tell keys apart; says nothing about the secret.

    Raises:
        ValueError: The secret is not 16 bytes long.

    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != 16:
            raise ValueError("A subject key is 16 bytes long.")

    @property
    def fingerprint(self) -> str:
        return hashlib.blake2b(self.secret, digest_size=8, person=b"pandian-key").hexdigest()


_BLOCK = 16_384  # rows hashed at a time, so that the state stays in the cache
_INITIAL = (0x736F6D6570736575, 0x646F72616E646F6D, 0x6C7967656E657261, 0x7465646279746573)
State: TypeAlias = tuple[U64, U64, U64, U64]


def digest(kind: str, values: _Cells, key: SubjectKey) -> U64:
    """Return keyed digests of canonical text values; 0 where null.

    SipHash-2-4 under the secret key over the kind (UTF-8, padded with zeros to full words) followed
    by the value in UTF-8. A true digest of 0 becomes 1. Among n distinct values of all kinds two
    collide with probability about n**2 / 2**65: 0.0003 for 100 million values, 0.03 for a billion.

    Source: Aumasson and Bernstein, SipHash: a fast short-input PRF, 2012.
    """
    out = np.zeros(len(values), np.uint64)
    offsets, data = _text_buffers(values)
    lengths = np.diff(offsets)
    valid = np.asarray(pc.is_valid(values))
    state, prefix = keyed_state(kind, key)
    for length in np.unique(lengths[valid]):
        rows = np.flatnonzero(valid & (lengths == length))
        for start in range(0, len(rows), _BLOCK):
            block = rows[start : start + _BLOCK]
            out[block] = _finish(state, _words(data, offsets[block], int(length), prefix))
    out[valid & (out == 0)] = 1
    return out


def _text_buffers(values: _Cells) -> tuple[npt.NDArray[np.int64], U8]:
    """Return offsets (rows + 1) into the bytes, and the bytes."""
    text = values if pa.types.is_large_string(values.type) else values.cast(pa.large_string())
    _, offsets, data = text.buffers()
    if offsets is None or len(text) == 0:
        return np.zeros(len(text) + 1, np.int64), np.zeros(0, np.uint8)
    window = np.frombuffer(memoryview(offsets), np.int64)[text.offset : text.offset + len(text) + 1]
    return window, np.frombuffer(memoryview(data), np.uint8) if data is not None else np.zeros(0, np.uint8)


def _words(data: U8, starts: npt.NDArray[np.int64], length: int, prefix: int) -> U64:
    """Return the message words (words x rows) of values of one length, length byte included."""
    padded = np.zeros((len(starts), length // 8 * 8 + 8), np.uint8)
    if length:
        padded[:, :length] = data[starts[:, None] + np.arange(length)]
    padded[:, -1] = (prefix + length) & 0xFF
    return np.ascontiguousarray(padded.view("<u8").T.astype(np.uint64, copy=False))


@functools.lru_cache(maxsize=256)
def keyed_state(kind: str, key: SubjectKey) -> tuple[State, int]:
    """Return the state after the kind, to be read only, and the number of bytes that took."""
    tag = kind.encode()
    tag += bytes(-len(tag) % 8)
    k0, k1 = (int.from_bytes(key.secret[i : i + 8], "little") for i in (0, 8))
    halves = (k0, k1, k0, k1)
    state = [np.array([half ^ constant], np.uint64) for half, constant in zip(halves, _INITIAL, strict=True)]
    for word in np.frombuffer(tag, "<u8").astype(np.uint64):
        _compress(state, np.array([word], np.uint64))
    return (state[0], state[1], state[2], state[3]), len(tag)


def _finish(start: State, words: U64) -> U64:
    state = [np.repeat(lane, words.shape[1]) for lane in start]
    for word in words:
        _compress(state, word)
    state[2] ^= np.uint64(0xFF)
    for _ in range(4):
        _round(state)
    return state[0] ^ state[1] ^ state[2] ^ state[3]


def _compress(state: list[U64], word: U64) -> None:
    state[3] ^= word
    _round(state)
    _round(state)
    state[0] ^= word


def _round(v: list[U64]) -> None:
    v[0] += v[1]
    v[1] = rotate(v[1], 13) ^ v[0]
    v[0] = rotate(v[0], 32)
    v[2] += v[3]
    v[3] = rotate(v[3], 16) ^ v[2]
    v[0] += v[3]
    v[3] = rotate(v[3], 21) ^ v[0]
    v[2] += v[1]
    v[1] = rotate(v[1], 17) ^ v[2]
    v[2] = rotate(v[2], 32)


def rotate(lane: U64, bits: int) -> U64:
    """Return every number with its bits turned to the left."""
    return (lane << np.uint64(bits)) | (lane >> np.uint64(64 - bits))
