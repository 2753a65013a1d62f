"""Whose the values of a table are: what its names, numbers and keys tell together."""

from __future__ import annotations

from dataclasses import replace

from connectors import Batch, Table
from scanner.assembly import Told
from scanner.stages.apart import columns_apart, numbers_of_others
from scanner.stages.counterparts import contacts_of_counterparts, numbers_beside_keys, things_of_others
from scanner.stages.held_keys import keys_held
from scanner.stages.issuers import Numbers, differing_numbers
from scanner.stages.named_keys import Keys
from scanner.stages.serving import numbers_of_servants
from scanner.stages.values import Tags


def tell_persons(batch: Batch, table: Table, tags: Tags, keys: Keys, numbers: Numbers) -> Told:
    """Return whose the values of a table are.

    Args:
        batch: A sample of the table.
        table: The table.
        tags: What its columns hold.
        keys: Its keys by names.
        numbers: What headers tell its numbers apart by.

    """
    apart = columns_apart(batch, tags)
    held = keys_held(batch, table, keys, tags)
    of_others = {
        **numbers_of_others(batch, tags, apart),
        **numbers_beside_keys(tags, held),
        **contacts_of_counterparts(batch, tags, held),
        **things_of_others(batch, tags, held),
    }
    own = {column: tagged for column, tagged in tags.items() if column not in of_others}
    served_by = numbers_of_servants(batch, table, own, held)
    return Told(
        apart=apart,
        of_others={**of_others, **{c: whose for c, whose in served_by.items() if c not in held}},
        keys={column: replace(key, slot=served_by.get(column, key.slot)) for column, key in held.items()},
        numbers=numbers,
        differing=differing_numbers(batch, {c: tagged for c, tagged in tags.items() if c not in held}),
    )
