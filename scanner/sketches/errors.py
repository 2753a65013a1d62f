"""What can be wrong with sketches that come from outside."""

from __future__ import annotations


class SketchUnreadable(ValueError):
    """Bytes or a file are no sketch that this version reads; the message says why."""
