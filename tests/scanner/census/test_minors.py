"""Minors known by ID number alone are taken to be among those known by name as far as birth days agree."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from scanner.census import Census, People
from scanner.census.minors import FEWEST_NAMED, born_on, likely_both
from scanner.identifiers import MINOR_UNDER_14, MINOR_UNDER_18, Records
from scanner.identifiers.age_clock import clock_bits

AS_OF = dt.date(2025, 6, 30)
DAYS = 14 * 365 - 10


@dataclass(frozen=True)
class Child:
    number: int
    born: int  # yyyymmdd

    @property
    def flags(self) -> int:
        births = np.array([self.born], np.int32)
        clock = clock_bits(births, AS_OF, b"secret")
        return int(clock[0]) | MINOR_UNDER_14 | MINOR_UNDER_18


def children(number: int, rng: np.random.Generator) -> list[Child]:
    ages = rng.integers(1, DAYS, number)
    births = [AS_OF - dt.timedelta(days=int(age)) for age in ages]
    return [Child(n, int(born.strftime("%Y%m%d"))) for n, born in enumerate(births)]


def digests(kind: str, of: Sequence[Child]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    texts = (f"{kind}{child.number}".encode() for child in of)
    return np.array(
        [int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little") for text in texts], np.uint64
    )


def written(table: str, kind: str, of: Sequence[Child], *, named: bool) -> Records:
    names = digests("name", of) & ~np.uint64(1) if named else np.zeros(len(of), np.uint64)
    return Records(
        table=table,
        slot="",
        ids=((kind, digests(kind, of)),),
        names=names,
        born_as=digests("born", of) if named else names,
        flags=np.array([child.flags for child in of], np.uint32),
        present=np.ones(len(of), np.bool_),
        key="k",
    )


def people(
    claims: Sequence[Child],
    patients: Sequence[Child],
    pupils: Sequence[Child] = (),
    users: Sequence[Child] = (),
) -> People:
    """Claims show an ID number, patients a name, birth date and number, pupils a name and an ID number.

    Users show an account and a birth date.
    """
    census = Census()
    census.add(
        [
            written("claims", "id_card", claims, named=False),
            written("patients", "medical_record_no", patients, named=True),
            written("pupils", "id_card", pupils, named=True),
            written("users", "user_account", users, named=False),
        ]
    )
    return census.solve()


def minors(found: People) -> int:
    return found.count(some=MINOR_UNDER_14).estimate


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_those_who_agree_beyond_chance_are_counted_once(seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    everybody = children(3000, rng)
    claims = everybody[:300]
    strangers = 300 - int(300 * share)
    patients = everybody[strangers : strangers + 1500]
    chance = (len(claims) * len(patients) / DAYS) ** 0.5  # standard deviation of agreement by chance

    counted = minors(people(claims, patients))

    assert counted == pytest.approx(strangers + 1500, abs=4 * chance)
    assert share == 0 or counted < len(claims) + len(patients) - 4 * chance


@pytest.mark.parametrize("seed", range(5))
def test_those_known_by_a_number_and_a_birth_date_may_be_among_all_others(seed: int) -> None:
    everybody = children(2000, np.random.default_rng(seed))
    claims, pupils, patients, users = (
        everybody[slice(*of)] for of in ((0, 600), (400, 600), (400, 1500), (1000, 2000))
    )

    counted = minors(people(claims, patients, pupils, users))

    assert counted == pytest.approx(2000, abs=4 * (1000 * 1700 / DAYS) ** 0.5)


def test_an_id_number_that_comes_with_a_name_is_compared_by_name() -> None:
    everybody = children(300, np.random.default_rng(1))

    assert minors(people(everybody[:100], everybody[150:], pupils=everybody[:100])) == 250


def test_few_minors_say_nothing_about_chance() -> None:
    few = children(FEWEST_NAMED - 1, np.random.default_rng(2))

    assert minors(people(few, few)) == 2 * len(few)


def test_other_children_than_those_in_the_scope_do_not_matter() -> None:
    everybody = children(400, np.random.default_rng(3))
    found = people(everybody[:200], everybody)

    assert found.count(["claims"], some=MINOR_UNDER_14).estimate == 200
    assert minors(found) == pytest.approx(400, abs=15)


def test_the_order_of_tables_and_rows_does_not_matter() -> None:
    everybody = children(400, np.random.default_rng(4))
    claims, patients = everybody[:200], everybody[100:]

    assert minors(people(claims, patients)) == minors(people(claims[::-1], patients[::-1]))


def test_one_birth_day_for_all_says_nothing() -> None:
    days = born_on(np.full(100, 7, np.uint16))

    assert likely_both(days, days, days) == 0


def test_at_most_the_smaller_group_is_known_twice() -> None:
    spread = born_on(np.arange(1, 1001, dtype=np.uint16))
    first, unknown = np.zeros((2, 1001), np.int64)
    first[1], unknown[0] = 1, 50

    assert likely_both(first, 40 * first, spread) == 1
    assert likely_both(unknown, spread, spread) == 0
