"""Turn rows into keyed digests of what identifies people: the last place with a raw value.

Everything after this package (census, counts, stored state, reports) sees 64-bit digests only.
"""

from scanner.digests import U8, U64, SubjectKey, digest
from scanner.digests.columns import I32, OF_THING, THING
from scanner.identifiers.arrays import F64, I64, U16, U32, Mask
from scanner.identifiers.bits import (
    ADULT,
    AHEAD,
    BLANK,
    CATEGORY_BITS,
    FIRST_WINDOW_BIT,
    HORIZON_YEARS,
    LENT_NAME,
    MINOR_UNDER_14,
    MINOR_UNDER_18,
    UNPROVEN,
)
from scanner.identifiers.flags import age_flags
from scanner.identifiers.plans import CellsPlan, SlotPlan, TablePlan, plan_table
from scanner.identifiers.records import RELATION, Records
from scanner.identifiers.rows import identify

__all__ = [
    "ADULT",
    "AHEAD",
    "BLANK",
    "CATEGORY_BITS",
    "F64",
    "FIRST_WINDOW_BIT",
    "HORIZON_YEARS",
    "I32",
    "I64",
    "LENT_NAME",
    "MINOR_UNDER_14",
    "MINOR_UNDER_18",
    "OF_THING",
    "RELATION",
    "THING",
    "U8",
    "U16",
    "U32",
    "U64",
    "UNPROVEN",
    "CellsPlan",
    "Mask",
    "Records",
    "SlotPlan",
    "SubjectKey",
    "TablePlan",
    "age_flags",
    "digest",
    "identify",
    "plan_table",
]
