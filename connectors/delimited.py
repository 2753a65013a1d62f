"""Delimited text: CSV, TSV and their kin, plain or compressed, in the encodings of this world.

Every column is text (a leading zero is data), and an empty cell is null. The file is cut into
blocks of whole rows, each parsed by PyArrow. A block with rows of another width than the header
is parsed again by the csv module, which can mend them: missing cells are null, cells too many
are joined to the last one.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv

from connectors._arrays import batch_of, take, unique
from connectors._bytes import (
    PLACES_NOTE,
    SMALL,
    is_compressed,
    open_file,
    places,
    whole_rows,
    without_compression,
)
from connectors._model import Batch, Column
from connectors._parallel import TEXTS, at_once
from connectors._parts import PartBroken
from connectors._sampling import chosen, picked, reservoir
from connectors._storage import Stored

_HEAD = 2**20  # bytes looked at to tell encoding, separator and header
_BLOCK = 8 * 2**20  # bytes parsed at once
_LONGEST_ROW = 512 * 2**20  # bytes

_SEPARATORS = (",", "\t", ";", "|", "\x01")  # the last one is Hive's
_BY_SUFFIX = {".csv": ",", ".tsv": "\t", ".tab": "\t", ".psv": "|"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What no column is called: a date, a number of seven digits or more, an e-mail address.
_VALUE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*|[-+]?\d{7,}(\.\d+)?[0-9xX]?|[^@\s]+@[^@\s]+\.\w+")
_EVEN_ENOUGH = 0.8  # share of lines of one width, below which a .txt is no table
_ROWS_LOOKED_AT = 500
_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a file is written."""

    encoding: str
    separator: str
    names: tuple[str, ...]
    has_header: bool
    row_bytes: float  # mean, of the first rows


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
        for batch, _ in _read(self.path, self.layout, wanted):
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
        places = list(_at_places(self.path, self.layout, rng)) if seekable else []
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


# --- opening -------------------------------------------------------------------------------


def open_delimited(paths: Sequence[Stored]) -> list[DelimitedPart | PartBroken]:
    """Look at the files of one table; small ones are counted.

    Parts either all have a header or none has: where all first rows differ, they are data.
    """
    layouts = _harmonised(at_once(_layout_or_error, paths, TEXTS))
    return at_once(_part, list(zip(paths, layouts, strict=True)), TEXTS)


def _layout_or_error(path: Stored) -> Layout | PartBroken:
    try:
        return sniff(path)
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
        for batch, mended in _read(path, layout, [0]):
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
    return "" if layout.has_header or not layout.names else "No header: columns are named by position."


# --- encoding, separator, header -----------------------------------------------------------


def sniff(path: Stored) -> Layout:
    """Tell how a file is written from its first megabyte.

    Raises:
        PartBroken: In no known encoding, or no table (such as prose in a ``.txt``).
    """
    with open_file(path) as stream:
        head = stream.read(_HEAD)
        whole = len(head) < _HEAD
        encoding = _encoding(head, whole, stream)
    text = codecs.getincrementaldecoder(encoding)().decode(head).removeprefix("\ufeff")
    separator, rows = _separator(text, whole, without_compression(path.name).suffix.lower())
    if not rows:
        return Layout(encoding=encoding, separator=separator, names=(), has_header=True, row_bytes=1.0)
    has_header = _is_header(rows[0], rows[1:])
    width = max(_mode([len(row) for row in rows]), len(rows[0]))
    cells = [cell.strip() for cell in rows[0]] if has_header else []
    return Layout(
        encoding=encoding,
        separator=separator,
        names=unique([*cells, *[""] * (width - len(cells))]),
        has_header=has_header,
        row_bytes=max(1.0, len(head) / max(1, text.count("\n"))),
    )


def _encoding(head: bytes, whole: bool, rest: pa.NativeFile) -> str:
    """Tell the encoding; where the head is plain ASCII, the bytes after it decide."""
    for mark, encoding in _BOMS:
        if head.startswith(mark) and not head.startswith(codecs.BOM_UTF32_LE):
            return encoding
    if b"\0" in head and (guess := _utf16(head)):
        return guess
    chunk, offset = head, 0
    while chunk.isascii() and not whole and offset < SMALL:
        offset += len(chunk)
        chunk = rest.read(_HEAD)
        whole = len(chunk) < _HEAD
    breaks = []
    for encoding in ("utf-8", "gb18030"):
        position = _undecodable(chunk, encoding, final=whole)
        if position is None:
            return encoding
        breaks.append(position)
    raise PartBroken(f"neither UTF-8 nor GB18030 nor UTF-16, from byte {offset + max(breaks)} on")


