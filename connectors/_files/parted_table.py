"""A table made of files that may differ: the union of their columns, read part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from connectors._arrays import batch_of, cast, common_type, is_encoded, nulls, one_batch
from connectors._checkup import TableCheckup
from connectors._errors import TableUnreadable
from connectors._files.part import Part, PartBroken, explained
from connectors._model import Batch, Column, PartitionKeys, RowCount, Table, TablePart
from connectors._sampling import pieces_to_read, shares
from connectors._storage import Stored
from connectors._storage.stamps import short_digest

_FEWEST_PIECES = 16  # row groups, or files, that a sample comes from, where there are so many


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """A part and its partition keys, which are columns that the file does not hold.

    Attributes:
        place: Name of the part, which stays from scan to scan; empty for the only one.
        stamp: Changes when the part does; empty where that cannot be told.
        file: What has to stay as it is while it is read, and its stamp; None where a log sees to that.
    """

    part: Part
    keys: PartitionKeys
    place: str = ""
    stamp: str = ""
    file: tuple[Stored, str] | None = None

    def refuse_change(self) -> None:
        """Raise `PartBroken` if the file is not the one that was listed."""
        if self.file is None:
            return
        stored, listed = self.file
        with explained("cannot be read"):
            now = stored.stamp()
        if now and now != listed:
            raise PartBroken("was replaced or written to after it was listed; scan again")

    def described(self) -> TablePart:
        columns = [column.name for column in self.part.columns]
        layout = short_digest([*columns, *map(str, self.part.types)])
        return TablePart(
            name=self.place, fingerprint=f"{self.stamp} {layout}" if self.stamp else "", keys=self.keys
        )


@dataclass(frozen=True, kw_only=True)
class PartedTable:
    """One table over its readable parts.

    Attributes:
        comment: Of the table, where a log keeps one.
        comments: Of columns, where the files themselves hold none.
    """

    name: str
    group: str
    parts: tuple[Keyed, ...]
    note: str = ""
    comment: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)

    def describe(self) -> Table:
        counts = [keyed.part.rows for keyed in self.parts]
        known = [count for count in counts if count is not None]
        return Table(
            name=self.name,
            group=self.group,
            comment=self.comment,
            columns=tuple(self._columns().values()),
            rows=RowCount(sum(known), exact=True) if len(known) == len(counts) else None,
            note=self.note,
        )

    def size(self) -> int | None:
        """Return the bytes of its files; None if that cannot be told."""
        sizes = [_size_of(keyed.part) for keyed in self.parts]
        known = [size for size in sizes if size is not None]
        return sum(known) if len(known) == len(sizes) else None

    def checkup(self, rows: int) -> TableCheckup:
        """Return what a scan would do."""
        del rows
        pieces = sum(len(keyed.part.pieces) for keyed in self.parts)
        sampling = self.note or "rows at random"
        if pieces > 1:
            least = min(pieces, _FEWEST_PIECES)
            sampling = f"rows at random from {least} of {pieces:,} pieces, more if those are small"
        return TableCheckup(size=self.size(), sampling=sampling, reading="Arrow")

    def sample(self, rows: int, seed: int) -> Batch:
        """Draw rows from pieces all over the table; a broken piece is left out if others can be read."""
        rng = np.random.default_rng(seed)
        types = self._types
        pieces = [(keyed, piece) for keyed in self.parts for piece in range(len(keyed.part.pieces))]
        sizes = [keyed.part.pieces[piece] for keyed, piece in pieces]
        picked = pieces_to_read(sizes, rows, _FEWEST_PIECES, rng)
        found = [_empty(types)]
        broken: list[str] = []
        looked_at: set[str] = set()
        for position, wanted in zip(picked, shares([sizes[p] for p in picked], rows), strict=True):
            keyed, piece = pieces[position]
            try:
                if keyed.place not in looked_at:
                    keyed.refuse_change()
                    looked_at.add(keyed.place)
                batches = keyed.part.sample(piece, wanted, rng)
                found.extend([_aligned(batch, types, keyed) for batch in batches])
            except PartBroken as error:
                broken.append(f"{keyed.part.name}: {error}")
        if broken and len(found) == 1:
            raise TableUnreadable(f"Table '{self.name}': {broken[0]}")
        return one_batch(found)

    def stream(self, columns: Sequence[str]) -> Iterator[Batch]:
        """Yield all parts; those that break are named at the end, so that the others are read."""
        broken: list[str] = []
        for keyed in self.parts:
            try:
                yield from self._stream_one(keyed, columns)
            except PartBroken as error:
                broken.append(f"{keyed.part.name}: {error}")
        if broken:
            raise TableUnreadable(
                f"Table '{self.name}': {len(broken)} of {len(self.parts)} files broke off. {broken[0]}"
            )

    def list_parts(self) -> tuple[TablePart, ...]:
        """Return what is known of every part."""
        return tuple(keyed.described() for keyed in self.parts)

    def stream_part(self, part: TablePart, columns: Sequence[str]) -> Iterator[Batch]:
        """Yield one part, its columns as they are in the whole table."""
        for keyed in self.parts:
            if keyed.place == part.name:
                try:
                    yield from self._stream_one(keyed, columns, encoded=True)
                except PartBroken as error:
                    raise TableUnreadable(f"Table '{self.name}': {keyed.part.name}: {error}") from None
                return
        raise TableUnreadable(f"Table '{self.name}': no part '{part.name}' (any more).")

    def _stream_one(self, keyed: Keyed, columns: Sequence[str], *, encoded: bool = False) -> Iterator[Batch]:
        types = {name: self._types[name] for name in columns}
        held = {column.name for column in keyed.part.columns}
        keyed.refuse_change()
        for batch in keyed.part.stream([name for name in columns if name in held]):
            yield _aligned(batch, types, keyed, encoded=encoded)
        keyed.refuse_change()

    def _columns(self) -> dict[str, Column]:
        types = self._types
        held = {column.name: column.comment for keyed in self.parts for column in keyed.part.columns}
        comments = held | dict(self.comments)
        return {name: Column(name, str(kind), comments.get(name, "")) for name, kind in types.items()}

    @cached_property
    def _types(self) -> dict[str, pa.DataType]:
        """Return the union of all parts' columns, in order of first appearance, keys last."""
        found: dict[str, list[pa.DataType]] = {}
        for keyed in self.parts:
            for column, kind in zip(keyed.part.columns, keyed.part.types, strict=True):
                found.setdefault(column.name, []).append(kind)
        for keyed in self.parts:
            for key, _ in keyed.keys:
                found.setdefault(key, [pa.string()])
        return {name: common_type(kinds) for name, kinds in found.items()}


