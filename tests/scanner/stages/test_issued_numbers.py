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


@pytest.mark.parametrize(
    ("name", "columns", "lists"),
    [
        ("dim_passenger", {"sj": PHONES}, True),
        ("dim_passenger", {"sj": PHONES[:50] * 2}, False),
        ("dim_passenger", {"csrq": BORN}, False),
        ("trip", {"sj": PHONES}, False),
    ],
)
def test_the_name_of_a_table_says_that_its_rows_are_people(name, columns, lists):
    columns = {"dabh": NUMBERS, **columns}
    table = Table(
        name=name, columns=tuple(Column(c, "text") for c in columns), rows=RowCount(ROWS, exact=True)
    )
    tags = {c: (Tag(type=TYPES[c], confidence=1.0, evidence=()),) for c in columns if c in TYPES}
    batch = pa.record_batch({c: pa.array(values) for c, values in columns.items()})

    assert issued_numbers(batch, table, tags, ())["dabh"].list == lists


@pytest.mark.parametrize(("letters", "factor"), [("DA", 1), ("", 1), ("DA-", 7_919)])
def test_samples_say_how_dense_numbers_are(letters, factor):
    numbers = [f"{letters}{310_000_000 + factor * n}" for n in range(ROWS)]
    batch = pa.record_batch({"dabh": pa.array([*numbers, None])})
    table = Table(name="t", columns=(Column("dabh", "text"),), rows=RowCount(ROWS + 1, exact=True))
    found = issued_numbers(batch, table, {}, ()).get("dabh")

    if not letters:
        assert found is None  # may as well be row numbers
        return
    assert found is not None
    assert (found.letters, len(found.sample)) == (True, ROWS)
    assert found.density == pytest.approx(1 / factor, rel=0.02)


@pytest.mark.parametrize(("other", "keys"), [(3, 2), (9, 0)])
def test_samples_are_gone_once_keys_are_told_by_them(other, keys):
    def scanned(name, number, *, lists):
        numbers = IssuedNumbers(list=lists, sample=np.full(1, number), letters=True)
        table = Table(name=name, columns=(), rows=RowCount(0, exact=True))
        return ScannedTable(
            source="s", dataset="d", location="", table=table, told=Told(issued={"dabh": numbers})
        )

    tables = [scanned("people", 3, lists=True), scanned("visits", other, lists=False)]
    number_people(tables, ())
    assert sum("dabh" in each.told.keys for each in tables) == keys
    assert not any(each.told.issued for each in tables)


def scanned(source, name, numbers, *, lists=False, density=0.0):
    issued = IssuedNumbers(list=lists, sample=np.array(numbers), density=density, letters=True)
    return ScannedTable(
        source=source,
        dataset=source,
        location="",
        table=Table(name=name, columns=(), rows=RowCount(10_000, exact=True)),
        told=Told(issued={"dabh": issued}),
        numbering=source,
    )


PEOPLE = range(100)
# Tables of other sources than the list of people, and which of all have the key of that list.
ELSEWHERE = {
    "numbers of the list": ([("b", "visits", range(50), False, 0.0)], ["b/visits", "m/people"]),
    "too few of the list": ([("b", "visits", range(90, 200), False, 0.0)], []),
    "row numbers, which start alike": ([("b", "visits", range(50), False, 0.5)], []),
    "another list of the same people": (
        [("p", "people", range(50), True, 0.0), ("p", "visits", range(40), False, 0.0)],
        ["m/people", "p/people", "p/visits"],
    ),
    "two sources with and one without": (
        [
            ("b", "visits", range(50), False, 0.0),
            ("c", "visits", range(500, 600), False, 0.0),
            ("p", "visits", range(40, 90), False, 0.0),
        ],
        ["b/visits", "m/people", "p/visits"],
    ),
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_numbers_mean_the_same_in_sources_whose_samples_show_it(what):
    others, expected = ELSEWHERE[what]
    for turn in range(len(others) + 1):
        tables = [scanned("m", "people", PEOPLE, lists=True)]
        tables += [scanned(s, name, n, lists=lists, density=d) for s, name, n, lists, d in others]
        number_people(tables[turn:] + tables[:turn], ())

        keys = {each.id: each.told.keys["dabh"] for each in tables if each.told.keys}
        assert sorted(keys) == expected
        assert {f"{key.source or name[0]}/{key.persons}" for name, key in keys.items()} <= {"m/m/people.dabh"}


def test_lists_of_others_stay_apart():
    tables = [
        scanned(source, name, numbers, lists=name == "people")
        for source, numbers in (("a", range(100)), ("b", range(500, 600)))
        for name in ("people", "visits")
    ]
    number_people(tables, ())
    assert {each.id: each.told.keys["dabh"].persons for each in tables} == {
        "a/people": "a/people.dabh",
        "a/visits": "a/people.dabh",
        "b/people": "b/people.dabh",
        "b/visits": "b/people.dabh",
    }
