"""Second persons who are always the same beside a number: whoever receives her own parcels."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from connectors import Batch
from scanner.assembly import Key
from scanner.stages.second_persons import NAMES, slot_of
from scanner.stages.slots import OWN
from scanner.stages.values import Tags, cells_in, holds, meets_one

_MAY_BE_OWN = ("receiver", "sender", "contact")
_NUMBERS = frozenset({"user_account", "license_plate", "medical_record_no", "student_no", "wechat_id"})


def steady_persons(
    batch: Batch, tags: Tags, of_others: Collection[str], keys: Mapping[str, Key]
) -> frozenset[str]:
    """Return slots of second persons who are taken for the rows' own: one, or none.

    A receiver, sender or contact is, if nearly every account or key that comes in several rows comes with a
    single name of one, and the rows name nobody else. Not where this is so of several.

    Args:
        batch: A sample of the table.
        tags: What its columns hold.
        of_others: Columns of numbers that are not the rows' own persons'.
        keys: Columns by which rows refer to somebody.

    """
    named = {column: slot_of(column, "", NAMES) for column, held in tags.items() if holds(held, NAMES)}
    own = [column for column, key in keys.items() if key.slot == OWN]
    own += [c for c, held in tags.items() if holds(held, _NUMBERS) and slot_of(c, "", _NUMBERS) == OWN]
    numbers = [cells_in(batch, column) for column in own if column not in of_others]
    if OWN in named.values() or not numbers:
        return frozenset()
    found = {
        slot
        for column, slot in named.items()
        if slot in _MAY_BE_OWN and all(meets_one(cells, cells_in(batch, column)) for cells in numbers)
    }
    return frozenset(found if len(found) == 1 else ())
