"""Read what was collected on one day as if it had been collected on a later one: ages and windows move on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np

from scanner.census.chunks import Chunk
from scanner.identifiers import ADULT, HORIZON_YEARS, MINOR_UNDER_14, MINOR_UNDER_18, SubjectKey, age_flags
from scanner.identifiers.age_clock import CLOCK_BITS, births_of
from scanner.identifiers.windows import rolled_windows
from scanner.state.model import PartInfo

_AGE_BITS = np.uint32(MINOR_UNDER_14 | MINOR_UNDER_18 | ADULT)


def holds_on(info: PartInfo, as_of: dt.date) -> bool:
    """Return whether a part, as it was collected, can be counted on a day."""
    if as_of == info.as_of:
        return True
    horizon = dt.date(info.as_of.year + HORIZON_YEARS, info.as_of.month, 1)
    return not info.ahead and info.as_of < as_of < horizon


def rolled(chunk: Chunk, since: dt.date, as_of: dt.date, key: SubjectKey) -> Chunk:
    """Return a chunk as it would have been collected on ``as_of``; only the clock of minors is used up."""
    if since == as_of:
        return chunk
    births = births_of(chunk.flags, since, key.secret)
    flags = rolled_windows(chunk.flags, since, as_of)
    then = np.where(births > 0, age_flags(births, as_of, adult=False), flags & _AGE_BITS)
    return replace(chunk, flags=(flags & ~(_AGE_BITS | np.uint32(CLOCK_BITS))) | then)
