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

from classifiers import Tag
from classifiers.kernels import clean
from connectors import Batch, Table
from scanner.assembly import Key
from scanner.stages.apart import meets_several
from scanner.stages.second_persons import NAMES, header_words, slot_of

DIFFERENT = 0.1  # share of keys that come with several names from which on the names are other people's
_MOST = 64  # characters of a key

_ENGLISH = (
    "user member customer client patient student pupil subscriber passenger guest visitor buyer borrower "
    "applicant candidate volunteer resident person driver rider doctor teacher employee staff worker admin"
).split()  # those whom others serve come first
_SHORT = {"usr": "user", "cust": "customer", "emp": "employee", "stu": "student", "mbr": "member"}
_PINYIN = {"yh": "user", "hy": "member", "kh": "customer", "hz": "patient", "xs": "student", "ry": "person"}
_CHINESE = {
    "用户": "user",
    "会员": "member",
    "客户": "customer",
    "患者": "patient",
    "病人": "patient",
    "学生": "student",
    "学员": "student",
    "员工": "employee",
    "职工": "employee",
    "人员": "person",
    "教师": "teacher",
    "医生": "doctor",
    "司机": "driver",
    "骑手": "rider",
    "居民": "resident",
}
_PERSONS: Mapping[str, str] = {word: word for word in _ENGLISH} | _SHORT | _PINYIN | _CHINESE
_SAME: Mapping[str, str] = {  # words that are used for one another
    **dict.fromkeys(("user", "member", "client", "subscriber", "buyer"), "customer"),
    **dict.fromkeys(("staff", "worker", "admin"), "employee"),
    "pupil": "student",
}
_ALSO_THINGS = frozenset({"client", "visitor", "guest"})  # programs and browsers, where no table lists people
_ID = ("id", "uuid", "guid", "key")
_ONE_WORD = re.compile(rf"^({'|'.join(_PERSONS)})(?:{'|'.join(_ID)}|主键|标识)$")
_OWN = frozenset("id uuid guid 主键 主键id".split())  # of the row itself
_BEFORE = frozenset("f fk t tb tbl ref dim dwd dws ods ads".split())
_AFTER = frozenset(
    "info infos information base basic profile profiles detail details master main data t tb tbl table list "
    "df di dim all".split()
)
_OF_OTHERS = frozenset(  # tables that name people under somebody else's key
    "address addresses addr contact contacts receiver consignee passenger traveler traveller relative "
    "family".split()
)
_AFTER_CHINESE = re.compile(r"(?:基本|基础)?(?:信息|资料|档案|明细|主)?表?$")

Keys = dict[str, str]  # column to the table whose rows its values stand for, or to a word for those persons


def keys_of(tables: Sequence[Table]) -> dict[str, Keys]:
    """Return the keys of persons in the tables of one dataset, by table, as far as names tell."""
    owners: dict[str, set[str]] = {}
    for table in tables:
        person = _about(table.name)
        if person and _own_key(table) and person not in _referred(table).values():
            owners.setdefault(person, set()).add(_plain(table.name))
    found = {table.name: dict(_keys_in(table, owners)) for table in tables}
    meant = {whose for keys in found.values() for whose in keys.values()} & set().union(*owners.values())
    for table in tables:
        whose, own = _plain(table.name), _own_key(table)
        if own and whose in meant and _about(table.name) not in _referred(table).values():
            found[table.name][own] = whose
    return found


def _keys_in(table: Table, owners: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str]]:
    for column, person in _referred(table).items():
        whose = _owner(table.name, owners.get(person, ())) if person in owners else person
        if whose and (person in owners or person not in _ALSO_THINGS):
            yield column, whose


def _referred(table: Table) -> dict[str, str]:
    """Return columns that refer to persons, and a word for those."""
    return {column.name: person for column in table.columns if (person := _person_of(column.name))}


