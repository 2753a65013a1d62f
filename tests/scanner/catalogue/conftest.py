"""Scans to export: one of a warehouse as it is, one in which every name is hostile."""

import dataclasses

import pandas as pd
import pytest

from scanner import scan

POSTGRESQL = "postgresql+psycopg://db.example:5433/dw"
HOSTILE = {
    '=HYPERLINK("http://x")': "-2+3",
    "a.b": "c/d~e",
    "O'Neil\\": 'quo"te',
    "line\nbreak": "tab\tstop",
    "列，（）": "\u202egnp.exe",
    "@x` ]--": "drop]; table\x1b[31m",
}


@pytest.fixture(scope="package")
def scanned(make_people):
    """Return a function that scans frames by dataset, and says they are in some location."""

    def made(datasets, location, decisions=()):
        result = scan(datasets, as_of="2026-11-22").record
        return dataclasses.replace(
            result,
            datasets=tuple(
                dataclasses.replace(dataset, location=location, source=dataset.name.partition("/")[0])
                for dataset in result.datasets
            ),
        )

    return made


@pytest.fixture(scope="package")
def warehouse(scanned, make_people):
    people = make_people(200)
    frame = pd.DataFrame(
        {
            "id": range(200),
            "xm": [p.name for p in people],
            "mobile": [p.mobile for p in people],
            "bank_card": [p.bank_card for p in people],
        }
    )
    things = pd.DataFrame({"sku": ["a", "b"], "amount": [1, 2]})
    return scanned({"crm": {"customers": frame, "things": things}}, POSTGRESQL)


@pytest.fixture(scope="package")
def hostile(scanned, make_people):
    mobiles = [p.mobile for p in make_people(50)]
    tables = {table: pd.DataFrame({column: mobiles}) for table, column in HOSTILE.items()}
    return scanned({"=cmd": tables}, POSTGRESQL)


@pytest.fixture(scope="package")
def nothing(scanned):
    return scanned({"crm": {"things": pd.DataFrame({"sku": ["a", "b"]})}}, POSTGRESQL)


@pytest.fixture(params=["warehouse", "hostile", "nothing"])
def result(request):
    return request.getfixturevalue(request.param)
