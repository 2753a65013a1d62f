"""Persons for tests, all invented. Names are made of rare characters, so that a leak can be searched for."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

_RARE = "彧翀骁珺琬烨昶璟焱垚祎翊彦钰晗"
_SURNAMES = "赵钱孙李周吴郑王"
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _id_card(birth, sequence):
    """Return a resident ID number with a correct check character."""
    digits = f"110101{birth}{sequence:03}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def _bank_card(number):
    """Return a card number with a correct Luhn digit."""
    digits = f"622202{number:012}"
    doubled = [int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits))]
    return digits + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


@dataclass(frozen=True, slots=True)
class Person:
    """A generated person."""

    name: str
    id_card: str
    mobile: str
    email: str
    bank_card: str


def _person(i, *, year=None):
    born = f"{year or 1960 + i * 7 % 40}{i % 12 + 1:02}{i % 28 + 1:02}"
    name = _SURNAMES[i % 8] + _RARE[i % 15] + _RARE[(i // 15 + 3) % 15]
    mobile = f"13{i % 10}{(i * 7_919_317 + 20_461_357) % 10**8:08}"
    return Person(
        name,
        _id_card(born, i * 13 % 1000),
        mobile,
        f"canary.{i * 31_337}@mail{i}.cn",
        _bank_card((i + 1) * 982_451_653 % 10**12),
    )


@pytest.fixture(scope="session")
def make_people():
    """Return generated people ``first`` to ``first + n``, all different; ``year`` is of birth."""

    def make(n, first=0, *, year=None):
        return [_person(i, year=year) for i in range(first, first + n)]

    return make
