"""Work on batches in several threads, in order, with a bounded number of batches in memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

_AHEAD = 2  # batches a thread may be ahead of whoever takes the results


def usable_threads() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def mapped(work: Callable[[Given], Made], given: Iterable[Given], threads: int | None) -> Iterator[Made]:
    """Yield ``work`` of each, in the order given.

    What ``work`` raises is raised here; so is what reading raises, after the results of all that was read
    before. One thread works in the caller's, as on a single item; several take turns while the caller reads
    ahead.
    """
    count = threads or usable_threads()
    if count == 1:
        yield from map(work, given)
        return
    stopped: list[Exception] = []
    items = _told(given, stopped)
    first = list(islice(items, 2))
    if len(first) < 2:  # threads would take longer to start than they save
        yield from map(work, first)
        for error in stopped:
            raise error
        return
    with ThreadPoolExecutor(count) as pool:
        waiting: deque[Future[Made]] = deque()
        try:
            for item in chain(first, items):
                waiting.append(pool.submit(work, item))
                if len(waiting) > count * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
            for error in stopped:
                raise error
        finally:
            for future in waiting:
                future.cancel()


def _told(given: Iterable[Given], stopped: list[Exception]) -> Iterator[Given]:
    """Yield what is given; put into ``stopped`` what ended it early."""
    try:
        yield from given
    except Exception as error:  # noqa: BLE001 -- raised by the caller, later
        stopped.append(error)
