"""What the C library does with memory that was freed."""

from __future__ import annotations

import ctypes
import sys
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

# Parameters of mallopt(3).
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_MOST: Final = (1 << 31) - 1
_POPULATE_WRITE: Final = 23  # advice of madvise(2)
_LARGEST: Final = 32 << 20  # bytes; glibc takes no larger threshold


def keep_freed_memory() -> None:
    """Have this process use memory again that it freed, instead of giving it back and asking anew.

    A census frees and takes arrays of some MiB all the time, and a system may take longer to hand out fresh
    memory than the arrays take to fill. Does nothing where the C library is not glibc. Not for processes that
    keep to a limit, nor for those of others: it holds for the whole process.
    """
    mallopt = _of_glibc("mallopt")
    if mallopt is None:
        return
    for parameter, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _LARGEST), (_TRIM_THRESHOLD, _MOST)):
        mallopt(parameter, value)


def keep_to_one_heap() -> None:
    """Have threads that start from now on share the memory of one heap: each other one would keep some MiB.

    Does nothing where the C library is not glibc. It holds for the whole process.
    """
    mallopt = _of_glibc("mallopt")
    if mallopt is not None:
        mallopt(_ARENA_MAX, 1)


def give_back_freed_memory() -> None:
    """Let the system have the memory that nobody uses any more, as far as the libraries that hold it do."""
    pa.default_memory_pool().release_unused()
    trim = _of_glibc("malloc_trim")
    if trim is not None:
        trim(0)


def have_pages(room: npt.NDArray[np.uint8]) -> None:
    """Have the system find the memory of a room, which it reserved, at once: page by page takes longer.

    Others run meanwhile, as they do not where ``mmap`` finds it. Does nothing where the C library is not
    glibc, or Linux is older than 5.14: pages are found when they are written to.
    """
    madvise = _of_glibc("madvise")
    if madvise is not None:
        madvise(ctypes.c_void_p(room.ctypes.data), ctypes.c_size_t(len(room)), _POPULATE_WRITE)


def _of_glibc(name: str) -> Any:
    """Return a function of glibc; None where the C library is another one."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform.startswith("linux") else None
