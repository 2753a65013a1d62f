"""Keys of persons, as far as names tell: columns by which rows refer to somebody in another table.

Such a number is of the database, not of a person: it tells people apart within one database only. ``user_id``
refers to the table ``users`` or ``sys_user``, and there it is the column ``id``, unless that table has a
``user_id`` itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from connectors import Table
from scanner.stages.databases import numbering, serves
from scanner.stages.person_words import (
    ALSO_THINGS,
    Reference,
    about,
    first_word,
    is_surrogate,
    layer,
    plain_name,
    reference,
    same,
    word_count,
)
from scanner.stages.second_persons import header_words

_OWN = frozenset("id uuid guid 主键 主键id".split())  # headers of what numbers the rows of a table


@dataclass(frozen=True, slots=True)
class Whose:
    """The persons for whom the values of a key stand.

    Attributes:
        numbering: Groups of tables in which they mean the same; see ``databases.numbering``.
        table: The table that lists the persons; where none does, a word for them in brackets.
    """

    numbering: str
    table: str

    @property
    def id(self) -> str:
        return f"{self.numbering}/{self.table}"

    @property
    def listed(self) -> bool:
        return not self.table.startswith("(")

    def seen_from(self, group: str) -> str:
        """Return how tables of a group call them."""
        near = self.numbering in ("", numbering(group))
        return self.table if near else f"{self.numbering}/{self.table}"


Keys = dict[str, Whose]  # by column
Place = tuple[str, str]  # group and name of a table


def keys_of(tables: Sequence[Table], companies: Sequence[Table] = ()) -> dict[Place, Keys]:
    """Return the keys of persons in the tables of one source, as far as names tell.

    Args:
        tables: The tables.
        companies: Those of them whose rows are companies, though they are named after persons.

    """
    lists = _Lists(tables, companies)
    found = {(table.group, table.name): dict(_keys_in(table, lists)) for table in tables}
    meant = {whose for keys in found.values() for whose in keys.values()}
    for place, own in lists.own.items():
        if own.whose in meant:
            found[place] |= dict.fromkeys(own.columns, own.whose)
    return found


@dataclass(frozen=True, slots=True)
class _Own:
    """Columns that number the rows of a table of persons."""

    columns: tuple[str, ...]
    whose: Whose


class _Lists:
    """Tables that list people: whose rows keys stand for."""

    def __init__(self, tables: Sequence[Table], companies: Sequence[Table]) -> None:
        self._companies = {(numbering(table.group), same(about(table.name))) for table in companies}
        left_out = {(table.group, table.name) for table in companies}
        tables = [table for table in tables if (table.group, table.name) not in left_out]
        listing = [table for table in tables if _lists_people(table)]
        names = _names(listing)
        self.own: dict[Place, _Own] = {}
        self._owners: dict[str, _Owners] = {}
        for table in listing:
            whose = Whose(numbering(table.group), names[table.group, table.name])
            self.own[table.group, table.name] = _Own(_own_keys(table), whose)
            self._add(about(table.name), whose)
        for person, whose in self._of_their_own_number(tables):
            self._add(person, whose)
        self._elsewhere: dict[tuple[str, str], Whose | None] = {}

    def _add(self, person: str, whose: Whose) -> None:
        self._owners.setdefault(whose.numbering, _Owners()).add(person, whose.table)

    def _of_their_own_number(self, tables: Sequence[Table]) -> list[tuple[str, Whose]]:
        """Return tables of persons that number them as others do, where none has them under its own ``id``.

        Of ``user`` and ``vip_user`` the first lists them all. ``dim_customer`` lists those of ``ods_users``.
        """
        found: dict[tuple[str, str], list[Table]] = {}
        beside = {(*_layer(table), same(about(table.name))) for table in tables if _lists_people(table)}
        for table in tables:
            group, person = numbering(table.group), about(table.name)
            of_its_own = Reference(person) in _referred(table).values() and not self._named(group, person)
            apart = (*_layer(table), same(person)) in beside
            if of_its_own and (apart or not self._listed(group, person)):
                found.setdefault((group, person), []).append(table)
        out = []
        for (group, person), alike in found.items():
            names = set(_names(alike).values())
            whole = [name for name in names if word_count(name) == 1]
            out += [(person, Whose(group, name)) for name in whole or sorted(names)]
        return out

    def _named(self, group: str, person: str) -> bool:
        return group in self._owners and self._owners[group].names(person)

    def _listed(self, group: str, person: str) -> bool:
        return group in self._owners and self._owners[group].of(person, "") is not None

    def of(self, refers: Reference, table: Table) -> Whose | None:
        """Return whose a column that refers to persons is; None if that is in doubt.

        A role is that of a user, unless a table lists whoever has it.
        """
        group = numbering(table.group)
        if group in self._owners and (listed := self._owners[group].of(refers.role, table.name)):
            return Whose(group, listed)
        person = refers.person
        if (group, same(person)) in self._companies and not self._named(group, person):
            return None
        name = self._owners[group].of(person, table.name) if group in self._owners else None
        if name is not None:
            return Whose(group, name) if name else None
        if (group, person) not in self._elsewhere:
            self._elsewhere[group, person] = self._of_others(group, person)
        if found := self._elsewhere[group, person]:
            return found
        return None if person in ALSO_THINGS or refers.role else Whose(group, f"({person})")

    def _of_others(self, group: str, person: str) -> Whose | None:
        """Return the list of such persons in another group, if one alone may be meant."""
        serving = {other: owners for other, owners in self._owners.items() if serves(other, group, person)}
        named = [other for other, owners in serving.items() if owners.names(person)]
        may_be = named or [other for other, owners in serving.items() if owners.of(person, "")]
        name = serving[may_be[0]].of(person, "") if len(may_be) == 1 else None
        return Whose(may_be[0], name) if name else None


class _Owners:
    """Names of the tables of one database that list people."""

    def __init__(self) -> None:
        self._named: dict[str, set[str]] = {}
        self._alike: dict[str, set[str]] = {}
        self._by_first: dict[str, dict[str, list[str]]] = {}

    def add(self, person: str, name: str) -> None:
        self._named.setdefault(person, set()).add(name)
        self._alike.setdefault(same(person), set()).add(name)
        self._by_first.clear()

    def names(self, person: str) -> bool:
        """Return whether a table has that very word."""
        return person in self._named

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


def _names(listing: Sequence[Table]) -> Mapping[Place, str]:
    """Return how the lists are called: alike, if one is the other in another layer of a warehouse.

    ``ods_users`` and ``dim_user`` are; ``users`` and ``user`` side by side are two lists.
    """
    layers: dict[tuple[str, str], set[Place]] = {}
    for table in listing:
        there = layers.setdefault((numbering(table.group), plain_name(table.name)), set())
        there.add(_layer(table))
    named: dict[Place, str] = {}
    for table in listing:
        group, name = numbering(table.group), plain_name(table.name)
        one = name.removesuffix("s")
        apart = layers.get((group, one), set()).isdisjoint(layers[group, name])
        named[table.group, table.name] = one if (group, one) in layers and apart else name
    return named


def _layer(table: Table) -> tuple[str, str]:
    return table.group, layer(table.name)


def _lists_people(table: Table) -> bool:
    """Return whether the rows of a table are people whom it numbers."""
    person = about(table.name)
    own = {refers.role or refers.person for refers in _referred(table).values()}
    return bool(person and _own_keys(table)) and person not in own


def _keys_in(table: Table, lists: _Lists) -> Iterator[tuple[str, Whose]]:
    for column, refers in _referred(table).items():
        whose = lists.of(refers, table)
        if whose:
            apart = " (key)" if is_surrogate(column) else ""
            yield column, Whose(whose.numbering, f"{whose.table}{apart}")


def _referred(table: Table) -> dict[str, Reference]:
    """Return columns that refer to persons, and to whom."""
    return {column.name: refers for column in table.columns if (refers := reference(column.name))}


def _own_keys(table: Table) -> tuple[str, ...]:
    """Return the columns that number the rows of a table."""
    return tuple(c.name for c in table.columns if "".join(header_words(c.name)) in _OWN)
