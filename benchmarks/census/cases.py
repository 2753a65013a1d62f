"""What is timed: one case a process, so that each has its own peak of memory.

python -m benchmarks.census.cases CASE FOLDER [--threads N] [--core]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.measured import most_memory
from connectors import Batch, connect, list_parts, sparing_memory, spelled_out, stream_part
from scanner.census import Census, joins
from scanner.census.chunks import Chunk, condense
from scanner.census.distinct import Distinct, Parted
from scanner.census.solving import PART_ROWS
from scanner.compiled.loading import always
from scanner.digests.views import together, without_views
from scanner.identifiers import Records, SubjectKey, TablePlan, identify, plan_table
from scanner.machine.allocation import keep_freed_memory
from scanner.machine.parallel import mapped
from scanner.machine.spill import memory_of

KEY = SubjectKey(b"a key for timing")
AS_OF = dt.date(2026, 1, 1)
ACCELERATION = always()
_BLOCK = 512  # bytes, in which the system counts what comes from a disk
TYPES = {"id_card": "id_card", "phone": "mobile", "email": "email"}


def decode(folder: Path, threads: int, *columns: str) -> int:
    """Read columns and do nothing with them but add up their lengths."""
    lengths = ", ".join(f"sum(strlen({column}))" for column in columns)
    return int(_duckdb(folder, threads, lengths))


def duckdb_distinct(folder: Path, threads: int) -> int:
    """Count distinct ID numbers as they are written, valid or not, in one form or several."""
    return int(_duckdb(folder, threads, "count(DISTINCT id_card)"))


def _duckdb(folder: Path, threads: int, expression: str) -> int:
    with duckdb.connect(config={"threads": threads}) as database:
        rows = database.read_parquet(f"{folder}/*.parquet").aggregate(expression)
        return rows.fetchall()[0][0]


def distinct(folder: Path, threads: int) -> int:
    """Count distinct valid ID numbers."""
    plan = _plan("id_card")
    found = Distinct(ACCELERATION.kernels("joins") or joins)

    def work(batches: Sequence[Batch]) -> list[Parted]:
        records = _identified(batches, plan)
        return [found.parted(digests) for part in records for kind, digests in part.ids if kind == "id_card"]

    for parted in mapped(work, together(_batches(folder, plan), limited=False), threads):
        for batch in parted:
            found.take(batch)
    return found.count(threads)


def linked(folder: Path, threads: int, limit: str | None = None) -> int:
    """Count persons over the three identifiers, by all rules."""
    if limit is None:
        keep_freed_memory()
    plan = _plan(*TYPES)
    memory = memory_of(limit, None)
    census = Census(memory, ACCELERATION, threads)

    def work(batches: Sequence[Batch]) -> list[Chunk]:
        return [condense(records, ACCELERATION) for records in _identified(batches, plan)]

    with sparing_memory(memory.limit):
        batches = together(_batches(folder, plan), limited=limit is not None)
        for chunks in mapped(work, batches, threads):
            census.take(KEY.fingerprint, chunks)
    return census.solve().count().estimate


def _identified(batches: Sequence[Batch], plan: TablePlan) -> list[Records]:
    plain = spelled_out(without_views(batches, ACCELERATION))
    return identify(plain, plan, KEY, as_of=AS_OF, acceleration=ACCELERATION)


def load_kernels() -> None:
    """Load the compiled kernels, or compile them, by counting a few people: a process does so once."""
    people = np.arange(2 * PART_ROWS)
    names = pa.array(people).cast(pa.string())
    columns = {
        "id_card": pa.array(["11010519491231002X"]).take(pa.array(people, mask=people > 0)),
        "phone": pa.array(people + 13_800_000_000).cast(pa.string()),
        "email": pc.binary_join_element_wise(names, "example.com", "@"),
    }
    with tempfile.TemporaryDirectory() as folder:
        pq.write_table(pa.table(columns), f"{folder}/people.parquet")
        linked(Path(folder), 1, "1GiB")
        distinct(Path(folder), 1)


def _plan(*columns: str) -> TablePlan:
    tagged = [(column, (TYPES[column],), ()) for column in columns]
    return plan_table("lake", "people", tagged, {})


def _batches(folder: Path, plan: TablePlan) -> Iterator[Batch]:
    """Yield the batches that a scan reads; it spells them out in the threads that identify."""
    with connect(f"{folder}/*.parquet", name="lake") as source:
        table = next(iter(source.tables()))
        for part in list_parts(source, table):
            yield from stream_part(source, table, part, plan.columns())


CASES: Mapping[str, Callable[[Path, int], int]] = {
    "decode id": lambda folder, threads: decode(folder, threads, "id_card"),
    "decode": lambda folder, threads: decode(folder, threads, *TYPES),
    "duckdb distinct": duckdb_distinct,
    "distinct": distinct,
    "linked": linked,
    "linked, 1 GiB": lambda folder, threads: linked(folder, threads, "1GiB"),
    "linked, 3 GiB": lambda folder, threads: linked(folder, threads, "3GiB"),
}


def main() -> None:
    """Run one case and print a ``benchmarks.census.__main__.Run``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", choices=CASES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--core", action="store_true", help="use one processor core only, also for what libraries start"
    )
    options = parser.parse_args()
    if options.core:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    pa.set_cpu_count(options.threads)
    start = time.perf_counter()
    if not options.case.startswith(("decode", "duckdb")):
        load_kernels()
    loading = time.perf_counter() - start
    start = time.perf_counter()
    result = CASES[options.case](options.folder, options.threads)
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    found = {"seconds": seconds, "cpu": cpu, "system": used.ru_stime, "loading": loading}
    paged = used.ru_inblock * _BLOCK >> 20
    print(json.dumps(found | {"result": result, "peak": most_memory(), "paged": paged}))


if __name__ == "__main__":
    main()
