"""Further users of contacts in logs, where the row of a contact may be any of its known users'.

In a log contacts come again and again, so that rows do not say how many people use one. But if both of its
known users use it, a contact is in the log more often than one of a single user: by how much says how likely
the other user is there. How many contacts in the log have no known user, one and two says how likely a user
is known, and so how many contacts have a second one whom nothing else shows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np

from scanner.census.holdings import Holdings
from scanner.census.kinds import BY_ORDER, HUB_PERSONS
from scanner.census.lone import Lone
from scanner.census.sums import Sums
from scanner.census.touches import Touches
from scanner.identifiers import F64, I64, U8, Mask

FEWEST = 30  # contacts of one user, and of two, without which nothing says how likely users are in a log
LEAST_KNOWN = 2 / 3  # how likely a user is at least taken to be known: strangers call, too
_TINY = 1e-9  # chances are above; imaginary parts of real roots are below
_NOTHING = cast("I64", np.zeros((len(BY_ORDER), HUB_PERSONS), np.int32))


@dataclass(frozen=True, slots=True, kw_only=True)
class LogUse(Sums):
    """Contacts of known users, and how many of them come in logs; a row per kind.

    Attributes:
        of_one, of_two: Contacts of one known user, and of two, whether or not in a log.
        seen: Contacts in a log; a column per number of known users.
        rows: Of the logs, that show those.
        met: Those of which the scope shows a known user otherwise; columns as in ``seen``.
        unshown: Known users of those, but for users whom the scope shows otherwise; columns as in ``seen``.
        counted: How many of the latter are counted; columns as in ``seen``.

    """

    of_one: I64
    of_two: I64
    seen: I64
    rows: I64
    met: I64
    unshown: I64
    counted: I64

    @property
    def nbytes(self) -> int:
        """Return the bytes in memory; none where all is zero, which all scopes without logs share."""
        tables = (self.seen, self.rows, self.met, self.unshown, self.counted)
        return sum(table.nbytes for table in tables if table is not _NOTHING)


class LogContacts:
    """The contacts of a part that come in logs, and who uses them.

    Args:
        lone: Rows in logs that show a contact of somebody, by which alone that person is known there.
        counts: How often each of those rows comes.
        kinds: The kind of every value of the part.
        held: The contacts of every person.
        known: Persons known by more than contacts, in the whole organization.

    """

    def __init__(self, lone: Lone, counts: I64, kinds: U8, held: Holdings, known: Mask) -> None:
        self._lone, self._counts, self._kinds, self._known = lone, counts, kinds[lone.values], known
        self._of = held.values_of_one(known), held.values_of_two(known)
        self._users = self._number(known)

    def use(self, rows: Mask, here: Touches) -> LogUse:
        """Return which contacts come in logs.

        Args:
            rows: Rows of the scope.
            here: What they touch.

        """
        chosen = rows[self._lone.rows]
        times = np.bincount(self._lone.contact[chosen], self._counts[chosen], minlength=len(self._kinds))
        seen = times > 0
        if not seen.any():  # in most scopes, of which there are many
            nothing = dict.fromkeys(("seen", "rows", "met", "unshown", "counted"), _NOTHING)
            return LogUse(of_one=self._of[0], of_two=self._of[1], **nothing)
        otherwise, counted = (self._number(self._known & of) for of in (here.anchored, here.persons))
        return LogUse(
            of_one=self._of[0],
            of_two=self._of[1],
            seen=self._short(seen.astype(np.int64)),
            rows=self._table(times),
            met=self._short(np.where(seen, np.minimum(otherwise, 1), 0)),
            unshown=self._short(seen * (self._users - otherwise)),
            counted=self._short(seen * (counted - otherwise)),
        )

    def _number(self, persons: Mask) -> I64:
        """Return how many of some persons use each contact."""
        if len(self._kinds) == 0:
            return np.zeros(0, np.int64)
        return np.add.reduceat(persons[self._lone.users], self._lone.starts, dtype=np.int64)

    def _table(self, numbers: I64) -> I64:
        """Return the sum of numbers of contacts, by kind and number of known users."""
        cells = self._kinds * np.int64(HUB_PERSONS) + np.minimum(self._users, HUB_PERSONS - 1)
        sums = np.bincount(cells, numbers, minlength=len(BY_ORDER) * HUB_PERSONS)
        return sums.astype(np.int64).reshape(len(BY_ORDER), HUB_PERSONS)

    def _short(self, numbers: I64) -> I64:
        """Return the same in 32 bits."""
        return cast("I64", self._table(numbers).astype(np.int32))


def users_in_logs(parts: Sequence[LogUse]) -> int:
    """Return how many persons the logs of a scope show beyond those counted."""
    if not parts:
        return 0
    use = LogUse.total(parts)
    enough = np.flatnonzero((use.seen[:, 1:3] >= FEWEST).all(axis=1))
    return sum(round(_Log(use, kind).further) for kind in enough.tolist())


class _Log:
    """The contacts of one kind in the logs of a scope, which one person or several use.

    Args:
        use: What all parts show.
        kind: The kind.

    """

    def __init__(self, use: LogUse, kind: int) -> None:
        self._seen, self._rows, self._met = use.seen[kind], use.rows[kind], use.met[kind]
        self._unshown, self._counted = use.unshown[kind], use.counted[kind]
        self._of_one = int(use.of_one[kind])
        self._two = int(use.seen[kind, 2]) / int(use.of_two[kind])

    @property
    def further(self) -> float:
        """Return how many persons are to be added."""
        return max(0.0, self._known) + self._unknown

    @property
    def _known(self) -> float:
        """Return how many known users the logs alone show, less those counted."""
        each = self._callers[2:] / np.arange(2, HUB_PERSONS)
        return float((self._unshown[2:] * each - self._counted[2:]).sum())

    @property
    def _unknown(self) -> float:
        """Return how many users of whom nothing else is known the logs show beside those counted."""
        known, users = np.ogrid[:HUB_PERSONS, :HUB_PERSONS]
        of_unknown = self._callers * (users - known) / np.maximum(users, 1)
        further = self._callers - np.maximum(self._callers, 1)[:, np.newaxis]
        shown = (self._met / np.maximum(self._seen, 1))[:, np.newaxis]
        added = shown * of_unknown + (1 - shown) * further
        return float((self._by_users * added)[known < users].sum())

    @cached_property
    def _callers(self) -> F64:
        """Return how many users of a contact in the logs are there on average, by how many it has."""
        others = np.arange(HUB_PERSONS - 1)
        likely = 1 - (1 - self._one) * (1 - self._other) ** others
        return np.append(0, (self._one + self._other * others) / likely)

    @cached_property
    def _one(self) -> float:
        """Return how likely a contact of one user is in the logs, unknown ones counted."""
        hidden = float(self._by_users[1, 2:].sum())
        share = (int(self._seen[1]) - hidden) / max(self._of_one - hidden / self._two, 1.0)
        return min(max(share, _TINY), 1.0)

    @cached_property
    def _other(self) -> float:
        """Return how likely a second user is in the logs."""
        return max(0.0, self._two - self._one) / (1 - self._one) if self._one < 1 else 0.0

    @cached_property
    def _by_users(self) -> F64:
        """Return how many of the contacts have so many known users (rows) and users in all (columns)."""
        likely = max(_likely_known(self._seen), _likely_known(self._rows))
        chances = _chances(max(likely, LEAST_KNOWN) if likely else 1.0)
        contacts = np.maximum(np.linalg.solve(chances, self._seen), 0)
        contacts[0] = 0  # used by nobody who may be known, as second numbers are
        found = chances * contacts
        most: F64 = np.minimum(self._seen / np.maximum(found.sum(axis=1), _TINY), 1)
        return found * most[:, np.newaxis]


def _likely_known(numbers: I64) -> float:
    """Return how likely a user is known, by how many contacts, or rows, are of 0, 1, 2 ... known users.

    If every user is with chance k, independently, the numbers of contacts with so many users follow from
    these, and k is the chance with which no contact is left without a user. 0 if it is not above a half.
    """
    polynomial = np.polynomial.Polynomial(numbers / numbers.sum())
    if numbers[0] == 0:
        return 1.0
    if polynomial(-1) >= 0:
        return 0.0
    roots = polynomial.roots()
    below = roots.real[(abs(roots.imag) < _TINY) & (roots.real < 0)]
    return float(1 / (1 - below.max()))


def _chances(likely: float) -> F64:
    """Return with which chance so many (rows) of so many users (columns) are known."""
    fewer = 1 - likely

    def chance(known: int, users: int) -> float:
        return math.comb(users, known) * likely**known * fewer ** (users - known) if known <= users else 0.0

    return np.array([[chance(known, users) for users in range(HUB_PERSONS)] for known in range(HUB_PERSONS)])
