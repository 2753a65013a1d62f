"""Scans to compare, of generated people; and one result with every part replaced as a test asks."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from scanner import scan
from scanner.result import NotScanned
from scanner.rules import assess, load_facts

DAY = "2026-11-22"


@pytest.fixture(scope="session")
def scanned(make_people):
    """Return a function that scans tables of people: table name to (columns, number of people)."""

    def run(tables, *, config=None, as_of=DAY, count="exact"):
        frames = {}
        for name, (columns, n) in tables.items():
            people = make_people(n)
            frames[name] = pd.DataFrame({c: [getattr(p, c, "x") for p in people] for c in columns})
        return scan(frames, config, as_of=as_of, count=count).record

    return run


@pytest.fixture(scope="session")
def base(scanned):
    """Return a scan of 40 customers and 12 members."""
    return scanned({"customer": (["id_card", "mobile", "note"], 40), "member": (["mobile"], 12)})


@pytest.fixture(scope="session")
def without():
    """Return a function that gives a result as if a table, a column or the source had not been read."""

    def make(result, table="", column="", *, listed=True):
        (dataset,) = result.datasets
        missed = NotScanned(source=dataset.name, table=table, column=column, reason="permission denied")
        tables = tuple(
            replace(one, status="not_scanned" if not column else "partial", subjects=())
            if one.name == table
            else one
            for one in dataset.tables
            if (listed or one.name != table) and table
        )
        if not listed or not table:
            datasets = (replace(dataset, tables=tables),) if tables else ()
        else:
            datasets = (replace(dataset, tables=tuple(map(_blind(table, column), tables))),)
        return replace(result, datasets=datasets, not_scanned=(missed,), complete=False)

    return make


def _blind(table, column):
    """Return a function that takes away what was seen of a table that was not read."""

    def take(one):
        if one.name != table:
            return one
        columns = tuple(
            replace(c, tags=(), filled=None, cells=0) if not column or c.name == column else c
            for c in one.columns
        )
        return replace(one, columns=columns)

    return take


@pytest.fixture(scope="session")
def judged():
    """Return a function that gives a result the findings of its facts (or of others) by some packs."""

    def make(result, facts=None, *, packs=None, as_of=None, version=None):
        asked = replace(result.facts, given=facts if facts is not None else result.facts.given)
        day = as_of or result.scan.as_of
        found = assess(load_facts({**asked.given, "as_of": day}, consistent=False), packs=packs)
        info = replace(result.scan, packs=found.packs, as_of=day, version=version or result.scan.version)
        return replace(result, facts=asked, findings=found.findings, scan=info)

    return make
