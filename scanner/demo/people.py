"""The people of the demo: everything about them follows from a seed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scanner.demo import words
from scanner.demo._arrays import (
    Column,
    Index,
    Mask,
    at,
    chosen,
    digits,
    either,
    joined,
    pick,
    scattered,
    tokens,
    with_id_check,
    with_luhn,
)

AS_OF = dt.date(2026, 11, 22)
_DAYS_A_YEAR = 365.2425
_HEX = "0123456789abcdef"
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """One cell per person in every column; a person is a position.

    Attributes:
        customers, employees, relatives, strangers: Positions of those who play the part first;
            tables mix them.
        parent: Position of the customer who looks after a relative; -1 for others.
        birth: Days.
        old_mobile: The number before the last change.
    """

    customers: Index
    employees: Index
    relatives: Index
    strangers: Index
    parent: Index
    male: Mask
    birth: np.ndarray[tuple[int], np.dtype[np.datetime64]]
    name: Column
    id_card: Column
    mobile: Column
    old_mobile: Column
    email: Column
    member_no: Column
    second_member_no: Column
    openid: Column
    device: Column
    card: Column
    address: Column

    @property
    def total(self) -> int:
        return len(self.male)

    def younger_than(self, years: int) -> Mask:
        """Return who has not had the birthday ``years`` on the day of the demo."""
        latest = np.datetime64(AS_OF.replace(year=AS_OF.year - years), "D")
        return np.asarray(self.birth > latest)


def populate(customers: int, seed: int) -> People:
    """Make ``customers`` customers and the people around them (a fifth as many)."""
    rng = np.random.default_rng([seed, 1])
    bounds = np.cumsum([0, customers, customers // 100, customers // 10, customers // 10])
    parts = [np.arange(a, b) for a, b in pairwise(bounds)]
    total = int(bounds[-1])
    everybody = np.arange(total)
    child = np.zeros(total, bool)
    child[parts[2][::2]] = True
    parent = np.full(total, -1)
    parent[parts[2]] = rng.integers(0, customers, len(parts[2]))
    male, birth = rng.random(total) < 0.5, _births(rng, child)
    family, given = _family_names(rng, parent), _given_names(rng, male)
    region = rng.integers(0, len(words.REGIONS), total)
    mobile, old_mobile = _mobiles(rng, everybody), _mobiles(rng, everybody + total)
    # Operators give numbers out again: some strangers have the former number of a customer.
    recycled = np.isin(everybody, parts[3][::20])
    former = at(old_mobile, rng.permutation(total) % customers)
    return People(
        customers=parts[0],
        employees=parts[1],
        relatives=parts[2],
        strangers=parts[3],
        parent=parent,
        male=male,
        birth=birth,
        name=joined(pick([s for s, _ in words.SURNAMES], family), given),
        id_card=_id_cards(rng, region, birth, male),
        mobile=either(recycled, former, mobile),
        old_mobile=old_mobile,
        email=_emails(rng, family, everybody),
        member_no=joined("M", digits(scattered(everybody, 9, 3), 9)),
        second_member_no=joined("M", digits(scattered(everybody + total, 9, 3), 9)),
        openid=joined("oX4kd5", tokens(rng, _BASE64, 22, total)),
        device=_devices(rng, total),
        card=_cards(rng, everybody),
        address=_addresses(rng, region),
    )


def kiosks(seed: int) -> Column:
    """Return the ids of twenty devices that stand in shops and serve everybody."""
    return _devices(np.random.default_rng([seed, 2]), 20)


def _births(rng: np.random.Generator, child: Mask) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    years = np.where(child, rng.uniform(0.5, 13.5, len(child)), rng.triangular(18.2, 34, 82, len(child)))
    age = (years * _DAYS_A_YEAR).astype(np.int64)
    return np.asarray(np.datetime64(AS_OF, "D") - age.astype("timedelta64[D]"))


def _family_names(rng: np.random.Generator, parent: Index) -> Index:
    weights = 1.0 / (np.arange(len(words.SURNAMES)) + 4)
    family = rng.choice(len(words.SURNAMES), len(parent), p=weights / weights.sum())
    return np.where(parent >= 0, family[parent], family)


def _given_names(rng: np.random.Generator, male: Mask) -> Column:
    return either(male, chosen(rng, words.GIVEN_MALE, len(male)), chosen(rng, words.GIVEN_FEMALE, len(male)))


def _id_cards(
    rng: np.random.Generator,
    region: Index,
    birth: np.ndarray[tuple[int], np.dtype[np.datetime64]],
    male: Mask,
) -> Column:
    code = np.array([int(entry[0]) for entry in words.REGIONS])[region]
    sequence = rng.integers(0, 499, len(region)) * 2 + np.where(male, 1, 2)
    day = birth.astype("datetime64[D]").astype(np.int64)
    order = np.lexsort((np.arange(len(region)), sequence, day, code))
    # People of one division, day and sequence number would share a number: the later ones move up.
    for _ in range(len(order)):
        same = (np.diff(code[order]) == 0) & (np.diff(day[order]) == 0) & (np.diff(sequence[order]) == 0)
        if not same.any():
            break
        later = order[1:][same]
        sequence[later] = (sequence[later] + 1) % 998 + 1
        order = np.lexsort((np.arange(len(region)), sequence, day, code))
    born = pc.strftime(pa.array(birth.astype("datetime64[s]")), format="%Y%m%d")
    return with_id_check(joined(digits(code, 6), born, digits(sequence, 3)))


def _mobiles(rng: np.random.Generator, index: Index) -> Column:
    return joined(chosen(rng, words.MOBILE_PREFIXES, len(index)), digits(scattered(index, 8, 5), 8))


def _emails(rng: np.random.Generator, family: Index, index: Index) -> Column:
    local = joined(pick([p for _, p in words.SURNAMES], family), digits(scattered(index, 7, 11), 7))
    return joined(local, "@", chosen(rng, words.MAIL_DOMAINS, len(index)))


def _devices(rng: np.random.Generator, size: int) -> Column:
    return joined(
        *(part for width in (8, 4, 4, 4) for part in (tokens(rng, _HEX, width, size), "-")),
        tokens(rng, _HEX, 12, size),
    )


def _cards(rng: np.random.Generator, index: Index) -> Column:
    return with_luhn(joined(chosen(rng, words.CARD_BINS, len(index)), digits(scattered(index, 12, 13), 12)))


def _addresses(rng: np.random.Generator, region: Index) -> Column:
    size = len(region)
    return joined(
        pick(["".join(entry[1:]) for entry in words.REGIONS], region),
        chosen(rng, words.ROADS, size),
        digits(rng.integers(1, 900, size), 1),
        "号",
        chosen(rng, words.ESTATES, size),
        digits(rng.integers(1, 30, size), 1),
        "栋",
        digits(rng.integers(1, 33, size) * 100 + rng.integers(1, 5, size), 1),
        "室",
    )
