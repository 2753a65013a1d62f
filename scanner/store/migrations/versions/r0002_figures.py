"""Counts and lines of every scan, so that a history is plotted without reading the records of its scans."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# As they were when this revision was made.
_PARTIAL = "Of what was read only"
_UNBOUNDED = 10_000_000_000


def upgrade() -> None:
    counts, lines = _make_counts(), _make_lines()
    connection = op.get_bind()
    scans = sa.table("pandian_scan", sa.column("id"), sa.column("record"))
    for scan_id in connection.execute(sa.select(scans.c.id)).scalars().all():
        kept = connection.execute(sa.select(scans.c.record).where(scans.c.id == scan_id)).scalar_one()
        record = json.loads(zlib.decompress(kept))
        for table, rows in ((counts, _counts(record)), (lines, _lines(record))):
            found = [{"scan_id": scan_id, "position": n, **row} for n, row in enumerate(rows)]
            if found:
                connection.execute(sa.insert(table), found)


def _make_counts() -> sa.Table:
    return op.create_table(
        "pandian_count",
        sa.Column("scan_id", sa.String(64), sa.ForeignKey("pandian_scan.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("category", sa.String(32), nullable=False),
        sa.Column("period", sa.String(32), nullable=False),
        sa.Column("lower_bound", sa.BigInteger, nullable=False),
        sa.Column("estimate", sa.BigInteger, nullable=False),
        sa.Column("upper_bound", sa.BigInteger, nullable=False),
        sa.Column("partial", sa.Boolean, nullable=False),
        if_not_exists=True,
    )


def _make_lines() -> sa.Table:
    return op.create_table(
        "pandian_line",
        sa.Column("scan_id", sa.String(64), sa.ForeignKey("pandian_scan.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("rule_id", sa.String(64), nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("metric", sa.String(64), nullable=False),
        sa.Column("unit", sa.String(16), nullable=False),
        sa.Column("operator", sa.String(8), nullable=False),
        sa.Column("threshold", sa.BigInteger, nullable=True),
        sa.Column("lower_bound", sa.BigInteger, nullable=True),
        sa.Column("estimate", sa.BigInteger, nullable=True),
        sa.Column("upper_bound", sa.BigInteger, nullable=True),
        if_not_exists=True,
    )


def _counts(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    organization = record["organization"]
    for scope, name, counts in (
        ("organization", "", organization["subjects"]),
        ("outbound", "", organization["outbound"]),
        *(("flow", flow["name"], flow["subjects"]) for flow in record["flows"]),
        *(("dataset", dataset["name"], dataset["subjects"]) for dataset in record["datasets"]),
    ):
        for count in counts:
            partial = count["note"].startswith(_PARTIAL)
            yield {
                "scope": scope,
                "name": name,
                "category": count["category"],
                "period": count["window"],
                "lower_bound": count["lower"],
                "estimate": count["estimate"],
                "upper_bound": _UNBOUNDED if partial else count["upper"],
                "partial": partial,
            }


def _lines(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for finding in record["findings"]:
        count = finding["count"] or {}
        yield {
            "rule_id": finding["rule_id"],
            "scope": finding["scope"],
            "verdict": finding["verdict"],
            "metric": finding.get("metric", ""),
            "unit": finding["unit"],
            "operator": finding["operator"],
            "threshold": finding["threshold"],
            "lower_bound": count.get("lower"),
            "estimate": count.get("estimate"),
            "upper_bound": count.get("upper"),
        }
