"""Measure the tables of the estimators of Apache DataSketches from its Python package, by asking it.

    python -m benchmarks.sketches.tables [--check]

Writes scanner/sketches/tables/*.tsv, or with ``--check`` compares them. Two tables have no formula:

* ``composite.tsv``: the raw HyperLogLog estimate at each of 257 evenly spaced true counts, one row a
  precision (4 to 21). Found by bisection: an image of a sketch may carry any sum of inverse powers.
* ``equivalents.tsv``: the number of standard deviations that makes the normal approximation of the binomial
  bounds right for few samples, one row a number of samples (1 to 120), two columns (lower, upper) for each
  of 1, 2 and 3 standard deviations. Solved for from the bounds of images of theta sketches.
* ``errors.tsv``: relative error of HyperLogLog estimates, one row a precision (4 to 12), columns as above.
"""

from __future__ import annotations

import argparse
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import datasketches
import numpy as np
import numpy.typing as npt

from scanner.sketches.hashing import seed_hash
from scanner.sketches.hll_estimate import POINTS, correction, stride

F64 = npt.NDArray[np.float64]

FOLDER = Path(__file__).parents[2] / "scanner" / "sketches" / "tables"


def composite(lg_k: int) -> list[float]:
    """Return the raw estimates at which the package reports 0, 1, 2 ... strides."""
    k = 1 << lg_k
    image = bytearray(40 + k)
    image[:8] = bytes([10, 1, 7, lg_k, 0, 24, 0, 10])

    def estimate(raw: float) -> float:
        struct.pack_into("<d", image, 16, correction(lg_k) * k * k / raw)
        return float(datasketches.hll_sketch.deserialize(bytes(image)).get_estimate())

    found = [bisected(estimate, 0.0, 0.4 * k, 1.1 * k)]
    for point in range(1, POINTS):
        guess = found[-1] + 1.5 * stride(lg_k)
        found.append(bisected(estimate, point * stride(lg_k) * (1 - 1e-15), found[-1], guess))
    return found


def bisected(function: Callable[[float], float], target: float, low: float, high: float) -> float:
    """Return where a rising function passes the target."""
    while (middle := (low + high) / 2) not in {low, high}:
        if function(middle) > target:
            high = middle
        else:
            low = middle
    return high


def equivalents(samples: int) -> list[float]:
    """Return the numbers of standard deviations behind the bounds of some samples, solved in closed form."""
    theta = 2.0**-30
    image = struct.pack(
        "<8BIIQ", 3, 3, 3, 0, 0, 26, *struct.pack("<H", seed_hash()), samples, 0, int(theta * 2**63)
    )
    image += np.arange(1, samples + 1, dtype="<u8").tobytes()
    sketch = datasketches.compact_theta_sketch.deserialize(image)
    found = []
    for deviations in (1, 2, 3):
        for bound, half in (
            (sketch.get_lower_bound(deviations) + 0.5, -0.5),
            (sketch.get_upper_bound(deviations) - 0.5, 0.5),
        ):
            centre = (samples + half) / theta
            found.append(abs(bound - centre) / np.sqrt(bound * (1 - theta) / theta))
    return found


def errors(lg_k: int) -> list[float]:
    """Return the relative errors of estimates of united sketches."""
    of = datasketches.hll_sketch.get_rel_err
    return [of(upper, True, lg_k, deviations) for deviations in (1, 2, 3) for upper in (False, True)]


def measured() -> dict[str, F64]:
    return {
        "composite": np.array([composite(lg_k) for lg_k in range(4, 22)]),
        "equivalents": np.array([equivalents(samples) for samples in range(1, 121)]),
        "errors": np.array([errors(lg_k) for lg_k in range(4, 13)]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    for name, table in measured().items():
        path = FOLDER / f"{name}.tsv"
        if not check:
            np.savetxt(
                path,
                table,
                "%.12f",
                "\t",
                header=f"{name}: measured from datasketches by benchmarks/sketches/tables.py",
            )
        elif not np.allclose(np.loadtxt(path), table, rtol=1e-9, atol=1e-9):
            sys.exit(f"{path} differs from what the installed datasketches says.")
        print(f"{name}: {table.shape[0]} x {table.shape[1]}")


if __name__ == "__main__":
    main()
