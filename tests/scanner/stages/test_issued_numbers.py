"""Which tables list people by numbers whose header no list of words knows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from classifiers import Tag
from connectors import Column, RowCount, Table
from scanner.assembly import IssuedNumbers, ScannedTable, Told
from scanner.stages.issued_numbers import issued_numbers, number_people

ROWS = 100
NUMBERS = [f"DA{310_000_000 + 7 * n}" for n in range(ROWS)]
NAMES = [f"赵{chr(0x4E00 + 7 * n)}" for n in range(ROWS)]
PHONES = [f"138{n:08}" for n in range(ROWS)]
BORN = [f"2019-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(ROWS)]
TYPES = {"xm": "person_name", "sj": "mobile", "csrq": "birth_date"}

# Columns, rows of the table, and whether it lists people by dabh.
LISTED = {
    "names and phones": ({"xm": NAMES, "sj": PHONES}, ROWS, True),
    "of a large table": ({"xm": NAMES, "sj": PHONES}, 1_000 * ROWS, True),
    "names and birth dates": ({"xm": NAMES, "csrq": BORN}, ROWS, True),
    "of a table of which much was seen": ({"xm": NAMES, "csrq": BORN}, 5 * ROWS, True),
    "of a table of which little was seen": ({"xm": NAMES, "csrq": BORN}, 5 * ROWS + 1, False),
    "of a table of unknown size": ({"xm": NAMES, "csrq": BORN}, None, False),
    "names that come again": ({"xm": NAMES[:50] * 2, "csrq": BORN}, ROWS, False),
    "names alone": ({"xm": NAMES}, ROWS, False),
    "phones alone": ({"sj": PHONES}, ROWS, False),
}


@pytest.mark.parametrize("what", LISTED)
def test_rows_with_names_and_what_tells_people_apart_list_people(what):
    columns, rows, lists = LISTED[what]
    columns = {"dabh": NUMBERS, **columns}
    table = Table(
        name="t",
        columns=tuple(Column(c, "text") for c in columns),
        rows=None if rows is None else RowCount(rows, exact=True),
    )
    tags = {c: (Tag(type=TYPES[c], confidence=1.0, evidence=()),) for c in columns if c in TYPES}
    batch = pa.record_batch({c: pa.array(values) for c, values in columns.items()})

    assert issued_numbers(batch, table, tags, ())["dabh"].list == lists


@pytest.mark.parametrize(("other", "keys"), [(3, 2), (9, 0)])
def test_samples_are_gone_once_keys_are_told_by_them(other, keys):
    def scanned(name, number, *, lists):
        numbers = IssuedNumbers(list=lists, sample=np.full(1, number))
        table = Table(name=name, columns=(), rows=RowCount(0, exact=True))
        return ScannedTable(
            source="s", dataset="d", location="", table=table, told=Told(issued={"dabh": numbers})
        )

    tables = [scanned("people", 3, lists=True), scanned("visits", other, lists=False)]
    number_people(tables, ())
    assert sum("dabh" in each.told.keys for each in tables) == keys
    assert not any(each.told.issued for each in tables)
