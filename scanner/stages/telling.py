"""Whose the values of a table are: what its names, numbers and keys tell together."""

from __future__ import annotations

from dataclasses import replace

from connectors import Batch, Table
from scanner.assembly import Told
from scanner.stages.apart import columns_apart, numbers_of_others
from scanner.stages.counterparts import contacts_of_counterparts, numbers_beside_keys, things_of_others
from scanner.stages.held_keys import comes_once, keys_held
from scanner.stages.issued_numbers import issued_numbers
from scanner.stages.issuers import Numbers, differing_numbers
from scanner.stages.named_keys import Keys, numbers_rows
from scanner.stages.serving import columns_of_rows, numbers_of_servants
from scanner.stages.steady import steady_persons
from scanner.stages.things import number_stem
from scanner.stages.values import DIFFERENT, Tags, cells_in, holds, meets_several

_ONE_A_PERSON = frozenset("gender ethnicity nationality native_place blood_type".split())


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
        of_rows=columns_of_rows(batch, table, tags),
        keys={column: replace(key, slot=served_by.get(column, key.slot)) for column, key in held.items()},
        numbers=numbers,
        differing=differing_numbers(batch, {c: tagged for c, tagged in tags.items() if c not in held}),
        once=frozenset(c for c in _numbers(batch, table) if comes_once(cells_in(batch, c))),
        shared=_shared(batch, table, tags),
        steady=steady_persons(batch, tags, of_others, held),
        issued=issued_numbers(batch, table, tags, [*held, *of_others], held),
    )


def _numbers(batch: Batch, table: Table) -> list[str]:
    """Return columns that are called like numbers, and a primary key."""
    called = [c.name for c in table.columns if numbers_rows(c.name) or number_stem(c.name, c.comment)]
    return sorted({*called, *table.primary_key[:1]}.intersection(batch.schema.names))


def _shared(batch: Batch, table: Table, tags: Tags) -> frozenset[str]:
    """Return numbers that come with several of what a person has one of, as that of a family does."""
    of_one = [cells_in(batch, c) for c, held in tags.items() if holds(held, _ONE_A_PERSON)]
    numbers = _numbers(batch, table) if of_one else []
    return frozenset(
        c for c in numbers if any(meets_several(cells_in(batch, c), each, share=DIFFERENT) for each in of_one)
    )
