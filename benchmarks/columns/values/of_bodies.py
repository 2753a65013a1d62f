"""Biometric records and vectors."""

from __future__ import annotations

import numpy as np

from benchmarks.columns.makers import by_name
from benchmarks.columns.values.cell import Cell
from benchmarks.columns.values.records import fac, fmr, iir, image, vector


def face_embedding(c: Cell) -> np.ndarray:
    return vector(c.rng, (128, 512, 256)[c.variant % 3], True)


def voiceprint(c: Cell) -> np.ndarray:
    return vector(c.rng, (192, 256)[c.variant % 2], c.variant % 2 == 0)


def gait(c: Cell) -> np.ndarray:
    return vector(c.rng, 64, False)


def face_image(c: Cell) -> bytes:
    if c.variant % 4 == 3:
        return fac(c.rng)
    return image(c.rng, "JPEG" if c.variant % 2 == 0 else "PNG")


def fingerprint(c: Cell) -> bytes:
    return fmr(c.rng)


def iris(c: Cell) -> bytes:
    return iir(c.rng) if c.variant % 2 == 0 else c.rng.integers(0, 256, 256, dtype=np.uint8).tobytes()


MAKERS = by_name(face_embedding, voiceprint, gait, face_image, fingerprint, iris)
