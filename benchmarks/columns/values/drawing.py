"""Draws from a generator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Rng = np.random.Generator
T = TypeVar("T")


def digits(rng: Rng, n: int) -> str:
    return "".join(map(str, rng.integers(0, 10, n)))


def pick(rng: Rng, seq: Sequence[T]) -> T:
    return seq[int(rng.integers(0, len(seq)))]
