"""Time what is spilled, by how much is written at once.

    python -m benchmarks.spilling [--mib 1024] [--folder DIR] [--pause 10] [--repeat 3]

Prints seconds and the ratio to half a MiB at once. Each file is a new one, and is written once: that is what
a system may have to seek memory for. It takes back what was freed before, so there is a pause between them.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import numpy as np

from scanner.machine import spill

_SIZES = (1 << 16, 1 << 17, 1 << 18, 1 << 19, 1 << 20, 1 << 21, 1 << 22)  # bytes
_ARRAY = 1 << 22  # bytes


def seconds(size: int, at_once: int, folder: Path | None) -> float:
    """Return how long it takes to spill so many bytes."""
    array = np.random.default_rng(size).integers(0, 256, _ARRAY, np.uint8)
    spill.AT_ONCE = at_once
    file = spill.Spill(folder)
    start = time.perf_counter()
    for _ in range(size // _ARRAY):
        file.write(array)
    taken = time.perf_counter() - start
    file.close()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mib", type=int, default=1024, help="MiB of each file")
    parser.add_argument("--folder", type=Path, help="where; default: the folder for temporary files")
    parser.add_argument("--pause", type=float, default=10, help="seconds before each file")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    usual = spill.AT_ONCE
    runs: dict[int, list[float]] = {size: [] for size in _SIZES}
    for _ in range(options.repeat):
        for size, done in runs.items():
            time.sleep(options.pause)
            done.append(seconds(options.mib << 20, size, options.folder))
    for size, done in runs.items():
        ratio = statistics.median(done) / statistics.median(runs[usual])
        print(f"{size >> 10:6,} KiB at once {statistics.median(done):8.2f} s {ratio:8.2f}")


if __name__ == "__main__":
    main()
