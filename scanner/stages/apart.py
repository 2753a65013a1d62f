"""Which columns of one table are of different persons, as their values show: names, and contacts in logs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers import Tag
from classifiers.kernels import canonical
from connectors import Batch
from scanner.identifiers import Mask
from scanner.identifiers.split_names import is_given, names_in, written_names
from scanner.stages.person_words import is_nickname
from scanner.stages.second_persons import NAMES, slot_of
from scanner.stages.values import FEWEST, SEVERAL, cells_in, holds, meets_several

EQUAL = 0.5  # share of rows with the same name from which on two columns are one person's
AKIN = 0.8  # share with the same surname from which on they are: a masked name, a former one
# Whoever comes with several people whom one issuer numbers is their superior, or somebody like that.
ISSUED = "employee_no"
CONTACTS = ("mobile", "email", "user_account", "bank_card", "bank_account", "wechat_id", "qq", "employee_no")

# Numbers by their type: whose they are if not the rows' own persons', and the share that comes with several.
_NUMBERS = {
    "user_account": ("account", SEVERAL),
    "student_no": ("student", 0.2),
    "employee_no": ("employee", 0.2),
    "medical_record_no": ("patient", 0.2),
}
_TOLD_BY = (frozenset({"mobile"}), frozenset({"email"}))

Apart = frozenset[tuple[str, str]]


def columns_apart(batch: Batch, tags: Mapping[str, Sequence[Tag]]) -> Apart:
    """Return the pairs of columns, in the order of the table, whose values are mostly of different persons.

    Names are, if most differ. Two columns of contacts of one kind are, if a value that comes in several rows
    mostly comes with several of the other column, and the other way round; of staff, one way is enough.

    Args:
        batch: A sample of the table.
        tags: What its columns hold.

    """
    return frozenset([*_names_apart(batch, tags), *_contacts_apart(batch, tags)])


def _names_apart(batch: Batch, tags: Mapping[str, Sequence[Tag]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of columns with names, or with parts of them, that mostly differ."""
    columns = [name for name in batch.schema.names if holds(tags.get(name, ()), NAMES)]
    whole = (parts for parts in written_names(tuple(columns)) if len(parts) > 1 or not is_given(*parts))
    written = sorted(whole, key=lambda parts: columns.index(parts[0]))
    cells = {parts: names_in(batch, parts) for parts in written} if len(written) > 1 else {}
    for one, other in itertools.combinations(cells, 2):
        if _names_differ(cells[one], cells[other]):
            yield from itertools.product(one, other)


def _contacts_apart(batch: Batch, tags: Mapping[str, Sequence[Tag]]) -> Iterator[tuple[str, str]]:
    for kind in CONTACTS:
        cells = _text(batch, [name for name, held in tags.items() if holds(held, {kind})])
        for pair in itertools.combinations(cells, 2):
            one, other = (cells[column] for column in pair)
            if _meet_several(one, other, either=kind == ISSUED):
                yield pair


def numbers_of_others(
    batch: Batch, tags: Mapping[str, Sequence[Tag]], apart: Apart = frozenset()
) -> dict[str, str]:
    """Return columns of numbers that are not those of the rows' own persons, and whose they are.

    Accounts are a company's or a family's, if most of those that come in several rows come with several names
    of the rows' own persons; where there are no names, with several phones and several e-mail addresses.
    Pupils, staff and patients have one name each: if a fifth comes with several, these are other people's.

    Args:
        batch: A sample of the table.
        tags: What its columns hold.
        apart: Pairs of its columns whose values are of different persons: names of the second say nothing.

    """
    own = [(name, held) for name, held in tags.items() if not slot_of(name, "", NAMES)]
    of = {kind: [name for name, held in own if holds(held, kind)] for kind in (NAMES, *_TOLD_BY)}
    others = {other for one, other in apart if one in of[NAMES]}
    of[NAMES] = [name for name in of[NAMES] if name not in others]
    found: dict[str, str] = {}
    for pi_type, (whose, share) in _NUMBERS.items():
        told_by = [of[NAMES]] if of[NAMES] or share < SEVERAL else [of[kind] for kind in _TOLD_BY]
        numbers = [name for name, held in own if holds(held, {pi_type}) and not is_nickname(name)]
        if numbers and all(told_by):
            cells = _text(batch, [*numbers, *itertools.chain.from_iterable(told_by)])
            for number in numbers:
                values = canonical(pi_type, cells[number])  # without nicknames
                if all(any(meets_several(values, cells[n], share=share) for n in names) for names in told_by):
                    found[number] = whose
    return found


def _text(batch: Batch, columns: Sequence[str]) -> dict[str, pa.StringArray]:
    """Return columns in the order of the table; nothing of a single one."""
    there = [name for name in batch.schema.names if name in columns]
    return {name: cells_in(batch, name) for name in there} if len(there) > 1 else {}


def _names_differ(one: pa.StringArray, other: pa.StringArray) -> bool:
    # A name in Latin letters may spell the Chinese one beside it, or be the other part of it.
    both = _whole_in_han(one) & _whole_in_han(other)
    if both.sum() < FEWEST:
        return False
    surnames = _surnames(one), _surnames(other)
    equal, akin = (_true(pc.equal(*cells))[both].mean() for cells in ((one, other), surnames))
    return bool(equal < EQUAL and akin < AKIN)


def _surnames(text: pa.StringArray) -> pa.StringArray:
    return pc.utf8_slice_codeunits(text, 0, 1)


def _whole_in_han(text: pa.StringArray) -> Mask:
    """Return cells with a Chinese surname and something after it."""
    return _true(pc.match_substring_regex(text, r"^\p{Han}\S"))


def _meet_several(one: pa.StringArray, other: pa.StringArray, *, either: bool) -> bool:
    meeting = meets_several(one, other), meets_several(other, one)
    return any(meeting) if either else all(meeting)


def _true(flags: pa.Array[Any]) -> Mask:
    return np.asarray(flags.fill_null(False))
