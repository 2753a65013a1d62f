"""Lines of JSON objects, block by block: cut out of a file, and parsed into columns."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.json as pjson

from connectors._arrays import array_of, batch_of, unique
from connectors._files.json_documents import records
from connectors._files.json_keyed import Keyed, as_rows, find_keyed
from connectors._files.part import PartBroken
from connectors._files.text_bytes import SMALL, open_file, without_compression
from connectors._nesting import flatten, leaves
from connectors._storage import Stored
from connectors._storage.paths import suffix_of

_BLOCK = 8 * 2**20  # bytes parsed at once
_LONGEST_LINE = 512 * 2**20  # bytes
NO_OBJECTS = "holds neither an object a line nor an array of objects"
_BOM = b"\xef\xbb\xbf"
# A whole number of more digits than float64 keeps, outside quotes in all but odd cases, which cost time only.
_LONG_NUMBER = re.compile(rb"[:\[,]\s*-?\d{16,}\s*[,\]}]")


@dataclass(frozen=True, slots=True)
class Block:
    """The columns of some lines, and how many of the lines hold no object."""

    arrays: Mapping[str, pa.Array[Any]]
    rows: int
    broken: int


def pieces(path: Stored, limit: int | None = None) -> Iterator[bytes]:
    """Yield whole lines of an object each, of the first ``limit`` bytes if that is given."""
    with open_file(path) as stream:
        head = stream.read(_BLOCK).removeprefix(_BOM)
        if head.lstrip().startswith(b"["):
            yield _lines_of_array(head + stream.read(SMALL))
            return
        if _may_be_one_object(path, head):
            head += stream.read(SMALL)
            if (records_in_it := _lines_of_object(head)) is not None:
                yield records_in_it
                return
        for lines in _whole_lines(head, stream, limit):
            if lines.strip():
                yield lines


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
        raise PartBroken(NO_OBJECTS if b"]\n[" in data.replace(b"\r", b"") else "no valid JSON") from None
    except RecursionError:
        raise PartBroken("lists in lists without end") from None
    return _lines_of(elements)


def _may_be_one_object(path: Stored, head: bytes) -> bool:
    """Return whether a ``.json`` file has one line, or begins with an object that goes on after it."""
    first, _, rest = head.partition(b"\n")
    whole = not rest.strip() and len(head) < _BLOCK
    return suffix_of(without_compression(path.name)).lower() == ".json" and (whole or _object(first) is None)


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


def parse(lines: bytes, keyed: Keyed) -> Block:
    if keyed:
        lines = _with_rows(lines, keyed)
    try:
        options = pjson.ReadOptions(use_threads=False, block_size=len(lines) + 1)
        batches = pjson.read_json(io.BytesIO(lines), read_options=options).combine_chunks().to_batches()
    except (pa.ArrowException, UnicodeDecodeError):
        return _parse_each(lines)
    batch = batches[0] if batches else batch_of([], [], 0)
    if any(pa.types.is_floating(leaf.type) for leaf in leaves(batch.schema)) and _LONG_NUMBER.search(lines):
        return _parse_each(lines)
    names, arrays = flatten(batch)
    return Block(dict(zip(unique(names), arrays, strict=True)), batch.num_rows, 0)


def _with_rows(lines: bytes, keyed: Keyed) -> bytes:
    """Return the lines with a line for each key that is a value; a line that holds no object stays."""
    found: list[bytes] = []
    for line in lines.splitlines():
        row = _loaded(line)
        found.append(line if row is None else _lines_of(as_rows(row, keyed)))
    return b"\n".join(found)


def _parse_each(lines: bytes) -> Block:
    rows, broken = [], 0
    for line in lines.splitlines():
        if line.strip():
            row = _object(line)
            broken += row is None
            rows += [row] if row is not None else []
    names = dict.fromkeys(name for row in rows for name in row)
    return Block({name: array_of([row.get(name) for row in rows]) for name in names}, len(rows), broken)


def _object(line: bytes) -> dict[str, object] | None:
    found = _loaded(line)
    return None if found is None else dict(_dotted(found, ""))


def _loaded(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _dotted(node: Mapping[str, Any], path: str) -> Iterator[tuple[str, object]]:
    for key, value in node.items():
        if isinstance(value, dict) and value:
            yield from _dotted(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def keyed_in(lines: bytes) -> Keyed:
    return find_keyed(row for line in lines.splitlines() if (row := _loaded(line)) is not None)
