"""The types of what kernels are given, as numba names them.

Where a parameter has several types, each is another way to compile: the n-th of all that have several go
together.
"""

from __future__ import annotations

from typing import Any, Final

from numba import types

Bool: Final = types.boolean
U8: Final = types.uint8
U16: Final = types.uint16
I32: Final = types.int32
U32: Final = types.uint32
I64: Final = types.int64
U64: Final = types.uint64


def read_only(dtype: types.Type, dimensions: int = 1) -> types.Array:
    """Return the type of what lies in a buffer of Arrow or in a file, and is not to be changed."""
    return types.Array(dtype, dimensions, "C", readonly=True)


Bools: Final = Bool[::1]
U8s: Final = U8[::1]
U16s: Final = U16[::1]
I32s: Final = I32[::1]
U32s: Final = U32[::1]
I64s: Final = I64[::1]
U64s: Final = U64[::1]
BoolRows: Final = Bool[:, ::1]
I32Rows: Final = I32[:, ::1]
I32Part: Final = I32[:, :]  # of the columns of a table
U64Rows: Final = U64[:, ::1]
ReadI32s: Final = read_only(I32)
ReadU8s: Final = read_only(U8)
ReadU64Rows: Final = read_only(U64, 2)


def together(*members: Any) -> types.Type:
    """Return the type of a tuple."""
    return types.Tuple(members)  # type: ignore[no-untyped-call]
