"""The place of a value that is nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A value to be made: in row ``number`` of a column whose ``variant`` selects a format."""

    rng: np.random.Generator
    words: dict[str, Any]
    number: int
    variant: int
