"""The persons of a warehouse: whatever is about one of them follows from the seed and the person's number.

Every attribute is an array with a row a person, and is made when it is first asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.columns import values
from benchmarks.columns.warehouses.mixing import (
    U64,
    Array,
    affine,
    chosen,
    digits_of,
    joined,
    mix,
    padded,
    text_of,
    unit,
)

EPOCH = np.datetime64("1930-01-01")
MINOR_AGE = 14  # years
CARD_BINS = np.array([622202, 621700, 622848, 621661, 622260])
SYLLABLES = np.array(
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo".split()
)
PLATE_LETTERS = np.array(list("ABCDEFGHJKLMNPQRSTUVWXYZ"))

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Birth:
    """Where and when persons were born; no two have the same region, day, sequence and sex.

    Attributes:
        day: In days since ``EPOCH``.
        sequence: Of those born in the region on that day; odd for men.
    """

    region: Array
    day: Array
    sequence: Array


class Persons:
    """Persons ``first`` to ``last`` (who is not among them) of the population of a configuration."""

    def __init__(self, config: dict[str, Any], words: dict[str, Any], first: int, last: int) -> None:
        self.config, self.words = config, words
        self.seed: int = config["seed"]
        self.pid = np.arange(first, last, dtype=np.int64)

    @property
    def n(self) -> int:
        """Return the number of persons."""
        return len(self.pid)

    @cached_property
    def child(self) -> Mask:
        return self._share("minor_share", 1)

    @cached_property
    def foreign(self) -> Mask:
        return self._share("foreign_share", 4)

    @cached_property
    def deceased(self) -> Mask:
        return ~self.child & self._share("deceased_share", 5)

    @cached_property
    def staff(self) -> Mask:
        return ~self.child & ~self.foreign & self._share("staff_share", 6)

    @cached_property
    def _birth(self) -> Birth:
        today, year = self._reference_day, 365.25
        child = today - int(13.98 * year), today - 80
        adult = today - int(88 * year), today - int(14.1 * year)
        codes = np.array([int(region[0]) for region in values.regions()])
        days = [high - low for low, high in (child, adult)]
        x = np.where(
            self.child,
            self._affine(len(codes) * days[0] * 999, 2),
            self._affine(len(codes) * days[1] * 999, 3),
        ).astype(np.uint64)
        x, region = x // np.uint64(len(codes)), chosen(codes, x)
        span = np.where(self.child, *days).astype(np.uint64)
        day = (x % span).astype(int) + np.where(self.child, child[0], adult[0])
        return Birth(region, day, (x // span).astype(int) + 1)

    @cached_property
    def birth(self) -> Array:
        """Return dates of birth."""
        return EPOCH + self._birth.day.astype("timedelta64[D]")

    @property
    def region(self) -> Array:
        return self._birth.region

    @property
    def male(self) -> Mask:
        return self._birth.sequence % 2 == 1

    @cached_property
    def _birth_number(self) -> Array:
        """Return dates of birth as numbers, YYYYMMDD."""
        days = np.datetime_as_string(self.birth, unit="D")
        return np.array([int(day[:4] + day[5:7] + day[8:]) for day in days], dtype=np.int64)

    @property
    def born1900(self) -> Mask:
        """Return who was born in the last century, and may have a number of 15 digits."""
        return self._birth_number < 20000101

    @cached_property
    def minor(self) -> Mask:
        """Return who has not had the fourteenth birthday on the reference date."""
        today = int(self.config["reference_date"].replace("-", ""))
        return (today - self._birth_number) // 10000 < MINOR_AGE

    @property
    def _reference_day(self) -> int:
        return int((np.datetime64(self.config["reference_date"]) - EPOCH).astype(int))

    @cached_property
    def _id_digits(self) -> Array:
        parts = (self.region, 6), (self._birth_number, 8), (self._birth.sequence, 3)
        return np.concatenate([digits_of(numbers, width) for numbers, width in parts], 1)

    @cached_property
    def id18(self) -> Array:
        weighed = (self._id_digits * np.array(values.ID_WEIGHTS)).sum(1)
        check = np.array([1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2])[weighed % 11]
        return text_of(np.concatenate([self._id_digits, check[:, None].astype(np.uint8)], 1))

    @cached_property
    def id15(self) -> Array:
        return text_of(np.concatenate([self._id_digits[:, :6], self._id_digits[:, 8:]], 1))

    @cached_property
    def doc(self) -> Array:
        """Return numbers of passports."""
        return joined(
            chosen(np.array(["E", "P", "K", "M"]), self._mix(12)), padded(self._affine(10**8, 27), 8)
        )

    @cached_property
    def plate(self) -> Array:
        z = self._affine(10**9, 26)
        provinces = np.array(list(values.PLATE_PROV))
        # Unique for up to 31 * 24 * 24 * 24 * 10**4 persons.
        return joined(
            provinces[(z % np.uint64(31)).astype(int)],
            PLATE_LETTERS[(z // np.uint64(31) % np.uint64(24)).astype(int)],
            PLATE_LETTERS[(z // np.uint64(744) % np.uint64(24)).astype(int)],
            padded(z // np.uint64(17856), 5),
        )

    @cached_property
    def phone0(self) -> Array:
        """Return numbers in use; that of some was another's old one."""
        recycled = self._share("recycled_phone", 8)
        recycled[0] = False
        return np.where(recycled, np.roll(self.phone_old, 1), self._phone(0))

    @cached_property
    def phone_old(self) -> Array:
        return self._phone(1)

    @cached_property
    def phone2(self) -> Array:
        return self._phone(2)

    def _phone(self, slot: int) -> Array:
        prefixes = np.array([int(prefix) for prefix in values.MOBILE_PREFIX])
        z = affine(self.pid * 3 + slot, len(prefixes) * 10**8, self.seed + 7)
        first = digits_of(prefixes[(z // np.uint64(10**8)).astype(int)], 3)
        return text_of(np.concatenate([first, digits_of(z % np.uint64(10**8), 8)], 1))

    @cached_property
    def guardian(self) -> Array:
        """Return an adult relative of each, as a row of this array."""
        adults = np.flatnonzero(~self.child)
        found = chosen(adults, mix(self.pid // 2, self.seed + 9))
        following = adults[(np.searchsorted(adults, found) + 1) % len(adults)]
        return np.where(found == np.arange(self.n), following, found)

    @cached_property
    def shares(self) -> Mask:
        """Return who uses the telephone of the relative."""
        age = (self._reference_day - self._birth.day) / 365.2425
        old = (age > 70) & (self._unit(10) < 0.5)
        return self.child | old | self._share("shared_phone", 11)

    @cached_property
    def phone_shared(self) -> Array:
        return self.phone0[self.guardian]

    @cached_property
    def email0(self) -> Array:
        return self._email(0)

    @cached_property
    def email1(self) -> Array:
        return self._email(1)

    def _email(self, slot: int) -> Array:
        return joined(
            chosen(SYLLABLES, self._mix(14 + slot)),
            padded(affine(self.pid * 2 + slot, 10**9, self.seed + 13), 9),
            "@",
            chosen(np.array(self.words["email_domains"]), self._mix(16 + slot)),
        )

    @cached_property
    def member0(self) -> Array:
        return self._member(0)

    @cached_property
    def member1(self) -> Array:
        return self._member(1)

    def _member(self, slot: int) -> Array:
        prefix = np.full(self.n, self.config.get("member_prefix", "M"))
        return joined(prefix, padded(affine(self.pid * 2 + slot, 10**9, self.seed + 18), 9))

    @cached_property
    def device0(self) -> Array:
        return self._device(0)

    @cached_property
    def device1(self) -> Array:
        return self._device(1)

    def _device(self, slot: int) -> Array:
        return np.array([f"{int(z):016x}" for z in mix(self.pid * 2 + slot, self.seed + 19)])

    @cached_property
    def card0(self) -> Array:
        return self._card(0)

    @cached_property
    def card1(self) -> Array:
        return self._card(1)

    def _card(self, slot: int) -> Array:
        parts = (
            digits_of(chosen(CARD_BINS, self._mix(12)), 6),
            digits_of(affine(self.pid * 2 + slot, 10**9, self.seed + 20), 9),
            digits_of(self._mix(21) % np.uint64(1000), 3),
        )
        body = np.concatenate(parts, 1).astype(int)
        doubled = body[:, ::-1].copy()
        doubled[:, 0::2] *= 2
        doubled[doubled > 9] -= 9
        check = (10 - doubled.sum(1) % 10) % 10
        return text_of(np.concatenate([body, check[:, None]], 1).astype(np.uint8))

    @cached_property
    def emp(self) -> Array:
        return joined("E", padded(self._affine(10**9, 22), 9))

    @cached_property
    def mrn(self) -> Array:
        return padded(self._affine(10**9, 23) + np.uint64(10**9), 10)

    @cached_property
    def student(self) -> Array:
        return joined("2", padded(self._affine(10**9, 24), 9))

    @cached_property
    def openid(self) -> Array:
        return np.array([f"o{int(z):016x}X{int(z) % 97:02d}" for z in self._mix(25)])

    @cached_property
    def name(self) -> Array:
        surnames = np.array(list(self.words["surnames"]))
        chinese = joined(
            surnames[np.floor(self._unit(28) ** 2 * len(surnames)).astype(int)],
            self._given(29),
            np.where(self._unit(30) < 0.2, "", self._given(31)),
        )
        foreign = chosen(np.array(self.words["foreign_names"]), self._mix(12))
        return np.where(self.foreign, foreign, chinese)

    def _given(self, salt: int) -> Array:
        men, women = (np.array(list(self.words[f"given_chars_{sex}"])) for sex in "mf")
        z = mix(self.pid, self.seed + salt)
        return np.where(self.male, chosen(men, z), chosen(women, z))

    def _share(self, name: str, salt: int) -> Mask:
        return self._unit(salt) < self.config["population"][name]

    def _unit(self, salt: int) -> NDArray[np.float64]:
        return unit(self.pid, self.seed + salt)

    def _mix(self, salt: int) -> U64:
        return mix(self.pid, self.seed + salt)

    def _affine(self, modulus: int, salt: int) -> U64:
        return affine(self.pid, modulus, self.seed + salt)
