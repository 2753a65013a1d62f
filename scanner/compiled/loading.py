"""Load the compiled kernels when enough rows are to be read, and do without them anywhere else.

numba takes half a minute to compile them all, which a process of its own does at first use, and keeps the
machine code in a folder; loading it from there takes about a second. A small scan waits for neither, a table
of very many rows for both: numpy beside the compiler would take longer.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Mapping
from threading import Lock
from types import ModuleType
from typing import Final

from scanner.compiled.building import build_of
from scanner.compiled.cache import cache_folder, is_ready, set_ready

# Rows from which loading, or compiling, is won back; measured, see docs/performance.md.
WORTH_LOADING: Final = 2_000_000
WORTH_COMPILING: Final = 8_000_000
WORTH_WAITING: Final = 10_000_000  # of one table
OFF: Final = "PANDIAN_NO_COMPILED"  # environment variable: when set, numpy does everything


class Acceleration:
    """Compiled kernels, as soon as the rows read or announced make them worth loading.

    Args:
        environment: Says where kernels are kept, and whether to do without.
        waits: Whether to wait for kernels that are not compiled yet, however many rows there are. If memory
            is limited, it is better to compile before it is full than beside it.

    """

    def __init__(self, environment: Mapping[str, str] = os.environ, *, waits: bool = False) -> None:
        self._rows = 0
        self._loaded: dict[str, ModuleType] = {}
        self._lock = Lock()
        self._waits = waits
        self._environment = environment
        self._off = OFF in environment or importlib.util.find_spec("numba") is None

    def expect(self, rows: int) -> None:
        """Take note of rows that were read, or that are announced together."""
        self._rows += rows
        self._waits |= rows >= WORTH_WAITING

    def kernels(self, name: str) -> ModuleType | None:
        """Return a module of compiled kernels, such as ``joins``; None while numpy is to do the work."""
        if self._off or self._rows < WORTH_LOADING:
            return None
        with self._lock:
            if name not in self._loaded:
                if not self._ready():
                    return None
                self._loaded[name] = importlib.import_module(f"scanner.compiled.{name}")
            return self._loaded[name]

    def _ready(self) -> bool:
        folder = cache_folder(self._environment)
        if folder is None:
            return False
        if is_ready(folder):
            set_ready(folder)
            return True
        return self._rows >= WORTH_COMPILING and build_of(folder).is_done(waits=self._waits)


def always() -> Acceleration:
    """Return an acceleration that waits for no rows, but for kernels."""
    acceleration = Acceleration(waits=True)
    acceleration.expect(WORTH_COMPILING)
    return acceleration
