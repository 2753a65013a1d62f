"""Texts that were made canonical elsewhere: names, accounts, cells that needed the rules."""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper
from scanner.compiled._siphash import digest_of
from scanner.compiled._types import I64, ReadI32s, ReadU8s, U64s
from scanner.compiled.cells._bytes import is_null

_i64 = np.int64


@compiled
def texts(
    offsets: ReadI32s, data: ReadU8s, validity: ReadU8s, first: I64, state: U64s, prefix: I64, digests: U64s
):
    """Fill in the digests of texts as they are."""
    _digest_each(offsets, data, validity, first, state, prefix, digests)


@helper
def _digest_each(offsets, data, validity, first, state, prefix, digests):
    for row in range(len(digests)):
        if not is_null(validity, first + row):
            start, end = _i64(offsets[row]), _i64(offsets[row + 1])
            digests[row] = digest_of(data, start, end - start, state, prefix)
