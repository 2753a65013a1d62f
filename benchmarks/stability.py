"""Whether tags stay the same: with the same seed byte for byte, with another seed where they are sure.

``python -m benchmarks.score --stability`` scans the column data twice under one seed and once under another,
and prints how many tags of at least ``SURE`` confidence differ. Scans sample ``FEW_ROWS`` rows of a table
here: tables of the benchmark are smaller than a usual sample, so every seed would read all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.columns.truth import Key
from benchmarks.scanning import Row, Run, scan_columns

SURE = 0.9
OTHER_SEED = 1  # scans take seed 0 when nobody says otherwise
FEW_ROWS = 100  # a third of most tables: two seeds hardly share rows


@dataclass(frozen=True)
class Stability:
    """How tags of three scans compare.

    Attributes:
        identical: Whether both scans with the same seed wrote the same bytes about columns.
        sure: Tags of at least ``SURE`` confidence in the first scan.
        changed: Column and type of sure tags, of either scan, that the other one lacks.

    """

    identical: bool
    sure: int
    changed: tuple[tuple[Key, str], ...]

    def lines(self) -> Iterator[str]:
        """Yield what to print."""
        rows, same = f"{FEW_ROWS} rows", "byte-identical" if self.identical else "NOT identical"
        yield f"{rows}, same seed: tags are {same}"
        yield f"{rows}, other seed: {len(self.changed)} of {self.sure} tags of confidence >= {SURE} change"
        yield from (f"  {'.'.join(key)}: {pi_type}" for key, pi_type in self.changed)


def measure(run: Run, parts: Sequence[str]) -> Stability:
    """Scan three times, the third time with another seed."""
    few = replace(run, flags=(*run.flags, "--sample-rows", str(FEW_ROWS)))
    first, again = (scan_columns(replace(few, work=run.work / name), parts) for name in ("few-rows", "again"))
    flags = (*few.flags, "--seed", str(OTHER_SEED))
    other = scan_columns(replace(few, work=run.work / "other-seed", flags=flags), parts)
    return compare(first, again, other)


def compare(first: Row, again: Row, other: Row) -> Stability:
    """Compare the scans by what they say of columns."""
    mine, theirs = _tags(first), _tags(other)
    lost = {tag for tag, confidence in mine.items() if confidence >= SURE and tag not in theirs}
    new = {tag for tag, confidence in theirs.items() if confidence >= SURE and tag not in mine}
    return Stability(
        identical=_bytes(first) == _bytes(again),
        sure=sum(confidence >= SURE for confidence in mine.values()),
        changed=tuple(sorted(lost | new)),
    )


def _tables(result: Row) -> Iterator[tuple[str, Row]]:
    return ((dataset["name"], table) for dataset in result["datasets"] for table in dataset["tables"])


def _bytes(result: Row) -> bytes:
    columns = [[name, table["name"], table["columns"]] for name, table in _tables(result)]
    return json.dumps(columns, ensure_ascii=False).encode()


def _tags(result: Row) -> dict[tuple[Key, str], float]:
    return {
        ((name, table["name"], column["name"]), tag["type"]): tag["confidence"]
        for name, table in _tables(result)
        for column in table["columns"]
        for tag in column["tags"]
    }
