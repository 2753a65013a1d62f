"""What the doctor found: frozen values that the faces print. No value of the data, no password."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

FORMAT = "pandian.doctor/1"
Status = Literal["ok", "partial", "unreachable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDiagnosis:
    """A table that may be read.

    Attributes:
        rows: None if nobody knows without reading; ``exact`` is false for an estimate.
        bytes: Read at most; None if that cannot be told.
        sampled: Rows that decide what its columns hold, at most.
        sampling, reading: How these rows are drawn, and how all rows are read to count people.
    """

    name: str
    columns: int
    rows: int | None
    exact: bool
    bytes: int | None
    sampled: int
    sampling: str
    reading: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Something that cannot be read; ``fix`` is the command or statement after which it could be."""

    table: str
    column: str
    reason: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that would be better otherwise; ``fix`` may be empty."""

    what: str
    fix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a scan reads.

    Attributes:
        sampled_rows: To find personal information, at most.
        rows: To count people, at most: of every table all rows. Only columns about people are read.
        bytes: Of these tables, at most.
        tables_unknown: Tables whose rows nobody knows; they are not in ``rows``.
        sizes_unknown: Tables whose size nobody knows; they are not in ``bytes``.
        seconds: That the limit of rows a second makes it last; None without one.
    """

    tables: int
    sampled_rows: int
    rows: int
    bytes: int
    tables_unknown: int
    sizes_unknown: int
    seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDiagnosis:
    """One source; what does not apply is empty.

    Attributes:
        role: Whom the server takes us for.
        session: What our sessions may do.
        running: Statements of others that the server runs now.
    """

    name: str
    location: str
    status: Status
    kind: str = ""
    server: str = ""
    drivers: tuple[str, ...] = ()
    role: str = ""
    session: str = ""
    running: int | None = None
    tables: tuple[TableDiagnosis, ...] = ()
    refused: tuple[Refused, ...] = ()
    remarks: tuple[Remark, ...] = ()
    cost: Cost | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """All sources."""

    version: str
    python: str
    sources: tuple[SourceDiagnosis, ...]
    format: str = field(default=FORMAT, init=False)

    @property
    def reachable(self) -> bool:
        """Whether anything could be opened."""
        return any(source.status != "unreachable" for source in self.sources)

    @property
    def complete(self) -> bool:
        return all(source.status == "ok" for source in self.sources)


def to_dict(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return the diagnosis as JSON has it."""
    return {"format": diagnosis.format, **{k: v for k, v in asdict(diagnosis).items() if k != "format"}}
