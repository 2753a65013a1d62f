"""A second person of a row who has the name of the row's own person: whoever receives her own parcel."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from scanner.digests import U64
from scanner.identifiers.arrays import Mask
from scanner.identifiers.records import Records

Ids = tuple[tuple[str, U64], ...]


def united(records: Sequence[Records], others: Collection[str], documents: Collection[str]) -> list[Records]:
    """Return records in which what rows say of second persons of their own person's name is that person's.

    Unless both have a document of one kind, and not the same.

    Args:
        records: Those of a batch, slot by slot; the first ones of each slot have an entry for every row.
        others: Slots of the second persons who may be the row's own.
        documents: Kinds of which a person has one in a row.

    """
    out = list(records)
    for here, there in _beside_own(out, others):
        own, other = out[here], out[there]
        same = _same(own, other, documents)
        out[here] = replace(
            own, ids=_joined(own.ids, other.ids, same, documents), flags=own.flags | other.flags * same
        )
        out[there] = replace(
            other,
            ids=tuple((kind, values * ~same) for kind, values in other.ids),
            present=other.present & ~same,
        )
    return out


def reached(records: Sequence[Records], others: Collection[str], contacts: Collection[str]) -> list[Records]:
    """Return records in which rows that identify their own person reach that person by contacts of others.

    The others stay: a contact links both, unless something contradicts.

    Args:
        records: As for ``united``.
        others: Slots of the second persons who are taken for the row's own.
        contacts: Kinds of contacts.

    """
    out = list(records)
    for here, there in _beside_own(out, others):
        own, other = out[here], out[there]
        known = np.any([values != 0 for _, values in own.ids], axis=0) & other.present
        theirs = tuple((kind, values) for kind, values in other.ids if kind in contacts)
        out[here] = replace(own, ids=_joined(own.ids, theirs, known, ()))
    return out


def _beside_own(records: Sequence[Records], others: Collection[str]) -> list[tuple[int, int]]:
    """Return the places of the row's own person and of each of some second persons, where both are there."""
    places = {each.slot: place for place, each in reversed(list(enumerate(records)))}
    return [(places[""], places[slot]) for slot in others if "" in places and slot in places]


def _same(own: Records, other: Records, documents: Collection[str]) -> Mask:
    """Return the rows in which both are present, and of one name."""
    same = own.present & other.present & (own.names != 0) & (own.names == other.names)
    held = dict(own.ids)
    for kind, values in other.ids:
        if kind in documents and kind in held:
            same &= (values == 0) | (held[kind] == 0) | (held[kind] == values)
    return np.asarray(same)


def _joined(own: Ids, other: Ids, same: Mask, documents: Collection[str]) -> Ids:
    """Return the own person's identifiers with those of the other where both are the same."""
    found = list(own)
    for kind, values in other:
        mine = [place for place, (each, _) in enumerate(found) if each == kind]
        known = np.any([found[place][1] == values for place in mine], axis=0) if mine else False
        theirs = values * (same & ~np.asarray(known))
        if mine and kind in documents:
            found[mine[0]] = kind, np.where(found[mine[0]][1] == 0, theirs, found[mine[0]][1])
        else:
            found.append((kind, theirs))
    return tuple(found)
