"""The persons of a table."""

from __future__ import annotations

import datetime as dt
from typing import Any

from benchmarks.columns.values.check_digits import id_check
from benchmarks.columns.values.drawing import Rng, pick
from benchmarks.columns.values.numbers import mobile
from benchmarks.columns.values.vocabulary import regions

REFERENCE = dt.date(2025, 6, 30)


class People:
    """``n`` synthetic persons of a kind (``adult``, ``child`` or ``any``) by their ages on ``ref``."""

    def __init__(
        self, rng: Rng, n: int, words: dict[str, Any], kind: str = "any", ref: dt.date = REFERENCE
    ) -> None:
        self.rng, self.n, self.words = rng, n, words
        reg = regions()
        self.sex = rng.integers(0, 2, n)  # 1 male 0 female
        lo, hi = {"adult": (18, 85), "child": (1, 13), "any": (3, 85)}[kind]
        age_days = rng.integers(lo * 365 + 30, hi * 365, n)
        self.birth = [ref - dt.timedelta(days=int(d)) for d in age_days]
        self.age = [(ref - b).days // 365 for b in self.birth]
        # people born before 2005 may carry an abolished region code
        cur = [i for i, r in enumerate(reg) if r[4] == "0"]
        old = [i for i, r in enumerate(reg) if r[4] == "1"]
        self.region = [
            reg[old[int(rng.integers(0, len(old)))]]
            if b.year < 1995 and rng.random() < 0.06
            else reg[cur[int(rng.integers(0, len(cur)))]]
            for b in self.birth
        ]
        self.live = [reg[cur[int(rng.integers(0, len(cur)))]] for _ in range(n)]
        self.seq = [int(rng.integers(0, 500)) * 2 + int(s) for s in self.sex]
        self.id18 = []
        for r, b, q in zip(self.region, self.birth, self.seq, strict=True):
            s = f"{r[0]}{b:%Y%m%d}{q % 1000:03d}"
            self.id18.append(s + id_check(s))
        self.name = [self._name(int(s)) for s in self.sex]
        self.mobile = [mobile(rng) for _ in range(n)]

    def _name(self, male: int) -> str:
        r, w = self.rng, self.words
        x = r.random()
        if x < 0.015:
            return pick(r, w["minority_given"]) + "·" + pick(r, w["minority_father"])
        if x < 0.025:
            return pick(r, w["tibetan"])
        sur = (
            pick(r, w["compound_surnames"])
            if x < 0.05
            else w["surnames"][min(int(r.exponential(18)), len(w["surnames"]) - 1)]
        )
        g = w["given_chars_m"] if male else w["given_chars_f"]
        y = r.random()
        n = 1 if y < 0.2 else 2 if y < 0.985 else 3
        return sur + "".join(pick(r, g) for _ in range(n))
