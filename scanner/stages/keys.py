"""Keys of persons: columns by which rows refer to somebody's row in another table, as ``user_id`` does.

Such a number is of the database, not of a person: it tells people apart within one dataset only. Headers
and names of tables say whose it is. ``user_id`` refers to the table ``users`` or ``sys_user``, and there it
is the column ``id``, unless that table has a ``user_id`` itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from classifiers import Tag, built_in
from classifiers.kernels import clean
from connectors import Batch, Table
from scanner.assembly import Key
from scanner.digests.columns import ISSUER_KINDS
from scanner.stages.apart import holds, meets_several
from scanner.stages.person_words import (
    ALSO_THINGS,
    SERVED_FIRST,
    about,
    first_word,
    named_in,
    person_of,
    plain_name,
    same,
    word_count,
)
from scanner.stages.second_persons import NAMES, header_words, slot_of

DIFFERENT = 0.1  # share of keys that come with several names from which on the names are other people's
_MOST = 64  # characters of a key
_OWN = frozenset("id uuid guid 主键 主键id".split())  # headers of what numbers the rows of a table
_MINDED = frozenset({"patient", "passenger", "guest", "visitor"})  # whose account may be a relative's
_OF_OTHERS = frozenset(  # words of tables that name people under somebody else's key
    "address addresses addr contact receiver consignee traveler traveller relative family parent guardian "
    "insured beneficiary companion dependent".split()
)
_OF_OTHERS_IN_CHINESE = re.compile(
    r"地址|联系人|收货人|收件人|家属|亲属|家庭|家长|监护人|被保险人|受益人|同行人"
)

# Column to the table whose rows its values stand for; where none lists those persons, to a word in brackets.
Keys = dict[str, str]


def keys_of(tables: Sequence[Table]) -> dict[str, Keys]:
    """Return the keys of persons in the tables of one dataset, by table, as far as names tell."""
    listing = [table for table in tables if _lists_people(table)]
    owners = _Owners(listing)
    found = {table.name: dict(_keys_in(table, owners)) for table in tables}
    meant = {whose for keys in found.values() for whose in keys.values()}
    for table in listing:
        if plain_name(table.name) in meant:
            found[table.name][_own_key(table)] = plain_name(table.name)
    return found


class _Owners:
    """Tables that list people: whose rows keys stand for."""

    def __init__(self, listing: Sequence[Table]) -> None:
        self._named: dict[str, set[str]] = {}
        self._alike: dict[str, set[str]] = {}
        for table in listing:
            person = about(table.name)
            for words, word in ((self._named, person), (self._alike, same(person))):
                words.setdefault(word, set()).add(plain_name(table.name))
        self._by_first: dict[str, dict[str, list[str]]] = {}

    def of(self, person: str, table: str) -> str | None:
        """Return the table to which a column in another refers; nothing in doubt, None where there is none.

        Of several, it is the one whose name begins alike, else the one with the fewest words: ``system_log``
        refers to ``system_users`` rather than to ``member_user``.
        """
        if person not in self._by_first:
            names = self._named.get(person) or self._alike.get(same(person), set())
            self._by_first[person] = _by_first_word(names)
        owners = self._by_first[person]
        named = owners.get(first_word(table)) or owners[""]
        if not named:
            return None
        return named[0] if len(named) == 1 or word_count(named[0]) < word_count(named[1]) else ""


def _by_first_word(names: Collection[str]) -> dict[str, list[str]]:
    """Return names by their first word, and all of them; the shortest first."""
    ordered = sorted(names, key=word_count)
    found: dict[str, list[str]] = {"": ordered}
    for name in ordered:
        found.setdefault(first_word(name), []).append(name)
    return found


def _lists_people(table: Table) -> bool:
    """Return whether the rows of a table are people whom it numbers."""
    person = about(table.name)
    return bool(person and _own_key(table)) and person not in _referred(table).values()


def _keys_in(table: Table, owners: _Owners) -> Iterator[tuple[str, str]]:
    for column, person in _referred(table).items():
        whose = owners.of(person, table.name)
        if whose is None and person not in ALSO_THINGS:
            yield column, f"({person})"
        if whose:
            yield column, whose


def _referred(table: Table) -> dict[str, str]:
    """Return columns that refer to persons, and a word for those."""
    return {column.name: person for column in table.columns if (person := person_of(column.name))}


def _own_key(table: Table) -> str:
    """Return the column that numbers the rows of a table; empty without one."""
    return next((c.name for c in table.columns if "".join(header_words(c.name)) in _OWN), "")


def keys_held(
    batch: Batch, table: str, keys: Mapping[str, str], tags: Mapping[str, Sequence[Tag]]
) -> dict[str, Key]:
    """Return the keys of a table that its values bear out.

    What numbers the rows themselves is different in every row. Columns with a tag are no keys, but numbers of
    accounts, staff, pupils or patients may be, of a table that lists them.

    Args:
        batch: A sample of the table.
        table: Its name.
        keys: Its keys by names.
        tags: What its columns hold.

    """
    may_be = [c for c in keys if c in batch.schema.names and _no_other(tags.get(c, ()), keys[c])]
    cells = {column: _cells(batch, column) for column in may_be}
    held = [c for c, values in cells.items() if _may_be_key(values, unique=not person_of(c))]
    ordered = sorted(held, key=_rank)
    found: dict[str, Key] = {}
    for column in ordered:
        word = person_of(column)
        if word and word in {person_of(other) for other in found}:
            continue  # user_id and uid of one row: whose each is cannot be told
        own = not found and not _names_others(batch, table, column, tags)
        found[column] = Key(keys[column], "" if own else word or about(table))
    return found


def _no_other(tags: Sequence[Tag], whose: str) -> bool:
    """Return whether tags leave it open that a column is a key."""
    return not tags or (whose[0] != "(" and ISSUER_KINDS.issuperset(tag.type for tag in tags))


def _rank(column: str) -> int:
    """Return the place of a key: that of the rows themselves, of those whom others serve, of those."""
    word = person_of(column)
    return SERVED_FIRST.index(word) + 1 if word else 0


def _may_be_key(cells: pa.StringArray, *, unique: bool) -> bool:
    different = cells.drop_null().unique()
    longest = pc.max(pc.utf8_length(different)).as_py() or 0
    return 0 < longest <= _MOST and (not unique or len(different) == len(cells))


def _cells(batch: Batch, name: str) -> pa.StringArray:
    return clean(batch.column(batch.schema.names.index(name)))


def _names_others(batch: Batch, table: str, key: str, tags: Mapping[str, Sequence[Tag]]) -> bool:
    """Return whether those named in the rows are others than those to whom a key refers.

    An address book of users names many people under one user, and users make appointments for patients.
    """
    names = [column for column, held in tags.items() if holds(held, NAMES)]
    own = [column for column in names if not slot_of(column, "", NAMES)]
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
