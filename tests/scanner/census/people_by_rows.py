"""People written down as rows of values, and counted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np

from scanner.census import Census, Counted, People
from scanner.identifiers import MINOR_UNDER_14, MINOR_UNDER_18, Records

Row = Mapping[str, str | int]
MINOR = MINOR_UNDER_14 | MINOR_UNDER_18
WINDOW = 1 << 16
NOT_IDS = frozenset(("name", "flags", "born"))


def number(text: str | int) -> int:
    return int.from_bytes(hashlib.blake2b(str(text).encode(), digest_size=8).digest(), "little") | 1


def _name(text: str) -> int:
    return (number(text) & ~1) | text.isascii()


def records(table: str, rows: Sequence[Row], *, slot: str = "", key: str = "k") -> Records:
    """Write rows down as digests; a row is the values of its kinds, and name, flags, born."""

    def column(kind: str) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
        return np.array([number(f"{kind}{row[kind]}") if kind in row else 0 for row in rows], np.uint64)

    kinds = sorted({kind for row in rows for kind in row} - NOT_IDS)
    names = [_name(str(row["name"])) if "name" in row else 0 for row in rows]
    return Records(
        table=table,
        slot=slot,
        ids=tuple((kind, column(kind)) for kind in kinds),
        names=np.array(names, np.uint64),
        born_as=np.array(
            [number(str(r["born"]) + str(r["name"])) if "born" in r else 0 for r in rows], np.uint64
        ),
        flags=np.array([row.get("flags", 0) for row in rows], np.uint32),
        present=np.ones(len(rows), np.bool_),
        key=key,
    )


def linked(**tables: Sequence[Row]) -> People:
    census = Census()
    census.add([records(table, rows) for table, rows in tables.items()])
    return census.solve()


def counts(counted: Counted) -> tuple[int, int, int]:
    return counted.lower, counted.estimate, counted.upper
