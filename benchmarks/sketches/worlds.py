"""Generated worlds of known people, as digests."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scanner.census.hashing import mix
from scanner.identifiers import I64, U64, Records

Table = tuple[Records, set[int]]  # and the people it is about

EVERYBODY = {"id_card": 1, "user_account": 1, "bank_card": 2, "email": 1, "mobile": 2, "device_id": 2}


class World:
    """People with identifiers: ``table`` draws rows about some of them.

    A share of the people gives the phone of a relative; names repeat, as names do.
    """

    def __init__(self, number: int, seed: int, *, family: float = 0.15, names: int = 3_000) -> None:
        self.rng = np.random.default_rng(seed)
        self.number = number
        self.relative = np.where(
            self.rng.random(number) < family, self.rng.integers(0, number, number), np.arange(number)
        )
        self.names = mix(self.rng.integers(0, names, number).astype(np.uint64)) & ~np.uint64(1)
        self.salt = np.uint64(seed) << np.uint64(40)

    def table(  # noqa: PLR0913 -- what there is to choose about a table
        self,
        name: str,
        kinds: Sequence[str],
        *,
        share: float,
        rows: int,
        named: bool = True,
        flags: int = 0,
        null: float = 0.2,
        anonymous: float = 0.02,
    ) -> Table:
        """Return the records of a table, and the people it is about.

        ``kinds`` are the identifiers that its rows may carry; ``rows`` the mean number of rows a person.
        """
        rng = self.rng
        chosen = np.flatnonzero(rng.random(self.number) < share)
        people = rng.permutation(np.repeat(chosen, rng.integers(1, 2 * rows, len(chosen))))
        nobody_knows = rng.random(len(people)) < anonymous
        ids = tuple((kind, self._column(kind, people, null) * ~nobody_knows) for kind in kinds)
        names = self.names[people] * np.uint64(named) * ~nobody_knows
        records = Records(
            table=name,
            slot="",
            ids=ids,
            names=names,
            born_as=np.zeros(len(people), np.uint64),
            flags=np.full(len(people), flags, np.uint32),
            present=np.ones(len(people), np.bool_),
            key="k",
        )
        return records, set(np.unique(people).tolist())

    def _column(self, kind: str, people: I64, null: float) -> U64:
        owner = self.relative[people] if kind == "mobile" else people
        which = self.rng.integers(0, EVERYBODY[kind], len(people))
        seed = np.uint64(sum(kind.encode())) << np.uint64(50)
        values = mix(mix(owner.astype(np.uint64) * np.uint64(8) + which.astype(np.uint64)) ^ seed ^ self.salt)
        return np.where(self.rng.random(len(people)) < null, np.uint64(0), np.maximum(values, np.uint64(1)))


def retailer(number: int, seed: int) -> dict[str, Table]:
    """Return tables of a retailer: records and people by name of the table."""
    world = World(number, seed)
    return {
        "crm/customer": world.table("crm/customer", ["id_card", "mobile", "user_account"], share=0.7, rows=1),
        "crm/order": world.table("crm/order", ["user_account", "mobile"], share=0.6, rows=3, null=0.1),
        "crm/receiver": world.table("crm/receiver", ["mobile"], share=0.3, rows=2, null=0.05),
        "app/event": world.table("app/event", ["device_id", "user_account"], share=0.5, rows=4, named=False),
        "core/card": world.table("core/card", ["bank_card", "id_card"], share=0.4, rows=2, null=0.1),
        "mail/list": world.table("mail/list", ["email"], share=0.2, rows=1, named=False, null=0.0),
    }


def shuffled(records: Records, rng: np.random.Generator) -> Records:
    """Return the same rows in another order."""
    return rows_of(records, rng.permutation(len(records)))


def rows_of(records: Records, chosen: I64 | slice) -> Records:
    """Return some rows."""
    return Records(
        table=records.table,
        slot=records.slot,
        ids=tuple((kind, digests[chosen]) for kind, digests in records.ids),
        names=records.names[chosen],
        born_as=records.born_as[chosen],
        flags=records.flags[chosen],
        present=records.present[chosen],
        key=records.key,
    )
