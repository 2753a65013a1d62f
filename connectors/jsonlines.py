"""JSON Lines (one object a line), plain or compressed, and JSON files of one array or one object of records.

The file is cut into blocks of whole lines, each parsed by PyArrow. A block in which a key changes its type,
or in which a number has more digits than a float keeps, is parsed again line by line. Nested objects become
dotted columns. A line that holds no object is left out, and the file is then reported as broken off.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.json as pjson

from connectors._arrays import array_of, batch_of, cast, common_type, nulls, take, unique
from connectors._files.json_documents import records
from connectors._files.part import OfFields, PartBroken
from connectors._files.text_bytes import (
    PLACES_NOTE,
    SMALL,
    is_compressed,
    open_file,
    places,
    whole_rows,
    without_compression,
)
from connectors._model import Batch
from connectors._nesting import flatten, leaves
from connectors._sampling import chosen, picked, reservoir
from connectors._storage import Stored

_BLOCK = 8 * 2**20  # bytes parsed at once
_LONGEST_LINE = 512 * 2**20  # bytes
_LATER = f"Keys that first occur after {SMALL // 2**20} MiB are not seen."
_NO_OBJECTS = "holds neither an object a line nor an array of objects"
_BOM = b"\xef\xbb\xbf"
# A whole number of more digits than float64 keeps, outside quotes in all but odd cases, which cost time only.
_LONG_NUMBER = re.compile(rb"[:\[,]\s*-?\d{16,}\s*[,\]}]")


@dataclass(frozen=True, slots=True)
class _Block:
    """The columns of some lines, and how many of the lines hold no object."""

    arrays: Mapping[str, pa.Array[Any]]
    rows: int
    broken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLinesPart(OfFields):
    """One file; it is one piece, since lines have no index.

    Attributes:
        fields: Name and type of every column, in order of appearance.
        rows: None for a file too large to be counted.
        guess: Rows, estimated where they are not counted.
    """

    path: Stored
    fields: tuple[tuple[str, pa.DataType], ...]
    rows: int | None
    guess: int
    note: str = ""

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def pieces(self) -> tuple[int, ...]:
        return (self.guess if self.rows is None else self.rows,)

    def stream(self, columns: Sequence[str]) -> Iterator[Batch]:
        kinds = dict(self.fields)
        wanted = {name: kinds[name] for name in columns}
        broken = 0
        for block in _blocks(self.path):
            broken += block.broken
            yield _batch(block, wanted)
        if broken:
            one, more = "1 line holds no JSON object", f"{broken} lines hold no JSON object"
            raise PartBroken(one if broken == 1 else more)

    def sample(self, piece: int, rows: int, rng: np.random.Generator) -> list[Batch]:
        """Draw rows from all over the file; what was readable before a break counts."""
        del piece
        if self.rows is not None:
            return list(picked(self._readable(), chosen(self.rows, rows, rng), take))
        found = [] if is_compressed(self.path) else list(self._at_places(rng))
        return reservoir(found or self._readable(), take, rows, rng)

    def _readable(self) -> Iterator[Batch]:
        read_any = False
        try:
            for batch in self.stream([name for name, _ in self.fields]):
                yield batch
                read_any = True
        except PartBroken:
            if not read_any:
                raise

    def _at_places(self, rng: np.random.Generator) -> Iterator[Batch]:
        for stretch in places(self.path, rng):
            yield _batch(_parse(whole_rows(stretch, "utf-8")), dict(self.fields))


def open_json_lines(path: Stored) -> JsonLinesPart:
    """Look at a file: all of a small one, the first part of a large one.

    Raises:
        PartBroken: The file cannot be read, or holds no objects.
    """
    size = path.size()
    kinds: dict[str, list[pa.DataType]] = {}
    rows = broken = 0
    stopped = ""
    try:
        for block in _blocks(path, SMALL if size > SMALL else None):
            rows, broken = rows + block.rows, broken + block.broken
            for name, array in block.arrays.items():
                kinds.setdefault(name, []).append(array.type)
    except PartBroken as error:
        stopped = str(error)
    if not rows and (broken or stopped):
        raise PartBroken(stopped or _NO_OBJECTS)
    whole = size <= SMALL
    return JsonLinesPart(
        path=path,
        fields=tuple((name, common_type(found)) for name, found in kinds.items()),
        rows=rows if whole and not stopped else None,
        guess=rows if whole else int(rows * size / SMALL) + 1,
        note="" if whole else f"{PLACES_NOTE} {_LATER}",
    )


def _batch(block: _Block, wanted: Mapping[str, pa.DataType]) -> Batch:
    arrays = [
        _fitting(block.arrays[name], kind, name) if name in block.arrays else nulls(block.rows, kind)
        for name, kind in wanted.items()
    ]
    return batch_of(list(wanted), arrays, block.rows)


def _fitting(array: pa.Array[Any], kind: pa.DataType, name: str) -> pa.Array[Any]:
    try:
        return cast(array, kind)
    except pa.ArrowException:
        # The library's message quotes the value.
        raise PartBroken(f"column '{name}' changes its type after {SMALL // 2**20} MiB") from None


# --- blocks of lines -----------------------------------------------------------------------


def _blocks(path: Stored, limit: int | None = None) -> Iterator[_Block]:
    """Yield the objects of a file, of its first ``limit`` bytes if that is given."""
    with open_file(path) as stream:
        head = stream.read(_BLOCK).removeprefix(_BOM)
        if head.lstrip().startswith(b"["):
            yield _parse(_lines_of_array(head + stream.read(SMALL)))
            return
        if _may_be_one_object(path, head):
            head += stream.read(SMALL)
            if (records_in_it := _lines_of_object(head)) is not None:
                yield _parse(records_in_it)
                return
        for lines in _whole_lines(head, stream, limit):
            if lines.strip():
                yield _parse(lines)


def _whole_lines(data: bytes, stream: pa.NativeFile, limit: int | None) -> Iterator[bytes]:
    read = len(data)
    while True:
        end = data.rfind(b"\n") + 1
        yield data[:end]
        rest = data[end:]
        if len(rest) > _LONGEST_LINE:
            raise PartBroken(f"a line is longer than {_LONGEST_LINE // 2**20} MiB")
        if limit is not None and read >= limit:
            return
        more = stream.read(max(_BLOCK, len(rest)))
        if not more:
            yield rest
            return
        read += len(more)
        data = rest + more


def _lines_of_array(data: bytes) -> bytes:
    """Return the elements of a JSON array a line each; PyArrow reads lines only."""
    if len(data) > SMALL:
        raise PartBroken(f"an array of more than {SMALL // 2**20} MiB; write it as JSON Lines")
    try:
        elements = json.loads(data)
    except ValueError:
        raise PartBroken(_NO_OBJECTS if b"]\n[" in data.replace(b"\r", b"") else "no valid JSON") from None
    except RecursionError:
        raise PartBroken("lists in lists without end") from None
    return _lines_of(elements)


def _may_be_one_object(path: Stored, head: bytes) -> bool:
    """Return whether a ``.json`` file has one line, or begins with an object that goes on after it."""
    first, _, rest = head.partition(b"\n")
    whole = not rest.strip() and len(head) < _BLOCK
    return without_compression(path.name).suffix.lower() == ".json" and (whole or _object(first) is None)


def _lines_of_object(data: bytes) -> bytes | None:
    """Return the records in one object a line each; None where the data are no single object."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    found = records(document)
    return _lines_of([document] if found is None else found)


