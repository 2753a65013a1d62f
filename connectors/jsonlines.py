"""JSON Lines (one object a line), plain or compressed, and JSON files of one array or one object of records.

The file is cut into blocks of whole lines, each parsed by PyArrow. A block in which a key changes its type,
or in which a number has more digits than a float keeps, is parsed again line by line. Nested objects become
dotted columns, keys that are values rows of their own. A line that holds no object is left out, and the file
is then reported as broken off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from connectors._arrays import batch_of, cast, common_type, nulls, take
from connectors._files.json_blocks import NO_OBJECTS, Block, keyed_in, parse, pieces
from connectors._files.json_keyed import Keyed, column_of
from connectors._files.part import OfFields, PartBroken
from connectors._files.text_bytes import PLACES_NOTE, SMALL, is_compressed, places, whole_rows
from connectors._files.value_words import form_of, is_key
from connectors._model import Batch, Column
from connectors._sampling import chosen, picked, reservoir
from connectors._storage import Stored

_TOLD_BY = 2**18  # bytes of a block that tell which objects have keys that do not come again
_ENTRIES = "Keys of objects that are values are rows of their own, with the key in column 'key'."
_LATER = f"Keys that first occur after {SMALL // 2**20} MiB are not seen."


@dataclass(slots=True, kw_only=True)
class _Seen:
    """What was seen of a file.

    Attributes:
        read_by: Objects whose keys were read as rows.
        keyed: Objects that are to be read so.
        stopped: Why reading broke off; empty if it did not.
    """

    read_by: Keyed
    keyed: Keyed
    kinds: dict[str, list[pa.DataType]] = field(default_factory=dict)
    forms: dict[str, set[str]] = field(default_factory=dict)
    rows: int = 0
    broken: int = 0
    stopped: str = ""

    def take(self, block: Block) -> None:
        self.rows += block.rows
        self.broken += block.broken
        for name, array in block.arrays.items():
            self.kinds.setdefault(name, []).append(array.type)
        for name in map(column_of, self.read_by.paths):
            if name in block.arrays:
                words = cast(block.arrays[name], pa.string()).unique().to_pylist()
                self.forms.setdefault(name, set()).add(form_of(filter(None, words)))

    def fields(self) -> Iterator[tuple[str, pa.DataType]]:
        """Yield names and types of the columns; none for an object that is null in some blocks."""
        above = {name[:at] for name in self.kinds for at, sign in enumerate(name) if sign in ".["}
        for name, kinds in self.kinds.items():
            if name not in above or not all(map(pa.types.is_null, kinds)):
                yield name, common_type(kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLinesPart(OfFields):
    """One file; it is one piece, since lines have no index.

    Attributes:
        fields: Name and type of every column, in order of appearance.
        rows: None for a file too large to be counted.
        guess: Rows, estimated where they are not counted.
        keyed: Objects whose keys are rows.
        comments: What the columns of such keys hold, where that can be told by its form.
    """

    path: Stored
    fields: tuple[tuple[str, pa.DataType], ...]
    rows: int | None
    guess: int
    keyed: Keyed
    comments: Mapping[str, str]
    note: str = ""

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(Column(name, str(kind), self.comments.get(name, "")) for name, kind in self.fields)

    @property
    def pieces(self) -> tuple[int, ...]:
        return (self.guess if self.rows is None else self.rows,)

    def stream(self, columns: Sequence[str]) -> Iterator[Batch]:
        kinds = dict(self.fields)
        wanted = {name: kinds[name] for name in columns}
        broken = 0
        for lines in pieces(self.path):
            block = parse(lines, self.keyed)
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
            yield _batch(parse(whole_rows(stretch, "utf-8"), self.keyed), dict(self.fields))


def open_json_lines(path: Stored) -> JsonLinesPart:
    """Look at a file: all of a small one, the first part of a large one.

    Raises:
        PartBroken: The file cannot be read, or holds no objects.
    """
    seen = _look(path, Keyed())
    while seen.keyed != seen.read_by:
        seen = _look(path, seen.keyed)
    if not seen.rows and (seen.broken or seen.stopped):
        raise PartBroken(seen.stopped or NO_OBJECTS)
    size = path.size()
    whole = size <= SMALL
    notes = (_ENTRIES if seen.keyed else "", "" if whole else f"{PLACES_NOTE} {_LATER}")
    return JsonLinesPart(
        path=path,
        fields=tuple(seen.fields()),
        rows=seen.rows if whole and not seen.stopped else None,
        guess=seen.rows if whole else int(seen.rows * size / SMALL) + 1,
        keyed=seen.keyed,
        comments={name: forms.copy().pop() for name, forms in seen.forms.items() if len(forms) == 1},
        note=" ".join(filter(None, notes)),
    )


def _look(path: Stored, keyed: Keyed) -> _Seen:
    """Look at all of a small file, at the first part of a large one."""
    seen = _Seen(read_by=keyed, keyed=keyed)
    try:
        for lines in pieces(path, SMALL if path.size() > SMALL else None):
            seen.keyed |= keyed_in(lines[: lines.find(b"\n", _TOLD_BY)] if len(lines) > _TOLD_BY else lines)
            block = parse(lines, seen.keyed)
            if any(is_key(part) for name in block.arrays for part in (*name.split("."), name)):
                seen.keyed |= keyed_in(lines)
            seen.take(block)
    except PartBroken as error:
        seen.stopped = str(error)
    return seen


def _batch(block: Block, wanted: Mapping[str, pa.DataType]) -> Batch:
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
