"""How a source may be read: what of it, how fast, and how often something is tried."""

from __future__ import annotations

from dataclasses import dataclass, field

from connectors._retry import Retries


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a configuration allows.

    Attributes:
        views: Whether views are read, materialised ones too.
        foreign_tables: Whether tables are read that lie on another server.
        rows_per_second: Read at most, on average; None for as many as come.
        running: Statements of others on the server, above which it is left alone; None for any number.
        retries: How often something is tried.
    """

    views: bool = True
    foreign_tables: bool = True
    rows_per_second: float | None = None
    running: int | None = None
    retries: Retries = field(default_factory=Retries)


UNLIMITED = Access()
