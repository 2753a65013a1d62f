"""Whose values are, where each is one person's."""

from __future__ import annotations

from scanner.compiled._jit import compiled
from scanner.compiled._types import I32s, U8s

MOSTLY = 4  # values of a person at most; how many they are cannot be foretold, so as many are always written


@compiled
def owners(owned: U8s, out: I32s):
    """Fill in of every value its person; ``owned`` say how many follow one another of each.

    There is room for ``MOSTLY`` more values.
    """
    end = 0
    for each in range(len(owned)):
        for place in range(end, end + MOSTLY):
            out[place] = each
        for place in range(end + MOSTLY, end + owned[each]):
            out[place] = each
        end += owned[each]
