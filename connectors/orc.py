"""ORC files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow.orc as po

from connectors._arrays import batch_of, take
from connectors._files.part import OfLeaves, explained
from connectors._model import Batch
from connectors._nesting import Leaf, flatten, leaves
from connectors._sampling import chosen, picked
from connectors._storage import Stored

_DAMAGED = "cut off, damaged, encrypted or not ORC"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrcPart(OfLeaves):
    """One file; ``pieces`` are its stripes, whose rows the footer gives in total only."""

    path: Stored
    leaves: tuple[Leaf, ...]
    rows: int
    pieces: tuple[int, ...]

    @property
    def name(self) -> str:
        return self.path.name

    def sample(self, piece: int, rows: int, rng: np.random.Generator) -> list[Batch]:
        batches = list(self._read(self.leaves, [piece]))
        total = sum(batch.num_rows for batch in batches)
        return list(picked(batches, chosen(total, rows, rng), take))

    def stream(self, columns: Sequence[str]) -> Iterator[Batch]:
        wanted = [leaf for leaf in self.leaves if leaf.name in set(columns)]
        if wanted or not self.leaves:
            yield from self._read(wanted, range(len(self.pieces)))
        else:
            yield batch_of([], [], self.rows)

    def _read(self, wanted: Sequence[Leaf], stripes: Sequence[int]) -> Iterator[Batch]:
        wanted_paths = {leaf.path for leaf in wanted}
        # Columns of the same path come together, in the file's own order.
        arriving = [leaf for leaf in self.leaves if leaf.path in wanted_paths]
        names = [leaf.name for leaf in wanted]
        with explained(_DAMAGED), self.path.open_cached() as opened:
            file = po.ORCFile(opened)
            for stripe in stripes:
                batch = file.read_stripe(stripe, columns=sorted(wanted_paths))
                arrays = dict(zip((leaf.name for leaf in arriving), flatten(batch)[1], strict=True))
                yield batch_of(names, [arrays[name] for name in names], batch.num_rows)


def open_orc(path: Stored) -> OrcPart:
    """Read the footer.

    Raises:
        PartBroken: Not a whole ORC file.
    """
    with explained(_DAMAGED), path.open() as opened:
        file = po.ORCFile(opened)
        found = leaves(file.schema.remove_metadata())
        # Only a guess of the rows of a stripe: the footer does not say.
        pieces = (-(-file.nrows // max(file.nstripes, 1)),) * file.nstripes
    return OrcPart(path=path, leaves=found, rows=file.nrows, pieces=pieces)
