"""Rows of a delimited file, block by block."""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv

from connectors._arrays import batch_of
from connectors._files.delimited_layout import LONGEST_ROW, Layout, csv_rows
from connectors._files.part import PartBroken
from connectors._files.text_bytes import open_file, places, whole_rows
from connectors._model import Batch
from connectors._storage import Stored

_BLOCK = 8 * 2**20  # bytes parsed at once


@dataclass(frozen=True, slots=True)
class _Block:
    """Whole rows in UTF-8; ``quoted`` is false where a quote is left open to the end."""

    rows: bytes
    quoted: bool = True


def read_rows(path: Stored, layout: Layout, wanted: Sequence[int]) -> Iterator[tuple[Batch, int]]:
    """Yield the wanted columns (by position) and the number of rows mended, block by block.

    Raises:
        PartBroken: After all rows, where a quote that stands in the way has made one row of several.
    """
    skip = int(layout.has_header)
    swallowed = False
    for block in _blocks(path, layout):
        batch, mended = _parse(block, layout, wanted, skip)
        skip = 0
        swallowed = swallowed or (block.quoted and _swallows_rows(block.rows, layout.separator))
        if batch.num_rows:
            yield batch, mended
    if swallowed:
        raise PartBroken("a quote is closed by another one further down: rows between them are read as one")


def _blocks(path: Stored, layout: Layout) -> Iterator[_Block]:
    """Cut a file into blocks of whole rows.

    Raises:
        PartBroken: An undecodable byte, after the rows before it; or a row without an end.
    """
    utf8 = _Utf8(layout.encoding)
    rest = b""
    with open_file(path) as stream:
        while raw := stream.read(max(_BLOCK, len(rest))):
            data = rest + utf8.feed(raw)
            end = _rows_end(data, layout.separator)
            rest = data[end:]
            if end:
                yield _Block(data[:end])
            if utf8.broken:
                raise PartBroken(utf8.broken)
            if len(rest) > LONGEST_ROW:
                raise PartBroken(f"a row is longer than {LONGEST_ROW // 2**20} MiB: is a quote left open?")
        rest += utf8.feed(b"", final=True)
        if utf8.broken:
            yield _Block(rest[: _rows_end(rest, layout.separator)])
            raise PartBroken(utf8.broken)
        yield from _last_blocks(rest, layout.separator)


def _last_blocks(rest: bytes, separator: str) -> Iterator[_Block]:
    opened = _open_quote(rest, separator) if rest.count(b'"') % 2 else None
    if opened is None or b"\n" not in rest[opened:]:
        yield _Block(rest)
        return
    # Nothing closes the quote: it is a character like any other, and swallows no rows.
    start = rest.rfind(b"\n", 0, opened) + 1
    yield _Block(rest[:start])
    yield _Block(rest[start:], quoted=False)


class _Utf8:
    """Turns the bytes of a file into UTF-8, and says where they cannot be decoded."""

    def __init__(self, encoding: str) -> None:
        self.broken = ""
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._offset = 0  # of the bytes that the decoder has not consumed
        self._at_start = True

    def feed(self, data: bytes, *, final: bool = False) -> bytes:
        """Return what can be decoded; from the first undecodable byte on, `broken` is set."""
        pending = self._decoder.getstate()[0]
        try:
            text = self._decoder.decode(data, final)
        except UnicodeDecodeError as error:
            self.broken = f"not {self._encoding.upper()} at byte {self._offset + error.start}"
            text = (pending + data)[: error.start].decode(self._encoding, "ignore")
        self._offset += len(pending) + len(data) - len(self._decoder.getstate()[0])
        if self._at_start and text:
            text = text.removeprefix("\ufeff")
            self._at_start = False
        return text.encode("utf-8", "replace")


def _rows_end(data: bytes, separator: str) -> int:
    """Return where the last whole row ends; 0 if there is none.

    A newline inside quotes ends no row. An even number of quotes before it means that it is
    outside; else a stray quote may be in the way, so quoted cells are looked up one by one.
    """
    newline = b"\n" if b"\n" in data else b"\r"
    # A block that ends between the two characters of a line end is cut after the second one.
    limit = len(data) - (newline == b"\r")
    end = data.rfind(newline, 0, limit) + 1
    if data.count(b'"', 0, end) % 2 == 0:
        return end
    for start, stop in reversed([match.span() for match in _quoted_cell(separator).finditer(data)]):
        if end := data.rfind(newline, stop, limit) + 1:
            return end
        limit = min(limit, start)
    return data.rfind(newline, 0, limit) + 1


def _quoted_cell(separator: str) -> re.Pattern[bytes]:
    before = re.escape(separator).encode()
    return re.compile(rb"(?:(?<![\s\S])|(?<=[\r\n" + before + rb']))"[^"]*+(?:""[^"]*+)*+(?:"|\Z)')


