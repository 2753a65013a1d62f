"""A statistical estimate of the true number of persons: how many unlinked groups are one person.

The linked count takes a device here and a bank card there for two persons. How often that is wrong shows
where more is known. A *list* is the persons of one table, or the second persons of its rows. Lists whose rows
carry names are matched with one another by name and birth date, less the matches that chance makes. What
share of such lists is known elsewhere is taken to hold for lists without names. See docs/counting.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scanner.census.members import List, Members
from scanner.census.sorting import narrow, numbered
from scanner.census.touches import touched
from scanner.identifiers import I64, U64, Mask

MOST_PERSONS = 5_000_000  # linked persons that are modelled: about 100 bytes each in memory
_LIMIT_BYTES = 512  # of a limit of memory for each of them: libraries, names and scopes take the rest
WITNESSES = 12  # lists, the largest, from which the overlap of lists without names is taken
FEWEST = 30  # persons without which a list says nothing about overlap
SECOND_ERROR = 0.4  # of the groups taken for second ones of somebody
UNLINKED_ERROR = 0.15  # of those known by contacts in this list alone: how many each has, nothing shows
MOST_UNLINKED = 0.5  # of the only list, without names; with more of them, the model would be a guess
MOST_EXTENDED = 1.9  # times the largest list: beyond twice its size the namesakes cannot be foretold
MODEL_ERROR = 0.05  # of the result: lists do not overlap as if drawn by lot

TOO_MANY = "No model: more people than it keeps in memory. (没有模型推算：人数超过内存可容纳的范围。)"
_NOBODY = "No model: no identifier names anybody here. (没有模型推算：没有可用标识。)"
_NO_NAMES = (
    "No model: no table with names shows how far the tables are about the same people. "
    "(没有模型推算：没有带姓名的表可用来推断各表人员的重合程度。)"
)
UNLINKED = (
    "No model: nothing shows how many devices or other contacts one person has here. "
    "(没有模型推算：无从判断一人有几个设备或其他联系标识。)"
)


def most_persons(limit: int | None) -> int:
    """Return how many linked persons are modelled in so many bytes of memory, None for any number."""
    return MOST_PERSONS if limit is None else min(MOST_PERSONS, limit // _LIMIT_BYTES)


@dataclass(frozen=True, slots=True)
class Modelled:
    """Persons, and the half width of the stated error; or why there is no estimate."""

    persons: int | None
    error: int
    why: str = ""


class Overlap:
    """What the lists of an organization say about one another."""

    def __init__(self, members: Members) -> None:
        self._born_as = members.born_as
        self._born = _numbers(members.born_as)
        self._name = _numbers(members.names)
        self._minor, self._adult = members.minor, members.adult
        self._loose = members.loose
        self._lists = members.lists
        self._met: dict[tuple[int, bool], float | None] = {}
        size = len(members.names)
        self._tables_of = np.zeros(size, np.int32)
        for table in {part.table for part in self._lists}:
            parts = [part.persons for part in self._lists if part.table == table]
            self._tables_of[np.concatenate(parts)] += 1
        able = [part for part in self._lists if part.named and len(part.persons) >= FEWEST]
        self._witnesses = sorted(able, key=lambda part: -len(part.persons))[:WITNESSES]

    def model(self, tables: Sequence[int]) -> Modelled:
        """Return the estimate for the united lists of some tables."""
        parts = [part for part in self._lists if part.table in set(tables)]
        identified = [part for part in parts if len(part.persons)]
        if not identified:
            return Modelled(None, 0, _NOBODY)
        if len(parts) > 1 and not self._witnesses:
            return Modelled(None, 0, _NO_NAMES)
        if len(parts) == 1 and self._is_a_guess(parts[0]):
            return Modelled(None, 0, UNLINKED)
        union = _Union(self, len(self._born_as))
        for part in sorted(parts, key=lambda part: (not part.named, -len(part.persons))):
            union.add(part)
        return Modelled(round(union.total), round(union.error + MODEL_ERROR * union.total))

    def size(self, part: List) -> tuple[float, float]:
        """Return the persons of a list, and the error: of its groups, those that are one person's count once.

        Of persons known in other tables it shows how many have two groups in the list; groups whose
        person is known nowhere else are taken to be second ones as often.
        """
        if len(part.persons) == 0:
            return float(part.anonymous), 0.0
        known = self._tables_of[part.persons] > 1
        groups = float(part.units.sum())
        linked = float(part.units[known].sum()) / groups
        several = float((part.units[known] > 1).mean()) if known.any() else 0.0
        second = several / max(linked - several * (1 - linked), 0.5)
        identified = max(groups / (1 + second), float(known.sum()))
        error = np.hypot(SECOND_ERROR * (groups - identified), UNLINKED_ERROR * self._unlinked(part))
        return identified + self._only_anonymous(part, identified), float(error)

    def _is_a_guess(self, part: List) -> bool:
        return not part.named and self._unlinked(part) > MOST_UNLINKED * len(part.persons)

    def _unlinked(self, part: List) -> int:
        """Return how many of a list are known by contacts, and in no other table."""
        return int((self._loose[part.persons] & (self._tables_of[part.persons] == 1)).sum())

    def _only_anonymous(self, part: List, persons: float) -> float:
        """Return persons all whose rows are anonymous, if rows lose their identifiers by chance."""
        share = part.anonymous / (part.rows + part.anonymous)
        never = share ** (part.rows / persons)
        return float(min(persons * never / (1 - never), part.anonymous))

    def covered(self, persons: I64, union: Mask, named: Mask, size: float) -> float:
        """Return the share of named persons who are among others, by links or by name.

        Of the others, those without a name of their own cannot be met by name; links may show that they are
        met all the same. Where links show fewer, they are taken to be met as often as those with a name.

        Args:
            persons: The persons.
            union: The others.
            named: Those of them to whom a list of the others gives a name.
            size: How many persons the others are.

        """
        inside = union[persons]
        linked, to_named = float(inside.mean()), float((inside & named[persons]).mean())
        rest = persons[~inside & (self._name[persons] >= 0)]
        visible = min(float(named.sum()) / max(size, 1.0), 1.0)
        met = (to_named + (1 - linked) * self._matched(rest, named)) / max(visible, 0.1)
        return min(max(linked, met), 1.0)

    def _matched(self, persons: I64, named: Mask) -> float:
        """Return the share of persons who are in ``named`` under other identifiers.

        That of those who have a namesake there (born on the same day, where both birth dates are known),
        less the share that chance gives.
        """
        if len(persons) == 0:
            return 0.0
        dated = self._born >= 0
        everybody, undated = self._per_name(named), self._per_name(named & ~dated)
        with_birth = dated[persons]
        birth = self._births(named & dated)[self._born[persons]]
        met = np.where(
            with_birth, birth | (undated[self._name[persons]] > 0), everybody[self._name[persons]] > 0
        )
        chance = with_birth.mean() * self._chance(undated.sum()) + (1 - with_birth.mean()) * self._chance(
            everybody.sum()
        )
        return float(np.clip((met.mean() - chance) / max(1 - chance, 1e-9), 0, 1))

    def _per_name(self, persons: Mask) -> I64:
        return np.bincount(self._name[persons], minlength=int(self._name.max(initial=0)) + 1)

    def _births(self, persons: Mask) -> Mask:
        """Return which pairs of name and birth date some persons have."""
        out = np.zeros(int(self._born.max(initial=0)) + 1, np.bool_)
        out[self._born[persons]] = True
        return out

    def _chance(self, number: int) -> float:
        """Return the probability that somebody has a namesake among a number of other people.

        From the namesakes within the largest list with names, thinned or extended to the number (Good and
        Toulmin, The number of new species, 1956).
        """
        others, times = self._namesakes
        if len(others) == 0:
            return 0.0
        ratio = min(number / max(int(times.sum()) - 1, 1), MOST_EXTENDED)
        return float(np.clip(np.average(1 - (1 - ratio) ** others, weights=times), 0, 1))

    @cached_property
    def _namesakes(self) -> tuple[I64, I64]:
        """Return the numbers of others of one's name in the largest list, and how many have so many."""
        if not self._witnesses:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        names = self._name[self._witnesses[0].persons]
        names = names[names >= 0]
        return np.unique(np.bincount(names)[names] - 1, return_counts=True)

    def found(self, part: List, union: _Union) -> tuple[float, float]:
        """Return which share of a list without names is in the union, and the error of that share.

        What the lists with names say, minors and others apart.
        """
        aged = part.persons[self._minor[part.persons] | self._adult[part.persons]]
        minors = float(self._minor[aged].mean()) if len(aged) else float(self._minor.mean())
        share = error = 0.0
        for weight, minor in ((minors, True), (1 - minors, False)):
            if weight:
                mean, spread = self._witnessed(union, minor=minor)
                share += weight * mean
                error += weight * spread
        return share, error

    def _of_age(self, *, minor: bool) -> Mask:
        return self._minor if minor else ~self._minor

    def _witnessed(self, union: _Union, *, minor: bool) -> tuple[float, float]:
        """Return the mean and the spread, over the lists with names, of the share that is in the union."""
        chosen = self._of_age(minor=minor)
        shares, weights = [], []
        for number, witness in enumerate(self._witnesses):
            persons = witness.persons[chosen[witness.persons]]
            if len(persons) >= FEWEST:
                shares.append(self._testified(number, persons, union, minor=minor))
                weights.append(len(persons))
        if not shares:
            return float(union.members.mean()), 0.5
        mean = float(np.average(shares, weights=weights))
        return mean, float(np.sqrt(np.average((np.array(shares) - mean) ** 2, weights=weights)))

    def _testified(self, number: int, persons: I64, union: _Union, *, minor: bool) -> float:
        """Return the share of people in the union, as one list sees it.

        Of a list that is itself in the union, those that the rest of the union misses are missed by this
        list as often as the persons of the other lists are.
        """
        witness = self._witnesses[number]
        if not union.has(witness):
            return self.covered(persons, union.members, union.named, union.total)
        rest = union.members.copy()
        rest[witness.persons] = union.times[witness.persons] > 1
        named = rest & (union.naming > _given(witness, len(rest)))
        share = self.covered(persons, rest, named, union.total) if rest.any() else 0.0
        met = self._met_by(number, minor=minor)
        return share if met is None else 1 - (1 - share) * (1 - met)

    def _met_by(self, number: int, *, minor: bool) -> float | None:
        """Return the share of the persons of other lists that a list has; None where there are no others."""
        if (number, minor) not in self._met:
            self._met[number, minor] = self._meeting(self._witnesses[number], self._of_age(minor=minor))
        return self._met[number, minor]

    def _meeting(self, witness: List, chosen: Mask) -> float | None:
        size = len(self._name)
        others = chosen & _among([other for other in self._witnesses if other is not witness], size)
        if not others.any():
            return None
        own = _among([witness], size)
        return self.covered(np.flatnonzero(others), own, _given(witness, size), float(len(witness.persons)))

    def in_lists(self, union: Mask, part: List) -> float | None:
        """Return which share of anonymous rows with name and birth date is in the union; None if unknown."""
        dated = union & (self._born_as != 0)
        if not part.dated or not dated.any():
            return None
        visible = dated.sum() / union.sum()
        return float(np.clip(np.isin(np.unique(part.born), self._born_as[dated]).mean() / visible, 0, 1))


