"""What the kernels over cells have in common: nulls, digits, full-width characters."""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import helper, inlined

DECIDED, ASK = False, True
BLOCK = 512  # cells hashed together: their words stay in the nearest cache
ZERO, NINE, X, LOWER_X, BLANK, HYPHEN, PLUS = 48, 57, 88, 120, 32, 45, 43
OPEN, CLOSE, POINT, AT, UNDERSCORE = 40, 41, 46, 64, 95
FULL_WIDTH = 0xEF  # first byte of full-width characters

_u8, _u64 = np.uint8, np.uint64


@inlined
def is_null(validity, bit):
    """Return 1 for a cell that is null, else 0: without a branch, as what cells are cannot be foretold."""
    byte = validity[bit >> 3] if len(validity) > 0 else _u8(255)
    return (_u64(byte) >> _u64(bit & 7) & _u64(1)) ^ _u64(1)


@helper
def half_width(data, at, end):
    """Return the ASCII character that a full-width one of three bytes stands for; 255 for any other."""
    if data[at] != FULL_WIDTH or at + 2 >= end:
        return _u8(255)
    if data[at + 1] == 0xBC and data[at + 2] > 0x80:
        return _u8(data[at + 2] - 0x60)
    if data[at + 1] == 0xBD and data[at + 2] < 0x9F:
        return _u8(data[at + 2] - 0x20)
    return _u8(255)


@helper
def without_digit(data, start, end):
    """Return whether a cell holds no digit, not even a full-width one: it is no number then."""
    for at in range(start, end):
        if (data[at] >= ZERO and data[at] <= NINE) or data[at] == FULL_WIDTH:
            return False
    return True
