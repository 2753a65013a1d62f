"""What keys of persons do to counts: a shop whose tables refer to users by number, with keys and without.

python -m benchmarks.keys

Prints lower, estimate and upper of every table and of the shop beside the true number of people; and the
same of the shop's warehouse, whose layers are databases of their own and repeat the users.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from benchmarks.columns.values.people import People
from benchmarks.columns.values.vocabulary import load_words
from scanner import scan
from scanner.result import Result, SubjectCount

WORDS = "dev/words.json"
SEED, USERS, RELATIVES, STAFF = 7, 3_000, 900, 60
FIRST, STEP = 100_000, 7  # numbers of users
VERIFIED, ACTIVE = 1_800, 2_500  # users with an ID card, and those who log in
LISTS = {"users", "sys_user", "ods/ods_users_inc", "dim/dim_user_zip"}  # have id; elsewhere it is user_id

Numbers = npt.NDArray[np.int64]
Rows = tuple[pa.Table, set[int]]  # and the people in them
Tables = dict[str, Rows]  # by name, after that of the database if there are several


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

    def shop(self) -> Tables:
        """Return all tables of the database; a user's number is no position in it."""
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

    def warehouse(self, shop: Tables) -> Tables:
        """Return the tables of the shop in the layers of a warehouse."""
        ods = {
            f"ods/ods_{name}_inc": shop[name] for name in ("users", "user_realname", "user_address", "orders")
        }
        logins, buyers = shop["login_log"], np.unique(np.asarray(shop["orders"][0]["user_id"]))
        users = np.arange(USERS)
        masked = [f"{name[0]}**" for name in self._of("name", users)]
        return ods | {
            "dim/dim_user_zip": self._table(users, id=_number(users), name=masked),
            "dwd/dwd_login_di": logins,
            "dws/dws_user_order_td": (
                pa.table({"user_id": buyers}),
                set(((buyers - FIRST) // STEP).tolist()),
            ),
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
    return FIRST + STEP * users


def counted(source: Path, review: Path | None = None) -> Result:
    """Return the scan of tables in a folder."""
    return scan(source, review=review, progress=False, store=False).record


def write(tables: Tables, source: Path) -> None:
    """Write tables to a folder, each database in a folder of its own."""
    for name, (rows, _) in tables.items():
        path = source / f"{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(rows, path)


def without_keys(tables: Tables, source: Path) -> Path:
    """Write decisions that no column is a key; return their file."""
    places = {name: (source.name, *name.split("/")) for name in tables}
    decisions = [
        {
            "dataset": "/".join(place[:-1]),
            "table": place[-1],
            "column": "id" if name in LISTS else "user_id",
            "types": [],
        }
        for name, place in places.items()
    ]
    path = source.with_suffix(".yaml")
    path.write_text(yaml.safe_dump({"decisions": decisions}), encoding="utf-8")
    return path


def _all(subjects: tuple[SubjectCount, ...]) -> str:
    found = next((each for each in subjects if each.category == "all"), None)
    if found is None:
        return "not counted"
    return f"{found.lower:,} / {found.estimate:,} / {found.upper:,}"


def _rows(result: Result) -> dict[str, str]:
    tables = {table.name: _all(table.subjects) for each in result.datasets for table in each.tables}
    return tables | {"in all": _all(result.organization.subjects)}


def compare(tables: Tables, source: Path) -> None:
    """Count with keys and without, and print both."""
    write(tables, source)
    true = {name.split("/")[-1]: len(people) for name, (_, people) in tables.items()}
    true["in all"] = len(set().union(*(people for _, people in tables.values())))
    found = _rows(counted(source)), _rows(counted(source, without_keys(tables, source)))
    print(f"{source.name:24}{'true':>8}  {'with keys':26}without")
    for name, number in true.items():
        print(f"{name:24}{number:>8,}  {found[0][name]:26}{found[1][name]}")


def main() -> None:
    """Count the shop, and its warehouse."""
    maker = _Maker()
    shop = maker.shop()
    with tempfile.TemporaryDirectory() as folder:
        compare(shop, Path(folder) / "shop")
        print()
        compare(maker.warehouse(shop), Path(folder) / "warehouse")


if __name__ == "__main__":
    main()
