"""Print what is tagged among random columns about nobody, and what is lost among mobile numbers with dirt.

    python -m benchmarks.chance [--rows N] [--seeds N]

Each family is drawn anew for each seed and stands under a header that says nothing. Numbers pass the test of
a format as often as the format leaves room, and none of that is evidence; numbers of people must be found all
the same where a part of the cells holds something else.
"""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.columns import values
from classifiers import decide, gather
from connectors import Column, Table

Rng = np.random.Generator
Maker = Callable[[Rng, int], list[str]]

HEADERS = ("c7", "val", "counter", "ref", "seq", "f_12", "metric", "col_3", "x1", "attr")
DAY_MS = 86_400_000


def whole(low: int, high: int) -> Maker:
    """Whole numbers spread evenly."""
    return lambda r, n: [str(v) for v in r.integers(low, high, n)]


def padded(width: int) -> Maker:
    """Digits without meaning, leading zeros among them."""
    return lambda r, n: [values.digits(r, width) for _ in range(n)]


def hexadecimal(width: int) -> Maker:
    return lambda r, n: [r.bytes(width).hex()[:width] for _ in range(n)]


def dated(form: str, width: int) -> Maker:
    """Order numbers: a date, then digits."""

    def made(r: Rng, n: int) -> list[str]:
        days = np.datetime64("2019-01-01") + r.integers(0, 2_700, n).astype("timedelta64[D]")
        return [f"{day.strftime(form)}{values.digits(r, width)}" for day in days.tolist()]

    return made


def dated_in(year: int) -> Maker:
    """Orders of one year: 18 and 19 are segments of mobile phones too."""

    def made(r: Rng, n: int) -> list[str]:
        days = np.datetime64(f"{year}-01-01") + r.integers(0, 365, n).astype("timedelta64[D]")
        return [f"{day:%y%m%d}{values.digits(r, 5)}" for day in days.tolist()]

    return made


def snowflakes(r: Rng, n: int) -> list[str]:
    """41 bits of milliseconds, ten of the machine, twelve of a counter."""
    millis = r.integers(300 * DAY_MS, 5_000 * DAY_MS, n)
    return [
        str((int(t) << 22) | int(rest)) for t, rest in zip(millis, r.integers(0, 1 << 22, n), strict=True)
    ]


def alphanumeric(width: int) -> Maker:
    letters = list("0123456789ABCDEFGHJKLMNPQRTUWXY")
    return lambda r, n: ["".join(r.choice(letters, width)) for _ in range(n)]


def grouped(*widths: int, between: str) -> Maker:
    return lambda r, n: [between.join(values.digits(r, w) for w in widths) for _ in range(n)]


def quads(r: Rng, n: int) -> list[str]:
    return [".".join(map(str, row)) for row in r.integers(0, 1000, (n, 4))]


def uuids(r: Rng, n: int) -> list[str]:
    return [str(uuid.UUID(bytes=r.bytes(16))) for _ in range(n)]


def normal(mean: float, deviation: float) -> Maker:
    return lambda r, n: [str(abs(int(v))) for v in r.normal(mean, deviation, n)]


def signed(r: Rng, n: int) -> list[str]:
    return [str(v) for v in r.integers(-(10**11), 10**11, n)]


NEGATIVES: Mapping[str, Maker] = {
    **{f"whole numbers of {w} digits": whole(10 ** (w - 1), 10**w) for w in range(10, 19)},
    "whole numbers of 19 digits": whole(10**18, 9 * 10**18),
    **{f"{w} digits with leading zeros": padded(w) for w in (10, 11, 12, 15, 18, 20)},
    "11 digits from 1e10 to 2e10": whole(10**10, 2 * 10**10),
    "11 digits from 1.3e10 to 1.75e10": whole(13 * 10**9, 175 * 10**8),
    "11 digits from 1.2e10 to 1.6e10": whole(12 * 10**9, 16 * 10**9),
    "11 digits around 1.5e10": normal(1.5e10, 1.5e9),
    "readings up to 1e11, signed": signed,
    "milliseconds since 1970": whole(1_500_000_000_000, 1_790_000_000_000),
    "seconds since 1970": whole(1_500_000_000, 1_790_000_000),
    "microseconds since 1970": whole(1_500_000_000_000_000, 1_790_000_000_000_000),
    "orders yyyymmdd and 4 digits": dated("%Y%m%d", 4),
    "orders yyyymmdd and 8 digits": dated("%Y%m%d", 8),
    "orders yyyymmdd and 10 digits": dated("%Y%m%d", 10),
    "orders yymmdd and 5 digits": dated("%y%m%d", 5),
    "orders of 2018, yymmdd and 5 digits": dated_in(2018),
    "orders of 2019, yymmdd and 5 digits": dated_in(2019),
    "orders yymmdd and 9 digits": dated("%y%m%d", 9),
    "snowflake ids": snowflakes,
    **{f"hexadecimal of {w}": hexadecimal(w) for w in (8, 11, 15, 16, 18, 32, 40)},
    **{f"letters and digits, {w}": alphanumeric(w) for w in (9, 15, 17, 18)},
    "groups of 3, 4 and 4 digits": grouped(3, 4, 4, between="-"),
    "groups of four times 4 digits": grouped(4, 4, 4, 4, between=" "),
    "groups of 4 and 8 digits": grouped(4, 8, between="-"),
    "four numbers below 1,000": quads,
    "uuids": uuids,
}


