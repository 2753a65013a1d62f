"""Biometric records and vectors, with the headers of their standards."""

from __future__ import annotations

import io
import struct

import numpy as np
from PIL import Image, ImageDraw

from benchmarks.columns.values.drawing import Rng


def vector(rng: Rng, dim: int, unit: bool) -> np.ndarray:
    v = rng.normal(0, 1, dim).astype("float32")
    return v / np.linalg.norm(v) if unit else v


def fmr(rng: Rng) -> bytes:
    """Return minutiae with a header as in ISO 19794-2 and ANSI 378."""
    n = int(rng.integers(18, 48))
    view = bytes([int(rng.integers(1, 11)), 0, int(rng.integers(60, 100)), n])
    mins = b"".join(
        struct.pack(
            ">HHBB",
            int(rng.integers(0, 3)) << 14 | int(rng.integers(0, 500)),
            int(rng.integers(0, 500)),
            int(rng.integers(0, 256)),
            int(rng.integers(0, 100)),
        )
        for _ in range(n)
    )
    body = view + mins + b"\0\0"
    total = 24 + len(body)
    return b"FMR\0 20\0" + struct.pack(">IHHHHHBB", total, 0, 500, 550, 197, 197, 1, 0) + body


def iir(rng: Rng) -> bytes:
    """Return an iris record with a header as in ISO 19794-6."""
    body = rng.integers(0, 256, 256, dtype=np.uint8).tobytes()
    return b"IIR\0" + b"010\0" + struct.pack(">I", 45 + len(body)) + bytes(33) + body


def fac(rng: Rng) -> bytes:
    """Return a face record with a header as in ISO 19794-5 around a JPEG."""
    j = image(rng, "JPEG")
    return b"FAC\0" + b"010\0" + struct.pack(">IH", 14 + 20 + len(j), 1) + bytes(20) + j


def image(rng: Rng, fmt: str = "JPEG", size: int = 24, face: bool = True) -> bytes:
    c = tuple(int(x) for x in rng.integers(120, 255, 3))
    im = Image.new("RGB", (size, size), tuple(int(x) for x in rng.integers(0, 255, 3)))
    d = ImageDraw.Draw(im)
    if face:
        d.ellipse((3, 2, size - 3, size - 2), fill=c)
        d.rectangle((8, 9, 9, 10), fill=(0, 0, 0))
        d.rectangle((15, 9, 16, 10), fill=(0, 0, 0))
    else:
        d.rectangle((int(rng.integers(0, 10)), 4, 20, int(rng.integers(10, 22))), fill=c)
    b = io.BytesIO()
    im.save(b, fmt, **({"quality": 60} if fmt == "JPEG" else {}))
    return b.getvalue()
