"""Rows a second of the kernels and of the scalar validators, and of both ways to digests, in one run.

python benchmarks/kernels.py [ROWS]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import pyarrow as pa

from classifiers import kernels, validators
from classifiers.catalogue import built_in
from classifiers.validators._checks import mod_11_2
from scanner.compiled.loading import OFF, Acceleration, always
from scanner.digests import SubjectKey
from scanner.digests.columns import Digester

SEED, REPEATS, SCALAR_ROWS = 7, 5, 20_000


def id_cards(rng: np.random.Generator, rows: int) -> list[str]:
    """Return well-formed numbers of people who never lived: no county ends in 99."""
    days = np.datetime64("1940-01-01") + rng.integers(0, 25_000, rows)
    dates = np.datetime_as_string(days, unit="D")
    serials = rng.integers(0, 1000, rows)
    bodies = (f"110099{day.replace('-', '')}{serial:03}" for day, serial in zip(dates, serials, strict=True))
    return [body + mod_11_2(body) for body in bodies]


def mobiles(rng: np.random.Generator, rows: int) -> list[str]:
    """Return numbers of the segments 130 to 139."""
    return [str(number) for number in rng.integers(13_000_000_000, 14_000_000_000, rows)]


def emails(rng: np.random.Generator, rows: int) -> list[str]:
    """Return addresses at a hundred domains."""
    return [f"user{number}@mail{number % 97}.com" for number in rng.integers(0, 10**9, rows)]


MAKERS = {"id_card": id_cards, "mobile": mobiles, "email": emails}


def seconds(run: Callable[[], object]) -> float:
    """Return the shortest of several runs, in seconds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def main(rows: int) -> None:
    """Print one line for each type."""
    rng = np.random.default_rng(SEED)
    print(f"{'type':10}{'kernel rows/s':>16}{'validator rows/s':>18}{'ratio':>8}")
    for pi_type, make in MAKERS.items():
        cells = make(rng, rows)
        column, few = pa.array(cells), cells[:SCALAR_ROWS]
        kernel = rows / seconds(lambda: kernels.canonical(pi_type, column))  # noqa: B023 - run at once
        scalar = len(few) / seconds(lambda: [validators.canonical(pi_type, cell) for cell in few])  # noqa: B023
        print(f"{pi_type:10}{kernel:16,.0f}{scalar:18,.0f}{kernel / scalar:8.0f}")
    digests(rng, rows)


def digests(rng: np.random.Generator, rows: int) -> None:
    """Print the seconds until compiled kernels are there, and rows a second from cells to digests."""
    key, catalogue = SubjectKey(bytes(16)), built_in()
    plain = Digester(numbering="lake", key=key, catalogue=catalogue, acceleration=Acceleration({OFF: "1"}))
    quick = Digester(numbering="lake", key=key, catalogue=catalogue, acceleration=always())
    columns = {kind: pa.array(make(rng, rows)) for kind, make in MAKERS.items()}
    start = time.perf_counter()
    for pi_type, column in columns.items():
        quick.column(column[:1], pi_type)
    print(f"\ncompiled kernels ready after {time.perf_counter() - start:.1f} s")
    print(f"{'type':10}{'compiled rows/s':>16}{'numpy rows/s':>18}{'ratio':>8}")
    for pi_type, column in columns.items():
        fast = rows / seconds(lambda: quick.column(column, pi_type))  # noqa: B023 - run at once
        slow = rows / seconds(lambda: plain.column(column, pi_type))  # noqa: B023 - run at once
        print(f"{pi_type:10}{fast:16,.0f}{slow:18,.0f}{fast / slow:8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
