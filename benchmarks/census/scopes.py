"""Time counting every scope of many tables: what a scan asks of linked people, at once or one by one.

python -m benchmarks.census.scopes [--rows 2000000] [--tables 40] [--memory 1GiB] [--one-by-one]

The people are drawn at random, with identifiers, names, ages and sensitive categories. The last line is a
digest of all counts: it must be the same whatever is asked at once, and whatever the limit of memory.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Iterator

import numpy as np

from benchmarks.measured import most_memory
from scanner.census import Census, People
from scanner.census.chunks import condense
from scanner.compiled.loading import always
from scanner.config import FlowConfig, FlowTable
from scanner.counting import Counts
from scanner.identifiers import ADULT, CATEGORY_BITS, I64, MINOR_UNDER_18, U64, Records
from scanner.identifiers.windows import CERTAIN, POSSIBLE
from scanner.machine.spill import memory_of

PERSONS_PER_ROW = 0.44
PERSONS_PER_NAME = 3
DATASETS = 5
CHUNK = 200_000  # rows
_SHOWN = {"id_card": 0.5, "mobile": 0.85, "email": 0.6, "user_account": 0.3}
_CATEGORIES = ("health", "financial", "sensitive")


def tables_of(number: int) -> list[str]:
    """Return the ids of so many tables, in datasets of like size."""
    return [f"d{place % DATASETS}/t{place:03}" for place in range(number)]


def records(table: str, rows: int, persons: int, rng: np.random.Generator) -> Iterator[Records]:
    """Yield the rows of one table: each about a person drawn by lot."""
    while rows > 0:
        who = rng.integers(0, persons, min(rows, CHUNK))
        rows -= len(who)
        flags = _flags(who, rng)
        yield Records(
            table=table,
            slot="",
            ids=tuple(
                (kind, _some(_digests(who, salt), share, rng))
                for salt, (kind, share) in enumerate(_SHOWN.items(), 1)
            ),
            names=_some(_digests(who // PERSONS_PER_NAME, 9), 0.7, rng),
            born_as=np.zeros(len(who), np.uint64),
            flags=flags,
            present=np.ones(len(who), np.bool_),
            key="k",
        )


def _flags(who: I64, rng: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    flags = np.where(who % 9 == 0, MINOR_UNDER_18, ADULT) * (rng.random(len(who)) < 0.5)
    for category in _CATEGORIES:
        flags |= CATEGORY_BITS[category] * (rng.random(len(who)) < 0.3)
    window = sum(CERTAIN.values()) | sum(POSSIBLE.values())
    return (flags | window * (rng.random(len(who)) < 0.5)).astype(np.uint32)


def _digests(values: I64, salt: int) -> U64:
    return (values.astype(np.uint64) + np.uint64(salt << 40)) * np.uint64(0x9E3779B97F4A7C15)


def _some(digests: U64, share: float, rng: np.random.Generator) -> U64:
    return digests * (rng.random(len(digests)) < share)


def collected(rows: int, tables: list[str], memory: str | None, threads: int) -> Census:
    """Return a census of tables of very different sizes, as warehouses have them."""
    census, rng = Census(memory_of(memory, None), always(), threads), np.random.default_rng(1)
    shares = 1 / np.arange(1, len(tables) + 1)
    for table, share in zip(tables, shares / shares.sum(), strict=True):
        for each in records(table, int(rows * share), int(rows * PERSONS_PER_ROW), rng):
            census.take("k", [condense(each, always())])
    return census


def asked(people: People, tables: list[str], *, at_once: bool) -> list[object]:
    """Return all counts, overlaps and doubts that a scan with a flow from every dataset asks for."""
    counts = Counts(people)
    names = [table.split("/")[0] for table in tables[:DATASETS]]
    datasets = {name: [t for t in tables if t.startswith(f"{name}/")] for name in names}
    flows = [
        FlowConfig(name=name, tables=tuple(FlowTable(dataset=name, table=t.split("/")[1]) for t in of))
        for name, of in datasets.items()
    ]
    groups = {name: (of, 0) for name, of in datasets.items()}
    if at_once:
        counts.prepare(
            scopes=[*([table] for table in tables), *datasets.values(), tables],
            flows=[*([flow] for flow in flows), flows],
            doubts=tables,
            overlaps=[groups],
        )
    return [
        *(counts.scope("table", table, [table]) for table in tables),
        *(counts.scope("dataset", name, of) for name, of in datasets.items()),
        counts.scope("organization", "", tables),
        counts.faces(tables),
        *(counts.flow(flow.name, [flow]) for flow in flows),
        counts.flow("outbound", flows),
        people.reasons(),
        people.doubts(tables),
        people.overlap(groups),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--tables", type=int, default=40)
    parser.add_argument("--memory")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--one-by-one", action="store_true", help="ask each scope by itself")
    options = parser.parse_args()
    tables = tables_of(options.tables)
    census = collected(options.rows, tables, options.memory, options.threads)
    begun = _now()
    people = census.solve()
    linked = _now()
    found = asked(people, tables, at_once=not options.one_by_one)
    counted = _now()
    for name, (seconds, cpu), (until, of_cpu) in (("link", begun, linked), ("count", linked, counted)):
        print(f"{name:6}{until - seconds:8.1f} s, CPU {of_cpu - cpu:8.1f} s")
    print(f"peak {most_memory() or 0:,} MiB")
    print(f"counts {hashlib.sha256(repr(found).encode()).hexdigest()[:16]}")


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


if __name__ == "__main__":
    main()