# As they are allotted; the subscriber's eight digits are drawn.
SEGMENTS = (
    "130 132 135 136 138 139 147 150 151 152 155 158 159 166 173 177 178 180 183 186 188 191 198".split()
)


def mobile(r: Rng) -> str:
    return values.pick(r, SEGMENTS) + values.digits(r, 8)


def typing_error(r: Rng) -> str:
    number, place = mobile(r), int(r.integers(11))
    return number[:place] + values.digits(r, 1) + number[place + 1 :]


DIRT: Mapping[str, Callable[[Rng], str]] = {
    "numbers of no segment (12...)": lambda r: "12" + values.digits(r, 9),
    "any 11 digits": lambda r: values.digits(r, 11),
    "any 11 digits that begin with 1": lambda r: "1" + values.digits(r, 10),
    "typing errors": typing_error,
    "numbers with a digit too few": lambda r: mobile(r)[:-1],
    "placeholders": lambda r: values.pick(r, ["13800138000", "11111111111", "00000000000", "无", "-"]),
    "landlines": lambda r: (
        f"{values.pick(r, ['010', '021', '0571'])}-{r.integers(2, 9)}{values.digits(r, 7)}"
    ),
}


def mixed(dirt: Callable[[Rng], str], share: float) -> Maker:
    """Mobile numbers, of which ``share`` is something else."""
    return lambda r, n: [dirt(r) if r.random() < share else mobile(r) for _ in range(n)]


POSITIVES: Mapping[str, Maker] = {
    "mobile numbers": mixed(mobile, 0),
    **{f"{share:.0%} {name}": mixed(dirt, share) for name, dirt in DIRT.items() for share in (0.1, 0.3)},
}


@dataclass(frozen=True, kw_only=True)
class Share:
    """One family: columns, those that got a tag, and which."""

    family: str
    columns: int
    tagged: int
    types: tuple[str, ...]


def tagged(cells: list[str], header: str) -> tuple[str, ...]:
    """Return the types that one column is tagged with."""
    batch = pa.record_batch({header: cells})
    table = Table(name="t", columns=(Column(header, "string", ""),))
    (evidence,) = gather(batch, table, None)
    return tuple(tag.type for tag in decide(evidence))


def shares(families: Mapping[str, Maker], rows: int, seeds: int, wanted: str = "") -> Iterator[Share]:
    """Yield, for each family, how many of its columns were tagged: at all, or with the wanted type."""
    for place, (family, maker) in enumerate(families.items()):
        found = [
            tagged(maker(np.random.default_rng([seed, place]), rows), HEADERS[(place + seed) % len(HEADERS)])
            for seed in range(seeds)
        ]
        types: set[Any] = set().union(*found)
        yield Share(
            family=family,
            columns=seeds,
            tagged=sum(wanted in found_types if wanted else bool(found_types) for found_types in found),
            types=tuple(sorted(types)),
        )


def print_negatives(found: Sequence[Share], rows: int) -> None:
    """Print the families that were tagged, and how many columns in all."""
    for share in found:
        if share.tagged:
            print(f"{share.family:44}{share.tagged:3} of {share.columns}  {', '.join(share.types)}")
    columns, wrong = sum(s.columns for s in found), sum(s.tagged for s in found)
    print(f"{wrong} of {columns} columns of {len(found)} families about nobody tagged, {rows} rows each")


def print_positives(found: Sequence[Share], rows: int) -> None:
    """Print the mixtures in which mobile numbers were missed, and how many columns in all."""
    for share in found:
        if share.tagged < share.columns:
            print(f"{share.family:44}{share.columns - share.tagged:3} of {share.columns} missed")
    columns, right = sum(s.columns for s in found), sum(s.tagged for s in found)
    print(f"{right} of {columns} columns of {len(found)} mixtures of mobile numbers tagged, {rows} rows each")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000)
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    print_negatives(list(shares(NEGATIVES, options.rows, options.seeds)), options.rows)
    print_positives(list(shares(POSITIVES, options.rows, options.seeds, "mobile")), options.rows)


if __name__ == "__main__":
    main()
