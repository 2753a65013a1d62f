"""Numbers of those who serve the rows' own persons: the staff number in a visit is not the customer's.

Whoever has both numbers would be one person, and so would everybody whom that person serves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa

from connectors import Batch, Table
from scanner.assembly import Key
from scanner.digests.columns import ISSUER_KINDS
from scanner.stages.counterparts import NUMBERED
from scanner.stages.issuers import number_word
from scanner.stages.named_keys import persons_in
from scanner.stages.person_words import about, is_nickname, same
from scanner.stages.second_persons import DOCUMENTS, NAMES, slot_of
from scanner.stages.values import (
    FEWEST,
    Tags,
    cells_in,
    come_again,
    holds,
    meets_several,
    nearly_once,
    shows_repeats,
)

_STAFF, _ANYBODY, _SERVED, _ROWS = 3, 2, 1, 0  # whose numbers stay, of two in a row, from the last on
_SERVE = frozenset(
    "courier operator doctor interviewer referee technician inspector coach nurse agent teacher manager "
    "driver".split()
)
_TOLD_BY = DOCUMENTS | {"mobile", "email"}
_GENERAL = frozenset({"", "user", "person", "account"})


def columns_of_rows(batch: Batch, table: Table, tags: Tags) -> frozenset[str]:
    """Return columns of those who serve others, but are the rows here: of doctors in their list.

    Their number comes once, as do names that do not say whose they are, and no name does; or as do their
    names, and documents, phones or e-mail addresses that do not say whose they are, beside nobody else's name
    or number. Not in tables of which the sample is a small part: of many rides hardly two have one driver.
    """
    if not shows_repeats(batch, table):
        return frozenset()
    slots = {column: slot_of(column, "", {tag.type for tag in held}) for column, held in tags.items() if held}
    named = {column: slot for column, slot in slots.items() if holds(tags[column], NAMES)}
    numbers = {column: slot for column, slot in slots.items() if holds(tags[column], ISSUER_KINDS)}
    once = [c for c, slot in numbers.items() if slot in _SERVE and _lists(cells_in(batch, c))]
    if "" in named.values():
        names = [c for c, slot in named.items() if not slot]
        return frozenset(c for c in once if slots[c] not in named.values() and _all_list(batch, names))
    told_by = [c for c, slot in slots.items() if not slot and holds(tags[c], _TOLD_BY)]
    served_by = {*named.values(), *(slots[number] for number in once)}
    if "" in numbers.values() or not (once and named and told_by) or len(served_by) > 1:
        return frozenset()
    return frozenset([*once, *named] if _all_list(batch, [*named, *told_by]) else ())


def _all_list(batch: Batch, columns: Iterable[str]) -> bool:
    return all(_lists(cells_in(batch, column)) for column in columns)


def _lists(cells: pa.StringArray) -> bool:
    return len(cells) - cells.null_count >= FEWEST and nearly_once(cells)


def numbers_of_servants(batch: Batch, table: Table, tags: Tags, keys: Mapping[str, Key]) -> dict[str, str]:
    """Return columns of numbers and keys, taken for the rows' own persons', of others in the row, and whose.

    Those of staff are, beside one of a customer, patient or pupil, unless many rows show always the same two;
    beside one of a user, if either comes with several of the other. Of any two, one is if both do.

    Args:
        batch: A sample of the table.
        table: The table.
        tags: What its columns hold, but those of others already.
        keys: Columns by which rows refer to somebody.

    """
    own = sorted(_own_numbers(batch, table, tags, keys), key=lambda number: number[0])
    if len(own) < 2:
        return {}
    first, column, _ = own[0]
    base = cells_in(batch, column)
    return {
        other: person or "account"
        for rank, other, person in own[1:]
        if _is_another(base, cells_in(batch, other), first, rank)
    }


def _own_numbers(
    batch: Batch, table: Table, tags: Tags, keys: Mapping[str, Key]
) -> Iterator[tuple[int, str, str]]:
    """Yield the rank of numbers of the rows' own persons, their column, and a word for the person."""
    comments = {column.name: column.comment for column in table.columns}
    for column in batch.schema.names:
        comment = comments.get(column, "")
        if column in keys:
            if not keys[column].slot:
                person = about(keys[column].whose.strip("()"), "")
                yield _rank(person, table), column, person
            continue
        kind = next((kind for kind in sorted(ISSUER_KINDS) if holds(tags.get(column, ()), {kind})), "")
        if kind and not is_nickname(column) and not slot_of(column, comment, {kind}):
            person = NUMBERED.get(kind) or number_word(column, comment)
            yield _rank(person, table), column, person


def _rank(person: str, table: Table) -> int:
    if person and same(person) == same(persons_in(table)):
        return _ROWS
    if same(person) == "employee":
        return _STAFF
    return _ANYBODY if person in _GENERAL else _SERVED


def _is_another(base: pa.StringArray, other: pa.StringArray, first: int, rank: int) -> bool:
    """Return whether numbers in the same rows are of two persons."""
    several = meets_several(base, other), meets_several(other, base)
    if rank == _STAFF and first == _SERVED:
        return any(several) or not (come_again(base) and come_again(other))
    return any(several) if rank == _STAFF else all(several)
