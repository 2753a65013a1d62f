"""Further users of contacts in logs, where the row of a contact may be any of its known users'.

In a log contacts come again and again, so that rows do not say how many people use one. But if both of its
known users use it, a contact is in the log more often than one of a single user: by how much says how likely
the other user is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from scanner.census.holdings import Holdings
from scanner.census.kinds import BY_ORDER, HUB_PERSONS
from scanner.census.lone import Lone
from scanner.census.sums import Sums
from scanner.census.touches import Touches, touched
from scanner.identifiers import I64, U8, Mask

FEWEST = 30  # contacts of one user, and of two, without which nothing says how likely users are in a log
_NOTHING = cast("I64", np.zeros((len(BY_ORDER), HUB_PERSONS), np.int32))


@dataclass(frozen=True, slots=True, kw_only=True)
class LogUse(Sums):
    """Contacts of known users, and how many of them come in logs; a row per kind.

    Attributes:
        of_one, of_two: Contacts of one known user, and of two, whether or not in a log.
        seen: Contacts in a log; a column per number of known users.
        unshown: Known users of those, but for users whom the scope shows otherwise; columns as in ``seen``.
        counted: How many of the latter are counted; columns as in ``seen``.

    """

    of_one: I64
    of_two: I64
    seen: I64
    unshown: I64
    counted: I64


class LogContacts:
    """The contacts of a part that come in logs, and who uses them.

    Args:
        lone: Rows in logs that show a contact of somebody, by which alone that person is known there.
        kinds: The kind of every value of the part.
        held: The contacts of every person.
        known: Persons known by more than contacts, in the whole organization.

    """

    def __init__(self, lone: Lone, kinds: U8, held: Holdings, known: Mask) -> None:
        self._lone, self._kinds, self._known = lone, kinds[lone.values], known
        self._of = held.values_of_one(known), held.values_of_two(known)
        self._users = self._number(known)

    def use(self, rows: Mask, here: Touches) -> LogUse:
        """Return which contacts come in logs.

        Args:
            rows: Rows of the scope.
            here: What they touch.

        """
        seen = touched(self._lone.contact[rows[self._lone.rows]], len(self._kinds))
        if not seen.any():  # in most scopes, of which there are many
            return LogUse(
                of_one=self._of[0], of_two=self._of[1], seen=_NOTHING, unshown=_NOTHING, counted=_NOTHING
            )
        otherwise, counted = (self._number(self._known & of) for of in (here.anchored, here.persons))
        return LogUse(
            of_one=self._of[0],
            of_two=self._of[1],
            seen=self._table(seen.astype(np.int64)),
            unshown=self._table(seen * (self._users - otherwise)),
            counted=self._table(seen * (counted - otherwise)),
        )

    def _number(self, persons: Mask) -> I64:
        """Return how many of some persons use each contact."""
        if len(self._kinds) == 0:
            return np.zeros(0, np.int64)
        return np.add.reduceat(persons[self._lone.users], self._lone.starts, dtype=np.int64)

    def _table(self, numbers: I64) -> I64:
        """Return the sum of numbers of contacts, by kind and number of known users, in 32 bits."""
        cells = self._kinds * np.int64(HUB_PERSONS) + np.minimum(self._users, HUB_PERSONS - 1)
        sums = np.bincount(cells, numbers, minlength=len(BY_ORDER) * HUB_PERSONS)
        return cast("I64", sums.astype(np.int32).reshape(len(BY_ORDER), HUB_PERSONS))


def users_in_logs(parts: Sequence[LogUse]) -> int:
    """Return how many persons the logs of a scope show beyond those counted."""
    if not parts:
        return 0
    use = LogUse.total(parts)
    enough = np.flatnonzero((use.seen[:, 1:3] >= FEWEST).all(axis=1))
    return sum(_further_users(use, kind) for kind in enough.tolist())


def _further_users(use: LogUse, kind: int) -> int:
    one = int(use.seen[kind, 1]) / int(use.of_one[kind])
    two = int(use.seen[kind, 2]) / int(use.of_two[kind])
    if not one < two:
        return 0
    other = (two - one) / (1 - one)
    further = 0.0
    for users in range(2, HUB_PERSONS):
        some = 1 - (1 - one) * (1 - other) ** (users - 1)
        each = (one + other * (users - 1)) / users / some
        further += int(use.unshown[kind, users]) * each - int(use.counted[kind, users])
    return max(0, round(further))
