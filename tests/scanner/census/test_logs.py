"""How many people call from phones of two known users: docs/counting.md, section 7, step by step."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest

from scanner.census import People
from scanner.census.chunks import condense
from scanner.census.logs import FEWEST
from scanner.census.solving import PART_ROWS, solve
from scanner.census.store import Store
from scanner.compiled.loading import Acceleration
from scanner.identifiers import Records
from scanner.machine.spill import Memory

Row = tuple[str, str]  # name or "", phone
CALLING = 0.6


@dataclass(frozen=True)
class World:
    """Customers with a name and a phone, some of them in a club, calls by phone alone, and who made them."""

    customers: Sequence[Row]
    club: Sequence[Row]
    calls: Sequence[Row]
    callers: Collection[Row]


def world(seed: int, *, couples: int = 500, silent: bool = False, calling: float = CALLING) -> World:
    """Couples share a phone, some with a child; all call with the same chance, several times, or one does."""
    rng = np.random.default_rng(seed)
    first = [(f"王{n}", f"1{n:010}") for n in range(4000)]
    others = [(f"李{n}", f"1{n:010}") for n in range(couples)]
    others += [(f"刘{n}", f"1{n:010}") for n in range(couples // 5)]
    known = [*first, *others]
    callers = [row for row in (first if silent else known) if rng.random() < calling]
    calls = [("", phone) for _, phone in callers for _ in range(1 + rng.integers(4))]
    return World(known, [row for row in known if rng.random() < 0.4], calls, callers)


def digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") & ~1


def written(table: str, rows: Sequence[Row]) -> Records:
    return Records(
        table=table,
        slot="",
        ids=(("mobile", np.array([digest(phone) for _, phone in rows], np.uint64)),),
        names=np.array([digest(name) if name else 0 for name, _ in rows], np.uint64),
        born_as=np.zeros(len(rows), np.uint64),
        flags=np.zeros(len(rows), np.uint32),
        present=np.ones(len(rows), np.bool_),
        key="k",
    )


def people(made: World, rows: int = PART_ROWS) -> People:
    """Link everything, in parts of so many rows."""
    store = Store(Memory())
    for table in ("customers", "club", "calls"):
        store.add(condense(written(table, getattr(made, table))))
    return solve(store, Memory(), Acceleration(), 2, rows)


def by_the_rule(made: World) -> int:
    """Return the persons of the calls alone."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for name, phone in made.customers:
        users[phone].add(name)
    seen = {phone for _, phone in made.calls}
    by_number = {n: [phone for phone, names in users.items() if len(names) == n] for n in (1, 2, 3)}
    called = {n: sum(phone in seen for phone in phones) for n, phones in by_number.items()}
    one, two = (called[n] / len(by_number[n]) for n in (1, 2))
    other = (two - one) / (1 - one)
    further = sum(
        called[n] * ((one + (n - 1) * other) / (1 - (1 - one) * (1 - other) ** (n - 1)) - 1) for n in (2, 3)
    )
    return len(seen) + round(further)


@pytest.mark.parametrize("seed", range(4))
def test_calls_alone_are_counted_as_the_rule_says(seed: int) -> None:
    made = world(seed)

    assert people(made).count(["calls"]).estimate == by_the_rule(made)


@pytest.mark.parametrize("seed", range(4))
def test_the_estimate_is_near_the_truth(seed: int) -> None:
    made = world(seed)
    found = people(made)
    phones = len({phone for _, phone in made.calls})

    assert found.count(["calls"]).estimate == pytest.approx(len(made.callers), rel=0.015)
    assert phones < 0.96 * len(made.callers)
    both = {*made.callers, *made.club}
    assert found.count(["calls", "club"]).estimate == pytest.approx(len(both), rel=0.015)
    assert found.count().estimate == len(made.customers)


@pytest.mark.parametrize("seed", range(4))
def test_second_users_who_never_call_are_hardly_counted(seed: int) -> None:
    made = world(seed, silent=True)

    assert people(made).count(["calls"]).estimate == pytest.approx(len(made.callers), rel=0.02)


def test_too_few_phones_of_two_say_nothing() -> None:
    made = world(5, couples=FEWEST // 2)

    assert people(made).count(["calls"]).estimate == len({phone for _, phone in made.calls})


def test_bounds_and_order_and_parts_do_not_matter() -> None:
    made = world(6)
    turned = replace(made, customers=made.customers[::-1], club=made.club[::-1], calls=made.calls[::-1])
    scopes = (None, ["calls"], ["calls", "club"])

    whole, other, parted = (
        [found.count(scope) for scope in scopes]
        for found in (people(made), people(turned), people(made, rows=500))
    )
    assert whole == other == parted
    assert all(each.lower <= each.estimate <= each.upper for each in whole)


def test_parts_without_calls_say_how_many_do_not_call() -> None:
    made = world(7, couples=1500, calling=0.05)

    assert by_the_rule(made) > len({phone for _, phone in made.calls})
    assert people(made, rows=50).count(["calls"]).estimate == by_the_rule(made)
