"""Time the census: generated persons in five tables, against plain connected components.

    python benchmarks/linking.py [--persons 200000] [--seed 7]

Prints seconds, records per second, and the ratio to ``pandas.factorize`` with
``scipy.sparse.csgraph.connected_components`` over the same identifiers in the same run. The plain way
knows no shared phone: it merges relatives, so its count is lower.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from scanner.census import Census, People
from scanner.census.hashing import mix
from scanner.identifiers import I64, U64, Records

T = TypeVar("T")

KEY = "benchmark"
FAMILY_PHONE = 0.12  # share of persons who give the phone of a relative
TABLES = {  # table: share of persons, mean rows per person, identifiers with their null share, name
    "crm/customer": (0.85, 1, {"id_card": 0.35, "mobile": 0.05, "user_account": 0.0}, True),
    "crm/address": (0.4, 2, {"user_account": 0.0, "mobile": 0.05}, True),
    "core/card": (0.8, 2, {"user_account": 0.0, "bank_card": 0.0}, False),
    "app/event": (0.5, 5, {"device_id": 0.0, "user_account": 0.45}, False),
    "service/call": (0.2, 1, {"mobile": 0.02}, False),
}


def values(kind: str, persons: I64, families: I64) -> U64:
    """Return the digests of one kind; a phone may be that of the family."""
    owner = families if kind == "mobile" else persons
    return mix(mix(owner.astype(np.uint64)) ^ np.uint64(sum(kind.encode()) << 40)) | np.uint64(1)


def generate(number: int, seed: int) -> list[Records]:
    """Return the records of all tables; rows of a person are scattered."""
    rng = np.random.default_rng(seed)
    relative = rng.integers(0, number, number)
    family = np.where(rng.random(number) < FAMILY_PHONE, relative, np.arange(number))
    return [
        records(rng, table, family, share, repeat, kinds, named=named)
        for table, (share, repeat, kinds, named) in TABLES.items()
    ]


def records(  # noqa: PLR0913, PLR0917 -- one row of the table above
    rng: np.random.Generator,
    table: str,
    family: I64,
    share: float,
    repeat: int,
    kinds: dict[str, float],
    *,
    named: bool,
) -> Records:
    chosen = np.flatnonzero(rng.random(len(family)) < share)
    persons = rng.permutation(np.repeat(chosen, rng.integers(1, 2 * repeat, len(chosen))))
    nothing = np.zeros(len(persons), np.uint64)
    ids = tuple(
        (
            kind,
            np.where(rng.random(len(persons)) < null, nothing, values(kind, persons, family[persons])),
        )
        for kind, null in kinds.items()
    )
    names = mix((persons % 50_000).astype(np.uint64)) & ~np.uint64(1) if named else nothing
    return Records(
        table=table,
        slot="",
        ids=ids,
        names=names,
        born_as=nothing,
        flags=np.zeros(len(persons), np.uint32),
        present=np.ones(len(persons), np.bool_),
        key=KEY,
    )


def count(parts: list[Records]) -> People:
    census = Census()
    census.add(parts)
    return census.solve()


def plain(parts: list[Records]) -> int:
    """Count connected components of rows and identifiers, the way of a hundred lines of pandas."""
    rows: list[I64] = []
    kinds: dict[str, list[U64]] = {}
    holders: dict[str, list[I64]] = {}
    start = 0
    for part in parts:
        for kind, digests in part.ids:
            held = np.flatnonzero(digests)
            kinds.setdefault(kind, []).append(digests[held])
            holders.setdefault(kind, []).append(held + start)
        start += len(part)
    ends, total = [], start
    for kind, found in kinds.items():
        codes, distinct = pd.factorize(np.concatenate(found))
        rows.append(np.concatenate(holders[kind]))
        ends.append(codes + total)
        total += len(distinct)
    left, right = np.concatenate(rows), np.concatenate(ends)
    graph = coo_array((np.ones(len(left), np.int8), (left, right)), shape=(total, total))
    labels = connected_components(graph, directed=False)[1]
    return len(np.unique(labels[left]))


def timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--persons", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    parts = generate(options.persons, options.seed)
    rows = sum(len(part) for part in parts)
    baseline, components = timed(lambda: plain(parts))
    seconds, people = timed(lambda: count(parts))
    scope, counted = timed(people.count)
    print(f"{options.persons:,} persons, {rows:,} records, {len(parts)} tables")
    print(f"plain     {baseline:7.2f} s  {rows / baseline:12,.0f} records/s  {components:,} components")
    print(
        f"census    {seconds:7.2f} s  {rows / seconds:12,.0f} records/s  "
        f"{counted.lower:,} <= {counted.estimate:,} <= {counted.upper:,} persons"
    )
    print(f"ratio     {seconds / baseline:7.2f}    one scope counted in {scope * 1000:.0f} ms")


if __name__ == "__main__":
    main()
