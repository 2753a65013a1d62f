"""Bits of a row: categories, ages, what may change on a later day."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Bits of a row. Bits 15 to 18 belong to the caller (reporting windows), passed in as ``row_flags``; bits 19
# to 31 are the age clock of minors.
CATEGORY_BITS: Mapping[str, int] = MappingProxyType(
    {
        name: 1 << position
        for position, name in enumerate(
            (
                "biometric",
                "religion",
                "specific_identity",
                "health",
                "financial",
                "location",
                "other",
                "sensitive",
                "face",
            )
        )
    }
)
MINOR_UNDER_14 = 1 << 9
MINOR_UNDER_18 = 1 << 10
ADULT = 1 << 11
# Nothing is known of the row's own person, who counts if most rows of the table say something; of somebody in
# another slot: may be a further person, or be the row's person after all.
BLANK = 1 << 12
AHEAD = 1 << 13  # a date of the row lies ahead of the day of the count: on a later day it may count otherwise
LENT_NAME = 1 << 14  # set while linking: the row takes its name from another of the same relative
UNPROVEN = (
    LENT_NAME  # of a row without a name: nothing proves that its value is not that of others of the cell
)
FIRST_WINDOW_BIT = 15
WINDOW_BITS = 0b1111 << FIRST_WINDOW_BIT

HORIZON_YEARS = 3  # dates further ahead (defaults such as 9999-12-31) never come true for stored counts
