"""Bytes of text files, plain or compressed: opened, and cut into whole rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa

from connectors._parts import explained

SMALL = 64 * 2**20  # bytes; a file up to here is counted, and sampled from all of its rows
SEEKS = 16  # places that a sample of a large file comes from
SEEK_BYTES = 2**20
PLACES_NOTE = f"The sample comes from {SEEKS} places of a large file."

_Compression = Literal["detect", "gzip", "bz2", "zstd"]
_COMPRESSIONS: dict[str, _Compression] = {".gz": "gzip", ".bz2": "bz2", ".zst": "zstd"}


@contextmanager
def open_file(path: Path) -> Iterator[pa.NativeFile]:
    """Open a file and decompress it; what is wrong with it is said without its content.

    Raises:
        PartBroken: The file is missing, protected, cut off or damaged.
    """
    compression = _COMPRESSIONS.get(path.suffix.lower(), "detect")
    with explained("cut off or damaged"), pa.input_stream(str(path), compression=compression) as stream:
        yield stream


def is_compressed(path: Path) -> bool:
    """Return whether the suffix says so."""
    return path.suffix.lower() in _COMPRESSIONS


def places(path: Path, rng: np.random.Generator) -> Iterator[bytes]:
    """Yield the bytes at seeded places of a large file, one in each stretch of it, so that no two overlap."""
    stretch = path.stat().st_size // SEEKS
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
