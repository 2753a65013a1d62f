"""The tables of the store as this version reads and writes them; ``migrations`` makes them.

The record of a scan is its ``scan.json``, compressed; everything beside it in ``pandian_scan``, and the
figures, are for finding and plotting it. Nothing here is a value of scanned data.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

VERSION_TABLE = "pandian_store_version"

_META = sa.MetaData()
# A BLOB of MySQL ends at 64 KiB.
BYTES = sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")

SCANS = sa.Table(
    "pandian_scan",
    _META,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("started", sa.String(32), nullable=False),
    sa.Column("finished", sa.String(32), nullable=False),
    sa.Column("as_of", sa.String(10), nullable=False),
    sa.Column("version", sa.String(64), nullable=False),
    sa.Column("count", sa.String(16), nullable=False),
    sa.Column("complete", sa.Boolean, nullable=False),
    sa.Column("organization", sa.Text, nullable=False),
    sa.Column("sources", sa.Text, nullable=False),
    sa.Column("config_digest", sa.String(64), nullable=False),
    sa.Column("record", BYTES, nullable=False),
    sa.Column("record_digest", sa.String(64), nullable=False),
    sa.Column("kept", sa.String(32), nullable=False),
)
SCAN_PACKS = sa.Table(
    "pandian_scan_pack",
    _META,
    sa.Column("scan_id", sa.String(64), sa.ForeignKey("pandian_scan.id"), primary_key=True),
    sa.Column("pack_id", sa.String(128), primary_key=True),
    sa.Column("version", sa.String(32), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
)
PACKS = sa.Table(
    "pandian_pack",
    _META,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("name", sa.String(128), nullable=False),
    sa.Column("content", BYTES, nullable=False),
)
DELETIONS = sa.Table(
    "pandian_deletion",
    _META,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("command", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("scan_id", sa.String(64), nullable=False),
    sa.Column("scan_started", sa.String(32), nullable=False),
    sa.Column("organization", sa.Text, nullable=False),
    sa.Column("record_digest", sa.String(64), nullable=False),
)
COUNTS = sa.Table(
    "pandian_count",
    _META,
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
)
LINES = sa.Table(
    "pandian_line",
    _META,
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
)
OF_A_SCAN = (SCAN_PACKS, COUNTS, LINES)  # rows that go with their scan
