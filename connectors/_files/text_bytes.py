"""Bytes of text files, plain or compressed: opened, and cut into whole rows."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from connectors._files.part import explained
from connectors._storage import Stored
from connectors._storage.paths import suffix_of

SMALL = 64 * 2**20  # bytes; a file up to here is counted, and sampled from all of its rows
SEEKS = 16  # places that a sample of a large file comes from
SEEK_BYTES = 2**20
PLACES_NOTE = f"The sample comes from {SEEKS} places of a large file."

_Compression = Literal["gzip", "bz2", "zstd", "lz4"]
_COMPRESSIONS: dict[str, _Compression] = {
    ".gz": "gzip",
    ".bz2": "bz2",
    ".zst": "zstd",
    ".zstd": "zstd",
    ".lz4": "lz4",
}
_XZ = ".xz"
_COMPRESSED = frozenset({*_COMPRESSIONS, _XZ})


@contextmanager
def open_file(path: Stored) -> Iterator[pa.NativeFile]:
    """Open a file and decompress it; what is wrong with it is said without its content.

    Raises:
        PartBroken: The file is missing, protected, cut off or damaged.
    """
    with explained("cut off or damaged"), path.open() as file, _decompressed(file, path) as stream:
        yield stream


def _decompressed(file: pa.NativeFile, path: Stored) -> pa.NativeFile:
    suffix = path.suffix.lower()
    if suffix == _XZ:
        readable: Any = file
        return pa.PythonFile(lzma.LZMAFile(readable), mode="r")  # Arrow does not know it
    return pa.CompressedInputStream(file, _COMPRESSIONS[suffix]) if suffix in _COMPRESSIONS else file


def is_compressed(path: Stored) -> bool:
    """Return whether the suffix says so."""
    return path.suffix.lower() in _COMPRESSED


def without_compression(name: str) -> str:
    """Return a file name without the suffix of a compression.

    >>> without_compression("a.csv.gz"), without_compression("a.csv")
    ('a.csv', 'a.csv')
    """
    suffix = suffix_of(name)
    return name.removesuffix(suffix) if suffix.lower() in _COMPRESSED else name


def places(path: Stored, rng: np.random.Generator) -> Iterator[bytes]:
    """Yield the bytes at seeded places of a large file, one in each stretch of it, so that no two overlap."""
    stretch = path.size() // SEEKS
    starts = np.arange(SEEKS) * stretch + rng.integers(0, stretch - SEEK_BYTES, SEEKS)
    with open_file(path) as stream:
        for start in starts.tolist():
            stream.seek(start - start % 2)
            yield stream.read(SEEK_BYTES)


def whole_rows(data: bytes, encoding: str) -> bytes:
    """Return the whole rows in a stretch of a file, as UTF-8."""
    newline = "\n".encode(encoding)
    start, end = data.find(newline), data.rfind(newline)
    if start < 0 or start == end:
        return b""
    rows = data[start + len(newline) : end + len(newline)]
    # In UTF-16 the bytes of a newline may also be halves of two letters.
    return rows.decode(encoding, "replace").encode("utf-8") if encoding != "utf-8" else rows
