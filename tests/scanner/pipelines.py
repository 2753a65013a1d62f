"""Whole scans over sources held in memory."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa

from connectors import SourceUnreachable
from connectors.frame import FrameConnector
from scanner.config import ScanConfig
from scanner.identifiers import SubjectKey
from scanner.pipeline import run
from scanner.stages.underway import Options

AS_OF = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
KEY = SubjectKey(bytes(range(16)))
PRIVATE = {"ciio": False, "sectors": ["retail"], "name": "示例"}
UNREACHABLE = SourceUnreachable("postgresql://db/hr: no server answers there.")


def columns(people, *, at=None, cards=True):
    found = {
        "customer_name": [p.name for p in people],
        "id_card": [p.id_card for p in people],
        "mobile": [p.mobile for p in people],
    }
    if cards:
        found["bank_card"] = [p.bank_card for p in people]
    if at is not None:
        found["export_time"] = at
    return pa.table(found)


def scan(sources, *, as_of=AS_OF, count="exact", review=None, seed=0, clock=lambda: NOON, **config):
    """Scan sources given as name to (table name to Arrow table), to a connector or to an error."""
    settings = ScanConfig.model_validate(
        {"sources": [{"name": name, "url": "memory"} for name in sources], "organization": PRIVATE, **config}
    )

    def open_source(source):
        found = sources[source.name]
        if isinstance(found, Exception):
            raise found
        return FrameConnector(found) if isinstance(found, dict) else found

    options = Options(as_of=as_of, count=count, review=review or {}, seed=seed)
    return run(settings, options, KEY, clock=clock, open_source=open_source)


def count_of(subjects, category="all", window="all_time"):
    (found,) = (c for c in subjects if (c.category, c.window) == (category, window))
    return found.lower, found.estimate, found.upper


def flow(name="eu", **more):
    table = {"dataset": "lake", "table": "outbound"} | more.pop("table", {})
    return {"name": name, "recipient_country": "DE", "tables": [table], **more}


def tags(result):
    columns = (c for d in result.datasets for t in d.tables for c in t.columns)
    return {c.name: {tag.type: tag.decision for tag in c.tags} for c in columns}


def finding(result, rule_id, scope=None):
    (found,) = (f for f in result.findings if f.rule_id == rule_id and scope in (None, f.scope))
    return found
