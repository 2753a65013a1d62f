"""Keys of persons that the values of a table bear out, and whose they are in its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from classifiers import Tag, built_in
from classifiers.kernels import clean
from connectors import Batch, Table
from scanner.assembly import Key
from scanner.digests.columns import ISSUER_KINDS
from scanner.stages.apart import holds, meets_several
from scanner.stages.named_keys import Keys, Whose
from scanner.stages.person_words import (
    SERVED_FIRST,
    about,
    is_surrogate,
    named_in,
    person_of,
    same,
    slot_of_rows,
)
from scanner.stages.second_persons import NAMES, header_words, slot_of

DIFFERENT = 0.1  # share of keys that come with several names from which on the names are other people's
_MOST = 64  # characters of a key
_MINDED = frozenset({"patient", "passenger", "guest", "visitor"})  # whose account may be a relative's
_OF_OTHERS = frozenset(  # words of tables that name people under somebody else's key
    "address addresses addr contact receiver consignee traveler traveller relative family parent guardian "
    "insured beneficiary companion dependent".split()
)
_OF_OTHERS_IN_CHINESE = re.compile(
    r"地址|联系人|收货人|收件人|家属|亲属|家庭|家长|监护人|被保险人|受益人|同行人"
)
Tags = Mapping[str, Sequence[Tag]]


def keys_held(batch: Batch, table: Table, keys: Keys, tags: Tags) -> dict[str, Key]:
    """Return the keys of a table that its values bear out.

    Columns with a tag are no keys, but numbers of accounts, staff, pupils or patients may be, of a table that
    lists them.

    Args:
        batch: A sample of the table.
        table: The table.
        keys: Its keys by names.
        tags: What its columns hold.

    """
    may_be = [c for c in keys if c in batch.schema.names and _no_other(tags.get(c, ()), keys[c])]
    held = [column for column in may_be if _may_be_key(batch, column, tags)]
    slots: dict[str, str] = {}
    known: set[tuple[str, bool]] = set()
    found: dict[str, Key] = {}
    for column in sorted(held, key=_rank):
        word, surrogate = person_of(column), is_surrogate(column)
        if word and (word, surrogate) in known:
            continue  # user_id and uid of one row: whose each is cannot be told
        if word not in slots:
            own = not slots and not _names_others(batch, table.name, column, tags)
            slots[word] = "" if own else word or about(table.name)
        known.add((word, surrogate))
        found[column] = Key(keys[column].seen_from(table.group), slots[word], keys[column].id)
    return found


def _no_other(tags: Sequence[Tag], whose: Whose) -> bool:
    """Return whether tags leave it open that a column is a key."""
    return not tags or (whose.listed and ISSUER_KINDS.issuperset(tag.type for tag in tags))


def _rank(column: str) -> int:
    """Return the place of a key: that of the rows themselves, of those whom others serve, of those."""
    word = person_of(column)
    return SERVED_FIRST.index(word) + 1 if word else 0


def _may_be_key(batch: Batch, column: str, tags: Tags) -> bool:
    """Return whether values may be keys; those of rows come once each, or always with the same person."""
    cells = _cells(batch, column)
    different = cells.drop_null().unique()
    longest = pc.max(pc.utf8_length(different)).as_py() or 0
    of_others = bool(person_of(column))
    return 0 < longest <= _MOST and (
        of_others or len(different) == len(cells) or _are_persons(batch, column, tags)
    )


def _are_persons(batch: Batch, column: str, tags: Tags) -> bool:
    """Return whether whatever tells persons apart is the same in rows with the same value.

    So it is where a table holds the state of many days.
    """
    telling = built_in().identifying | NAMES
    beside = [c for c, held in tags.items() if any(tag.type in telling for tag in held)]
    cells = _cells(batch, column)
    return bool(beside) and not any(
        meets_several(cells, _cells(batch, other), share=DIFFERENT) for other in beside
    )


def _cells(batch: Batch, name: str) -> pa.StringArray:
    return clean(batch.column(batch.schema.names.index(name)))


def _names_others(batch: Batch, table: str, key: str, tags: Tags) -> bool:
    """Return whether those named in the rows are others than those to whom a key refers.

    An address book of users names many people under one user, and users make appointments for patients.
    """
    names = [column for column, held in tags.items() if holds(held, NAMES)]
    rows = slot_of_rows(table)
    own = [column for column in names if slot_of(column, "", NAMES) in ("", rows)]
    if names and (_lists_others(table) or (own and _about_others(table, key, own))):
        return True
    if names and not own:  # but perhaps a phone of nobody knows whom
        identifying = built_in().identifying
        known = [(c, [tag.type for tag in held]) for c, held in tags.items() if holds(held, identifying)]
        return any(not slot_of(column, "", types) for column, types in known)
    return any(meets_several(_cells(batch, key), _cells(batch, name), share=DIFFERENT) for name in own)


def _lists_others(table: str) -> bool:
    words = header_words(table)
    alone = {word.removesuffix("s") for word in words}
    return not _OF_OTHERS.isdisjoint(alone.union(words)) or _OF_OTHERS_IN_CHINESE.search(table) is not None


def _about_others(table: str, key: str, names: Sequence[str]) -> bool:
    """Return whether headers of names, or else the name of the table, say that others are named.

    Employees and students have accounts as users; the account of a patient may be a relative's.
    """
    rows, whose = same(about(table)), same(person_of(key) or about(table))
    named = {word for name in names for word in named_in(name)} or {rows} - {""}
    with_account = {rows} - _MINDED if whose == "customer" else set()
    return bool(named - with_account - {whose})
