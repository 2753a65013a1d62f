"""Flags of rows: whether they say something, of which categories, and how old the person is."""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.kernels import clean, placeholder
from scanner.digests import U64, SubjectKey, digest, rotate
from scanner.digests.columns import I32, Digested
from scanner.identifiers.arrays import U32, Cells, Mask, Text, is_text, kept_where, matches, valid
from scanner.identifiers.bits import (
    ADULT,
    AHEAD,
    CATEGORY_BITS,
    HORIZON_YEARS,
    MINOR_UNDER_14,
    MINOR_UNDER_18,
)
from scanner.identifiers.plans import SlotPlan

Found: TypeAlias = tuple[str, Digested]  # column, and one kind that it holds

OLDEST = 18_500_101  # yyyymmdd; an earlier birth date is a typing error or a default

# Dates as numbers: days since 1899-12-30 (Excel), seconds or milliseconds since 1970. The day is that of
# Beijing, whether midnight was meant there or in UTC.
_COUNTED = r"^(?:[1-4][0-9]{4}|-?[0-9]{9,13})(?:\.0+)?$"
_EXCEL_1970 = 25_569
_SECONDS, _MILLISECONDS = 10**8, 10**10
_BEIJING = 8 * 3600


def filled_rows(batch: pa.RecordBatch, slot: SlotPlan, found: Sequence[Found]) -> Mask:
    """Return rows with a value in some column of the slot, of a flow in some that leaves.

    Columns are read until every row has one.
    """
    columns = slot.sent or slot.columns()
    filled = functools.reduce(
        operator.or_,
        (held.digests != 0 for column, held in found if column in columns),
        np.zeros(batch.num_rows, np.bool_),
    )
    types = dict(slot.identifiers)
    left = np.flatnonzero(~filled)
    for column in columns:
        if not len(left):
            break
        cells = batch.column(column).take(left)
        said = valid(cells)
        if said.any():
            said[said] = _says_something(cells.drop_null(), types.get(column, ""))
        filled[left[said]] = True
        left = left[~said]
    return filled


def _says_something(array: Cells, pi_type: str = "") -> Mask:
    """Return cells that are neither null nor empty nor a mere placeholder."""
    if not is_text(array.type):
        return valid(array)
    if isinstance(array, pa.DictionaryArray):
        said = pa.array(_says_something(array.dictionary, pi_type))
        return np.asarray(said.take(array.indices).fill_null(False))
    text = clean(array)
    return valid(text) & ~placeholder(pi_type, text)


def add_categories(flags: U32, batch: pa.RecordBatch, slot: SlotPlan, found: Sequence[Found]) -> None:
    """Add to the flags of rows the categories of what they hold."""
    identifying = {column for column, _ in slot.identifiers}
    for column, categories in slot.categories.items():
        bits = functools.reduce(operator.or_, (CATEGORY_BITS[name] for name in categories), 0)
        if column in identifying:
            masks = [held.digests != 0 for name, held in found if name == column]
            holds = functools.reduce(operator.or_, masks)
        else:
            holds = _says_something(batch.column(column))
        flags[holds] |= np.uint32(bits)


class Births(NamedTuple):
    """Birth dates as yyyymmdd; 0 if unknown.

    Attributes:
        days: From a valid ID number before a birth column.
        latest: Of all that a row shows.

    """

    days: I32
    latest: I32

    def ages(self, as_of: dt.date, *, adult: bool) -> U32:
        """Return the age bits; none of somebody of age whom another date of the row makes a minor."""
        flags = age_flags(self.days, as_of, adult=adult)
        if self.latest is self.days:
            return flags
        later = np.flatnonzero(self.latest > self.days)
        denied = (age_flags(self.latest[later], as_of, adult=False) & MINOR_UNDER_18) != 0
        flags[later[denied]] &= np.uint32(~ADULT & 0xFFFFFFFF)
        return flags


def births_shown(batch: pa.RecordBatch, slot: SlotPlan, found: Sequence[Found]) -> Births:
    """Return the birth dates that rows show."""
    columns = [_dates(clean(batch.column(column))) for column in slot.births]
    shown = [held.births for _, held in found if held.births is not None]
    dates = [*shown, *(day * (day >= OLDEST) for day in columns)]
    if not dates:
        dates = [np.zeros(batch.num_rows, np.int32)]
    days = functools.reduce(lambda first, other: np.where(first != 0, first, other), dates)
    return Births(days, days if len(dates) == 1 else np.maximum.reduce(dates))


def _dates(text: Text) -> I32:
    """Return dates as yyyymmdd, however they are written; 0 for anything else."""
    written = _date_digits(text)
    out = np.asarray(written.cast(pa.int32()).fill_null(0))
    if written.null_count == text.null_count:
        return out
    counted = kept_where(matches(text, _COUNTED), text)
    if counted.null_count == len(counted):
        return out
    return np.where(out == 0, _counted_dates(counted), out).astype(np.int32)


def _date_digits(text: Text) -> Text:
    """Return dates as text of eight digits; null for anything else."""
    padded = pc.replace_substring_regex(
        text, r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?([ T].*)?$", r"\1-0\2-0\3"
    )
    joined = pc.replace_substring_regex(padded, r"^(\d{4})-0?(\d{2})-0?(\d{2})$", r"\1\2\3")
    return kept_where(matches(joined, "^[0-9]{8}$"), joined)


def _counted_dates(text: Text) -> I32:
    """Return as yyyymmdd what counts days as Excel does, or seconds or milliseconds since 1970."""
    known = valid(text)
    number = np.asarray(text.cast(pa.float64()).fill_null(0.0)).astype(np.int64)
    size = np.abs(number)
    seconds = np.where(size >= _MILLISECONDS, number // 1000, number)
    days = np.where(size < _SECONDS, number - _EXCEL_1970, (seconds + _BEIJING) // 86_400)
    day = np.where(known, days, 0).astype("datetime64[D]")
    months = day.astype("datetime64[M]")
    year, month = months.astype(np.int64) // 12 + 1970, months.astype(np.int64) % 12 + 1
    digits = year * 10_000 + month * 100 + (day - months).astype(np.int64) + 1
    return np.where(known, digits, 0).astype(np.int32)


def age_flags(births: I32, as_of: dt.date, *, adult: bool) -> U32:
    """Return the age bits; who has the birthday on ``as_of`` has reached the age."""
    today = as_of.year * 10_000 + as_of.month * 100 + as_of.day
    flags = np.where((births > 0) | adult, np.uint32(ADULT), np.uint32(0))
    young = np.flatnonzero(births > today - 180_000)
    flags[young] = _flags_of_young(births[young], today)
    return flags


def _flags_of_young(births: I32, today: int) -> U32:
    """Return the age bits of who was not of age on a day (yyyymmdd), or was not even born."""
    born = births <= today
    flags = np.where(born, MINOR_UNDER_18, 0)
    flags |= np.where(born & (births + 140_000 > today), MINOR_UNDER_14, 0)
    flags |= np.where(~born & (births <= today + HORIZON_YEARS * 10_000), AHEAD, 0)
    return flags.astype(np.uint32)


def born_as_digests(names: U64, births: I32, key: SubjectKey) -> U64:
    if not names.any():
        return np.broadcast_to(np.uint64(0), len(names))
    known = cast("Text", pa.array(births, mask=births == 0).cast(pa.string()))
    days = digest("birth_date", known, key)
    return np.where((names != 0) & (days != 0), rotate(names, 1) ^ days, np.uint64(0))
