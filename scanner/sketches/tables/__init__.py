"""Tables of the estimators, measured by ``benchmarks/sketches/tables.py``."""

from __future__ import annotations

import functools
from importlib.resources import files

import numpy as np

from scanner.identifiers import F64


@functools.cache
def table(name: str) -> F64:
    """Return a table of this folder."""
    with files(__name__).joinpath(f"{name}.tsv").open(encoding="ascii") as lines:
        values = np.loadtxt(lines)
    values.setflags(write=False)
    return values
