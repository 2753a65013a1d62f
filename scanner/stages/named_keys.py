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
    about,
    first_word,
    is_surrogate,
    layer,
    person_of,
    plain_name,
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


def keys_of(tables: Sequence[Table]) -> dict[Place, Keys]:
    """Return the keys of persons in the tables of one source, as far as names tell."""
    lists = _Lists([table for table in tables if _lists_people(table)])
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

    def __init__(self, listing: Sequence[Table]) -> None:
        names = _names(listing)
        self.own: dict[Place, _Own] = {}
        self._owners: dict[str, _Owners] = {}
        for table in listing:
            whose = Whose(numbering(table.group), names[table.group, table.name])
            self.own[table.group, table.name] = _Own(_own_keys(table), whose)
            self._owners.setdefault(whose.numbering, _Owners()).add(about(table.name), whose.table)
        self._elsewhere: dict[tuple[str, str], Whose | None] = {}

    def of(self, person: str, table: Table) -> Whose | None:
        """Return whose a column that refers to persons is; None if that is in doubt."""
        group = numbering(table.group)
        name = self._owners[group].of(person, table.name) if group in self._owners else None
        if name is not None:
            return Whose(group, name) if name else None
        if (group, person) not in self._elsewhere:
            self._elsewhere[group, person] = self._of_others(group, person)
        if found := self._elsewhere[group, person]:
            return found
        return None if person in ALSO_THINGS else Whose(group, f"({person})")

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
        there.add((table.group, layer(table.name)))
    named: dict[Place, str] = {}
    for table in listing:
        group, name = numbering(table.group), plain_name(table.name)
        one = name.removesuffix("s")
        apart = layers.get((group, one), set()).isdisjoint(layers[group, name])
        named[table.group, table.name] = one if (group, one) in layers and apart else name
    return named


def _lists_people(table: Table) -> bool:
    """Return whether the rows of a table are people whom it numbers."""
    person = about(table.name)
    return bool(person and _own_keys(table)) and person not in _referred(table).values()


def _keys_in(table: Table, lists: _Lists) -> Iterator[tuple[str, Whose]]:
    for column, person in _referred(table).items():
        whose = lists.of(person, table)
        if whose:
            apart = " (key)" if is_surrogate(column) else ""
            yield column, Whose(whose.numbering, f"{whose.table}{apart}")


def _referred(table: Table) -> dict[str, str]:
    """Return columns that refer to persons, and a word for those."""
    return {column.name: person for column in table.columns if (person := person_of(column.name))}


def _own_keys(table: Table) -> tuple[str, ...]:
    """Return the columns that number the rows of a table."""
    return tuple(c.name for c in table.columns if "".join(header_words(c.name)) in _OWN)
