"""Rows that show one contact and nothing else: found with and without kernels, and as a loop finds them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.census.graph import Graph, Rows
from scanner.census.kinds import KINDS
from scanner.census.linking import Linked
from scanner.census.lone import Lone, lone_contacts, lone_phones
from scanner.compiled.loading import always
from scanner.identifiers import BLANK

VALUES = 8
IDENTITIES = st.lists(
    st.tuples(st.sets(st.integers(0, VALUES - 1), min_size=1, max_size=2), st.booleans()), min_size=6
)
SHOWN = st.lists(st.tuples(st.integers(-1, 9), st.booleans()), min_size=12, max_size=30)


def linked_of(identities: list[tuple[set[int], bool]]) -> Linked:
    """Every second identity is the same person as the one before it; named ones are not contacts only."""
    size, person = len(identities), np.arange(len(identities)) // 2
    return Linked(
        graph=Graph(
            names=np.zeros(size, np.uint64),
            ages=np.zeros(size, np.uint8),
            degrees=np.array([len(values) for values, _ in identities], np.uint8),
            value=np.array([value for values, _ in identities for value in sorted(values)], np.int32),
            kinds=np.zeros(VALUES, np.uint8),
        ),
        person=person.astype(np.int32),
        certain=person.astype(np.int32),
        contact_only=np.array([nameless for _, nameless in identities], np.bool_),
        held=(np.zeros(0, np.uint64), np.zeros(0, np.uint64)),
    )


def rows_of(shown: list[tuple[int, bool]], identities: int) -> Rows:
    identity = [number if number < identities else -1 for number, _ in shown]
    return Rows(
        table=np.zeros(len(shown), np.int32),
        own=np.zeros(len(shown), np.bool_),
        identity=np.array(identity, np.int32),
        born_as=np.zeros(len(shown), np.uint64),
        flags=np.array([BLANK * possible for _, possible in shown], np.uint32),
        counts=np.ones(len(shown), np.int64),
    )


def by_contact(lone: Lone) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Return which value every lone row shows, and who uses each of those values."""
    users = np.split(lone.users, lone.starts[1:])
    shown = dict(zip(lone.rows.tolist(), lone.values[lone.contact].tolist(), strict=True))
    return shown, {int(value): mine.tolist() for value, mine in zip(lone.values, users, strict=False)}


def expected(identities: list[tuple[set[int], bool]], rows: Rows, kept: set[int]):
    alone = {
        n: min(values) for n, (values, nameless) in enumerate(identities) if len(values) == 1 and nameless
    }
    shown = {
        row: alone[number]
        for row, number in enumerate(rows.identity.tolist())
        if number in alone and not rows.flags[row] and row in kept
    }
    users = {
        value: sorted({n // 2 for n, (values, _) in enumerate(identities) if value in values})
        for value in shown.values()
    }
    return shown, users


@pytest.mark.parametrize("loops", [None, always().kernels("lone")])
@settings(deadline=None)
@given(identities=IDENTITIES, shown=SHOWN, chosen=st.lists(st.booleans(), min_size=30, max_size=30))
def test_lone_contacts_and_their_users(loops, identities, shown, chosen):
    rows, linked = rows_of(shown, len(identities)), linked_of(identities)
    lone = lone_contacts(rows, linked, loops)
    assert by_contact(lone) == expected(identities, rows, set(range(len(shown))))
    some = np.array(chosen)[lone.rows]
    kept = lone.only(some)
    assert by_contact(kept) == expected(identities, rows, set(lone.rows[some].tolist()))


@settings(deadline=None)
@given(identities=IDENTITIES, shown=SHOWN, phones=st.sets(st.integers(0, VALUES - 1)))
def test_a_phone_beside_other_contacts_is_shown_alone(identities, shown, phones):
    rows, linked = rows_of(shown, len(identities)), linked_of(identities)
    kinds = [KINDS["mobile" if value in phones else "email"].order for value in range(VALUES)]
    linked = replace(linked, graph=replace(linked.graph, kinds=np.array(kinds, np.uint8)))

    lone = lone_phones(rows, linked)

    told = {}
    for number, (values, nameless) in enumerate(identities):
        of_them = values & phones if len(values) > 1 else values
        if nameless and len(of_them) == 1:
            told[number] = min(of_them)
    expected = {
        row: told[number]
        for row, number in enumerate(rows.identity.tolist())
        if number in told and not rows.flags[row]
    }
    assert by_contact(lone)[0] == expected
