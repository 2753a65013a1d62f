"""Keys of persons, as far as names and foreign keys tell: columns by which rows refer to somebody elsewhere.

Such a number is of the database, not of a person: it tells people apart within one database only. ``user_id``
refers to the table ``users`` or ``sys_user``, and there it is the column ``id``, unless that table has a
``user_id`` itself. Where a foreign key says which table is meant, names need not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from connectors import Table
from scanner.stages.constraints import Constraints, Place, place_of
from scanner.stages.databases import numbering, serves
from scanner.stages.owners import Owners
from scanner.stages.person_words import (
    ALSO_THINGS,
    BEFORE_USERS,
    Reference,
    about,
    is_surrogate,
    layer,
    plain_name,
    reference,
    role_named,
    same,
    slot_of_rows,
    word_count,
)
from scanner.stages.second_persons import header_words

_CUSTOMERS = frozenset("user member customer client subscriber player".split())  # each numbered by itself
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


OF_ROWS = Reference("")  # of a column that numbers the rows of its table


@dataclass(frozen=True, slots=True)
class NamedKey:
    """A column that may be a key.

    Attributes:
        whose: The persons for whom its values stand.
        refers: What they are in a row; ``OF_ROWS`` for those who are the rows.
        declared: Whether a foreign key says so.
    """

    whose: Whose
    refers: Reference
    declared: bool = False


Keys = dict[str, NamedKey]  # by column


def keys_of(tables: Sequence[Table], companies: Sequence[Table] = ()) -> dict[Place, Keys]:
    """Return the keys of persons in the tables of one source, as far as names and foreign keys tell.

    Args:
        tables: The tables.
        companies: Those of them whose rows are companies, though they are named after persons.

    """
    lists = _Lists(tables, companies)
    found = {place_of(table): dict(_keys_in(table, lists)) for table in tables}
    meant = {key.whose for keys in found.values() for key in keys.values()}
    for place, own in lists.own.items():
        whose = lists.numbered_as(own.whose)
        if whose in meant:
            found[place] = dict.fromkeys(own.columns, NamedKey(whose, OF_ROWS)) | found[place]
    return found


@dataclass(frozen=True, slots=True)
class _Own:
    """Columns that number the rows of a table of persons."""

    columns: tuple[str, ...]
    whose: Whose


class _Lists:
    """Tables that list people: whose rows keys stand for."""

    def __init__(self, tables: Sequence[Table], companies: Sequence[Table]) -> None:
        self._companies = {(numbering(table.group), same(persons_in(table))) for table in companies}
        self._left_out = set(map(place_of, companies))
        self._constraints = Constraints(tables)
        tables = [table for table in tables if place_of(table) not in self._left_out]
        forms = _forms(tables)
        listing = [table for table in tables if _lists_people(table, forms)]
        names = _names(listing)
        self.own: dict[Place, _Own] = {}
        self._owners: dict[str, Owners] = {}
        for table in listing:
            whose = Whose(numbering(table.group), names[table.group, table.name])
            self.own[place_of(table)] = _Own(own_keys(table), whose)
            self._add(persons_in(table), whose)
        for person, place, column in self._referred_to(tables):
            whose = Whose(numbering(place[0]), place[1])
            self.own.setdefault(place, _Own((column,), whose))
            if person:
                self._add(person, whose)
        for person, whose in self._of_their_own_number(tables, listing):
            self._add(person, whose)
        self._other_numbers = set(_other_numbers(tables))
        self._elsewhere: dict[tuple[str, str], Whose | None] = {}
        self._numbered_as = dict(self._of_the_same_numbers())

    def _of_the_same_numbers(self) -> Iterator[tuple[Whose, Whose]]:
        """Yield persons whose list numbers them as another list does: the rows of one lead to the other."""
        for place, own in self.own.items():
            ends = (self._constraints.end(place, column) for column in own.columns)
            for other, column in filter(None, ends):
                if other in self.own and column in self.own[other].columns:
                    yield own.whose, self.own[other].whose

    def numbered_as(self, whose: Whose) -> Whose:
        """Return the persons of the list whose numbers are used for some persons: most often their own."""
        return self._numbered_as.get(whose, whose)

    def _referred_to(self, tables: Sequence[Table]) -> list[tuple[str, Place, str]]:
        """Return persons, tables that list them by no name of theirs, and the columns that number them.

        Foreign keys lead there from columns that do name them; or the table is named after people whom the
        rows of others mention (``parents``), and then there is no word for the persons.
        """
        found: dict[tuple[str, Place, str], None] = {}
        for table in tables:
            referred = _referred(table)
            for column in table.columns:
                place, number = self._constraints.end(place_of(table), column.name) or (("", ""), "")
                if not number or reference(number) or place in self.own or place in self._left_out:
                    continue
                refers = referred.get(column.name)
                if refers and not refers.role and refers.person not in ALSO_THINGS:
                    found[refers.person, place, number] = None
                elif slot_of_rows(place[1]):
                    found["", place, number] = None
        return list(found)

    def meant(self, table: Table, column: str) -> tuple[bool, Whose | None]:
        """Return whether a foreign key of a column says whom it means, and whom: None for no persons."""
        end = self._constraints.end(place_of(table), column)
        if end is None:
            return False, None
        place, referred = end
        if place in self.own and referred in self.own[place].columns:
            return True, self.own[place].whose
        if place in self.own or place in self._left_out:
            return True, None
        refers = reference(referred)
        return (True, self.of(refers, place)) if refers else (False, None)

    def _add(self, person: str, whose: Whose) -> None:
        self._owners.setdefault(whose.numbering, Owners()).add(person, whose.table)

    def _of_their_own_number(
        self, tables: Sequence[Table], listing: Sequence[Table]
    ) -> list[tuple[str, Whose]]:
        """Return tables of persons that number them as others do, where none has them under its own ``id``.

        Of ``user`` and ``vip_user`` the first lists them all. ``dim_customer`` lists those of ``ods_users``.
        """
        found: dict[tuple[str, str], list[Table]] = {}
        beside = {(*_layer(table), same(persons_in(table))) for table in listing}
        for table in tables:
            group, person = numbering(table.group), self._numbered_person(table)
            apart = (*_layer(table), same(person)) in beside
            if person and not self._named(group, person) and (apart or not self._listed(group, person)):
                found.setdefault((group, person), []).append(table)
        out = []
        for (group, person), alike in found.items():
            names = set(_names(alike).values())
            whole = [name for name in names if word_count(name) == 1]
            out += [(person, Whose(group, name)) for name in whole or sorted(names)]
        return out

    def _numbered_person(self, table: Table) -> str:
        """Return whom the number is of that a table of persons gives them; empty: it gives none.

        ``member(uid)`` numbers users, where no table at all lists those.
        """
        person = persons_in(table)
        referred = {refers.person for refers in _referred(table).values() if not refers.role}
        if not person or person in referred:
            return person
        alike = sorted(other for other in referred if same(other) == same(person) == "customer")
        listed = any(owners.of(other, "") is not None for other in alike for owners in self._owners.values())
        return alike[0] if len(alike) == 1 and not listed and not own_keys(table) else ""

    def _named(self, group: str, person: str) -> bool:
        return group in self._owners and self._owners[group].names(person)

    def _listed(self, group: str, person: str) -> bool:
        return group in self._owners and self._owners[group].of(person, "") is not None

    def of(self, refers: Reference, place: Place) -> Whose | None:
        """Return whose a column that refers to persons is; None if that is in doubt.

        A role is that of a user, unless a table lists whoever has it.
        """
        group, table = numbering(place[0]), place[1]
        if group in self._owners and (listed := self._owners[group].of(refers.role, table)):
            return Whose(group, listed)
        person = refers.person
        if (group, same(person)) in self._companies and not self._named(group, person):
            return None
        other = (group, person) in self._other_numbers and not self._named(group, person)
        name = self._owners[group].of(person, table) if group in self._owners and not other else None
        if name is not None:
            return Whose(group, name) if name else None
        if (group, person) not in self._elsewhere:
            self._elsewhere[group, person] = self._of_others(group, person)
        if found := self._elsewhere[group, person]:
            return found
        of_anything = bool(refers.role) and refers.role not in BEFORE_USERS  # such as sender_id
        return None if person in ALSO_THINGS or of_anything else Whose(group, f"({person})")

    def _of_others(self, group: str, person: str) -> Whose | None:
        """Return the list of such persons in another group, if one alone may be meant."""
        serving = {other: owners for other, owners in self._owners.items() if serves(other, group, person)}
        named = [other for other, owners in serving.items() if owners.names(person)]
        alike = [other for other, owners in serving.items() if owners.of(person, "")]
        may_be = named if named or (group, person) in self._other_numbers else alike
        name = serving[may_be[0]].of(person, "") if len(may_be) == 1 else None
        return Whose(may_be[0], name) if name else None


def _other_numbers(tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    """Yield words, by group, for persons who have other numbers than those for whom they are used otherwise.

    In ``users`` with ``id`` and ``member_id`` member 7 is not user 7, nor in ``orders`` with ``user_id`` and
    ``customer_id``. Staff are numbered together, whatever they are called.
    """
    for table in tables:
        whom = persons_in(table)
        referred = {refers.person for refers in _referred(table).values() if not refers.role}
        of_rows = {whom} if own_keys(table) or whom in referred else set()
        for person in referred - {whom}:
            beside = of_rows | (referred & _CUSTOMERS if person in _CUSTOMERS else set())
            if any(same(other) == same(person) for other in beside - {person}):
                yield numbering(table.group), person


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


def persons_in(table: Table) -> str:
    """Return a word for the persons who are the rows of a table, by its name or comment; empty: none."""
    return about(table.name, table.comment)


def _lists_people(table: Table, forms: _Forms) -> bool:
    """Return whether the rows of a table are people whom it numbers.

    Of ``user(id, uid)`` it is ``id`` that numbers them if other columns are called ``user_id``.
    """
    person = persons_in(table)
    if not (person and own_keys(table)):
        return False
    own = {_form(c) for c, refers in _referred(table).items() if (refers.role or refers.person) == person}
    if not own:
        return True
    alike = forms.get((numbering(table.group), same(person)), ())
    used = {each.form for each in alike if each.role or each.place != place_of(table)}
    return bool(used) and used.isdisjoint(own)


class _Form(NamedTuple):
    """How a column that refers to persons is called: ``user_id`` and ``sender_id``, or ``uid``."""

    form: str
    place: Place
    role: str


_Forms = dict[tuple[str, str], set[_Form]]  # by group, and by a word for the persons


def _forms(tables: Sequence[Table]) -> _Forms:
    """Return how columns that refer to persons are called."""
    found: _Forms = {}
    for table in tables:
        for column, refers in _referred(table).items():
            alike = found.setdefault((numbering(table.group), same(refers.person)), set())
            alike.add(_Form(_form(column), place_of(table), refers.role))
    return found


def _form(header: str) -> str:
    return "uid" if "".join(header_words(header)).endswith("uid") else "id"


def _keys_in(table: Table, lists: _Lists) -> Iterator[tuple[str, NamedKey]]:
    referred, place = _referred(table), place_of(table)
    another = Reference(persons_in(table)) if place in lists.own else None  # number than that of the list
    for column in (column.name for column in table.columns):
        named = referred.get(column)
        declared, whose = lists.meant(table, column)
        if not declared and named and named != another and (whose := lists.of(named, place)):
            apart = " (key)" if is_surrogate(column) else ""
            whose = Whose(whose.numbering, f"{whose.table}{apart}")
        if whose:
            of_rows = numbers_rows(column) or table.primary_key == (column,)
            refers = named or (OF_ROWS if of_rows else role_named(column))
            yield column, NamedKey(lists.numbered_as(whose), refers, declared)


def _referred(table: Table) -> dict[str, Reference]:
    """Return columns that refer to persons, and to whom.

    What is a role elsewhere is no role where the rows are those who have it: ``owner_id`` of ``pet_owner``.
    """
    rows = persons_in(table)
    found = ((column.name, reference(column.name, column.comment)) for column in table.columns)
    return {
        name: Reference(rows) if rows and header_words(name)[:-1] == (rows,) else refers
        for name, refers in found
        if refers
    }


def own_keys(table: Table) -> tuple[str, ...]:
    """Return the columns that number the rows of a table: by their headers, else its primary key."""
    named = tuple(column.name for column in table.columns if numbers_rows(column.name))
    return named or (table.primary_key if len(table.primary_key) == 1 else ())


def numbers_rows(header: str) -> bool:
    """Return whether a header is that of the number of each row."""
    return "".join(header_words(header)) in _OWN
