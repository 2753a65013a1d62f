"""One scan, and everything that goes wrong at once: what is lost is listed, and the rest is counted right."""

import json
import os
from collections import Counter
from contextlib import closing
from hashlib import md5, sha256

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from connectors import list_parts, stream_part
from scanner import pipeline
from scanner.sources import open_configured

ROWS = 240_000
# Long values, so that no stream lies in buffers as a whole; every sixth row names nobody.
PEOPLE = f"""
CREATE TABLE {{name}} AS SELECT n AS id,
    CASE WHEN n % 6 > 0
        THEN '139' || lpad((n % {{people}} * 7919317::bigint % 100000000)::text, 8, '0') END AS mobile,
    CASE WHEN n % 6 > 0 THEN md5((n % {{people}})::text) || md5('canary') || '@mail.cn' END AS email,
    '王' || chr(24420 + n % 500) || chr(26124 + n % 300) AS name
FROM generate_series(1, {ROWS}) n
"""


class Disturbed:
    """A connector to which something happens when the first rows of a table have come."""

    def __init__(self, inner, events, streams):
        self.inner, self.events, self.streams = inner, events, streams

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def parts(self, table, kept=()):
        return list_parts(self.inner, table, kept)

    def stream_part(self, table, part, columns):
        self.streams[table.name] += 1
        for batch in stream_part(self.inner, table, part, columns):
            yield batch
            if event := self.events.pop(table.name, None):
                event()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.inner.__exit__(*error)


@pytest.fixture
def run_sql(own_postgres):
    engine = sa.create_engine(own_postgres.url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")

    def run(statement):
        with closing(engine.connect()) as connection:
            result = connection.exec_driver_sql(statement)
            return result.all() if result.returns_rows else []

    return run


@pytest.fixture
def sources(own_postgres, run_sql, tmp_path):
    """A database and a folder; return the configuration of both."""
    for name, people in (("account", 90_000), ("customer", 70_000), ("dropped", 5_000), ("member", 80_000)):
        run_sql(PEOPLE.format(name=name, people=people).replace("%", "%%"))
    lake = tmp_path / "lake"
    lake.mkdir()
    for name, first in (("visit", 0), ("visitor", 1_000_000)):
        # Several times as much as is read ahead.
        devices = pa.array([sha256(f"{first + n}".encode()).hexdigest()[:48] for n in range(ROWS)])
        pq.write_table(pa.table({"device_id": devices}), lake / f"{name}.parquet", row_group_size=8_000)
    config = tmp_path / "pandian.yaml"
    config.write_text(
        json.dumps(
            {
                "sources": [
                    {"name": "shop", "url": own_postgres.url, "retries": {"wait": 0.2}},
                    {"name": "lake", "url": str(lake)},
                ]
            }
        )
    )
    return config


def counts_by_table(scan):
    return {
        f"{dataset['name']}/{table['name']}": (table["rows"], table["status"], table["subjects"])
        for dataset in scan["datasets"]
        for table in dataset["tables"]
    }


@pytest.mark.parametrize("count", ["exact", "sketch"])
def test_everything_breaks_during_one_scan(
    count, pandian, monkeypatch, sources, run_sql, own_postgres, tmp_path
):
    undisturbed = pandian("scan", "--config", sources, "--count", count)
    assert undisturbed.code == 0
    expected = counts_by_table(undisturbed.scan)

    killed, streams = [], Counter()

    def kill():
        killed.extend(
            run_sql(
                "SELECT pg_terminate_backend(pid, 9999) FROM pg_stat_activity"
                " WHERE application_name = 'pandian' AND state = 'active'"
            )
        )
        run_sql("DROP TABLE dropped")

    def truncate():
        path = tmp_path / "lake" / "visitor.parquet"
        os.truncate(path, path.stat().st_size // 2)

    events = {"account": kill, "customer": own_postgres.restart, "visitor": truncate}
    monkeypatch.setattr(
        pipeline, "open_configured", lambda source: Disturbed(open_configured(source), events, streams)
    )
    disturbed = pandian("scan", "--config", sources, "--count", count)
    found = counts_by_table(disturbed.scan)

    assert not events, (streams, disturbed.scan["not_scanned"], disturbed.err)
    assert (True,) in killed
    assert streams == {"account": 2, "customer": 2, "dropped": 1, "member": 1, "visit": 1, "visitor": 1}
    assert disturbed.code == 3
    assert [(entry["source"], entry["table"]) for entry in disturbed.scan["not_scanned"]] == [
        ("shop", "dropped"),
        ("lake", "visitor"),
    ]
    gone, cut = (entry["reason"] for entry in disturbed.scan["not_scanned"])
    assert "no such table or column" in gone
    assert "visitor.parquet" in cut
    for table in ("shop/account", "shop/customer", "shop/member", "lake/visit"):
        assert found[table] == expected[table], table
    assert md5(b"canary").hexdigest().encode() not in disturbed.written  # noqa: S324 -- no secret
