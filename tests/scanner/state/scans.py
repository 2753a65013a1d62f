"""Scans of a small lake, with state and without."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pyarrow.parquet as pq

from scanner.config import ScanConfig
from scanner.identifiers import SubjectKey
from scanner.pipeline import run
from scanner.result import to_dict
from scanner.sources import open_configured
from scanner.stages.underway import Options
from scanner.state import StateFolder

AS_OF = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
KEY = SubjectKey(bytes(range(16)))
FLOW = {
    "name": "eu",
    "recipient_country": "DE",
    "tables": [{"dataset": "lake", "table": "sent", "time_column": "export_time"}],
}


def write(root, part, people, *, table="sent", at="2026-02-03"):
    path = root / table / part / "part-0.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = {
        "customer_name": [p.name for p in people],
        "id_card": [p.id_card for p in people],
        "mobile": [p.mobile for p in people],
        "export_time": [at] * len(people),
    }
    pq.write_table(pa.table(rows), path)
    return path


class Scanner:
    """Scans a folder, with or without state, and remembers what was read."""

    def __init__(self, root, folder):
        self.root, self.folder = root, folder
        self.read = []

    def __call__(
        self,
        *,
        kept=True,
        as_of=AS_OF,
        review=None,
        resume=False,
        key=KEY,
        stop=None,
        count="exact",
        **config,
    ):
        document = {"sources": [{"name": "lake", "url": str(self.root)}], "flows": [FLOW], **config}
        settings = ScanConfig.model_validate(document)
        options = Options(as_of=as_of, review=review or {}, resume=resume, count=count)
        self.read = []
        arguments = {"clock": lambda: NOON, "open_source": self._opener(stop)}
        if not kept:
            return run(settings, options, key, **arguments)
        with StateFolder(self.folder, key) as folder:
            return run(settings, options, key, state=folder, **arguments)

    def _opener(self, stop):
        def open_source(source):
            connector = open_configured(source)
            whole = connector.stream_part

            def stream_part(table, part, columns):
                if stop is not None and len(self.read) == stop:
                    raise KeyboardInterrupt
                self.read.append(part.name)
                return whole(table, part, columns)

            connector.stream_part = stream_part
            return connector

        return open_source


def without_parts(result):
    """Return the record of a scan without what tells a scan with state from one without."""
    record = to_dict(result)
    record["scan"]["parts"] = None
    for dataset in record["datasets"]:
        for table in dataset["tables"]:
            table["parts"] = None
    return record


def organization(result):
    (found,) = (c for c in result.organization.subjects if c.category == "all")
    return found.lower, found.estimate, found.upper


def sent(result, window="year_to_date"):
    (found,) = (c for c in result.flows[0].subjects if (c.category, c.window) == ("all", window))
    return found.lower, found.estimate, found.upper
