"""Data-subject-count benchmark: multi-table warehouses with exactly known numbers of natural persons.

Everything about a person is a pure function of (seed, person number), so warehouses are produced chunk by
chunk and the truth is computed while writing; memory does not grow with the number of persons.

Truth, for a scope (a table, a dataset, the warehouse, the outbound tables, a sensitive category):

  true_persons      number of distinct natural persons with at least one row in the scope (hidden numbers)
  linkable_persons  what a linker without errors would report: rows of the same person are joined when they
                    share a usable identifier value (directly or through other rows of the warehouse), rows of
                    different persons are never joined.  Persons are counted once per connected group of
                    rows.  Rows without any usable identifier are not counted here.
  linkable_local    the same, using only links inside the scope
  anonymous_rows    rows (subject slots) of a person with no usable identifier (all masked, missing,
                    placeholder, failed check digit)

`linkable_persons` can be above `true_persons` (one person seen under unconnected identifiers) or below it
(persons only seen in anonymous rows).  A shared family phone or a recycled number joins nothing by itself.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.columns.warehouses.counts import Truth, table_id
from benchmarks.columns.warehouses.labels import column_truth
from benchmarks.columns.warehouses.population import MINOR_AGE, Persons
from benchmarks.columns.warehouses.stores import Store, store_of
from benchmarks.columns.warehouses.tables import Rows, rows_of, with_tests

__all__ = ["Persons", "build", "column_truth"]


def build(
    config: dict[str, Any], out: Path, words: dict[str, Any], persons: int | None = None, chunk: int = 200_000
) -> dict[str, Any]:
    """Write a warehouse to a folder of its own, and return its truth.

    Args:
        config: Its entry in ``subject.json``.
        out: The folder; what is there is deleted.
        words: The vocabulary of the configuration.
        persons: Size of the population; default: that of the configuration.
        chunk: Persons held in memory at once; other chunks are other relatives and another order of rows.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    population = persons or config["persons"]
    specs = [{**spec, "salt": number} for number, spec in enumerate(config["tables"], 1)]
    stores = [store_of(spec, out) for spec in specs]
    truth, written = Truth(config), dict.fromkeys(map(table_id, specs), 0)
    for first in range(0, population, chunk):
        people = Persons(config, words, first, min(first + chunk, population))
        tables = [rows_of(spec, people) for spec in specs]
        truth.add(people, tables)
        rng = np.random.default_rng(config["seed"] + first)
        for rows, store in zip(tables, stores, strict=True):
            written[table_id(rows.spec)] += _write(rows, store, rng, tests=first == 0)
    for spec, store in zip(specs, stores, strict=True):
        store.close()
        truth.tables[table_id(spec)] |= {
            "rows": written[table_id(spec)],
            "test_rows": spec.get("test_rows", 0),
        }
    return _told(config, population, truth)


def _write(rows: Rows, store: Store, rng: np.random.Generator, *, tests: bool) -> int:
    """Write rows in an order of chance, with those that testers left if ``tests``; return how many."""
    columns, order = rows.columns, rng.permutation(len(rows.who))  # drawn in any case: draws are the data
    if tests and rows.spec.get("test_rows"):
        columns, order = with_tests(rows), rng.permutation(len(rows.who) + rows.spec["test_rows"])
    store.write({name: cells[order] for name, cells in columns.items()})
    return len(order)


def _told(config: dict[str, Any], population: int, truth: Truth) -> dict[str, Any]:
    return {
        "name": config["name"],
        "seed": config["seed"],
        "persons": population,
        "reference_date": config["reference_date"],
        "minor_age": MINOR_AGE,
        "warehouse": truth.warehouse,
        "datasets": truth.datasets,
        "tables": truth.tables,
        "categories": truth.categories,
        "outbound": truth.outbound,
        "minors": {},
    }