def _size_of(part: Part) -> int | None:
    place = getattr(part, "path", None)
    if not isinstance(place, Stored):
        return getattr(part, "size", None)
    try:
        return place.size()
    except OSError:
        return None


def _empty(types: dict[str, pa.DataType]) -> Batch:
    return batch_of(list(types), [nulls(0, kind) for kind in types.values()], 0)


def _aligned(batch: Batch, types: dict[str, pa.DataType], keyed: Keyed, *, encoded: bool = False) -> Batch:
    """Return the batch with exactly the wanted columns: cast, from the path, or null.

    With ``encoded``, text keeps its dictionary, or stays views.
    """
    held = batch.schema.names
    keys = dict(keyed.keys)
    arrays = []
    for name, kind in types.items():
        if name in held:
            array = batch.column(held.index(name))
            stays = encoded and kind == pa.string() and is_encoded(array.type)
            arrays.append(array if stays else _cast(array, kind, name))
        elif keys.get(name) is not None:
            arrays.append(pa.repeat(pa.scalar(keys[name], pa.string()), batch.num_rows))
        else:
            arrays.append(nulls(batch.num_rows, kind))
    return batch_of(list(types), arrays, batch.num_rows)


def _cast(array: pa.Array[Any], kind: pa.DataType, name: str) -> pa.Array[Any]:
    try:
        return cast(array, kind)
    except pa.ArrowException:
        # The library's message quotes the value.
        raise PartBroken(f"column '{name}' does not fit the type that it has in other files") from None
