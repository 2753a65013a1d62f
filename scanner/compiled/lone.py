"""Links and contacts that stand alone, in passes over links and rows, with the results of numpy."""

from __future__ import annotations

from scanner.compiled._jit import compiled


@compiled
def values_carried(identity, value, nameless, out):
    """Fill in the value of every ``nameless`` identity that carries just one; ``out`` is -1 of all at first.

    Links, sorted by identity, tell which ``identity`` carries which ``value``.
    """
    last = len(identity) - 1
    before = -1
    for link in range(len(identity)):
        each = identity[link]
        alone = (each != before) & ((link == last) | (identity[min(link + 1, last)] != each))
        out[each] = value[link] if alone & nameless[each] else -1
        before = each


@compiled
def count_links(identity, degrees):
    """Fill in how many links every identity has that has any; ``identity`` is by link, sorted."""
    count = 0
    before = -1
    for each in identity:
        count = count + 1 if each == before else 1
        degrees[each] = count
        before = each


@compiled
def rows_showing(identity, carried, rows, values):
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
def holders_of(identity, value, person, number, numbers, persons):
    """Fill in who holds values that have a ``number``, -1 of others; return how many pairs there are."""
    count = 0
    for link in range(len(identity)):
        found = number[value[link]]
        numbers[count] = found
        persons[count] = person[identity[link]]
        count += found >= 0
    return count
