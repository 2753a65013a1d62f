"""Tell whose column it is: that of the row's own person or of a second one (guardian, receiver, ...)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from classifiers.catalogue import built_in
from scanner.census.kinds import THINGS
from scanner.digests.columns import ISSUER_KINDS
from scanner.stages.apart import Apart
from scanner.stages.numbered_persons import numbered_slots
from scanner.stages.parties import parties
from scanner.stages.person_words import slot_begun, slot_of_rows
from scanner.stages.second_persons import DOCUMENTS, NAMES, PERSONS, TypedColumn, slot_of

OWN = ""
SELF = "self"  # what a configuration writes for OWN


_ISSUED = ISSUER_KINDS - {"user_account"}
_CONTACTS = frozenset({"mobile", "landline", "email", "wechat_id", "qq", "address"})
_PAYEE, _PAID_TO = "payee", "收款"
_CARDS = frozenset({"bank_card", "bank_account"})
_OF_SOMEBODY = frozenset("emergency_contact guardian father mother spouse relative contact".split())
_TOLD_OF = {"criminal_record": ("suspect", "defendant"), "health": ("insured",)}  # by type, or category


def assign_slots(
    columns: Sequence[TypedColumn],
    identifying: frozenset[str] | None = None,
    declared: Mapping[str, str] | None = None,
    apart: Apart = frozenset(),
    table: str = "",
) -> dict[str, str]:
    """Return the slot of every column; ``""`` is the row's own person.

    Args:
        columns: Name, comment and PI types of the tagged columns of one table.
        identifying: Types whose values point to one person; default: those of the built-in catalogue.
        declared: Slots that somebody has declared, which stand; ``self`` is the row's own person.
        apart: Pairs of columns whose values are of different persons.
        table: Name of the table: second persons of some columns are its own in a table of such persons.

    """
    known = built_in().identifying if identifying is None else identifying
    slots = {name: slot_of(name, comment, types) for name, comment, types in columns}
    slots |= numbered_slots(columns, slots)
    held = {name: frozenset(types) for name, _, types in columns}
    slots |= _of_payee(slots, held)
    said = {name: OWN if slot == SELF else slot for name, slot in (declared or {}).items() if name in held}
    if beside := _beside_number(slots, held):
        unsaid = {name for name, slot in slots.items() if slot == OWN and held[name] <= _CONTACTS}
        return slots | dict.fromkeys(unsaid, beside) | said
    slots = _with_rows(slots, held, slot_of_rows(table))
    found = _fold(slots | said, held, known)
    found = found | said if said else _promote(found, held, known, table)
    own = [name for name, slot in found.items() if slot == OWN]
    names = [name for name in own if not NAMES.isdisjoint(held[name])]
    found |= parties(own, names, apart)
    return found | _told_of(found, held) | said


def _told_of(slots: Mapping[str, str], held: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Return the slots of columns that are about one kind of person, if the row has such a one.

    A crime is the suspect's, not the victim's, and a diagnosis is that of the insured, not the applicant's.
    """
    categories = {name: pi_type.category for name, pi_type in built_in().types.items()}
    known = {slots[name] for name, types in held.items() if not types.isdisjoint(NAMES | DOCUMENTS)}
    found: dict[str, str] = {}
    for name, types in held.items():
        about = types | {categories.get(pi_type, "") for pi_type in types}
        whose = [slot for what, told in _TOLD_OF.items() if what in about for slot in told if slot in known]
        if whose and (slots[name] == OWN or slots[name].startswith("party_")):
            found[name] = whose[0]
    return found


def _of_payee(slots: Mapping[str, str], held: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Return the slots of accounts that are paid to (收款账号) beside a payee whom the row names."""
    named = _any_of(slots, held, _PAYEE, NAMES | DOCUMENTS)
    return {name: _PAYEE for name, slot in slots.items() if named and slot == OWN and _PAID_TO in name}


def _with_rows(slots: dict[str, str], held: Mapping[str, frozenset[str]], rows: str) -> dict[str, str]:
    """Return slots in which second persons who are the rows of the table are the rows' own.

    Where others are named, too, that is so of their number alone: of ``agent_code`` in ``agent``.
    """
    nameless = not _any_of(slots, held, OWN, NAMES)
    unnamed = not _any_of(slots, held, rows, NAMES)
    return {
        name: OWN if slot == rows and (nameless or (unnamed and held[name] <= ISSUER_KINDS)) else slot
        for name, slot in slots.items()
    }


def _beside_number(slots: Mapping[str, str], held: Mapping[str, frozenset[str]]) -> str:
    """Return the slot of a relative or contact named beside a number of staff, pupils or patients.

    Empty where there is none. The number is not theirs, but contacts without a word are.
    """
    named = {slots[name] for name, types in held.items() if not NAMES.isdisjoint(types)}
    numbered = any(slots[name] == OWN and not _ISSUED.isdisjoint(types) for name, types in held.items())
    return next(iter(named)) if numbered and len(named) == 1 and named <= _OF_SOMEBODY else ""


def _fold(
    slots: dict[str, str], held: Mapping[str, frozenset[str]], identifying: frozenset[str]
) -> dict[str, str]:
    """Give second persons back to the row's own person where the headers mean one person only."""
    nameless = not _any_of(slots, held, OWN, NAMES)
    unknown = nameless and not _any_of(slots, held, OWN, DOCUMENTS)
    for person in (p for p in PERSONS if p.may_be_own):
        named = _any_of(slots, held, person.slot, NAMES)
        alone = nameless and not _any_of(slots, held, person.slot, identifying)
        alone = alone or (unknown and _only_documented(slots, held, person.slot))
        if alone or (person.slot == "contact" and not named):
            slots = {name: OWN if slot == person.slot else slot for name, slot in slots.items()}
            nameless = nameless and not named
    return slots


def _only_documented(slots: Mapping[str, str], held: Mapping[str, frozenset[str]], slot: str) -> bool:
    """Return whether documents are given of this second person alone: the row is about that person."""
    return {slots[name] for name, types in held.items() if not DOCUMENTS.isdisjoint(types)} == {slot}


def _promote(
    slots: dict[str, str], held: Mapping[str, frozenset[str]], identifying: frozenset[str], table: str
) -> dict[str, str]:
    """Make somebody the row's own person where no column names or identifies that person.

    A device or plate does not: beside a number of somebody alone it is that person's. So are bank cards where
    the table is called after that person: ``rider_settlement``.
    """
    others = sorted({slot for slot in slots.values() if slot})
    theirs = THINGS | (_CARDS if slot_begun(table) in others else frozenset())
    numbered = all(
        types & identifying <= ISSUER_KINDS and NAMES.isdisjoint(types)
        for name, types in held.items()
        if slots[name] != OWN
    )
    if _any_of(slots, held, OWN, (NAMES | identifying) - (theirs if numbered else frozenset())):
        return slots
    first = next((slot for slot in ("child", "person_1") if slot in others), None)
    own = first or (others[0] if len(others) == 1 else None)
    return {name: OWN if slot == own else slot for name, slot in slots.items()}


def _any_of(
    slots: Mapping[str, str], held: Mapping[str, frozenset[str]], slot: str, types: frozenset[str]
) -> bool:
    return any(slots[name] == slot and not types.isdisjoint(held[name]) for name in slots)
