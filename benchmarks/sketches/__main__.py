"""Measure sketches: rates, coverage of the bounds, partitions, people of generated worlds, size.

    python -m benchmarks.sketches [--values 10000000] [--trials 200]

Rates stand beside those of the ``datasketches`` package, which takes values one by one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence

import datasketches
import numpy as np

from benchmarks.sketches.worlds import retailer, rows_of
from scanner.census import Census
from scanner.identifiers import U64
from scanner.sketches import Precision, SketchCensus, hll_format
from scanner.sketches.hll import Hll
from scanner.sketches.hll import unite as unite_hll
from scanner.sketches.sketch_file import to_bytes
from scanner.sketches.theta import Theta
from scanner.sketches.theta import unite as unite_theta

SIZES = (1_000, 10_000, 50_000, 250_000)
ONE_BY_ONE = 300_000  # values that the package is fed
WORLD = 2_500  # people


def draw(number: int, *seed: int) -> U64:
    return np.random.default_rng(seed).integers(0, 2**64, number, dtype=np.uint64)


def rate(work: Callable[[], object], values: int) -> float:
    """Return values per second, the median of three runs."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return values / float(np.median(seconds))


def one_by_one(sketch: datasketches.hll_sketch | datasketches.update_theta_sketch, values: list[int]) -> None:
    for value in values:
        sketch.update(value)


def print_rates(number: int) -> None:
    values = draw(number)
    few = values[:ONE_BY_ONE].view(np.int64).tolist()
    print(f"updates per second, one thread: {number:,} values; the package is fed {ONE_BY_ONE:,}")
    for name, ours, theirs in (
        ("HLL, 2**14 registers", lambda: Hll.of(values, 14), lambda: datasketches.hll_sketch(14)),
        ("theta, 2**13 hashes", lambda: Theta.of(values, 13), lambda: datasketches.update_theta_sketch(13)),
    ):
        mine = rate(ours, number)
        package = rate(lambda theirs=theirs: one_by_one(theirs(), few), len(few))
        print(
            f"  {name:<22} {mine / 1e6:7.1f} M/s   package {package / 1e6:5.2f} M/s   {mine / package:5.0f} x"
        )


def print_coverage(trials: int) -> None:
    print(f"bounds that hold, of {trials} seeded trials a size ({', '.join(f'{n:,}' for n in SIZES)} values)")
    for name, make in (
        ("HLL, 2**14 registers", lambda v: Hll.of(v, 14)),
        ("theta, 2**13 hashes", lambda v: Theta.of(v, 13)),
    ):
        held = {2: [0] * len(SIZES), 3: [0] * len(SIZES)}
        for place, size in enumerate(SIZES):
            for seed in range(trials):
                sketch = make(draw(size, size, seed))
                for deviations, counts in held.items():
                    lower, upper = sketch.bounds(deviations)
                    counts[place] += lower <= size <= upper
        for (deviations, counts), stated in zip(held.items(), ("95.4 %", "99.7 %"), strict=True):
            shares = "  ".join(f"{count / trials:6.1%}" for count in counts)
            total = sum(counts) / trials / len(SIZES)
            print(f"  {name:<22} {deviations} deviations (stated {stated})   {shares}   all {total:6.1%}")


def print_partitions() -> None:
    values = draw(1_000_000)
    parts = np.array_split(values, 100)
    hll = hll_format.to_bytes(unite_hll(Hll.of(part) for part in parts)) == hll_format.to_bytes(
        Hll.of(values)
    )
    theta = unite_theta(Theta.of(part) for part in parts).to_bytes() == Theta.of(values).to_bytes()
    whole, united = SketchCensus(), SketchCensus()
    tables = [records for records, _ in retailer(20_000, 1).values()]
    whole.add(tables)
    for number in range(100):
        part = SketchCensus()
        part.add(rows_of(t, np.array_split(np.arange(len(t)), 100)[number]) for t in tables)
        united.merge(part)
    census = to_bytes(united) == to_bytes(whole)
    print("100 partitions give the bytes of one pass:")
    print(f"  HLL {hll}   theta {theta}   all sketches of a census {census}")


def print_people(trials: int) -> None:
    """Print how often known people lie in the bounds, and how near estimates are to the exact count."""
    precisions = {"2**11, 2**10": Precision(hll=11, theta=10), "2**14, 2**13": Precision()}
    print(f"people of {trials} generated worlds of {WORLD:,}, in every table, one dataset and all together")
    for name, precision in precisions.items():
        inside, ratios = [], []
        for seed in range(trials):
            held, ratio = measured(seed, precision)
            inside += held
            ratios.append(ratio)
        low, middle, high = np.quantile(ratios, [0.05, 0.5, 0.95])
        print(
            f"  {name:<14} truth inside: {np.mean(inside):6.1%} of {len(inside):,} scopes   "
            f"estimate / exact linked count, all: {middle:.3f} ({low:.3f} to {high:.3f})"
        )


def measured(seed: int, precision: Precision) -> tuple[list[bool], float]:
    tables = retailer(WORLD, seed)
    records = [found for found, _ in tables.values()]
    sketches, exact = SketchCensus(precision), Census()
    sketches.add(records)
    exact.add(records)
    people = sketches.solve()
    scopes: list[Sequence[str]] = [[name] for name in tables]
    scopes += [[name for name in tables if name.startswith("crm/")], list(tables)]
    inside = []
    for scope in scopes:
        truth = len(set.union(*(tables[name][1] for name in scope)))
        counted = people.count(scope)
        inside.append(counted.lower <= truth <= counted.upper)
    return inside, people.count().estimate / exact.solve().count().estimate


def print_size() -> None:
    print("size of all sketches of six tables, and records sketched per second (one thread)")
    for people in (2_000, 20_000, 200_000):
        tables = [records for records, _ in retailer(people, 3).values()]
        blocks = [
            rows_of(t, part)
            for t in tables
            for part in np.array_split(np.arange(len(t)), len(t) // 50_000 + 1)
        ]
        rows = sum(len(block) for block in blocks)
        census = SketchCensus()
        start = time.perf_counter()
        census.add(blocks)
        speed = rows / (time.perf_counter() - start) / 1e6
        print(f"  {rows:>9,} rows   {len(to_bytes(census)) / 2**20:6.2f} MiB   {speed:5.2f} M rows/s")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--values", type=int, default=10_000_000)
    parser.add_argument("--trials", type=int, default=200)
    options = parser.parse_args()
    print_rates(options.values)
    print_coverage(options.trials)
    print_partitions()
    print_people(options.trials)
    print_size()


if __name__ == "__main__":
    main()
