"""Tables that conformance tests put into sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

REPEATED = 44  # times that a cell of a series holds its number of nine digits
ROWS = 1_200
PHONES = [f"139{number:08d}" for number in range(1, ROWS + 1)]
CANARY = "彧翀骁13912345678"


@dataclass(frozen=True, slots=True)
class Given:
    """A table that is to be in a source.

    Attributes:
        comments: Of columns, by name.
        is_series: Whether it is a `series`, which a database makes by itself many times faster.
    """

    name: str
    data: pa.Table
    comment: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)
    is_series: bool = False


PEOPLE = Given(
    "people",
    pa.table({"id": range(1, ROWS + 1), "phone": PHONES, "note": pa.nulls(ROWS, pa.string())}),
)
COMMENTED = Given(
    "t_kh", pa.table({"xm": ["a"], "sfzh": ["b"]}), '客户\'s "info"', {"xm": "姓名", "sfzh": "身份证%号"}
)
NULLS = Given(
    "gaps",
    pa.table(
        {
            "id": [1, 2, 3, 4],
            "text": ["x", None, "NULL", "y"],
            "whole": pa.array([None, 2, None, 4], pa.int64()),
            "never": pa.nulls(4, pa.string()),
        }
    ),
)
CANARIES = Given("secrets", pa.table({"id": range(30_000), "name": [CANARY] * 30_000}))


def typed():
    """Return one column of each type that people keep data in."""
    moment = dt.datetime(2024, 2, 29, 23, 59, 58)
    return Given(
        "typed",
        pa.table(
            {
                "whole": pa.array([13800138000, -(2**63) + 1], pa.int64()),
                "ratio": pa.array([1.5, -2.25], pa.float64()),
                "flag": pa.array([True, False]),
                "letters": pa.array(["欧阳娜娜", "a\"b'c,d\\n%s"], pa.string()),
                "day": pa.array([dt.date(2024, 2, 29), dt.date(1949, 10, 1)], pa.date32()),
                "moment": pa.array([moment, dt.datetime(1949, 10, 1)], pa.timestamp("us")),
                "money": pa.array([Decimal("1234567890.50"), Decimal("-0.01")], pa.decimal128(20, 2)),
                "picture": pa.array([b"\xff\xd8\x00", b"ab"], pa.binary()),
            }
        ),
    )


HOSTILE = {
    "quotes": "a\"b'c`d",
    "new line": "new\nline\ttab",
    "reserved word": "select",
    "right-to-left": "中文\u202eabc",
    "format marks": "per%cent %s {x} :colon ?",
    "brackets": "[a].b;--",
    "200 characters": "长" * 15 + "x" * 185,
}


def series(name, rows):
    """Return a table of text of which all values are different: 400 bytes a row."""
    ids = pa.array(np.arange(rows))
    digits = pc.utf8_lpad(ids.cast(pa.string()), width=9, padding="0")
    return Given(name, pa.table({"id": ids, "pad": pc.binary_repeat(digits, REPEATED)}), is_series=True)
