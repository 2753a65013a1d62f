"""When a minor comes of age, kept in the flags of a row: stored counts can then be read on a later day.

Thirteen bits hold the birth date of a minor, relative to the day of the count, and permuted under the secret
key: without the key they are a pseudonym of a day. Adults and rows without a birth date have none.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib

import numpy as np
import numpy.typing as npt

FIRST_CLOCK_BIT = 19
_MONTHS, _DAYS = 13, 33  # 0 where the date says none; the last of each stands for all that no calendar has
_CODES = 1 << 13
CLOCK_BITS = (_CODES - 1) << FIRST_CLOCK_BIT

_U16 = npt.NDArray[np.uint16]
_U32 = npt.NDArray[np.uint32]
_I32 = npt.NDArray[np.int32]


def clock_bits(births: _I32, as_of: dt.date, secret: bytes) -> _U32:
    """Return the clocks of minors.

    Args:
        births: Their birth dates as yyyymmdd.
        as_of: The day of the count, on which they are under 18.
        secret: The key of the digests.
    """
    month = np.minimum(births // 100 % 100, _MONTHS - 1)
    day = np.where(births // 100 % 100 < _MONTHS, np.minimum(births % 100, _DAYS - 1), _DAYS - 1)
    code = ((births // 10_000 - (as_of.year - 18)) * _MONTHS + month) * _DAYS + day + 1
    return _permutation(secret)[code] << np.uint32(FIRST_CLOCK_BIT)


def births_of(flags: _U32, as_of: dt.date, secret: bytes) -> _I32:
    """Return the birth dates (yyyymmdd) that ``clock_bits`` took in on ``as_of``; 0 without a clock."""
    code = np.argsort(_permutation(secret))[flags >> np.uint32(FIRST_CLOCK_BIT)] - 1
    months, day = np.divmod(code, _DAYS)
    years, month = np.divmod(months, _MONTHS)
    births = (years + as_of.year - 18) * 10_000 + month * 100 + day
    return np.where(code >= 0, births, 0).astype(np.int32)


def birth_codes(flags: _U32) -> _U16:
    """Return the clock of every row as a number: equal for equal birth dates; 0 without a clock."""
    return (flags >> np.uint32(FIRST_CLOCK_BIT)).astype(np.uint16)


@functools.lru_cache(maxsize=4)
def _permutation(secret: bytes) -> _U32:
    """Return a permutation of the codes in which 0 stays 0."""
    codes = [code.to_bytes(2, "big") for code in range(1, _CODES)]
    ranks = [hashlib.blake2b(code, key=secret, digest_size=16).hexdigest() for code in codes]
    order = np.argsort(np.array(ranks))
    return np.concatenate([[0], order + 1]).astype(np.uint32)
