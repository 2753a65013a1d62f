"""Contacts and numbers beside keys that are of others than the rows' own persons: calls, numbers of stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from classifiers import Tag
from classifiers.kernels import canonical
from connectors import Batch
from scanner.assembly import Key
from scanner.census.kinds import KINDS
from scanner.digests.columns import ISSUER_KINDS
from scanner.stages.second_persons import DOCUMENTS, NAMES, slot_of
from scanner.stages.values import cells_in, holds, meets_more_than

COUNTERPART = "counterparty"
NUMBERED = {"employee_no": "employee", "student_no": "student", "medical_record_no": "patient"}
_CONTACTS = ("mobile", "landline", "email")
Tags = Mapping[str, Sequence[Tag]]


def contacts_of_counterparts(batch: Batch, tags: Tags, keys: Mapping[str, Key]) -> dict[str, str]:
    """Return columns of contacts that are not those of the rows' own persons, and a word for whose they are.

    In a log of calls or messages a user comes with more phones than anybody has. Where rows name somebody,
    or show a document, the contacts are of whom they name.

    Args:
        batch: A sample of the table.
        tags: What its columns hold.
        keys: Columns by which rows refer to somebody.

    """
    if any(holds(held, NAMES | DOCUMENTS) for held in tags.values()):
        return {}
    numbers = list(_own_numbers(batch, tags, keys))
    contacts = [(kind, column) for kind in _CONTACTS for column in tags if _is_own(column, tags, kind)]
    return {
        column: COUNTERPART
        for kind, column in contacts
        if any(meets_more_than(KINDS[kind].per_person, cells, cells_in(batch, column)) for cells in numbers)
    }


def _own_numbers(batch: Batch, tags: Tags, keys: Mapping[str, Key]) -> Iterator[pa.StringArray]:
    """Yield the cells of columns that number the rows' own persons, without nicknames."""
    yield from (cells_in(batch, column) for column, key in keys.items() if not key.slot)
    for kind in sorted(ISSUER_KINDS):
        own = [column for column in tags if column not in keys and _is_own(column, tags, kind)]
        yield from (canonical(kind, cells_in(batch, column)) for column in own)


def _is_own(column: str, tags: Tags, kind: str) -> bool:
    return holds(tags.get(column, ()), {kind}) and not slot_of(column, "", {kind})


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
