"""How much memory may be used while sources are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_LIMIT: ContextVar[int | None] = ContextVar("limit", default=None)


@contextmanager
def sparing_memory(limit: int | None) -> Iterator[None]:
    """Have sources read in less memory, rather than in the least time, where a process keeps to a limit.

    Args:
        limit: Bytes of the whole process; None for any number.
    """
    before = _LIMIT.set(limit)
    try:
        yield
    finally:
        _LIMIT.reset(before)


def memory_limit() -> int | None:
    """Return the bytes that the whole process may use; None for any number."""
    return _LIMIT.get()
