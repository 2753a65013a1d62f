"""How long the system takes to find fresh memory, by how much one process asks for.

python -m benchmarks.fresh_memory [--gib 1,2,4,8] [--repeat 3] [--pause 5]

Prints seconds, and those of a GiB as a ratio to the first size. A virtual machine may have to get memory from
its host. A census that keeps its rows in memory pays this price, and where it rises with the amount, time
grows faster than the rows do.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

from scanner.machine.rooms import fresh_room


def seconds(gib: int) -> float:
    """Return the seconds of finding so much memory, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.fresh_memory", "--only", str(gib)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gib", default="1,2,4,8", help="sizes, separated by commas")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--pause", type=float, default=5, help="seconds in which a host may take memory back")
    parser.add_argument("--only", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        start = time.perf_counter()
        fresh_room(options.only << 30)
        print(time.perf_counter() - start)
        return
    print(f"{'GiB':>5}{'seconds':>9}{'a GiB':>8}{'ratio':>7}   median of {options.repeat}")
    first = 0.0
    for gib in map(int, options.gib.split(",")):
        found = []
        for _ in range(options.repeat):
            time.sleep(options.pause)
            found.append(seconds(gib))
        each = statistics.median(found) / gib
        first = first or each
        print(f"{gib:5}{each * gib:9.2f}{each:8.2f}{each / first:7.1f}")


if __name__ == "__main__":
    main()