def _person_of(header: str) -> str:
    """Return a word for the persons to whom a header refers; empty: none, or others than the row's own."""
    words = header_words(header)
    words = words[1:] if len(words) > 1 and words[0] in _BEFORE else words
    if len(words) == 2 and words[0] in _PERSONS and words[1] in _ID:
        return _PERSONS[words[0]]
    if words == ("uid",):
        return "user"
    match = _ONE_WORD.match(words[0]) if len(words) == 1 else None
    return _PERSONS[match[1]] if match else ""


def _own_key(table: Table) -> str:
    """Return the column that numbers the rows of a table; empty without one."""
    return next((c.name for c in table.columns if "".join(header_words(c.name)) in _OWN), "")


def _about(table: str) -> str:
    """Return a word for the persons who are the rows of a table, by its name; empty if it names none."""
    last = _AFTER_CHINESE.sub("", _significant(table)[-1])
    return (_PERSONS.get(last) or _PERSONS.get(last.removesuffix("s"), "")) if len(last) > 1 else ""


def _significant(table: str) -> tuple[str, ...]:
    """Return the words of a table's name without those of layers, kinds of tables, days and shards."""
    words = list(header_words(table)) or [""]
    while len(words) > 1 and (words[-1] in _AFTER or words[-1].isdigit()):
        words.pop()
    return tuple(words[1:] if len(words) > 1 and words[0] in _BEFORE else words)


def _plain(table: str) -> str:
    return "_".join(_significant(table))


def _owner(table: str, owners: Collection[str]) -> str:
    """Return the table to which a column refers: whose name begins alike, or is the shortest; else nothing.

    ``system_log`` refers to ``system_users`` rather than to ``member_user``.
    """
    akin = [owner for owner in owners if _first(owner) == _first(table)]
    named = sorted(akin or owners, key=_words)
    return named[0] if len(named) == 1 or _words(named[0]) < _words(named[1]) else ""


def _words(table: str) -> int:
    return len(_significant(table))


def _first(table: str) -> str:
    return _significant(table)[0].removesuffix("s")


def keys_held(
    batch: Batch, table: str, keys: Mapping[str, str], tags: Mapping[str, Sequence[Tag]]
) -> dict[str, Key]:
    """Return the keys of a table that its values bear out.

    Columns with a tag are none, and what numbers the rows themselves is different in every row.

    Args:
        batch: A sample of the table.
        table: Its name.
        keys: Its keys by names.
        tags: What its columns hold.

    """
    cells = {c: _cells(batch, c) for c in keys if c in batch.schema.names and not tags.get(c)}
    held = [c for c, values in cells.items() if _may_be_key(values, unique=not _person_of(c))]
    ordered = sorted(held, key=_rank)
    found: dict[str, Key] = {}
    for column in ordered:
        word = _person_of(column)
        if word and word in {_person_of(other) for other in found}:
            continue  # user_id and uid of one row: whose each is cannot be told
        own = not found and not _names_others(batch, table, column, tags)
        found[column] = Key(keys[column], "" if own else word or _about(table))
    return found


def _rank(column: str) -> int:
    """Return the place of a key: that of the rows themselves, of those whom others serve, of those."""
    word = _person_of(column)
    return _ENGLISH.index(word) + 1 if word else 0


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
    names = [column for column, held in tags.items() if NAMES.intersection(tag.type for tag in held)]
    if names and not _OF_OTHERS.isdisjoint(header_words(table)):
        return True
    own = [column for column in names if not slot_of(column, "", NAMES)]
    if names and not own:
        return any(not slot_of(c, "", [tag.type for tag in held]) for c, held in tags.items())
    whose, cells = _person_of(key) or _about(table), _cells(batch, key)
    meant = {word for name in own for word in _named_in(name)} - {_SAME.get(whose, whose)}
    return bool(meant) or any(meets_several(cells, _cells(batch, name), share=DIFFERENT) for name in own)


def _named_in(header: str) -> set[str]:
    """Return words for the persons whom a header mentions, but those for anybody."""
    found = {word for word in header_words(header) if word in _ENGLISH}
    found |= {person for word, person in _CHINESE.items() if word in header}
    return {_SAME.get(person, person) for person in found - {"person"}}