def _lines_of(elements: Iterable[object]) -> bytes:
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in elements).encode("utf-8", "replace")


def _parse(lines: bytes) -> _Block:
    try:
        options = pjson.ReadOptions(use_threads=False, block_size=len(lines) + 1)
        batches = pjson.read_json(io.BytesIO(lines), read_options=options).combine_chunks().to_batches()
    except (pa.ArrowException, UnicodeDecodeError):
        return _parse_each(lines)
    batch = batches[0] if batches else batch_of([], [], 0)
    if any(pa.types.is_floating(leaf.type) for leaf in leaves(batch.schema)) and _LONG_NUMBER.search(lines):
        return _parse_each(lines)
    names, arrays = flatten(batch)
    return _Block(dict(zip(unique(names), arrays, strict=True)), batch.num_rows, 0)


def _parse_each(lines: bytes) -> _Block:
    rows, broken = [], 0
    for line in lines.splitlines():
        if line.strip():
            row = _object(line)
            broken += row is None
            rows += [row] if row is not None else []
    names = dict.fromkeys(name for row in rows for name in row)
    return _Block({name: array_of([row.get(name) for row in rows]) for name in names}, len(rows), broken)


def _object(line: bytes) -> dict[str, object] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return dict(_dotted(found, "")) if isinstance(found, dict) else None


def _dotted(node: Mapping[str, Any], path: str) -> Iterator[tuple[str, object]]:
    for key, value in node.items():
        if isinstance(value, dict) and value:
            yield from _dotted(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value
