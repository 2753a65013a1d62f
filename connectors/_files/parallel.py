"""Many small looks at once, bounded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

FOOTERS = 16  # looks that wait more than they compute
TEXTS = 4  # looks that hold some megabytes each

Given = TypeVar("Given")
Made = TypeVar("Made")


def at_once(work: Callable[[Given], Made], given: Sequence[Given], most: int = FOOTERS) -> list[Made]:
    """Return ``work`` of each, in order, at most ``most`` at a time."""
    if len(given) < 2:
        return [work(item) for item in given]
    with ThreadPoolExecutor(min(most, len(given))) as pool:
        return list(pool.map(work, given))
