"""What scans keep between them, and where finished ones are kept."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scanner.user_files.documents import Model


class StateConfig(Model):
    """What scans keep between them.

    Attributes:
        folder: Beside this file; empty: nothing is kept.
        vanished: Whether parts that a source has no more are kept for the windows of flows, or forgotten.
    """

    folder: str | None = None
    vanished: Literal["keep", "forget"] = "keep"


class StoreConfig(Model):
    """Where finished scans are kept, and how long.

    Attributes:
        url: SQLAlchemy URL, or a file beside this file; default: the user's own store.
        keep: Whether scans are kept at all.
        retention_years: From when on ``pandian history prune`` deletes a scan. The law has reports of impact
            assessments and records of processing kept for at least three years (PIPL, article 56; so do
            NDSMR, article 12, for records of provision).
    """

    url: str | None = Field(default=None, repr=False)
    keep: bool = True
    retention_years: int = Field(default=3, ge=0)
