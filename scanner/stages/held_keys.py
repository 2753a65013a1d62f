"""Keys of persons that the values of a table bear out, and whose they are in its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from classifiers import Tag, built_in
from connectors import Batch, Table
from scanner.assembly import Key
from scanner.census.kinds import KINDS, STRONG
from scanner.digests.columns import ISSUER_KINDS
from scanner.stages.named_keys import OF_ROWS, Keys, NamedKey, Whose, persons_in
from scanner.stages.person_words import (
    ROLES,
    SERVED_FIRST,
    Reference,
    is_surrogate,
    named_in,
    said,
    same,
    slot_of_rows,
)
from scanner.stages.second_persons import NAMES, header_words, slot_of
from scanner.stages.values import DIFFERENT, Tags, cells_in, holds, meets_several

_MOST = 64  # characters of a key
_SUBSCRIBERS = frozenset({"user", "subscriber"})  # of which a customer of a telecom may have several
_SIMS = frozenset({"imsi", "iccid"})
_LINE = re.compile(r"serial_?n|msisdn|acc_?nbr|svc_?n|service_?n|(?:业务|服务|计费)号码")
_ONE_A_PERSON = NAMES | {"email"} | {name for name, kind in KINDS.items() if kind.strength == STRONG}
_MINDED = frozenset({"patient", "passenger", "guest", "visitor"})  # whose account may be a relative's
_OF_OTHERS = frozenset(  # words of tables that name people under somebody else's key
    "address addresses addr contact receiver consignee traveler traveller relative family parent guardian "
    "insured beneficiary companion dependent".split()
)
_OF_OTHERS_IN_CHINESE = re.compile(
    r"地址|联系人|收货人|收件人|家属|亲属|家庭|家长|监护人|被保险人|受益人|同行人"
)
_SHORT = ("uid",)  # beside user_id it is a number that somebody else gave


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
    may_be = [c for c in keys if c in batch.schema.names and _no_other(tags.get(c, ()), keys[c].whose)]
    held = [column for column in may_be if _may_be_key(batch, column, keys[column].refers, tags)]
    slots: dict[str, str] = {}
    taken: dict[tuple[str, Whose], str] = {}
    known: set[tuple[Reference, bool]] = set()
    found: dict[str, Key] = {}
    for column in sorted(
        held, key=lambda column: (_rank(keys[column], table), header_words(column) == _SHORT)
    ):
        refers, surrogate = keys[column].refers, is_surrogate(column)
        if refers != OF_ROWS and (refers, surrogate) in known:
            continue  # user_id and uid of one row: whose each is cannot be told
        word = refers.role or refers.person
        if word not in slots:
            slots[word] = _slot(batch, table, (column, keys[column]), tags, slots)
        whose = keys[column].whose
        if taken.setdefault((slots[word], whose), word) != word:
            continue  # nobody has two numbers in one list
        known.add((refers, surrogate))
        found[column] = Key(whose.seen_from(table.group), slots[word], whose.id)
    return _with_own(found, tags, slot_of_rows(table.name))


def _slot(batch: Batch, table: Table, key: tuple[str, NamedKey], tags: Tags, taken: Mapping[str, str]) -> str:
    """Return the slot of a key, given those of the keys before it by their words."""
    column, refers = key[0], key[1].refers
    if refers.role:
        beside = _slot_beside(refers.role, tags)
        return refers.role if beside is None or beside in taken.values() else beside
    first = not taken or (set(taken.values()) == {""} and _is_theirs_too(batch, table, key, tags, taken))
    own = first and not _names_others(batch, table, (column, refers), tags)
    return "" if own else refers.person or persons_in(table)


def _is_theirs_too(
    batch: Batch, table: Table, key: tuple[str, NamedKey], tags: Tags, taken: Mapping[str, str]
) -> bool:
    """Return whether a key is another of the row's own person: an account, or whose account the row is."""
    if key[1].refers.person == "person":
        return True
    account = all(word in ("", persons_in(table)) for word in taken) and comes_once(cells_in(batch, key[0]))
    return account or _is_their_customer(batch, table, key, tags)


def _is_their_customer(batch: Batch, table: Table, key: tuple[str, NamedKey], tags: Tags) -> bool:
    """Return whether the rows are lines of a telecom, and a key refers to the customers who have them.

    Not where a customer has users of several names, documents or addresses: those are people of a company.
    """
    column, person, whose = key[0], key[1].refers.person, key[1].whose
    customer = whose.listed and same(person) == "customer" and person not in _SUBSCRIBERS
    if not (customer and _lists_lines(table, tags)):
        return False
    beside = [c for c, held in tags.items() if holds(held, _ONE_A_PERSON)]
    cells = cells_in(batch, column)
    return not any(meets_several(cells, cells_in(batch, other), share=DIFFERENT) for other in beside)


def _lists_lines(table: Table, tags: Tags) -> bool:
    told = any(_LINE.search(column.name.lower()) for column in table.columns)
    return persons_in(table) in _SUBSCRIBERS and (told or any(holds(held, _SIMS) for held in tags.values()))


