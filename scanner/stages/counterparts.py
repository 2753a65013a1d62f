"""Contacts, things and numbers beside keys that are of others than the rows' own persons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa

from classifiers.kernels import canonical
from connectors import Batch
from scanner.assembly import Key
from scanner.census.kinds import KINDS, THINGS
from scanner.digests.columns import ISSUER_KINDS
from scanner.stages.person_words import is_nickname
from scanner.stages.second_persons import DOCUMENTS, NAMES, slot_of
from scanner.stages.values import DIFFERENT, Tags, cells_in, come_again, holds, meets_more_than, meets_several

COUNTERPART = "counterparty"
NUMBERED = {"employee_no": "employee", "student_no": "student", "medical_record_no": "patient"}
_CONTACTS = ("mobile", "landline", "email")


def contacts_of_counterparts(batch: Batch, tags: Tags, keys: Mapping[str, Key]) -> dict[str, str]:
    """Return columns of contacts that are not those of the rows' own persons, and a word for whose they are.

    In a log of calls or messages a user comes with more phones than anybody has. Where rows name somebody,
    or show a document, the contacts are of whom they name.

    Args:
        batch: A sample of the table.
        tags: What its columns hold.
        keys: Columns by which rows refer to somebody.

    """
    contacts = [(kind, column) for kind in _CONTACTS for column in tags if _is_own(column, tags, kind)]
    if not contacts or any(holds(held, NAMES | DOCUMENTS) for held in tags.values()):
        return {}
    numbers = list(_own_numbers(batch, tags, keys))
    return {
        column: COUNTERPART
        for kind, column in contacts
        if any(meets_more_than(KINDS[kind].per_person, cells, cells_in(batch, column)) for cells in numbers)
    }


def _own_numbers(batch: Batch, tags: Tags, keys: Mapping[str, Key]) -> Iterator[pa.StringArray]:
    """Yield the cells of columns that number the rows' own persons, without nicknames."""
    yield from (cells_in(batch, column) for column, key in keys.items() if not key.slot)
    for kind in sorted(ISSUER_KINDS):
        others = [column for column in tags if column not in keys and not is_nickname(column)]
        own = [column for column in others if _is_own(column, tags, kind)]
        yield from (canonical(kind, cells_in(batch, column)) for column in own)


def _is_own(column: str, tags: Tags, kind: str) -> bool:
    return holds(tags.get(column, ()), {kind}) and not slot_of(column, "", {kind})


def things_of_others(batch: Batch, tags: Tags, keys: Mapping[str, Key]) -> dict[str, str]:
    """Return columns of things that always come with somebody else to whom rows refer, and whose they are.

    The plate in a ride is the driver's, if each driver has one and each passenger sees several.
    """
    own, others = ([c for c, key in keys.items() if bool(key.slot) is second] for second in (False, True))
    found: dict[str, str] = {}
    for thing in [c for c in tags if own and any(_is_own(c, tags, kind) for kind in THINGS)]:
        cells = cells_in(batch, thing)
        whose = next((keys[c].slot for c in others if _comes_with(batch, c, cells)), "")
        if whose and all(meets_several(cells_in(batch, c), cells) for c in own):
            found[thing] = whose
    return found


def _comes_with(batch: Batch, number: str, things: pa.StringArray) -> bool:
    """Return whether numbers that come again do so with one and the same thing."""
    cells = cells_in(batch, number)
    return come_again(cells) and not meets_several(cells, things, share=DIFFERENT)


def numbers_beside_keys(tags: Tags, keys: Mapping[str, Key]) -> dict[str, str]:
    """Return numbers of patients, pupils and staff beside a key of such who are others in the row, and whose.

    The number of a stay is of the patient to whom the row refers, though it names none but doctors.
    """
    others = {key.slot for key in keys.values()}
    return {
        column: person
        for kind, person in NUMBERED.items()
        for column in tags
        if person in others and column not in keys and _is_own(column, tags, kind)
    }
