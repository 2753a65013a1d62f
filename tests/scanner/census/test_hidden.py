"""How many rows of a list of phones are not the known user's: docs/counting.md, section 7, step by step."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from scanner.census import Counted, People
from scanner.census.chunks import condense
from scanner.census.solving import PART_ROWS, solve
from scanner.census.store import Store
from scanner.compiled.loading import Acceleration
from scanner.identifiers import Records
from scanner.machine.spill import Memory

WINDOW = 1 << 16
Row = tuple[str, str]  # name or "", phone


@dataclass(frozen=True)
class World:
    """Customers with a name and a phone, parents of a course, calls by phone alone, and who made them."""

    customers: Sequence[Row]
    parents: Sequence[Row]
    calls: Sequence[Row]
    by_others: Sequence[str]  # phones of calls that the customer did not make


def world(seed: int, *, customers: int = 4000, calling: float = 0.2, families: int = 400) -> World:
    """Some customers have children, who call from the customer's phone as often as anybody calls."""
    rng = np.random.default_rng(seed)
    own = [f"1{n:010}" for n in np.flatnonzero(rng.random(customers) < calling)]
    children = np.repeat(np.arange(families), 2)
    theirs = [f"1{n:010}" for n in children[rng.random(len(children)) < calling]]
    known = [(f"王{n}", f"1{n:010}") for n in range(customers)]
    return World(known, known[:families], [("", phone) for phone in own + theirs], theirs)


def digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") & ~1


def written(table: str, rows: Sequence[Row]) -> Records:
    nobody = np.zeros(len(rows), np.uint64)
    return Records(
        table=table,
        slot="",
        ids=(("mobile", np.array([digest(phone) for _, phone in rows], np.uint64)),),
        names=np.array([digest(name) if name else 0 for name, _ in rows], np.uint64),
        born_as=nobody,
        flags=np.full(len(rows), WINDOW * (table == "calls"), np.uint32),
        present=np.ones(len(rows), np.bool_),
        key="k",
    )


def people(made: World, rows: int = PART_ROWS) -> People:
    """Link everything, in parts of so many rows."""
    store = Store(Memory())
    for table in ("customers", "parents", "calls"):
        if rows_of := getattr(made, table):
            store.add(condense(written(table, rows_of)))
    return solve(store, Memory(), Acceleration(), 2, rows)


def by_the_rule(known: Sequence[Row], made: World) -> float:
    """Return the rows of others, for contacts of those known, before those counted are taken off."""
    calls = Counter(phone for _, phone in made.calls)
    everybody = {phone for _, phone in made.customers}
    mean = sum(calls[phone] for phone in everybody) / len(everybody)
    twice = sum(calls[phone] * (calls[phone] - 1) // 2 for phone in everybody)
    listed = (mean**2 - 2 * twice / len(everybody)) ** 0.5
    here = {phone for _, phone in known}
    return sum(calls[phone] for phone in here) - listed * len(here)


@pytest.mark.parametrize("seed", range(4))
def test_rows_of_others_are_counted_as_the_rule_says(seed: int) -> None:
    made = world(seed)
    found = people(made)
    calls = Counter(phone for _, phone in made.calls)

    assert found.count().estimate == len(made.customers) + round(by_the_rule(made.customers, made))
    parents = {phone for _, phone in made.parents}
    others = sum(phone not in parents for phone in calls)
    assert found.count(["calls", "parents"]).estimate == len(parents) + others + round(
        by_the_rule(made.parents, made)
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_estimate_is_near_the_truth(seed: int) -> None:
    made = world(seed)
    found, everybody = people(made), len(made.customers)
    parents = {phone for _, phone in made.parents}
    callers = {phone for _, phone in made.calls} - parents

    assert abs(found.count().estimate - everybody - len(made.by_others)) < 0.02 * everybody
    service = len(parents) + len(callers) + len(made.by_others)
    assert found.count(["calls", "parents"]).estimate == pytest.approx(service, rel=0.03)


def test_the_list_alone_is_counted_as_before() -> None:
    made = world(1)

    found = people(made)

    assert found.count(["calls"]).estimate == len(made.calls)
    assert found.count(every=WINDOW).estimate == len(made.calls)


def test_without_contacts_that_come_twice_nothing_is_added() -> None:
    assert people(world(2, families=0)).count().estimate == 4000


def test_calls_that_fall_on_phones_at_random_are_no_list_of_others() -> None:
    """Known owners who rarely call, but call again, make most of the contacts come once, too."""
    made = world(3, families=0)
    phones = np.random.default_rng(3).integers(0, 4000, 280)
    calls = [("", f"1{n:010}") for n in phones]
    twice = len(calls) - len({phone for _, phone in calls})

    assert twice >= 5
    assert people(World(made.customers, made.parents, calls, [])).count().estimate == 4000 + twice


def test_bounds_and_order_and_parts_do_not_matter() -> None:
    made = world(4)
    turned = World(made.customers[::-1], made.parents[::-1], made.calls[::-1], ())

    def counted(found: People) -> list[Counted]:
        return [found.count(), found.count(["calls", "parents"]), found.count(["customers", "parents"])]

    whole = counted(people(made))
    assert whole == counted(people(turned)) == counted(people(made, rows=500))
    assert all(each.lower <= each.estimate <= each.upper for each in whole)
