"""The sketches of one selection of one table, filled or united."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from scanner.census.chunks import Chunk
from scanner.identifiers import Mask
from scanner.sketches import hll, theta
from scanner.sketches.hll import Hll, HllFill
from scanner.sketches.roles import Roles, selected
from scanner.sketches.theta import Theta, ThetaFill


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How large sketches are: binary logarithms of registers (HLL) and of kept hashes (theta)."""

    hll: int = hll.LG_K
    theta: int = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketched:
    """What sketches of some rows know.

    Attributes:
        rows, anonymous, blank: Rows about somebody; those that nothing identifies; of these, the blank ones.
        nameless: By kind, rows with a contact and neither anything better nor a name.
        thetas: By kind and role.
        hlls: All values, by kind.
    """

    rows: int = 0
    anonymous: int = 0
    blank: int = 0
    nameless: Mapping[str, int] = field(default_factory=dict)
    thetas: Mapping[tuple[str, str], Theta] = field(default_factory=dict)
    hlls: Mapping[str, Hll] = field(default_factory=dict)

    def theta(self, kind: str, role: str) -> Theta:
        """Return the sketch of a kind and role; an empty one where there is none."""
        return self.thetas.get((kind, role)) or Theta(np.zeros(0, np.uint64))

    def without_blanks(self) -> Sketched:
        """Return the same rows without the blank ones."""
        return Sketched(
            rows=self.rows - self.blank,
            anonymous=self.anonymous - self.blank,
            nameless=self.nameless,
            thetas=self.thetas,
            hlls=self.hlls,
        )


def united(parts: Iterable[Sketched], precision: Precision) -> Sketched:
    """Return what sketches of different rows know together."""
    given = list(parts)
    nameless: Counter[str] = Counter()
    thetas: dict[tuple[str, str], list[Theta]] = {}
    hlls: dict[str, list[Hll]] = {}
    for part in given:
        nameless.update(part.nameless)
        for key, sketch in part.thetas.items():
            thetas.setdefault(key, []).append(sketch)
        for kind, registers in part.hlls.items():
            hlls.setdefault(kind, []).append(registers)
    return Sketched(
        rows=sum(part.rows for part in given),
        anonymous=sum(part.anonymous for part in given),
        blank=sum(part.blank for part in given),
        nameless=dict(sorted(nameless.items())),
        thetas={key: theta.unite(found, precision.theta) for key, found in sorted(thetas.items())},
        hlls={kind: hll.unite(found, precision.hll) for kind, found in sorted(hlls.items())},
    )


class Cell:
    """Sketches that are being filled; the attributes are those of ``Sketched``."""

    def __init__(self, precision: Precision) -> None:
        self.rows = self.anonymous = self.blank = 0
        self.nameless: Counter[str] = Counter()
        self._precision = precision
        self._thetas: dict[tuple[str, str], ThetaFill] = {}
        self._hlls: dict[str, HllFill] = {}

    def add(self, chunk: Chunk, roles: Roles, rows: Mask) -> None:
        """Take in some rows of a chunk."""
        self.rows += _number(chunk, rows)
        self.anonymous += _number(chunk, rows & ~roles.known)
        self.blank += _number(chunk, rows & chunk.blank)
        for kind, mask in roles.nameless.items():
            self.nameless[kind] += _number(chunk, rows & mask)
        for part, chosen in selected(roles.hashed, rows):
            self._theta(part.kind, part.role).add(part.low[chosen])
            if part.coupons is not None:
                self._hll(part.kind).add(part.coupons[chosen])

    def sketched(self) -> Sketched:
        """Return what was taken in so far."""
        return Sketched(
            rows=self.rows,
            anonymous=self.anonymous,
            blank=self.blank,
            nameless={kind: number for kind, number in sorted(self.nameless.items()) if number},
            thetas={key: fill.sketch() for key, fill in sorted(self._thetas.items())},
            hlls={kind: fill.sketch() for kind, fill in sorted(self._hlls.items())},
        )

    def _theta(self, kind: str, role: str) -> ThetaFill:
        if (kind, role) not in self._thetas:
            self._thetas[kind, role] = ThetaFill(self._precision.theta)
        return self._thetas[kind, role]

    def _hll(self, kind: str) -> HllFill:
        if kind not in self._hlls:
            self._hlls[kind] = HllFill(self._precision.hll)
        return self._hlls[kind]


def _number(chunk: Chunk, rows: Mask) -> int:
    return int(chunk.counts[rows].sum())
