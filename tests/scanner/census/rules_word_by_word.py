"""The rules of docs/counting.md, sections 7 and 8, word by word and without regard to speed.

They hold for small worlds: no value meets eight people, no table is long enough to be a list of contacts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scanner.census.hashing import identity_keys
from scanner.census.kinds import ACCOUNT, CONTACT, FOR_LIFE, KINDS, PERSONAL_ACCOUNTS, PHONES, STRONG
from scanner.identifiers import ADULT, MINOR_UNDER_18, OF_THING, RELATION, THING, Records

Row = Mapping[str, Any]
Id = tuple[str, int]  # kind and value
Interval = tuple[int, int, int]
PSEUDONYMS = {"pseudonym", "pseudonymous_contact"}
THINGS = {"thing": THING, "of_thing": OF_THING}  # which a row has, or to which it refers
AGES = {0: 0, MINOR_UNDER_18: 1, ADULT: 2}


def digest(text: object) -> int:
    return int.from_bytes(hashlib.blake2b(str(text).encode(), digest_size=8).digest(), "little") | 1


def name_digest(name: str) -> int:
    """Names that may be Chinese ones in Latin letters carry bit 0."""
    return digest(name) & ~1 | name.isascii()


def written(table: str, rows: Sequence[Row]) -> Records:
    kinds = sorted({kind for row in rows for kind in row if kind in KINDS})
    column = {kind: [digest((kind, row[kind])) if kind in row else 0 for row in rows] for kind in kinds}
    column |= {of: [digest(row[of]) if of in row else 0 for row in rows] for of in THINGS}
    column[RELATION] = [digest(relation) if (relation := relation_of(row)) else 0 for row in rows]
    return Records(
        table=table,
        slot="",
        ids=(
            *((kind, np.array(column[kind], np.uint64)) for kind in (*kinds, RELATION)),
            *((kind, np.array(column[of], np.uint64)) for of, kind in THINGS.items()),
        ),
        names=np.array([name_digest(row["name"]) if "name" in row else 0 for row in rows], np.uint64),
        born_as=np.array([row_birth(row) for row in rows], np.uint64),
        flags=np.array([row.get("age", 0) for row in rows], np.uint32),
        present=np.ones(len(rows), np.bool_),
        key="k",
    )


def relation_of(row: Row) -> tuple[int, int] | None:
    """Return whose relative the row shows under which phone."""
    return (row["relative_of"], row["mobile"]) if "relative_of" in row and "mobile" in row else None


def row_birth(row: Row) -> int:
    return digest((row["name"], row["born"])) if "name" in row and "born" in row else 0


@dataclass
class Identity:
    """All rows with the same identifiers, name and age."""

    ids: frozenset[Id]
    name: str
    age: int
    number: int = 0
    rows: int = 0
    lent: int = 0
    tables: set[str] = field(default_factory=set)
    births: set[int] = field(default_factory=set)

    def of(self, *strengths: str) -> set[Id]:
        return {each for each in self.ids if KINDS[each[0]].strength in strengths}


class Group:
    """Identities taken for one person."""

    def __init__(self, members: Iterable[Identity]) -> None:
        self.members = sorted(members, key=lambda member: member.number)

    @property
    def number(self) -> int:
        return self.members[0].number

    @property
    def rows(self) -> int:
        return sum(member.rows for member in self.members)

    @property
    def names(self) -> set[str]:
        return {member.name for member in self.members if member.name}

    @property
    def ages(self) -> set[int]:
        return {member.age for member in self.members if member.age}

    @property
    def tables(self) -> set[str]:
        return {table for member in self.members for table in member.tables}

    @property
    def ids(self) -> set[Id]:
        return {each for member in self.members for each in member.ids}

    def documents(self, kind: str) -> set[int]:
        return {value for each, value in self.ids if each == kind}

    def listed(self) -> dict[tuple[str, str], set[int]]:
        """Return the personal accounts by table and kind."""
        found: dict[tuple[str, str], set[int]] = {}
        for member in self.members:
            for kind, value in member.of(ACCOUNT):
                if KINDS[kind].order in PERSONAL_ACCOUNTS:
                    for table in member.tables:
                        found.setdefault((table, kind), set()).add(value)
        return found


def for_life(kind: str) -> bool:
    return KINDS[kind].order in FOR_LIFE


def differ(a: Group, b: Group, *, renewable: bool) -> bool:
    """Return whether both have a document of one kind, and not the same."""
    kinds = {kind for kind, _ in a.ids if KINDS[kind].strength == STRONG and for_life(kind) is not renewable}
    return any(
        a.documents(kind) and b.documents(kind) and a.documents(kind).isdisjoint(b.documents(kind))
        for kind in kinds
    )


def apart_by_documents(a: Group, b: Group, _kind: str) -> bool:
    return differ(a, b, renewable=False)


def contradict(a: Group, b: Group, kind: str) -> bool:
    """Return whether two groups that share a contact of this kind cannot be one person."""
    if differ(a, b, renewable=False):
        return True
    if a.names & b.names:
        return False
    both_named = bool(a.names and b.names)
    latin = any(name.isascii() for name in a.names), any(name.isascii() for name in b.names)
    chinese = any(not name.isascii() for name in a.names), any(not name.isascii() for name in b.names)
    names_differ = both_named and ((latin[0] and latin[1]) or (chinese[0] and chinese[1]))
    ages_differ = len(a.ages) == len(b.ages) == 1 and a.ages != b.ages
    mine, theirs = a.listed(), b.listed()
    listed_apart = KINDS[kind].order in PHONES and any(
        mine[where].isdisjoint(theirs[where]) for where in mine.keys() & theirs.keys()
    )
    return differ(a, b, renewable=True) or names_differ or ages_differ or listed_apart


def best_known_first(group: Group) -> tuple[bool, bool, bool, int, int]:
    document = any(KINDS[kind].strength == STRONG for kind, _ in group.ids)
    return not document, not group.names, not group.ages, -group.rows, group.number


def documented_first(group: Group) -> tuple[bool, int, int]:
    return not any(for_life(kind) for kind, _ in group.ids), -group.rows, group.number


def link(
    groups: list[Group], strengths: Sequence[str], apart: Any, first: Any
) -> tuple[list[Group], list[Group]]:
    """Return the groups by certain links, and by all links."""
    values = {each for group in groups for each in group.ids if KINDS[each[0]].strength in strengths}
    sharing = {value: [group.number for group in groups if value in group.ids] for value in values}
    order = sorted(values, key=lambda v: (KINDS[v[0]].order, len(sharing[v]), digest(v)))
    waiting = [value for value in order if join(groups, value, apart, first, force=False)]
    certain = [Group(group.members) for group in groups]
    for value in waiting:
        join(groups, value, apart, first, force=True)
    return certain, groups


def join(groups: list[Group], value: Id, apart: Any, first: Any, *, force: bool) -> bool:
    """Unite what a value touches; return whether something fitted several persons and has to wait."""
    persons: list[Group] = []
    ambiguous = False
    for group in sorted((group for group in groups if value in group.ids), key=first):
        fitting = [person for person in persons if not apart(person, group, value[0])]
        if len(fitting) > 1 and apart is contradict:
            fitting = [person for person in fitting if person.names & group.names] or fitting
        if not fitting:
            persons.append(group)
        elif len(fitting) == 1 or force:
            person = min(fitting, key=lambda each: (-each.rows, each.number))
            groups.remove(group)
            person.members = sorted([*person.members, *group.members], key=lambda member: member.number)
        else:
            ambiguous = True
    return ambiguous


@dataclass
class World:
    """Who is one person in some tables: for certain, and by all links; and the rows that name nobody."""

    certain: list[Group]
    persons: list[Group]
    anonymous: list[Row]


def world_of(tables: Mapping[str, Sequence[Row]]) -> World:
    identities, anonymous = identities_of(with_lent_names(with_lent_persons(tables)))
    firm = [Group([each]) for each in identities]
    certain, firm = link(firm, (STRONG, ACCOUNT), apart_by_documents, documented_first)
    _, persons = link([Group(group.members) for group in firm], (CONTACT,), contradict, best_known_first)
    return World([part for group in certain for part in under_one_name(group)], persons, anonymous)


def under_one_name(group: Group) -> list[Group]:
    """Divide what documents and accounts link by names that contradict, unless beside a document."""
    others: set[str] = set()
    for script in (True, False):
        names = sorted((name for name in group.names if name.isascii() is script), key=name_digest)
        documented = {one.name for one in group.members if one.of(STRONG)}
        others |= set(names) - (documented if documented.intersection(names) else set(names[:1]))
    first = [one for one in group.members if one.name not in others]
    return [Group(first), *(Group(one for one in group.members if one.name == other) for other in others)]


def reference(tables: Mapping[str, Sequence[Row]]) -> Interval:
    """Return lower, estimate and upper."""
    world = world_of(tables)
    persons = world.persons
    estimate = estimated(persons)
    return (
        min(lower(persons, world.certain), estimate),
        estimate,
        max(upper(persons, world.certain) + len(world.anonymous), estimate),
    )


def estimated(persons: Sequence[Group]) -> int:
    """Return how many there are if those whom pseudonyms alone show are others as far as may be."""
    alone = [one for one in persons if not one.names and all(kind in PSEUDONYMS for kind, _ in one.ids)]
    theirs = {table for one in alone for table in one.tables}
    largest = max((sum(table in one.tables for one in persons) for table in theirs), default=0)
    return max(len(persons) - len(alone), len(alone), largest)


def with_lent_persons(tables: Mapping[str, Sequence[Row]]) -> Mapping[str, Sequence[Row]]:
    """Give rows that show nobody what the rows of their thing show, if that is one person; four times."""
    for _ in range(4):
        shown: dict[int, set[Any]] = {}
        for row in (row for rows in tables.values() for row in rows if "thing" in row):
            if ids := identifiers_of(row):
                shown.setdefault(row["thing"], set()).add((ids, row.get("name")))
        tables = {table: [with_person(row, shown) for row in rows] for table, rows in tables.items()}
    return tables


def with_person(row: Row, shown: Mapping[int, set[Any]]) -> Row:
    alike = shown.get(row.get("of_thing", 0), ())
    if any(KINDS[kind].strength != CONTACT for kind, _ in identifiers_of(row)) or len(alike) != 1:
        return row
    ((ids, name),) = alike
    theirs = {f"{kind} of the thing": (kind, value) for kind, value in ids}
    rest = {key: value for key, value in row.items() if key != "of_thing"}
    return {**({"name": name} if name else {}), **rest, **theirs}


def identifiers_of(row: Row) -> frozenset[Id]:
    own = {(key, value) for key, value in row.items() if key in KINDS}
    return frozenset(own | {value for key, value in row.items() if key.endswith(" of the thing")})


def with_lent_names(tables: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """Give relatives with contacts only the one name that rows of the same relative show."""
    names: dict[Any, set[str]] = {}
    for row in (row for rows in tables.values() for row in rows):
        names.setdefault(relation_of(row), set()).update({row["name"]} if "name" in row else ())

    def lent(row: Row) -> Row:
        shown = names[relation_of(row)] if relation_of(row) and "name" not in row else set()
        firm = any(KINDS[kind].strength != CONTACT for kind, _ in identifiers_of(row))
        return {**row, "name": min(shown), "lent": True} if len(shown) == 1 and not firm else row

    return {table: [lent(row) for row in rows] for table, rows in tables.items()}


def identities_of(tables: Mapping[str, Sequence[Row]]) -> tuple[list[Identity], list[Row]]:
    found: dict[tuple[frozenset[Id], str, int], Identity] = {}
    anonymous: list[Row] = []
    for table, rows in tables.items():
        for row in rows:
            ids = identifiers_of(row)
            if not ids:
                anonymous.append(row)
                continue
            name, age = row.get("name", ""), AGES[row.get("age", 0)]
            one = found.setdefault((ids, name, age), Identity(ids, name, age))
            one.rows += 1
            one.lent += row.get("lent", False)
            one.tables.add(table)
            one.births |= {row_birth(row)} - {0}
    for number, one in enumerate(sorted(found.values(), key=key_of)):
        one.number = number
    return sorted(found.values(), key=lambda one: one.number), anonymous


def key_of(one: Identity) -> int:
    """Ties are broken by digest, so that the order of rows does not matter."""
    ids = [(KINDS[kind].order, np.array([digest((kind, value))], np.uint64)) for kind, value in one.ids]
    names = np.array([name_digest(one.name) if one.name else 0], np.uint64)
    return int(identity_keys(ids, names, np.array([one.age], np.uint8))[0])


def only_contacts(one: Identity) -> bool:
    return not one.of(STRONG, ACCOUNT)


def upper(persons: Sequence[Group], certain: Sequence[Group]) -> int:
    total = 0
    for person in persons:
        firm = [
            held
            for group in certain
            if (held := [one for one in group.members if one in person.members and not only_contacts(one)])
        ]
        total += len(firm)
        total += sum(
            most_users(part)
            for group in tied([one for one in person.members if only_contacts(one)])
            for part in by_name(group)
        )
    return total


def tied(identities: Sequence[Identity]) -> list[list[Identity]]:
    """Return what hangs together by the contacts that these identities share."""
    groups: list[list[Identity]] = []
    for one in identities:
        near = [group for group in groups if any(one.ids & other.ids for other in group)]
        groups = [group for group in groups if group not in near] + [[one, *(o for g in near for o in g)]]
    return groups


def by_name(group: Sequence[Identity]) -> list[list[Identity]]:
    """Divide what hangs together by name; those without one stay with the first."""
    names = sorted({one.name for one in group if one.name}, key=name_digest)
    first = [one for one in group if not one.name or one.name == names[0]]
    return [first, *([one for one in group if one.name == name] for name in names[1:])]


def most_users(group: Sequence[Identity]) -> int:
    named = any(one.name and one.rows > one.lent for one in group)
    nameless = sum(one.lent if one.name else one.rows for one in group)
    sharers = max(KINDS[kind].sharers for one in group for kind, _ in one.ids)
    return max(1, min(named + nameless, sharers))


def lower(persons: Sequence[Group], certain: Sequence[Group]) -> int:
    return max(by_names(persons, certain), by_values(persons, certain))


def by_names(persons: Sequence[Group], certain: Sequence[Group]) -> int:
    """Return the sum over all names; a person of several names goes by one of them."""
    shown = [
        one for group in certain if group.names for one in group.members if one.name or not only_contacts(one)
    ]
    named: dict[str, list[Group]] = {}
    for person in persons:
        if person.names:
            theirs = Group(one for one in person.members if one in shown)
            named.setdefault(one_name(person.names), []).append(theirs)
    return sum(max(fewest_namesakes(group), fewest_by_age(group)) for group in named.values())


def fewest_by_age(persons: Sequence[Group]) -> int:
    """Return the fewest of one name where minors and those of age are different persons."""
    return sum(fewest_namesakes([person for person in persons if person.ages == {age}]) for age in (1, 2))


def one_name(names: set[str]) -> str:
    return min(names, key=lambda name: (name.isascii(), name_digest(name)))


def fewest_namesakes(persons: Sequence[Group]) -> int:
    """Return the fewest of one name, whatever their age."""
    births = {
        min(found) for person in persons if (found := {b for one in person.members for b in one.births})
    }
    held = [{each for each in person.ids if each[0] not in ("license_plate", "vin")} for person in persons]
    return min(max(1, len(births), most_by_kind(held)), len(persons))


def most_by_kind(held: Sequence[set[Id]]) -> int:
    kinds = {kind for ids in held for kind, _ in ids}
    return max((-(-held_values(kind, held) // KINDS[kind].per_person) for kind in kinds), default=0)


def held_values(kind: str, held: Sequence[set[Id]]) -> int:
    """Return how many values persons hold; of accounts no more of each person than is assumed."""
    of_each = [{value for each, value in ids if each == kind} for ids in held]
    different = len(set().union(*of_each))
    if KINDS[kind].strength != ACCOUNT:
        return different
    shared = sum(map(len, of_each)) - different
    return sum(min(len(values), KINDS[kind].per_person) for values in of_each) - shared


def by_values(persons: Sequence[Group], certain: Sequence[Group]) -> int:
    shown = [one for group in certain for one in group.members]
    held = [{each for one in person.members if one in shown for each in one.ids} for person in persons]
    return most_by_kind(held)


@dataclass
class Aged:
    """A person, and what is taken for evidence of the age: an ID number's rows before all others."""

    group: Group

    @property
    def by_document(self) -> list[Identity]:
        return [each for each in self.group.members if any(kind == "id_card" for kind, _ in each.ids)]

    @property
    def evidence(self) -> set[int]:
        """Return the ages that are shown: 1 a minor, 2 of age."""
        documented = Group(self.by_document).ages if self.by_document else set()
        return documented or self.group.ages

    @property
    def unknown(self) -> list[Identity]:
        """Return whose age nothing shows, or what an ID number denies and may be somebody else's."""
        if not self.evidence:
            return self.group.members
        others = [each for each in self.group.members if each not in self.by_document]
        return others if 1 not in self.evidence and any(each.age == 1 for each in others) else []

    @property
    def born_as(self) -> int:
        return min((birth for each in self.group.members for birth in each.births), default=0)


