"""Further users of contacts in logs, where the row of a contact may be either of its two known users'.

In a log contacts come again and again, so that rows do not say how many people use one. But if both of its
known users use it, a contact is in the log more often than one of a single user: by how much says how likely
the other user is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from scanner.census.holdings import Holdings
from scanner.census.kinds import BY_ORDER
from scanner.census.lone import Lone
from scanner.census.touches import Touches, touched
from scanner.identifiers import I64, U8, Mask

FEWEST = (
    30  # contacts of one user, and of two, without which in a log nothing says how likely users are there
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogUse:
    """Contacts of known users, and how many of them come in logs; one entry per kind.

    Attributes:
        of_one, of_two: Contacts of one known user, and of two, whether or not in a log.
        one_seen, two_seen: Those that come in a log.
        alone: Those of two users that come, neither of whom the scope shows otherwise: one is counted.
        beside: Those of two users that come, one of whom the scope shows otherwise.
        counted: Those of the latter whose other user is counted, too.

    """

    of_one: I64
    of_two: I64
    one_seen: I64
    two_seen: I64
    alone: I64
    beside: I64
    counted: I64

    @classmethod
    def total(cls, parts: Iterable[LogUse]) -> LogUse:
        """Return the use in all parts."""
        every = list(parts)
        return cls(
            **{
                each.name: np.sum([getattr(part, each.name) for part in every], axis=0)
                for each in fields(cls)
            }
        )


class LogContacts:
    """The contacts of a part that come in logs, and who uses them.

    Args:
        lone: Rows in logs that show one contact of somebody and nothing else.
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
        two = seen & (self._users == 2)
        otherwise, counted = (
            self._number(self._known & here.anchored),
            self._number(self._known & here.persons),
        )
        beside = two & (otherwise == 1)
        return LogUse(
            of_one=self._of[0],
            of_two=self._of[1],
            one_seen=self._by_kind(seen & (self._users == 1)),
            two_seen=self._by_kind(two),
            alone=self._by_kind(two & (otherwise == 0) & (counted == 1)),
            beside=self._by_kind(beside),
            counted=self._by_kind(beside & (counted == 2)),
        )

    def _number(self, persons: Mask) -> I64:
        """Return how many of some persons use each contact."""
        if len(self._kinds) == 0:
            return np.zeros(0, np.int64)
        return np.add.reduceat(persons[self._lone.users], self._lone.starts, dtype=np.int64)

    def _by_kind(self, contacts: Mask) -> I64:
        return np.bincount(self._kinds[contacts], minlength=len(BY_ORDER)).astype(np.int64)


def users_in_logs(parts: Sequence[LogUse]) -> int:
    """Return how many persons the logs of a scope show beyond those counted."""
    if not parts:
        return 0
    use = LogUse.total(parts)
    enough = np.flatnonzero((use.one_seen >= FEWEST) & (use.two_seen >= FEWEST))
    return sum(_further_users(use, kind) for kind in enough.tolist())


def _further_users(use: LogUse, kind: int) -> int:
    one, two = (
        int(seen[kind]) / int(held[kind])
        for seen, held in ((use.one_seen, use.of_one), (use.two_seen, use.of_two))
    )
    if not one < two:
        return 0
    other = min((two - one) / (1 - one), one)
    either = one + other - one * other
    expected = int(use.alone[kind]) * one * other + int(use.beside[kind]) * (one + other) / 2
    return max(0, round(expected / either - int(use.counted[kind])))
