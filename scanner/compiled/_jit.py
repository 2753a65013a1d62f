"""The compiler, with its cache in a folder of the user."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar, cast

import numba

from scanner.compiled.cache import cache_folder

Function = TypeVar("Function", bound=Callable[..., Any])

_HELPER: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}
_FOLDER = cache_folder()
if _FOLDER is not None:
    numba.config.CACHE_DIR = str(_FOLDER)  # type: ignore[attr-defined]
KERNELS: Final[list[Any]] = []  # of all modules imported


def compiled(function: Function) -> Function:
    """Take machine code from the cache at the first call, or compile; runs without the GIL.

    Annotations say for which types (``_types.py``) it is compiled ahead; others are compiled when they come.
    """
    jit = numba.njit(nogil=True, cache=_FOLDER is not None, error_model="numpy")(function)
    KERNELS.append(jit)
    return cast("Function", jit)


def declared(kernel: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the types of all parameters for which a kernel is to be compiled ahead."""
    given = inspect.get_annotations(kernel.py_func, eval_str=True).values()
    ways = max(len(types) if isinstance(types, tuple) else 1 for types in given)
    for way in range(ways):
        yield tuple(types[way] if isinstance(types, tuple) else types for types in given)


def helper(function: Function) -> Function:
    """Compile as a part of whoever calls it; not cached by itself.

    It makes no arrays, and does not count who holds those that it is given: that takes longer than looking at
    a cell. So loops over cells stand in helpers.
    """
    jit = numba.njit(**_HELPER)
    return cast("Function", jit(function))


def inlined(function: Function) -> Function:
    """Compile as a ``helper``, always into the code of whoever calls it.

    A call hands over every array field by field, which takes longer than what a short function does with
    them. Of long ones that are called in several places, code and the time to compile it multiply.
    """
    jit = numba.njit(**_HELPER, forceinline=True)
    return cast("Function", jit(function))
