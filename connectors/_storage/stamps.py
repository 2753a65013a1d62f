"""Whether a file is the one that was read before: by size and time of change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def stamp(*paths: Path) -> str:
    """Return sizes and times of change (nanoseconds); empty if the first file is gone.

    Taken before a file is read: a change during the reading shows at the next look.
    """
    try:
        first = paths[0].stat()
    except OSError:
        return ""
    others = [path.stat() for path in paths[1:] if path.exists()]
    return " ".join(f"{found.st_size}@{found.st_mtime_ns}" for found in (first, *others))


def short_digest(texts: Iterable[str]) -> str:
    """Return a digest of some texts, in order."""
    found = hashlib.blake2b(digest_size=8)
    for text in texts:
        found.update(text.encode())
        found.update(b"\0")
    return found.hexdigest()
