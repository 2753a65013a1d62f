"""Sketches as one Parquet file, a row a sketch or number, for Spark and every DataSketches library.

| column | what |
|---|---|
| table | id of the table, ``dataset/table`` |
| window | ``year_to_date``, ``since_1_jan_previous_year``, ``undated``; empty for all time |
| category | ``all``, ``sensitive``, ``health``, ``minor_under_14``, ``ageless`` ...; empty for the table |
| kind | kind of identifier, such as ``id_card``; empty for numbers of rows |
| role | ``values`` and the other roles of ``roles.py``; for numbers: of which rows |
| algorithm | ``hll``, ``theta`` or ``number`` |
| sketch | bytes of Apache DataSketches; null for numbers |
| number | rows; for sketches the rounded estimate |
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from scanner.sketches import hll_format
from scanner.sketches.cells import Precision, Sketched
from scanner.sketches.collection import SketchCensus
from scanner.sketches.errors import SketchUnreadable
from scanner.sketches.roles import ROLES, VALUES, rank
from scanner.sketches.selections import SELECTIONS
from scanner.sketches.table_sketches import TableSketches
from scanner.sketches.theta import Theta

FORMAT = "pandian.sketches/1"
_COLUMNS: tuple[tuple[str, pa.DataType], ...] = (
    ("table", pa.string()),
    ("window", pa.string()),
    ("category", pa.string()),
    ("kind", pa.string()),
    ("role", pa.string()),
    ("algorithm", pa.string()),
    ("sketch", pa.binary()),
    ("number", pa.int64()),
)
SCHEMA = pa.schema(_COLUMNS)
HLL, THETA, NUMBER = "hll", "theta", "number"
_NUMBERS = ("rows", "anonymous", "blank")
_OF_TABLE = ("own", "own_blank", "dated")
_Row = dict[str, Any]


def to_table(census: SketchCensus) -> pa.Table:
    """Return the sketches as one Arrow table."""
    rows = [row for name, found in census.tables().items() for row in _table_rows(name, found)]
    metadata = {
        "pandian.format": FORMAT,
        "pandian.key": census.key or "",
        "pandian.as_of": census.as_of,
        "pandian.precision": f"{census.precision.hll},{census.precision.theta}",
    }
    return pa.Table.from_pylist(rows, SCHEMA).replace_schema_metadata(metadata)


def to_bytes(census: SketchCensus) -> bytes:
    """Return the sketches as the bytes of a Parquet file; equal sketches give equal bytes."""
    sink = io.BytesIO()
    pq.write_table(to_table(census), sink, compression="zstd")
    return sink.getvalue()


def _table_rows(table: str, found: TableSketches) -> Iterator[_Row]:
    for role in _OF_TABLE:
        yield _row(table, "", "", role=role, number=int(getattr(found, role)))
    for name, sketched in found.cells.items():
        window, _, category = name.rpartition("/")
        for row in _cell_rows(sketched):
            yield {**_row(table, window, category), **row}


def _cell_rows(sketched: Sketched) -> Iterator[_Row]:
    for role in _NUMBERS:
        yield {"role": role, "number": getattr(sketched, role)}
    for kind, number in sketched.nameless.items():
        yield {"kind": kind, "role": "nameless", "number": number}
    for kind, registers in sketched.hlls.items():
        data = hll_format.to_bytes(registers, 4)
        yield _sketch(kind, VALUES, HLL, data, registers.estimate())
    for (kind, role), sample in sketched.thetas.items():
        yield _sketch(kind, role, THETA, sample.to_bytes(), sample.estimate())


def _sketch(kind: str, role: str, algorithm: str, data: bytes, estimate: float) -> _Row:
    return {"kind": kind, "role": role, "algorithm": algorithm, "sketch": data, "number": round(estimate)}


def _row(table: str, window: str, category: str, *, role: str = "", number: int = 0) -> _Row:
    return {
        "table": table,
        "window": window,
        "category": category,
        "kind": "",
        "role": role,
        "algorithm": NUMBER,
        "sketch": None,
        "number": number,
    }


def from_bytes(data: bytes) -> SketchCensus:
    """Return the sketches whose ``to_bytes`` was stored.

    Raises:
        SketchUnreadable: The bytes are no such file, of another version, or damaged.
    """
    try:
        return from_table(pq.read_table(io.BytesIO(data)))
    except pa.ArrowException as error:
        raise SketchUnreadable("this is no Parquet file, or it is damaged") from error


def from_table(table: pa.Table) -> SketchCensus:
    """Return the sketches whose ``to_table`` was stored, rows in any order.

    Raises:
        SketchUnreadable: The table holds no sketches that this version reads.
    """
    metadata: Mapping[bytes, bytes] = table.schema.metadata or {}
    if metadata.get(b"pandian.format") != FORMAT.encode() or set(SCHEMA.names) - set(table.column_names):
        raise SketchUnreadable(f"this holds no sketches of format {FORMAT}")
    hll, theta = map(int, metadata[b"pandian.precision"].split(b","))
    census = SketchCensus(Precision(hll=hll, theta=theta), as_of=metadata[b"pandian.as_of"].decode())
    rows: dict[str, list[_Row]] = {}
    for row in table.select(SCHEMA.names).to_pylist():
        rows.setdefault(row["table"], []).append(row)
    for name, found in sorted(rows.items()):
        census.absorb(name, _read_table(found), key=metadata[b"pandian.key"].decode())
    return census


def _read_table(rows: Iterable[_Row]) -> TableSketches:
    own: dict[str, int] = {}
    cells: dict[str, list[_Row]] = {}
    for row in rows:
        name = "/".join(part for part in (row["window"], row["category"]) if part)
        if not name:
            own[row["role"]] = row["number"]
        elif name not in SELECTIONS:
            raise SketchUnreadable(f"the selection '{name}' is not known to this version")
        else:
            cells.setdefault(name, []).append(row)
    if own.keys() != set(_OF_TABLE):
        raise SketchUnreadable("the numbers of rows of a table are missing")
    return TableSketches(
        own=own["own"],
        own_blank=own["own_blank"],
        dated=bool(own["dated"]),
        cells={name: _read_cell(found) for name, found in cells.items()},
    )


def _read_cell(rows: Iterable[_Row]) -> Sketched:
    numbers: dict[tuple[str, str], int] = {}
    thetas: dict[tuple[str, str], Theta] = {}
    hlls = {}
    for row in rows:
        key = (row["kind"], row["role"])
        if row["algorithm"] == NUMBER:
            numbers[key] = row["number"]
            continue
        _check(*key)
        if row["algorithm"] == HLL:
            hlls[row["kind"]] = hll_format.from_bytes(row["sketch"])
        else:
            thetas[key] = Theta.from_bytes(row["sketch"])
    return Sketched(
        **{role: numbers.get(("", role), 0) for role in _NUMBERS},
        nameless={kind: number for (kind, role), number in numbers.items() if role == "nameless"},
        thetas=thetas,
        hlls=hlls,
    )


def _check(kind: str, role: str) -> None:
    try:
        rank(kind)
    except ValueError as error:
        raise SketchUnreadable(str(error)) from None
    if role not in ROLES:
        raise SketchUnreadable(f"the role '{role}' is not known to this version")