def _swallows_rows(data: bytes, separator: str) -> bool:
    """Return whether a quoted cell goes over a line end and ends in front of more text, as none should."""
    if _is_well_quoted(data, separator):
        return False
    ends = b"\r\n" + separator.encode()
    return any(
        match.end() < len(data) and data[match.end()] not in ends and b"\n" in match.group()
        for match in _quoted_cell(separator).finditer(data)
    )


def _is_well_quoted(data: bytes, separator: str) -> bool:
    """Return whether every second quote ends a cell or is doubled, and the others begin one. Fast."""
    seen = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(seen == ord('"'))
    ends = np.frombuffer(b'\r\n"' + separator.encode(), np.uint8)
    before, after = quotes[::2] - 1, quotes[1::2] + 1
    before, after = before[before >= 0], after[after < len(seen)]
    return bool(np.isin(seen[before], ends).all() and np.isin(seen[after], ends).all())


def _open_quote(data: bytes, separator: str) -> int | None:
    """Return where a quote opens that nothing closes."""
    last = deque(_quoted_cell(separator).finditer(data), maxlen=1)
    if not last or last[0].end() < len(data) or last[0].group().count(b'"') % 2 == 0:
        return None
    return last[0].start()


def _parse(block: _Block, layout: Layout, wanted: Sequence[int], skip: int) -> tuple[Batch, int]:
    """Return the wanted columns of the rows after ``skip``, and how many rows were mended."""
    names = [layout.names[position] for position in wanted]
    try:
        table, odd_rows = _parse_arrow(block, layout, wanted)
    except pa.ArrowInvalid:
        odd_rows = 1
    if odd_rows:
        return _parse_mending(block, layout, wanted, skip)
    table = table.slice(skip)
    arrays = [pa.concat_arrays(column.chunks) for column in table.columns]
    return batch_of(names, arrays[: len(names)], table.num_rows), 0


def _parse_arrow(block: _Block, layout: Layout, wanted: Sequence[int]) -> tuple[pa.Table, int]:
    ids = [str(position) for position in range(len(layout.names))]
    odd_rows = 0

    def leave_out(_row: pcsv.InvalidRow) -> Literal["skip"]:
        nonlocal odd_rows
        odd_rows += 1
        return "skip"

    source: Any = pa.BufferReader(block.rows)
    table = pcsv.read_csv(
        source,
        read_options=pcsv.ReadOptions(column_names=ids, block_size=len(block.rows) + 1),
        parse_options=pcsv.ParseOptions(
            delimiter=layout.separator,
            quote_char='"' if block.quoted else False,
            newlines_in_values=block.quoted,
            invalid_row_handler=leave_out,
        ),
        convert_options=pcsv.ConvertOptions(
            column_types=dict.fromkeys(ids, pa.string()),
            include_columns=[ids[position] for position in wanted] or ids[:1],
            null_values=[""],
            strings_can_be_null=True,
        ),
    )
    return table, odd_rows


def _parse_mending(block: _Block, layout: Layout, wanted: Sequence[int], skip: int) -> tuple[Batch, int]:
    width = len(layout.names)
    text = block.rows.decode("utf-8")
    rows = list(csv_rows(text, layout.separator, quoted=block.quoted))[skip:]
    odd_rows = sum(len(row) != width for row in rows)
    mended = [_mended(row, width, layout.separator) for row in rows]
    arrays = [pa.array([row[position] or None for row in mended], pa.string()) for position in wanted]
    return batch_of([layout.names[position] for position in wanted], arrays, len(rows)), odd_rows


def _mended(row: list[str], width: int, separator: str) -> list[str]:
    """Return the row as wide as the header.

    >>> _mended(["a"], 2, ","), _mended(["a", "b", "c"], 2, ","), _mended(["a", "b", ""], 2, ",")
    (['a', ''], ['a', 'b,c'], ['a', 'b'])
    """
    if len(row) <= width:
        return row + [""] * (width - len(row))
    surplus = row[width - 1 :]
    while len(surplus) > 1 and not surplus[-1]:
        surplus.pop()
    return [*row[: width - 1], separator.join(surplus)]


def rows_at_places(path: Stored, layout: Layout, rng: np.random.Generator) -> Iterator[Batch]:
    """Yield whole rows from seeded places of a large file.

    A place may lie inside a quoted cell of several lines: rows of an odd width are left out.
    """
    every = range(len(layout.names))
    for stretch in places(path, rng):
        rows = whole_rows(stretch, layout.encoding)
        try:
            table, _ = _parse_arrow(_Block(rows), layout, every)
        except pa.ArrowInvalid:
            continue
        arrays = [pa.concat_arrays(column.chunks) for column in table.columns if column.num_chunks]
        if table.num_rows:
            yield batch_of(layout.names, arrays, table.num_rows)