def _slot_beside(role: str, tags: Tags) -> str | None:
    """Return the slot of what else tells somebody of a role, as ``payer_name`` does; None without any."""
    telling = built_in().identifying | NAMES
    beside = [
        c for c, held in tags.items() if holds(held, telling) and "_".join(header_words(c)[:-1]) == role
    ]
    return slot_of(beside[0], "", NAMES) if beside else None


def _with_own(found: dict[str, Key], tags: Tags, rows: str) -> dict[str, Key]:
    """Return keys of which the first is that of the row's own person, where nothing else shows one.

    ``rows`` is the slot of second persons who are the rows, contacts in ``user_contact``.
    """
    telling = built_in().identifying | NAMES
    others = [column for column, held in tags.items() if holds(held, telling) and column not in found]
    own = [*(key.slot for key in found.values()), *(slot_of(column, "", NAMES) for column in others)]
    if not found or not {"", rows}.isdisjoint(own):
        return found
    first = next(iter(found.values())).slot
    return {column: replace(key, slot="" if key.slot == first else key.slot) for column, key in found.items()}


def _no_other(tags: Sequence[Tag], whose: Whose) -> bool:
    """Return whether tags leave it open that a column is a key."""
    return not tags or (whose.listed and ISSUER_KINDS.issuperset(tag.type for tag in tags))


def _rank(key: NamedKey, table: Table) -> tuple[int, bool]:
    """Return the place of a key: of the rows themselves, of those whom others serve, of those, of roles.

    Of several for one, that comes first of which a foreign key says so.
    """
    return _rank_of(key.refers, table), not key.declared


def _rank_of(refers: Reference, table: Table) -> int:
    if _is_of_rows(refers, table):
        return 0
    if not refers.role:
        return SERVED_FIRST.index(refers.person) + 1
    roles = [ROLES.index(word) for word in refers.role.split("_") if word in ROLES]
    return len(SERVED_FIRST) + 1 + min(roles, default=len(ROLES))


def _may_be_key(batch: Batch, column: str, refers: Reference, tags: Tags) -> bool:
    """Return whether values may be keys; those of rows come once each, or always with the same person."""
    cells = cells_in(batch, column)
    longest = pc.max(pc.utf8_length(cells)).as_py() or 0
    return 0 < longest <= _MOST and (
        refers != OF_ROWS or comes_once(cells) or _are_persons(batch, column, tags)
    )


def comes_once(cells: pa.StringArray) -> bool:
    """Return whether every cell holds something, each something else."""
    return len(cells.drop_null().unique()) == len(cells)


def _are_persons(batch: Batch, column: str, tags: Tags) -> bool:
    """Return whether whatever tells persons apart is the same in rows with the same value.

    So it is where a table holds the state of many days.
    """
    telling = built_in().identifying | NAMES
    beside = [c for c, held in tags.items() if any(tag.type in telling for tag in held)]
    cells = cells_in(batch, column)
    return bool(beside) and not any(
        meets_several(cells, cells_in(batch, other), share=DIFFERENT) for other in beside
    )


def _names_others(batch: Batch, table: Table, key: tuple[str, Reference], tags: Tags) -> bool:
    """Return whether those named in the rows are others than those to whom a key refers.

    An address book of users names many people under one user, and users make appointments for patients.
    """
    names = [column for column, held in tags.items() if holds(held, NAMES)]
    rows = slot_of_rows(table.name)
    own = [column for column in names if slot_of(column, "", NAMES) in ("", rows)]
    column, refers = key
    whom = persons_in(table)
    if names and (
        (not _is_of_rows(refers, table) and lists_others(table)) or (own and _about_others(whom, refers, own))
    ):
        return True
    if names and not own:  # but perhaps a phone of nobody knows whom
        identifying = built_in().identifying - ISSUER_KINDS
        known = [(c, [tag.type for tag in held]) for c, held in tags.items() if holds(held, identifying)]
        return any(not slot_of(column, "", types) for column, types in known)
    cells = cells_in(batch, column)
    return bool(own) and all(meets_several(cells, cells_in(batch, name), share=DIFFERENT) for name in own)


def _is_of_rows(refers: Reference, table: Table) -> bool:
    """Return whether a key is the number of the rows: their own, or that of whom the table lists."""
    return refers == OF_ROWS or (not refers.role and refers.person == persons_in(table))


def lists_others(table: Table) -> bool:
    """Return whether a table names people under somebody else's key, as an address book does."""
    words = header_words(table.name)
    alone = {word.removesuffix("s") for word in words}
    in_chinese = _OF_OTHERS_IN_CHINESE.search(f"{table.name} {said(table.comment)}")
    return not _OF_OTHERS.isdisjoint(alone.union(words)) or in_chinese is not None


def _about_others(whom: str, refers: Reference, names: Sequence[str]) -> bool:
    """Return whether headers of names, or else the word for those whom the table lists, name others.

    Employees and students have accounts as users; the account of a patient may be a relative's.
    """
    rows, whose = same(whom), same(refers.person or whom)
    named = {word for name in names for word in named_in(name)} or {rows} - {""}
    if refers == OF_ROWS and rows == "customer":
        return not named.issubset({rows, *_MINDED})
    if whose == "person":
        return not named.issubset({rows})
    with_account = {rows} - _MINDED if whose == "customer" else set()
    return bool(named - with_account - {whose})
