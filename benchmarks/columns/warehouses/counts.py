"""How many persons a scope is about: the truth, taken while chunks of persons pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from benchmarks.columns.warehouses.links import Links
from benchmarks.columns.warehouses.mixing import Array
from benchmarks.columns.warehouses.population import Mask, Persons
from benchmarks.columns.warehouses.tables import Rows

Counts = dict[str, int]
Filter = Callable[[Rows], Mask]


class Truth:
    """The counts of all scopes of a warehouse."""

    def __init__(self, config: dict[str, Any]) -> None:
        tables = config["tables"]
        self._year = config["reference_date"][:4]
        self.warehouse: Counts = {}
        self.tables: dict[str, Counts] = {table_id(spec): {} for spec in tables}
        self.datasets: dict[str, Counts] = {spec["dataset"]: {} for spec in tables}
        self.categories: dict[str, Counts] = {}
        self.outbound: dict[str, Counts] = {}

    def add(self, persons: Persons, tables: Sequence[Rows]) -> None:
        """Count the rows about a chunk of persons, who are in no other chunk."""
        chunk = Chunk(persons, tables)
        for rows in tables:
            counts = self.tables[table_id(rows.spec)]
            chunk.count(counts, [rows])
            _add(counts, "minors_visible", len(np.unique(rows.who[rows.visibly_minor])))
        for dataset, counts in self.datasets.items():
            chunk.count(counts, [rows for rows in tables if rows.spec["dataset"] == dataset])
        chunk.count(self.warehouse, tables)
        visible = np.unique(np.concatenate([rows.who[rows.visibly_minor] for rows in tables]))
        _add(self.warehouse, "minors_visible", len(visible))
        outbound = [rows for rows in tables if rows.spec.get("outbound")]
        if outbound:
            self._add_outbound(chunk, outbound)
        for category in sorted({name for rows in tables for name in rows.sensitive}):
            chunk.count_category(self.categories.setdefault(category, {}), category)

    def _add_outbound(self, chunk: Chunk, tables: Sequence[Rows]) -> None:
        chunk.count(self.outbound.setdefault("all_time", {}), tables)
        this_year = self.outbound.setdefault("since_1_january", {})
        chunk.count(this_year, tables, self._sent_this_year)
        sensitive = [
            rows.who[
                np.any([*rows.sensitive.values(), chunk.persons.minor[rows.who]], axis=0)
                & self._sent_this_year(rows)
            ]
            for rows in tables
        ]
        _add(this_year, "true_persons_sensitive", len(np.unique(np.concatenate(sensitive))))

    def _sent_this_year(self, rows: Rows) -> Mask:
        return np.array([str(cell)[:4] == self._year for cell in rows.columns[rows.spec["outbound"]]], bool)


class Chunk:
    """The rows about some persons, with the links between all of them."""

    def __init__(self, persons: Persons, tables: Sequence[Rows]) -> None:
        self.persons, self.tables = persons, tables
        self.links = self._linked([slot for rows in tables for slot in rows.slots])

    def count(self, counts: Counts, tables: Sequence[Rows], only: Filter | None = None) -> None:
        """Add the persons of a scope: of some tables, or of the rows that a filter lets pass."""
        slots = []
        for rows in tables:
            kept = slice(None) if only is None else only(rows)
            slots += [(who[kept], usable[kept]) for who, usable in rows.slots]
        if not slots:
            return
        who, usable = (np.concatenate(parts) for parts in zip(*slots, strict=True))
        them = np.unique(who)
        _add(counts, "true_persons", len(them))
        _add(counts, "linkable_persons", self.links.components(who, usable))
        _add(counts, "linkable_local", self._linked(slots).components(who, usable))
        _add(counts, "anonymous_rows", int((usable == 0).sum()))
        _add(counts, "persons_only_anonymous", len(np.setdiff1d(them, np.unique(who[usable > 0]))))
        _add(counts, "minors_under_14", int(self.persons.minor[them].sum()))
        _add(counts, "foreigners", int(self.persons.foreign[them].sum()))
        _add(counts, "deceased", int(self.persons.deceased[them].sum()))

    def count_category(self, counts: Counts, category: str) -> None:
        """Add the persons of whom rows hold something of a sensitive category."""
        holding = [(rows, rows.sensitive[category]) for rows in self.tables if category in rows.sensitive]
        who = np.concatenate([rows.who[held] for rows, held in holding])
        usable = np.concatenate([rows.usable[held] for rows, held in holding])
        _add(counts, "true_persons", len(np.unique(who)))
        _add(counts, "linkable_persons", self.links.components(who, usable))
        _add(counts, "anonymous_rows", int((usable == 0).sum()))

    def _linked(self, slots: Sequence[tuple[Array, Array]]) -> Links:
        links = Links(self.persons.n)
        for who, usable in slots:
            links.add(who, usable)
        links.close()
        return links


def table_id(spec: dict[str, Any]) -> str:
    """Return the name of a table among those of all datasets."""
    return f"{spec['dataset']}/{spec['name']}"


def _add(counts: Counts, key: str, number: int) -> None:
    counts[key] = counts.get(key, 0) + int(number)
