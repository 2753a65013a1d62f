"""How many people call from phones of two known users: docs/counting.md, section 7, step by step."""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.census import People
from scanner.census.chunks import condense
from scanner.census.kinds import BY_ORDER, HUB_PERSONS, KINDS
from scanner.census.logs import FEWEST, LogUse, users_in_logs
from scanner.census.solving import PART_ROWS, solve
from scanner.census.store import Store
from scanner.compiled.loading import Acceleration
from scanner.identifiers import Records
from scanner.machine.spill import Memory

Row = tuple[str, str]  # name or "", phone
CALLING = 0.6
PHONE = KINDS["mobile"].order


@dataclass(frozen=True)
class World:
    """Customers with a name and a phone, some of them in a club, calls by phone alone, and who made them."""

    customers: Sequence[Row]
    club: Sequence[Row]
    calls: Sequence[Row]
    callers: Collection[Row]


def world(
    seed: int, *, couples: int = 500, silent: bool = False, calling: float = CALLING, known: float = 1.0
) -> World:
    """Couples share a phone, some with a child; all call with the same chance, several times, or one does.

    Everybody is a customer with the chance ``known``.
    """
    rng = np.random.default_rng(seed)
    first = [(f"王{n}", f"1{n:010}") for n in range(4000)]
    others = [(f"李{n}", f"1{n:010}") for n in range(couples)]
    others += [(f"刘{n}", f"1{n:010}") for n in range(couples // 5)]
    everybody = [*first, *others]
    callers = [row for row in (first if silent else everybody) if rng.random() < calling]
    calls = [("", phone) for _, phone in callers for _ in range(1 + rng.integers(4))]
    customers = [row for row in everybody if rng.random() < known]
    return World(customers, [row for row in customers if rng.random() < 0.4], calls, callers)


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


def likely_known(known: Sequence[int], times: Sequence[int]) -> float:
    """Return k, given how many users of each phone are known, and how often each comes: by bisection."""
    low, high = -1.0, 0.0
    for _ in range(60):
        middle = (low + high) / 2
        left = sum(t * middle**n for n, t in zip(known, times, strict=True))
        low, high = (middle, high) if left < 0 else (low, middle)
    return 1 / (1 - high)


def with_users(seen: Sequence[int], k: float) -> dict[tuple[int, int], float]:
    """Return of how many phones so many users are known, of so many, by how many are of 0 to 3 known."""
    chance = {(n, j): math.comb(j, n) * k**n * (1 - k) ** (j - n) for j in range(1, 4) for n in range(j + 1)}
    phones: dict[int, float] = {}
    for j in (3, 2, 1):
        more = sum(phones[i] * chance[j, i] for i in range(j + 1, 4))
        phones[j] = (seen[j] - more) / chance[j, j]
    return {(n, j): max(phones[j], 0) * share for (n, j), share in chance.items()}


def by_the_rule(made: World, *, alone: bool = True) -> int:
    """Return the persons of the calls alone, or of everything."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for name, phone in made.customers:
        users[phone].add(name)
    calls = Counter(phone for _, phone in made.calls)
    seen = [sum(len(users[phone]) == n for phone in calls) for n in range(4)]
    of_all = {n: sum(len(names) == n for names in users.values()) for n in (1, 2)}

    known = [len(users[phone]) for phone in calls]
    k = max(likely_known(known, [1] * len(calls)), likely_known(known, list(calls.values())))
    phones = with_users(seen, k)

    c = seen[2] / of_all[2]
    hidden = phones[1, 2] + phones[1, 3]
    a = (seen[1] - hidden) / (of_all[1] - hidden / c)
    b = max(0, c - a) / (1 - a)
    callers = {n: (a + (n - 1) * b) / (1 - (1 - a) * (1 - b) ** (n - 1)) for n in (1, 2, 3)}
    unknown = {(n, j): number for (n, j), number in phones.items() if n < j}
    if alone:
        further = max(0, sum(seen[n] * (callers[n] - 1) for n in (2, 3)))
        further += sum(number * (callers[j] - callers[max(n, 1)]) for (n, j), number in unknown.items())
        return len(calls) + round(further)
    further = sum(
        number * (callers[j] * (j - n) / j if n else callers[j] - 1) for (n, j), number in unknown.items()
    )
    return len(made.customers) + seen[0] + round(further)


@pytest.mark.parametrize("known", [1.0, 0.9, 0.7])
@pytest.mark.parametrize("seed", range(4))
def test_calls_are_counted_as_the_rule_says(seed: int, known: float) -> None:
    made = world(seed, known=known)
    found = people(made)

    assert found.count(["calls"]).estimate == by_the_rule(made)
    assert found.count().estimate == by_the_rule(made, alone=False)


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


@pytest.mark.parametrize("silent", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_users_whom_nothing_else_shows_are_counted_beside_known_ones(seed: int, *, silent: bool) -> None:
    made = world(seed, couples=1500, known=0.8, silent=silent)
    found = people(made)
    customers, phones = set(made.customers), {phone for _, phone in made.customers}
    everybody = {*customers, *made.callers}
    shown = len(customers) + len({phone for _, phone in made.calls} - phones)

    assert len(everybody) > 1.02 * shown
    assert found.count().estimate == pytest.approx(len(everybody), rel=0.01)
    assert found.count(["calls"]).estimate == pytest.approx(len(made.callers), rel=0.02)


def test_every_shared_phone_may_be_in_the_log() -> None:
    made = world(3, couples=60, calling=0.97, known=0.9)
    users = Counter(phone for _, phone in made.customers)
    calls = {phone for _, phone in made.calls}

    assert all(phone in calls for phone, number in users.items() if number == 2)
    assert people(made).count(["calls"]).estimate == by_the_rule(made)


@given(
    seen=st.lists(st.integers(0, 4000), min_size=HUB_PERSONS, max_size=HUB_PERSONS),
    times=st.integers(1, 20),
    unseen=st.tuples(st.integers(0, 2000), st.integers(0, 2000)),
    shares=st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)),
)
@settings(deadline=None)
def test_no_numbers_of_contacts_add_fewer_than_nobody(
    seen: list[int], times: int, unseen: tuple[int, int], shares: tuple[float, float, float]
) -> None:
    contacts = np.zeros((len(BY_ORDER), HUB_PERSONS), np.int64)
    contacts[PHONE] = seen
    met, unshown, counted = ((contacts * share).astype(np.int64) for share in shares)
    met[:, 0] = 0
    of = np.zeros((2, len(BY_ORDER)), np.int64)
    of[:, PHONE] = seen[1] + unseen[0], seen[2] + unseen[1]
    use = LogUse(
        of_one=of[0],
        of_two=of[1],
        seen=contacts,
        rows=contacts * times,
        met=met,
        unshown=unshown * np.arange(HUB_PERSONS),
        counted=counted,
    )

    assert 0 <= users_in_logs([use]) <= HUB_PERSONS * sum(seen)


def test_where_most_callers_are_strangers_no_unknown_users_are_added() -> None:
    made = world(8, known=0.3)
    found = people(made)
    strangers = {phone for _, phone in made.calls} - {phone for _, phone in made.customers}

    assert found.count().estimate == len(made.customers) + len(strangers)


def test_second_numbers_that_come_rarely_do_not_make_users_unknown() -> None:
    made = world(9, couples=800)
    rare = [("", f"2{n:010}") for n in range(1500)]
    often = [(name, phone) for name, phone in made.calls for _ in range(5)]
    found = people(replace(made, calls=[*often, *rare]))

    assert found.count().estimate == pytest.approx(len(made.customers) + len(rare), rel=0.015)


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