def _utf16(head: bytes) -> str:
    """Tell UTF-16 without a mark by its zero bytes, which all stand on one side of the pairs."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 50 or max(even, odd) < 10 * min(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _undecodable(data: bytes, encoding: str, *, final: bool) -> int | None:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final)
    except UnicodeDecodeError as error:
        return error.start
    return None


def _separator(text: str, whole: bool, suffix: str) -> tuple[str, list[list[str]]]:
    """Return the separator that cuts the first rows most evenly, and those rows."""
    if not text.strip():
        return ",", []
    scores = {}
    for separator in _SEPARATORS:
        rows = _first_rows(text, whole, separator)
        widths = [len(row) for row in rows]
        width = _mode(widths)
        even = widths.count(width) / len(widths) if width > 1 else 0.0
        fits_header = 1.5 if widths[0] == width else 1.0
        usual = 1.2 if _BY_SUFFIX.get(suffix) == separator else 1.0
        scores[separator] = (even * fits_header * usual * (1 + min(width, 20) / 100), even)
    best = max(_SEPARATORS, key=lambda separator: scores[separator][0])
    if suffix not in _BY_SUFFIX and scores[best][1] < _EVEN_ENOUGH:
        raise PartBroken("no table: no separator cuts its lines evenly")
    if not scores[best][1]:
        best = _BY_SUFFIX.get(suffix, ",")
    return best, _first_rows(text, whole, best)


def _first_rows(text: str, whole: bool, separator: str) -> list[list[str]]:
    rows = list(islice(_csv_rows(text, separator), _ROWS_LOOKED_AT + 1))
    complete = whole and len(rows) <= _ROWS_LOOKED_AT
    return rows if complete or len(rows) == 1 else rows[:-1]


def _csv_rows(text: str, separator: str, *, quoted: bool = True) -> Iterator[list[str]]:
    """Parse with the csv module, which puts up with anything; blank lines are left out."""
    csv.field_size_limit(_LONGEST_ROW)
    lines = io.StringIO(text, newline="")
    quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    return filter(None, csv.reader(lines, delimiter=separator, quoting=quoting))  # type: ignore[arg-type]


def _mode(widths: Sequence[int]) -> int:
    return Counter(widths).most_common(1)[0][0]


def _is_header(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Tell a header from data: no column is called by a date or a long number.

    >>> _is_header(["name", "2024-01-01"], [["a", "7"]]), _is_header(["Li", "13800000000"], [])
    (True, False)
    >>> _is_header(["0", "1"], [["7", "8"]]), _is_header(["7", "8"], [["7", "9"]])
    (True, False)
    """
    cells = [cell.strip() for cell in first]
    if all(_NUMBER.fullmatch(cell) for cell in cells if cell):
        return len(cells) > 1 and cells in (_count_from(0, cells), _count_from(1, cells))
    return not any(
        _VALUE.fullmatch(cell) and _mostly_values([row[position] for row in others if position < len(row)])
        for position, cell in enumerate(cells)
    )


def _count_from(start: int, cells: Sequence[str]) -> list[str]:
    return [str(number) for number in range(start, start + len(cells))]


def _mostly_values(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return sum(_VALUE.fullmatch(cell.strip()) is not None for cell in filled) * 2 >= len(filled)


# --- reading -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Block:
    """Whole rows in UTF-8; ``quoted`` is false where a quote is left open to the end."""

    rows: bytes
    quoted: bool = True


def _read(path: Stored, layout: Layout, wanted: Sequence[int]) -> Iterator[tuple[Batch, int]]:
    """Yield the wanted columns (by position) and the number of rows mended, block by block."""
    skip = int(layout.has_header)
    for block in _blocks(path, layout):
        batch, mended = _parse(block, layout, wanted, skip)
        skip = 0
        if batch.num_rows:
            yield batch, mended


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
            if len(rest) > _LONGEST_ROW:
                raise PartBroken(f"a row is longer than {_LONGEST_ROW // 2**20} MiB: is a quote left open?")
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
    rows = list(_csv_rows(text, layout.separator, quoted=block.quoted))[skip:]
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


def _at_places(path: Stored, layout: Layout, rng: np.random.Generator) -> Iterator[Batch]:
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
