"""Load the compiled kernels when enough rows are to be read, and do without them anywhere else.

numba compiles at first use, which takes some seconds, and keeps the machine code in a folder of the user;
loading it from there takes about a second. A small scan waits for neither.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from threading import Lock
from types import ModuleType
from typing import Final

from scanner.compiled.cache import cache_folder, holds_kernels

# Rows from which loading, or compiling, is won back; measured, see docs/performance.md.
WORTH_LOADING: Final = 2_000_000
WORTH_COMPILING: Final = 8_000_000
OFF: Final = "PANDIAN_NO_COMPILED"  # environment variable: when set, numpy does everything


class Acceleration:
    """Compiled kernels, as soon as the rows read or announced make them worth loading."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._rows = 0
        self._loaded: dict[str, ModuleType] = {}
        self._lock = Lock()
        self._needed = _rows_needed(environment)

    def expect(self, rows: int) -> None:
        """Take note of rows that were read, or that are announced."""
        self._rows += rows

    def kernels(self, name: str) -> ModuleType | None:
        """Return a module of compiled kernels, ``cells`` or ``joins``; None while numpy is to do the work."""
        if self._needed is None or self._rows < self._needed:
            return None
        with self._lock:
            if name not in self._loaded:
                self._loaded[name] = importlib.import_module(f"scanner.compiled.{name}")
            return self._loaded[name]


def _rows_needed(environment: Mapping[str, str]) -> int | None:
    if OFF in environment or importlib.util.find_spec("numba") is None:
        return None
    return WORTH_LOADING if cache_folder(environment) and holds_kernels(environment) else WORTH_COMPILING


def always() -> Acceleration:
    """Return an acceleration that waits for no rows."""
    acceleration = Acceleration()
    acceleration.expect(WORTH_COMPILING)
    return acceleration
