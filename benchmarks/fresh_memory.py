"""How long the system takes to find fresh memory, by how much one process asks for.

python -m benchmarks.fresh_memory [--gib 1,2,4,8] [--repeat 3] [--pause 5]

A virtual machine may have to get it from its host first. A census that keeps its rows in memory pays this
price, and where it rises with the amount, time grows faster than the rows do.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time

from scanner.machine.rooms import fresh_room
from scanner.running.surroundings import use_small_pages


def seconds(gib: int) -> float:
    """Return the seconds of finding so much memory, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.fresh_memory", "--only", str(gib)]
    environment = dict(os.environ)
    use_small_pages(environment)
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
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
    print(f"{'GiB':>5}{'seconds':>9}{'a GiB':>8}   median of {options.repeat}, {options.pause:g} s apart")
    for gib in map(int, options.gib.split(",")):
        found = []
        for _ in range(options.repeat):
            time.sleep(options.pause)
            found.append(seconds(gib))
        print(f"{gib:5}{statistics.median(found):9.2f}{statistics.median(found) / gib:8.2f}")


if __name__ == "__main__":
    main()
