"""Build the demo warehouse: a small company's data, made of people who never lived."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from scanner.demo import crm, lake, outbound, truth
from scanner.demo._files import write_csv, write_dictionary, write_parquet, write_sqlite
from scanner.demo._table import DemoTable
from scanner.demo.people import AS_OF, People, populate

Progress = Callable[[str, float], None]

_FLOWS = {"eu-crm": "eu_crm_sync", "hr-payroll": "hr_payroll"}


@dataclass(frozen=True, slots=True)
class DemoWarehouse:
    """What was built.

    Attributes:
        config: As written to ``pandian.yaml``.
        truth: Persons by scope and category, as written to ``truth.json``.
    """

    config: dict[str, Any]
    truth: dict[str, Any]


def build(
    folder: Path, *, persons: int = 120_000, seed: int = 20260101, progress: Progress | None = None
) -> DemoWarehouse:
    """Write databases, files, ``pandian.yaml`` and ``truth.json`` to ``folder``.

    With 120,000 customers one flow lies at the line of 100,000 persons. The same arguments give
    the same data.

    Args:
        folder: Made when it does not exist; files of an earlier demo are overwritten.
        persons: Customers; there are a fifth as many other people.
        seed: Another seed, other people.
        progress: Called with the name of the step and the share done, in [0, 1].
    """
    step = progress or _silent
    folder.mkdir(parents=True, exist_ok=True)
    step("people", 0.0)
    people = populate(persons, seed)
    tables = _write_tables(folder, people, seed, step)
    step("truth", 0.95)
    write_dictionary(folder / "dictionary.csv", tables)
    demo = DemoWarehouse(_config(folder, persons), _truth(people, tables, seed))
    _write_text(folder / "pandian.yaml", yaml.safe_dump(demo.config, allow_unicode=True, sort_keys=False))
    _write_text(folder / "truth.json", json.dumps(demo.truth, ensure_ascii=False, indent=2) + "\n")
    step("done", 1.0)
    return demo


def _write_tables(folder: Path, people: People, seed: int, step: Progress) -> dict[str, list[DemoTable]]:
    step("crm", 0.15)
    customer_tables = crm.tables(people, seed)
    write_sqlite(folder / "crm.sqlite", customer_tables)
    step("lake", 0.5)
    lake_tables = lake.tables(people, seed)
    for table in lake_tables:
        write_parquet(folder / "lake" / f"{table.name}.parquet", table)
    days = lake.app_events(people, seed)
    for day, table in days.items():
        write_parquet(folder / "lake" / table.name / f"dt={day}" / "part-0.parquet", table)
    step("outbound", 0.8)
    sent = outbound.tables(people, seed)
    for table in sent:
        write_parquet(folder / "outbound" / f"{table.name}.parquet", table)
    calls = outbound.call_list(people, seed)
    write_csv(folder / "telemarketing" / f"{calls.name}.csv", calls, "gb18030")
    return {
        "crm": customer_tables,
        "lake": [*lake_tables, *days.values()],
        "outbound": sent,
        "telemarketing": [calls],
    }


def _truth(people: People, tables: dict[str, list[DemoTable]], seed: int) -> dict[str, Any]:
    by_table: dict[tuple[str, str], truth.Seen] = {}
    for dataset, members in tables.items():
        for table in members:
            earlier = by_table.get((dataset, table.name), {})
            by_table[dataset, table.name] = truth.united([earlier, truth.seen(people, table)])
    datasets = {
        dataset: truth.united(marks for (owner, _), marks in by_table.items() if owner == dataset)
        for dataset in tables
    }
    flow_tables = {table.name: table for table in tables["outbound"]}
    return {
        "definition": truth.DEFINITION,
        "as_of": AS_OF.isoformat(),
        "seed": seed,
        "organization": truth.counts(truth.united(datasets.values())),
        "datasets": {name: truth.counts(marks) for name, marks in datasets.items()},
        "tables": {"/".join(key): truth.counts(marks) for key, marks in by_table.items()},
        "flows": {flow: _flow_truth(people, flow_tables[name]) for flow, name in _FLOWS.items()},
    }


def _flow_truth(people: People, table: DemoTable) -> dict[str, Any]:
    return {
        "all_time": truth.counts(truth.seen(people, table)),
        "year_to_date": truth.counts(truth.sent_this_year(people, table)),
    }


def _config(folder: Path, persons: int) -> dict[str, Any]:
    home = folder.resolve()
    dictionary = str(home / "dictionary.csv")
    return {
        "as_of": AS_OF.isoformat(),
        "organization": {
            "name": "示例零售有限公司",
            "ciio": False,
            "sectors": ["retail"],
            "listing": "none",
            "network_platform": True,
            "registered_users": persons,
            "monthly_active_users": persons * 3 // 5,
            "ftz": None,
            "face_recognition_in_use": True,
        },
        "sources": [
            {"name": "crm", "url": f"sqlite:///{home / 'crm.sqlite'}", "dictionary": dictionary},
            {"name": "lake", "url": str(home / "lake"), "dictionary": dictionary},
            {"name": "outbound", "url": str(home / "outbound"), "dictionary": dictionary},
            {"name": "telemarketing", "url": str(home / "telemarketing")},
        ],
        "flows": [
            _flow("eu-crm", "DE", "客户忠诚度计划", None),
            _flow("hr-payroll", "SG", "跨境人力资源管理", "hr"),
        ],
    }


def _flow(name: str, country: str, purpose: str, exemption: str | None) -> dict[str, Any]:
    return {
        "name": name,
        "recipient_country": country,
        "purpose": purpose,
        "scenario": None,
        "exemption": exemption,
        "mechanism": None,
        "tables": [
            {"dataset": "outbound", "table": _FLOWS[name], "time_column": "export_time", "columns": None}
        ],
    }


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _silent(_step: str, _share: float) -> None:
    return
