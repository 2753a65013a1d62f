"""One generated table: its cells, its documentation, and who is really in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from scanner.demo._arrays import Column, Index

# Seconds since 1970, one per row.
Seconds = npt.NDArray[np.int64]
NOBODY = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTable:
    """One table of the demo warehouse and the truth about it.

    Attributes:
        comment, comments: What the data dictionary says about the table and its columns.
        persons: Position of the person of each row and slot; -1 for nobody.
        sensitive: For each sensitive category, the persons whose row shows it; -1 for nobody.
        when: Time of each row of ``persons``, for flows.
    """

    name: str
    comment: str = ""
    cells: Mapping[str, Column]
    comments: Mapping[str, str] = field(default_factory=dict)
    persons: Index
    sensitive: Mapping[str, Index] = field(default_factory=dict)
    when: Seconds | None = None

    def arrow(self) -> pa.Table:
        """Return the cells as an Arrow table; comments go with the fields, as some lakes keep them."""
        table = pa.table(dict(self.cells))
        fields = [
            f.with_metadata({"comment": self.comments[f.name]}) if f.name in self.comments else f
            for f in table.schema
        ]
        return table.cast(pa.schema(fields))


def nobody() -> Index:
    """Return the persons of a table about things."""
    return np.empty(0, np.int64)


def seconds(rng: np.random.Generator, start: str, stop: str, size: int) -> Seconds:
    """Return ``size`` times in [start, stop), in seconds since 1970."""
    first, last = (int(np.datetime64(day, "s").astype(np.int64)) for day in (start, stop))
    return rng.integers(first, last, size)
