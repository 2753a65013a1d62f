"""Who is told of scans."""

from __future__ import annotations

from ..receivers import message, receiver  # noqa: TID252 -- tests are no package

__all__ = ["message", "receiver"]
