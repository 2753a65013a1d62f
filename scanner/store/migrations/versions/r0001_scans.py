"""Scans with their records, the rule packs that they asked, and a log of deletions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_scans()
    _make_packs()
    _make_log()


def _bytes() -> sa.types.TypeEngine[bytes]:
    return sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")


def _make_scans() -> None:
    op.create_table(
        "pandian_scan",
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
        sa.Column("record", _bytes(), nullable=False),
        sa.Column("record_digest", sa.String(64), nullable=False),
        sa.Column("kept", sa.String(32), nullable=False),
        if_not_exists=True,
    )


def _make_packs() -> None:
    op.create_table(
        "pandian_scan_pack",
        sa.Column("scan_id", sa.String(64), sa.ForeignKey("pandian_scan.id"), primary_key=True),
        sa.Column("pack_id", sa.String(128), primary_key=True),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "pandian_pack",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("content", _bytes(), nullable=False),
        if_not_exists=True,
    )


def _make_log() -> None:
    op.create_table(
        "pandian_deletion",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("command", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("scan_id", sa.String(64), nullable=False),
        sa.Column("scan_started", sa.String(32), nullable=False),
        sa.Column("organization", sa.Text, nullable=False),
        sa.Column("record_digest", sa.String(64), nullable=False),
        if_not_exists=True,
    )
