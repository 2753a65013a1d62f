"""From the bytes of a text column straight to digests, for the kinds that large tables are full of.

Each kernel decides the cells whose bytes leave no doubt and asks for the others (``ASK``), which then
go through ``classifiers.kernels``: labels, brackets, full-width digits, masks, anything unusual. So the rules
have one home, and this package only knows their plain cases. The plainest, the bare value, are looked at
several bytes at a time; the rest byte by byte.

A column is given as offsets (cells + 1), data, validity bits (empty when no cell is null) and the bit of
the first cell. ``state`` and ``prefix`` come from ``scanner.digests.keyed_state``; ``digests`` are zeros at
first.
"""

from scanner.compiled.cells.any_text import texts
from scanner.compiled.cells.email_addresses import emails
from scanner.compiled.cells.mobile_numbers import mobiles
from scanner.compiled.cells.resident_id_numbers import resident_ids

__all__ = ["emails", "mobiles", "resident_ids", "texts"]
