"""The members of cells, one by one: values of one place in lists that stand beside each other are one's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from classifiers.catalogue import Catalogue
from scanner.digests.columns import PERSON_KEY
from scanner.identifiers.arrays import I64, Cells, Mask
from scanner.identifiers.lanes import Lane
from scanner.identifiers.plans import NAMES, ONE, PEOPLE, SlotPlan

MEMBER = "member"  # slot of who is named in a cell of the row's own person
CARDS = frozenset("bank_card bank_account imsi iccid".split())  # accounts of which a person has several


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Members of the cells of a batch, ready to become digests. The arrays have one entry per member.

    Attributes:
        row: Row of the batch, ascending.
        batch: One row per member.
        slot: What its columns are.
        people, one: Whether somebody said that each is a person, and that all are one's.
        mentioned: Whether it stands in running text.
        alone: Whether it is all that its cell shows, one value of a type at most.

    """

    row: I64
    batch: pa.RecordBatch
    slot: SlotPlan
    people: Mask
    one: Mask
    mentioned: Mask
    alone: Mask


def members_of(lanes: Sequence[Lane], slot: SlotPlan, size: int, known: Catalogue) -> Members:
    """Return the members that lanes of a slot show, in a batch of ``size`` rows."""
    alone = _alone(lanes, size, known)
    group, groups = _groups(lanes, alone, size, known)
    most = max(int(lane.place.max(initial=0)) for lane in lanes) + 1
    codes = [(lane.row * groups + group[i]) * most + lane.place for i, lane in enumerate(lanes)]
    members, place = np.unique(np.concatenate(codes), return_inverse=True)
    places = np.split(place, np.cumsum([len(code) for code in codes])[:-1])
    columns = {_header(lane): _placed(lane, places[i], len(members)) for i, lane in enumerate(lanes)}
    plans = [lane.plan for lane in lanes]
    return Members(
        row=members // (groups * most),
        batch=pa.record_batch(columns),
        slot=_slot(lanes, slot, known),
        people=_marked(places, len(members), [plan.reading == PEOPLE for plan in plans]),
        one=_marked(places, len(members), [plan.reading == ONE for plan in plans]),
        mentioned=_marked(places, len(members), [plan.in_text for plan in plans]),
        alone=_marked(places, len(members), alone),
    )


def is_telling(pi_type: str, known: Catalogue) -> bool:
    """Return whether a value of a type or kind shows that somebody else is meant than by another of it."""
    account = _strength(pi_type, known) == "account" and pi_type not in CARDS
    return pi_type in NAMES or account or is_document(pi_type, known)


def is_document(pi_type: str, known: Catalogue) -> bool:
    """Return whether a type or kind is a document: two of them are two persons."""
    return _strength(pi_type, known) == "strong"


def _strength(pi_type: str, known: Catalogue) -> str:
    if pi_type == PERSON_KEY:
        return "account"
    held = known.types.get(pi_type)
    if held is not None and held.identifies:
        return held.strength
    return pi_type.split("_")[1] if pi_type.startswith("custom_") else ""


def _alone(lanes: Sequence[Lane], size: int, known: Catalogue) -> list[Mask]:
    """Return which values of each lane stand in a cell of one value a type, of which one tells who is meant.

    So it is in ``{"name": ..., "phone": ...}``.
    """
    most: dict[str, I64] = {}
    told: dict[str, Mask] = {}
    for lane in lanes:
        if not lane.root and not lane.plan.in_text:
            count, column = np.bincount(lane.row, minlength=size), lane.plan.column
            most[column] = np.maximum(most.get(column, 0), count)
            told[column] = told.get(column, False) | ((count > 0) & is_telling(lane.pi_type, known))
    alone = {column: told[column] & (most[column] == 1) for column in most}
    nothing = np.zeros(size, np.bool_)
    return [(nothing if lane.root else alone.get(lane.plan.column, nothing))[lane.row] for lane in lanes]


def _groups(
    lanes: Sequence[Lane], alone: Sequence[Mask], size: int, known: Catalogue
) -> tuple[list[I64], int]:
    """Return the group of every value of every lane: values of one row, group and place are one member's.

    Fields of a list of structs are a group, and so are the values of a cell with one of each type. Of other
    lanes those of one row are that have as many values as the first one that tells people apart.
    """
    roots = sorted({lane.root for lane in lanes if lane.root})
    columns = [lane.plan.column for lane in lanes]
    counts = [np.bincount(lane.row, minlength=size) for lane in lanes]
    together = np.zeros(size, np.int64)
    for lane, count in zip(lanes, counts, strict=True):
        if not lane.root and is_telling(lane.pi_type, known):
            together = np.where((together == 0) & (count > 1), count, together)
    out: list[I64] = []
    for number, (lane, count) in enumerate(zip(lanes, counts, strict=True)):
        if lane.root:
            out.append(np.full(len(lane.row), roots.index(lane.root), np.int64))
            continue
        own, of_cell = (len(roots) + 1 + place for place in (number, columns.index(lane.plan.column)))
        joined = ((count == together) & (together > 0))[lane.row]
        out.append(np.where(joined, len(roots), np.where(alone[number], of_cell, own)))
    return out, len(roots) + len(lanes) + 1


def _header(lane: Lane) -> str:
    """Return a header for the values of a lane: that of its column tells parts of names."""
    return f"{lane.plan.column} {lane.pi_type}"


def _placed(lane: Lane, place: I64, size: int) -> Cells:
    """Return the values of a lane as a column of all members."""
    index = np.full(size, -1, np.int64)
    index[place] = np.arange(len(place))
    return lane.values.take(pa.array(index, pa.int64(), mask=index < 0))


def _marked(places: Sequence[I64], size: int, marked: Sequence[bool | Mask]) -> Mask:
    out = np.zeros(size, np.bool_)
    for place, is_marked in zip(places, marked, strict=True):
        out[place] |= is_marked
    return out


def _slot(lanes: Sequence[Lane], slot: SlotPlan, known: Catalogue) -> SlotPlan:
    columns = [(_header(lane), lane) for lane in lanes]
    return SlotPlan(
        slot=slot.slot or MEMBER,
        identifiers=tuple((c, lane.pi_type) for c, lane in columns if lane.pi_type in known.identifying),
        names=tuple(c for c, lane in columns if lane.pi_type in NAMES),
        births=tuple(c for c, lane in columns if lane.pi_type == "birth_date"),
        categories={c: lane.plan.categories for c, lane in columns if lane.plan.categories},
        others=tuple(c for c, lane in columns if lane.pi_type not in known.identifying),
        sent=tuple(c for c, lane in columns if lane.plan.column in slot.sent),
    )
