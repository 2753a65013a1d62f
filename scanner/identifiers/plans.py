"""What to read of a table to count its persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from classifiers.catalogue import Catalogue, built_in
from scanner.digests.columns import PERSON_KEY, is_pseudonym_of

NAMES = frozenset(("person_name", "person_name_pinyin"))
# Second persons of whom somebody has one at a time: who is that under one phone is one person.
_RELATIVES = frozenset("guardian father mother spouse emergency_contact".split())
_GUARDIAN = {"father": "guardian", "mother": "guardian"}  # as other tables may call them
ONE, PEOPLE = "one", "people"  # what somebody has said that several values in a cell are
# Persons of these slots are of age: a guardian who shares a phone with the child is not the child.
ADULT_SLOTS = frozenset(
    (
        "guardian father mother spouse operator legal_representative doctor nurse policyholder guarantor "
        "co_borrower manager courier"
    ).split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellsPlan:
    """A column whose cells may hold several values, each perhaps somebody's.

    Attributes:
        types: PI types of the values.
        categories: As in ``SlotPlan``.
        whole: Whether most cells are one value: those that are valid as they stand are left alone.
        in_text: Whether the values stand in running text, which may mention anybody.
        reading: ``ONE`` or ``PEOPLE`` where header or configuration say so; empty: see ``several``.

    """

    column: str
    types: tuple[str, ...]
    categories: tuple[str, ...] = ()
    whole: bool = False
    in_text: bool = False
    reading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPlan:
    """The columns of one table that describe one person per row.

    Attributes:
        slot: ``""`` for the row's own person, else a secondary person such as ``guardian``.
        identifiers: Column and PI type of everything that identifies.
        categories: Column to categories (keys of ``CATEGORY_BITS``) that a cell with a value proves.
        others: Further tagged columns: a value in one of them says something about somebody.
        relative_of: Columns with the name of the row's own person, of whom this second one is a relative.
        sent: Columns of a flow of which one must say something for the person to leave; empty: all leave.
        cells: Columns whose cells may hold several values.
        things: Columns with the number of a thing that the row has (``THING``) or refers to (``OF_THING``),
            which of the two, and of what list that is one.

    """

    slot: str
    identifiers: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    relative_of: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    cells: tuple[CellsPlan, ...] = ()
    things: tuple[tuple[str, str, str], ...] = ()

    @property
    def relation(self) -> str:
        """Return what this relative is to the row's own person."""
        return _GUARDIAN.get(self.slot, self.slot)

    @property
    def of_age(self) -> bool:
        """Whether persons of this slot, ``guardian_2`` as ``guardian``, are of age."""
        return self.slot.rstrip("_123456789") in ADULT_SLOTS

    def columns(self) -> tuple[str, ...]:
        """Return every column that says something of the person once, sorted."""
        identifying = {name for name, _ in self.identifiers}
        return tuple(sorted(identifying.union(self.names, self.births, self.categories, self.others)))


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What to read of one table to count its persons.

    Attributes:
        rows_as: Id the rows are counted under, when it is not that of the table.
        adults: Slots whose persons are of age unless a birth date says otherwise.
        persons: Of columns of the type ``PERSON_KEY``, an id of the persons for whom they stand.
        whose: Of numbers of an issuer, what tells them from others of their kind.
        numbering: Where short numbers of accounts, staff and the like mean the same; default: the dataset.
        steady: Slots whose persons are taken for the rows' own, by whose contacts they are then reached, too.

    """

    dataset: str
    table: str
    slots: tuple[SlotPlan, ...]
    rows_as: str = ""
    adults: tuple[str, ...] = ()
    persons: Mapping[str, str] = field(default_factory=dict)
    whose: Mapping[str, str] = field(default_factory=dict)
    numbering: str = ""
    steady: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.rows_as or f"{self.dataset}/{self.table}"

    def whose_are(self, column: str, pi_type: str) -> str:
        """Return what tells the values of a column from others of their type; empty if nothing does."""
        return (self.persons if pi_type == PERSON_KEY else self.whose).get(column, "")

    @property
    def perhaps_own(self) -> tuple[str, ...]:
        """Return slots of whom the row's own person may be one: not of relatives, nor of those who serve."""
        named = {slot.slot: slot for slot in self.slots if slot.names}
        if "" not in named:
            return ()
        return tuple(
            each for each, slot in named.items() if each and not slot.relative_of and not slot.of_age
        )

    def sending(self, columns: Sequence[str]) -> TablePlan:
        """Return the plan of a flow of some columns: of whom nothing is in them does not leave."""
        kept = ((slot, tuple(c for c in slot.columns() if c in columns)) for slot in self.slots)
        return replace(self, slots=tuple(replace(slot, sent=sent) for slot, sent in kept if sent))

    def opening(self, cells: Sequence[CellsPlan]) -> TablePlan:
        """Return the plan that opens the cells of some of its columns."""
        of = ((slot, tuple(c for c in cells if c.column in slot.columns())) for slot in self.slots)
        return replace(self, slots=tuple(replace(slot, cells=opened) for slot, opened in of))

    def about(self, things: Sequence[tuple[str, str, str]]) -> TablePlan:
        """Return the plan of rows whose own persons have, or refer to, things; see ``SlotPlan``."""
        if not things:
            return self
        own = next((slot for slot in self.slots if not slot.slot), SlotPlan(slot=""))
        others = (slot for slot in self.slots if slot.slot)
        return replace(self, slots=(replace(own, things=tuple(sorted(things))), *others))

    def columns(self) -> tuple[str, ...]:
        """Return every column to read, sorted."""
        told = {column for slot in self.slots for column in slot.columns()}
        return tuple(sorted(told.union(column for slot in self.slots for column, *_ in slot.things)))


def plan_table(
    dataset: str,
    table: str,
    columns: Sequence[tuple[str, tuple[str, ...], tuple[str, ...]]],
    slots: Mapping[str, str],
    catalogue: Catalogue | None = None,
) -> TablePlan:
    """Plan the count of one table from its tagged columns.

    Args:
        dataset: Name of the dataset.
        table: Name of the table.
        columns: Name, PI types and categories (keys of ``CATEGORY_BITS``) of every tagged column.
        slots: Column to slot, from ``slots.assign_slots``.
        catalogue: Says which types identify; default: the built-in one.

    """
    held = {pi_type for _, of, _ in columns for pi_type in of}
    identifying = (catalogue or built_in()).identifying | {PERSON_KEY, *filter(is_pseudonym_of, held)}
    names = sorted({slots.get(column, "") for column, _, _ in columns})
    parts = {name: [c for c in columns if slots.get(c[0], "") == name] for name in names}
    planned = [_plan_slot(name, part, identifying) for name, part in parts.items()]
    own = next((slot.names for slot in planned if not slot.slot), ())
    related = (replace(slot, relative_of=own) if slot.slot in _RELATIVES else slot for slot in planned)
    return TablePlan(dataset=dataset, table=table, slots=tuple(related))


def _plan_slot(
    slot: str,
    columns: Sequence[tuple[str, tuple[str, ...], tuple[str, ...]]],
    identifying: frozenset[str],
) -> SlotPlan:
    identifiers = tuple((c, t) for c, of, _ in columns for t in of if t in identifying)
    used = {column for column, _ in identifiers}
    return SlotPlan(
        slot=slot,
        identifiers=identifiers,
        names=tuple(c for c, of, _ in columns if NAMES & set(of)),
        births=tuple(c for c, of, _ in columns if "birth_date" in of),
        categories={c: categories for c, _, categories in columns if categories},
        others=tuple(c for c, _, _ in columns if c not in used),
    )