def _numbers(digests: U64) -> I64:
    """Return the digests numbered from 0; -1 for none."""
    numbers = narrow(numbered(digests)[1])
    numbers[digests == 0] = -1
    return numbers


def _among(lists: Sequence[List], size: int) -> Mask:
    """Return who is in one of some lists."""
    return touched(np.concatenate([np.zeros(0, np.int64), *(each.persons for each in lists)]), size)


def _given(part: List, size: int) -> Mask:
    """Return who has a name in a list."""
    return touched(part.persons[part.with_names], size)


class _Union:
    """Lists united one after the other.

    Attributes:
        members: Who is in one of them.
        times: In how many of them everybody is.
        naming: How many of them give everybody a name.
        total: The persons they are, estimated.

    """

    def __init__(self, overlap: Overlap, size: int) -> None:
        self._overlap = overlap
        self.members = np.zeros(size, np.bool_)
        self.times, self.naming = np.zeros((2, size), np.int32)
        self.total = 0.0
        self._variance = 0.0
        self._parts: list[List] = []

    @property
    def error(self) -> float:
        return 2 * float(np.sqrt(self._variance))

    @property
    def named(self) -> Mask:
        """Return to whom one of the lists gives a name."""
        return np.asarray(self.naming > 0)

    def has(self, part: List) -> bool:
        return part in self._parts

    def add(self, part: List) -> None:
        persons, second = self._overlap.size(part)
        share, error = self._share(part, persons) if self.members.any() else (0.0, 0.0)
        self.total += persons * (1 - share)
        self._variance += (persons * error) ** 2 + (second * (1 - share)) ** 2
        self.members[part.persons] = True
        self.times[part.persons] += 1
        self.naming += _given(part, len(self.naming))
        self._parts.append(part)

    def _share(self, part: List, persons: float) -> tuple[float, float]:
        """Return the share of the list that was counted before, and its error."""
        if part.named and len(part.persons) >= FEWEST:
            share = self._overlap.covered(part.persons, self.members, self.named, self.total)
            return share, float(np.sqrt(share * (1 - share) / len(part.persons)))
        if len(part.persons) == 0:
            by_birth = self._overlap.in_lists(self.members, part)
            if by_birth is not None:
                return by_birth, float(np.sqrt(by_birth * (1 - by_birth) / len(part.born)))
        share, error = self._overlap.found(part, self)
        linked = float(self.members[part.persons].sum()) / max(persons, 1.0)
        return min(max(share, linked), 1.0), error
