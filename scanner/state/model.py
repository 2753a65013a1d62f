"""What is kept of one part of one table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Place:
    """Where rows come from: a part (a file, a partition; empty for all of it) of a table."""

    source: str
    dataset: str
    table: str
    part: str = ""

    @property
    def table_id(self) -> str:
        return f"{self.dataset}/{self.table}"

    def __str__(self) -> str:
        return f"{self.table_id} [{self.part}]" if self.part else self.table_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PartInfo:
    """What a state says of a part without its digests.

    Attributes:
        fingerprint: Of the data as it was read; empty where the source cannot tell whether it changed.
        plan: Digest of everything that decides how rows become digests: tags, configuration, version.
        as_of: Day of the count.
        rows: Rows read.
        ahead: Whether a date in it lies ahead of ``as_of``, so that only that day can be counted from it.
        scan: Id of the scan that read it.
        gone: Day of the first scan that did not find the part any more.
    """

    place: Place
    fingerprint: str
    plan: str
    as_of: dt.date
    rows: int
    ahead: bool = False
    scan: str = ""
    gone: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartState:
    """A part with what the census collected of it.

    Attributes:
        census: ``Census.to_arrow()``: digests, flags, numbers of rows.
        blobs: Further results of the part by name, such as sketches, in formats of their own.
    """

    info: PartInfo
    census: pa.Table
    blobs: Mapping[str, bytes] = field(default_factory=dict)
