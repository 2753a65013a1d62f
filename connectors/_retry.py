"""Patience with what passes: lost connections, restarts, deadlocks, locks. See docs/faults.md."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

from connectors._errors import TransientFailure

Made = TypeVar("Made")

_LONGEST_S = 30.0  # between two attempts


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """How often something is tried.

    Attributes:
        attempts: In all; 1 for no second one.
        wait: Seconds before the second attempt; twice as long before each further one, up to 30.
        timeouts: Whether a statement that took too long is tried again, too.
    """

    attempts: int = 6
    wait: float = 1.0
    timeouts: bool = False


@dataclass(slots=True, kw_only=True)
class Patience:
    """Patience of one source. It is spent once an outage: what comes after it is tried once until that works.

    Attributes:
        retries: How often something is tried.
        tell: Takes what is waited for, for somebody who looks on.
    """

    retries: Retries = field(default_factory=Retries)
    sleep: Callable[[float], None] = field(default_factory=lambda: time.sleep)
    tell: Callable[[str], None] = lambda _doing: None
    _spent: bool = False
    _waited: Counter[str] = field(default_factory=Counter)
    _overcome: Counter[str] = field(default_factory=Counter)

    def waits(self, error: TransientFailure, tried: int) -> bool:
        """Wait, and return whether to try again after ``tried`` attempts."""
        if tried >= self.retries.attempts or self._spent:
            self._spent = True
            self._waited.clear()
            return False
        pause = min(self.retries.wait * 2 ** (tried - 1), _LONGEST_S)
        self.tell(f"next attempt in {pause:.0f} s: {error}")
        self.sleep(pause)
        self._waited[error.reason] += 1
        return True

    def worked(self) -> None:
        """Take note that the source answers."""
        self._spent = False
        self._overcome.update(self._waited)
        self._waited.clear()

    def overcome(self) -> Mapping[str, int]:
        """Return how often something was tried again with success, by reason, since this was asked last."""
        found, self._overcome = self._overcome, Counter()
        return found

    def keep_trying(self, action: Callable[[], Made]) -> Made:
        """Return what ``action`` returns; what it raises last, if no attempt works."""
        for tried in count(1):
            try:
                made = action()
            except TransientFailure as error:
                if not self.waits(error, tried):
                    raise
            else:
                self.worked()
                return made
        raise AssertionError  # pragma: no cover -- count() has no end


NO_PATIENCE = Retries(attempts=1)


def patience_of(connector: object) -> Patience:
    """Return the patience of a connector; none for one that knows no transient failures."""
    found = getattr(connector, "patience", None)
    return found if isinstance(found, Patience) else Patience(retries=NO_PATIENCE)
