"""What keys of persons do to counts: a shop whose tables refer to users by number, with keys and without.

python -m benchmarks.keys

Prints lower, estimate and upper of every table and of the shop beside the true number of people.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import yaml

from benchmarks.columns.values.people import People
from benchmarks.columns.values.vocabulary import load_words
from scanner import scan
from scanner.result import Result, SubjectCount

WORDS = "dev/words.json"
SEED, USERS, RELATIVES, STAFF = 7, 3_000, 900, 60
VERIFIED, ACTIVE = 1_800, 2_500  # users with an ID card, and those who log in
KEYS = {"users": "id", "sys_user": "id"}  # of the rows themselves; elsewhere it is user_id

Numbers = npt.NDArray[np.int64]
Rows = tuple[pa.Table, set[int]]  # and the people in them
Shop = dict[str, Rows]


class _Maker:
    """Makes the tables; people are numbered: users, their relatives, staff."""

    def __init__(self) -> None:
        self.rng = np.random.default_rng(SEED)
        self.people = People(self.rng, USERS + RELATIVES + STAFF, load_words(WORDS), "adult")
        self.devices = self.rng.integers(0, 1 << 62, (USERS, 2))
        # For whom users have an address: three of four for themselves.
        self.holder = self.rng.integers(0, USERS, 3_000)
        others = USERS + self.rng.integers(0, RELATIVES, 3_000)
        self.receiver = np.where(self.rng.random(3_000) < 0.75, self.holder, others)

    def shop(self) -> Shop:
        """Return all tables; user n has the number 100,000 + 7 n."""
        orders = self.rng.integers(0, len(self.holder), 8_000)
        holder, receiver = self.holder[orders], self.receiver[orders]
        users, staff = np.arange(USERS), USERS + RELATIVES + np.arange(STAFF)
        logins, verified = self.rng.integers(0, ACTIVE, 15_000), self.rng.permutation(USERS)[:VERIFIED]
        reviews = self.rng.integers(0, USERS, 4_000)
        return {
            "users": self._table(users, id=_number(users), mobile=self._of("mobile", users)),
            "sys_user": self._table(
                staff,
                id=range(1, STAFF + 1),
                real_name=self._of("name", staff),
                phone=self._of("mobile", staff),
            ),
            "user_realname": self._table(
                verified,
                user_id=_number(verified),
                real_name=self._of("name", verified),
                id_card_no=self._of("id18", verified),
            ),
            "user_address": self._addressed(self.holder, self.receiver, "consignee", "mobile"),
            "orders": self._addressed(holder, receiver, "receiver_name", "receiver_phone"),
            "login_log": self._table(
                logins,
                user_id=_number(logins),
                device_id=[f"{self.devices[n, self.rng.integers(0, 2)]:016x}" for n in logins],
            ),
            "reviews": self._table(reviews, user_id=_number(reviews), score=self.rng.integers(1, 6, 4_000)),
        }

    def _addressed(self, holder: Numbers, receiver: Numbers, name: str, phone: str) -> Rows:
        columns = {name: self._of("name", receiver), phone: self._of("mobile", receiver)}
        rows, people = self._table(receiver, user_id=_number(holder), **columns)
        return rows, people | set(holder.tolist())

    def _of(self, attribute: str, people: Numbers) -> list[str]:
        values = getattr(self.people, attribute)
        return [values[n] for n in people]

    def _table(self, people: Numbers, **columns: Any) -> Rows:
        return pa.table({"row": range(len(people))} | columns), set(people.tolist())


def _number(users: Numbers) -> Numbers:
    return 100_000 + 7 * users


def counted(shop: Shop, review: Path | None = None) -> Result:
    """Return the scan of the shop."""
    tables = {name: rows for name, (rows, _) in shop.items()}
    return scan({"shop": tables}, review=review, progress=False, store=False).record


def without_keys(shop: Shop, folder: Path) -> Path:
    """Write decisions that no column is a key; return their file."""
    decisions = [
        {"dataset": "shop", "table": name, "column": KEYS.get(name, "user_id"), "types": []} for name in shop
    ]
    path = folder / "review.yaml"
    path.write_text(yaml.safe_dump({"decisions": decisions}), encoding="utf-8")
    return path


def _all(subjects: tuple[SubjectCount, ...]) -> str:
    found = next((each for each in subjects if each.category == "all"), None)
    if found is None:
        return "not counted"
    return f"{found.lower:,} / {found.estimate:,} / {found.upper:,}"


def _rows(result: Result) -> dict[str, str]:
    tables = {table.name: _all(table.subjects) for table in result.datasets[0].tables}
    return tables | {"the shop": _all(result.organization.subjects)}


def main() -> None:
    """Count with keys and without, and print both."""
    shop = _Maker().shop()
    true = {name: len(people) for name, (_, people) in shop.items()}
    true["the shop"] = len(set().union(*(people for _, people in shop.values())))
    with tempfile.TemporaryDirectory() as folder:
        found = _rows(counted(shop)), _rows(counted(shop, without_keys(shop, Path(folder))))
    print(f"{'table':14}{'true':>8}  {'with keys':26}without")
    for name, number in true.items():
        print(f"{name:14}{number:>8,}  {found[0][name]:26}{found[1][name]}")


if __name__ == "__main__":
    main()
