"""Whether memory counts for more than time while sources are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_SPARING: ContextVar[bool] = ContextVar("sparing", default=False)


@contextmanager
def sparing_memory(*, wanted: bool = True) -> Iterator[None]:
    """Have sources read within in the least memory, if that is wanted, rather than in the least time."""
    before = _SPARING.set(wanted)
    try:
        yield
    finally:
        _SPARING.reset(before)


def spares_memory() -> bool:
    return _SPARING.get()
