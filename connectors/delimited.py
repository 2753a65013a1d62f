"""Delimited text: CSV, TSV and their kin, plain or compressed, in the encodings of this world.

Every column is text (a leading zero is data), and an empty cell is null. The file is cut into
blocks of whole rows, each parsed by PyArrow. A block with rows of another width than the header
is parsed again by the csv module, which can mend them: missing cells are null, cells too many
are joined to the last one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pyarrow as pa

from connectors._arrays import batch_of, take, unique
from connectors._files.delimited_layout import Layout, sniff
from connectors._files.delimited_rows import read_rows, rows_at_places
from connectors._files.headers import NO_HEADER, HeaderRule
from connectors._files.parallel import TEXTS, at_once
from connectors._files.part import PartBroken
from connectors._files.text_bytes import PLACES_NOTE, SMALL, is_compressed
from connectors._model import Batch, Column
from connectors._sampling import chosen, picked, reservoir
from connectors._storage import Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class DelimitedPart:
    """One file; it is one piece, since rows have no index."""

    path: Stored
    layout: Layout
    rows: int | None
    size: int  # bytes, compressed or not
    note: str = ""

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(Column(name, "string") for name in self.layout.names)

    @property
    def types(self) -> tuple[pa.DataType, ...]:
        return (pa.string(),) * len(self.layout.names)

    @property
    def pieces(self) -> tuple[int, ...]:
        """Rows, exact or estimated from the size and the length of the first rows."""
        return (int(self.size / self.layout.row_bytes) + 1 if self.rows is None else self.rows,)

    def stream(self, columns: Sequence[str]) -> Iterator[Batch]:
        names = self.layout.names
        wanted = [names.index(name) for name in columns]
        for batch, _ in read_rows(self.path, self.layout, wanted):
            yield batch_of(columns, batch.columns, batch.num_rows)

    def sample(self, piece: int, rows: int, rng: np.random.Generator) -> list[Batch]:
        """Draw rows from all over the file.

        A counted file gives every row the same chance. From a larger one, rows are read at
        seeded places; from a larger compressed one, where no place can be sought, all rows
        are read and a seeded reservoir keeps some. What was readable before a break counts.
        """
        del piece
        if self.rows is not None:
            return list(picked(self._readable(), chosen(self.rows, rows, rng), take))
        seekable = self.size > SMALL and not is_compressed(self.path)
        places = list(rows_at_places(self.path, self.layout, rng)) if seekable else []
        return reservoir(places or self._readable(), take, rows, rng)

    def _readable(self) -> Iterator[Batch]:
        """Yield all columns up to the end or to where the file breaks, but never nothing."""
        read_any = False
        try:
            for batch in self.stream(self.layout.names):
                yield batch
                read_any = True
        except PartBroken:
            if not read_any:
                raise


def open_delimited(paths: Sequence[Stored], rule: HeaderRule) -> list[DelimitedPart | PartBroken]:
    """Look at the files of one table; small ones are counted.

    Parts either all have a header or none has: where all first rows differ, they are data.
    """
    layouts = at_once(partial(_layout_or_error, rule), paths, TEXTS)
    if rule.said is None:
        layouts = _harmonised(layouts)
    return at_once(_part, list(zip(paths, layouts, strict=True)), TEXTS)


def _layout_or_error(rule: HeaderRule, path: Stored) -> Layout | PartBroken:
    try:
        return sniff(path, rule)
    except PartBroken as error:
        return error


def _harmonised(layouts: list[Layout | PartBroken]) -> list[Layout | PartBroken]:
    read = [layout for layout in layouts if isinstance(layout, Layout) and layout.names]
    headers = {layout.names for layout in read}
    same_width = len({len(names) for names in headers}) == 1
    headed = all(layout.has_header for layout in read) and (len(read) == 1 or len(headers) < len(read))
    if headed or not same_width:
        return layouts
    return [_without_header(layout) if isinstance(layout, Layout) else layout for layout in layouts]


def _without_header(layout: Layout) -> Layout:
    return replace(layout, names=unique([""] * len(layout.names)), has_header=False)


def _part(looked_at: tuple[Stored, Layout | PartBroken]) -> DelimitedPart | PartBroken:
    path, layout = looked_at
    if isinstance(layout, PartBroken):
        return layout
    size = path.size()
    part = DelimitedPart(path=path, layout=layout, rows=None, size=size, note=_header_note(layout))
    if not layout.names:
        return replace(part, rows=0, note="The file is empty.")
    if size > SMALL:
        return part if is_compressed(path) else replace(part, note=f"{part.note} {PLACES_NOTE}".strip())
    rows = ragged = 0
    try:
        for batch, mended in read_rows(path, layout, [0]):
            rows += batch.num_rows
            ragged += mended
    except PartBroken as error:
        return (
            replace(part, note=f"{part.note} Readable up to a break only: {error}.".strip())
            if rows
            else error
        )
    odd = f"{ragged} rows are wider or narrower than the header." if ragged else ""
    return replace(part, rows=rows, note=f"{part.note} {odd}".strip())


def _header_note(layout: Layout) -> str:
    return "" if layout.has_header or not layout.names else NO_HEADER
