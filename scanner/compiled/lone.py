"""Links and contacts that stand alone, in passes over links and rows, with the results of numpy."""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled
from scanner.compiled._owners import MOSTLY, owners
from scanner.compiled._types import Bools, I32s, I64s, U8s

__all__ = ["MOSTLY", "holders_of", "owners", "rows_showing", "values_carried"]


@compiled
def values_carried(degrees: U8s, value: I32s, nameless: Bools, out: I32s):
    """Fill in the value of every ``nameless`` identity that carries just one, -1 for others.

    ``degrees`` say how many links each identity has, ``value`` where each link leads.
    """
    last = len(value) - 1
    link = 0
    for each in range(len(degrees)):
        degree = np.int64(degrees[each])
        out[each] = value[min(link, last)] if (degree == 1) & nameless[each] else -1
        link += degree


@compiled
def rows_showing(identity: I32s, carried: I32s, rows: I64s, values: I32s):
    """Fill in which rows show a value that an identity carries alone, and that value; return how many do.

    ``identity`` is by row, -1 for nobody's; ``carried`` is by identity, and its last entry is -1.
    """
    count = 0
    for row in range(len(identity)):
        value = carried[identity[row]]
        rows[count] = row
        values[count] = value
        count += value >= 0
    return count


@compiled
def holders_of(identity: I32s, value: I32s, person: I32s, number: I64s, numbers: I64s, persons: I64s):
    """Fill in who holds values that have a ``number``, -1 of others; return how many pairs there are."""
    count = 0
    for link in range(len(identity)):
        found = number[value[link]]
        numbers[count] = found
        persons[count] = person[identity[link]]
        count += found >= 0
    return count
