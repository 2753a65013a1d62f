"""Reporting windows of a row, from the time column of a flow, as bits of the census."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from classifiers import kernels
from connectors import Batch
from scanner.identifiers import AHEAD, FIRST_WINDOW_BIT, HORIZON_YEARS

# A row whose time is not known lies possibly in every window, certainly in none.
CERTAIN = {
    name: 1 << (FIRST_WINDOW_BIT + i) for i, name in enumerate(("year_to_date", "since_1_jan_previous_year"))
}
POSSIBLE = {name: bit << len(CERTAIN) for name, bit in CERTAIN.items()}

EPOCH = dt.date(1970, 1, 1)
UNDATED = np.iinfo(np.int64).min  # day of a row whose time cannot be read
# The year of the law begins at midnight in Beijing; instants are kept in UTC.
BEIJING = pa.scalar(8 * 3600, pa.duration("s"))

# Days outside stand for no day: systems write 1970-01-01, 0001-01-01, 9999-12-31 where they know none.
_TRUE = range(1, (dt.date(2099, 1, 1) - EPOCH).days)

_COMPACT = r"^([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{6}|[T ].*)?$"
_PARTED = r"^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})(日|[T ].*)?$"
_ZONED = (
    r"^(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9])"
    r"(?::[0-9.]+)? ?(?:[Zz]|UTC|GMT|(?P<sign>[-+])(?P<hours>[01][0-9]):?(?P<minutes>[0-5][0-9])?)$"
)


def row_windows(batch: Batch, time_column: str | None, as_of: dt.date) -> npt.NDArray[np.uint32]:
    """Return bits of every row: the windows it lies in certainly and possibly; whether it lies ahead."""
    if time_column is None:
        return np.full(batch.num_rows, sum(POSSIBLE.values()), np.uint32)
    days = row_days(batch.column(time_column))
    undated = (days < _TRUE.start) | (days >= _TRUE.stop)
    flags = np.zeros(batch.num_rows, np.uint32)
    for window, first in _first_days(as_of).items():
        inside = ~undated & (days >= (first - EPOCH).days) & (days <= (as_of - EPOCH).days)
        flags[inside] |= np.uint32(CERTAIN[window] | POSSIBLE[window])
        flags[undated] |= np.uint32(POSSIBLE[window])
    ahead = days - (as_of - EPOCH).days
    flags[(ahead > 0) & (ahead <= HORIZON_YEARS * 366)] |= np.uint32(AHEAD)
    return flags


def rolled_windows(flags: npt.NDArray[np.uint32], since: dt.date, as_of: dt.date) -> npt.NDArray[np.uint32]:
    """Return the bits that ``row_windows`` would give on ``as_of``, from those of the earlier day ``since``.

    Rows with the bit ``AHEAD`` cannot be rolled: their day is not known.
    """
    this, last = (np.uint32(CERTAIN[name] | POSSIBLE[name]) for name in CERTAIN)
    dated = (flags & CERTAIN["since_1_jan_previous_year"]) != 0
    rolled = flags.copy()
    if as_of.year > since.year:
        becomes_last = dated & ((flags & CERTAIN["year_to_date"]) != 0) & (as_of.year == since.year + 1)
        rolled[dated] &= ~(this | last)
        rolled[becomes_last] |= last
    return rolled


def _first_days(as_of: dt.date) -> dict[str, dt.date]:
    return {
        "year_to_date": dt.date(as_of.year, 1, 1),
        "since_1_jan_previous_year": dt.date(as_of.year - 1, 1, 1),
    }


def row_days(values: pa.Array[Any]) -> npt.NDArray[np.int64]:
    """Return days since 1970-01-01; ``UNDATED`` where no date can be read."""
    if pa.types.is_timestamp(values.type) or pa.types.is_date(values.type):
        aware = getattr(values.type, "tz", None) is not None
        seconds = values.cast(pa.timestamp("s"), safe=False)
        seconds = pc.add(seconds, BEIJING) if aware else seconds
    else:
        seconds = _parsed(kernels.clean(values))
    days = seconds.to_numpy(zero_copy_only=False).astype("datetime64[D]").astype(np.int64)
    return np.asarray(days, np.int64)


def _parsed(text: pa.StringArray) -> pa.Array[Any]:
    """Return times from ISO-like dates, 20260131, 2026年1月31日, or seconds or milliseconds since 1970."""
    nothing = pa.scalar(None, pa.string())
    epoch = pc.if_else(pc.match_substring_regex(text, "^[0-9]{10}$|^[0-9]{13}$"), text, nothing)
    since_1970 = pc.utf8_slice_codeunits(epoch, 0, 10).cast(pa.int64()).cast(pa.timestamp("s"))
    iso = pc.replace_substring_regex(text, _COMPACT, r"\1-\2-\3")
    iso = pc.replace_substring_regex(iso, _PARTED, r"\1-0\2-0\3")
    iso = pc.replace_substring_regex(iso, r"-0([0-9]{2})", r"-\1")
    day: pa.Array[Any] = pc.coalesce(pc.add(since_1970, BEIJING), _day(iso))
    zoned = pc.any(pc.match_substring_regex(text, _ZONED)).as_py()
    return pc.coalesce(_zoned(text), day) if zoned else day


def _day(iso: Any) -> pa.Array[Any]:
    """Return midnight of YYYY-MM-DD; null for anything else, and for days that no calendar has."""
    parsed: pa.Array[Any] = pc.strptime(iso, format="%Y-%m-%d", unit="s", error_is_null=True)
    # 30 February is read as a later day.
    known: pa.Array[Any] = pc.if_else(pc.equal(pc.strftime(parsed, format="%Y-%m-%d"), iso), parsed, None)
    return known


def _zoned(text: pa.StringArray) -> pa.Array[Any]:
    """Return the time in Beijing of ISO times with an offset from UTC, or with Z; null for anything else."""
    parts: pa.StructArray = pc.extract_regex(text, _ZONED)
    sign: pa.StringArray = pc.struct_field(parts, "sign")
    behind = pc.equal(sign, pa.scalar("-"))
    ahead = _minutes(parts, "hours", "minutes")
    minutes = pc.subtract(_minutes(parts, "hour", "minute"), pc.if_else(behind, pc.negate(ahead), ahead))
    since = pc.add(pc.multiply(minutes, 60).cast(pa.duration("s")), BEIJING)
    times: pa.Array[Any] = pc.add(_day(pc.struct_field(parts, "day")), since)
    return times


def _minutes(parts: pa.StructArray, hours: str, minutes: str) -> pa.Array[Any]:
    """Return the minutes of hours and minutes in text; what is left out is 0."""
    hour, minute = (
        pc.replace_substring_regex(pc.struct_field(parts, name), "^$", "0").cast(pa.int64())
        for name in (hours, minutes)
    )
    total: pa.Array[Any] = pc.add(pc.multiply(hour, 60), minute)
    return total