def reference_of_minors(tables: Mapping[str, Sequence[Row]]) -> Interval:
    """Return lower, estimate and upper of those under 18."""
    world = world_of(tables)
    aged = [Aged(person) for person in world.persons]
    minors = [each for each in aged if 1 in each.evidence]
    sure = [each.group for each in minors if 2 not in each.evidence]
    nobody = {age: [row for row in world.anonymous if row.get("age", 0) == age] for age in AGES}
    estimate = told_apart(minors, nobody[MINOR_UNDER_18])
    fewest = min(lower(sure, touched(sure, world.certain)), len(sure), estimate)
    possible = [*(each.group for each in minors), *(Group(each.unknown) for each in aged if each.unknown)]
    return (
        max(fewest, bool(sure or nobody[MINOR_UNDER_18])),
        estimate,
        upper(possible, world.certain) + len(nobody[MINOR_UNDER_18]) + len(nobody[0]),
    )


def touched(persons: Sequence[Group], certain: Sequence[Group]) -> list[Group]:
    members = [one for person in persons for one in person.members]
    return [group for group in certain if any(one in members for one in group.members)]


def told_apart(minors: Sequence[Aged], nobody: Sequence[Row]) -> int:
    """Return how many there are: those of one name and birth date are one, unless both have an ID number."""
    with_id = [each for each in minors if each.by_document]
    others = [each.born_as for each in minors if not each.by_document] + [row_birth(row) for row in nobody]
    born = set(others) - {0} - {each.born_as for each in with_id}
    return len(with_id) + others.count(0) + len(born)
