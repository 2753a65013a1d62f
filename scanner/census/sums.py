"""What parts of the people show, as numbers and arrays that add up field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, Self

import numpy as np


class Sums:
    """Base of data classes whose fields are numbers, or arrays of equal shape in every part."""

    __slots__ = ()

    @classmethod
    def total(cls, parts: Iterable[Self]) -> Self:
        """Return the sum of all parts."""
        every = list(parts)
        names = [each.name for each in fields(cls)]  # type: ignore[arg-type]
        summed: dict[str, Any] = {
            name: np.sum([getattr(part, name) for part in every], axis=0) for name in names
        }
        return cls(**summed)
