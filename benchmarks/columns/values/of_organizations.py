"""Identifiers of organizations."""

from __future__ import annotations

from benchmarks.columns.makers import by_name
from benchmarks.columns.values import numbers
from benchmarks.columns.values.cell import Cell
from benchmarks.columns.values.check_digits import bizlic_check, org_check
from benchmarks.columns.values.drawing import digits, pick


def uscc(c: Cell) -> str:
    return numbers.uscc(c.rng)


def org_code(c: Cell) -> str:
    s = "".join(pick(c.rng, "0123456789ABCDEFGHJK") for _ in range(8))
    return s + ("-" if c.variant % 2 == 0 else "") + org_check(s)


def business_license(c: Cell) -> str:
    s = c.live[0] + digits(c.rng, 8)
    return s + bizlic_check(s)


def tax_id(c: Cell) -> str:
    if c.variant % 2 == 0:
        return numbers.uscc(c.rng)
    return c.live[0] + digits(c.rng, 8) + pick(c.rng, "0123456789X")


MAKERS = by_name(uscc, org_code, business_license, tax_id)
