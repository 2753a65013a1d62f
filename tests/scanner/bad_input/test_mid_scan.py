"""What goes away in mid-scan loses nothing else."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from connectors.files import FilesConnector

from .outcomes import INCOMPLETE, columns, persons, reasons, statuses


def _between_sample_and_stream(monkeypatch, connector, action):
    """Do something to a source after its first table has been sampled."""
    sample = connector.sample
    pending = [action]

    def sample_then(self, table, *, rows, seed):
        batch = sample(self, table, rows=rows, seed=seed)
        while pending:
            pending.pop()()
        return batch

    monkeypatch.setattr(connector, "sample", sample_then)


@pytest.fixture
def two_tables(pg, pg_run, make_people):
    for name in ("a_first", "b_second"):
        pg_run(
            f"CREATE TABLE {name} (id_card text, mobile text)",
            *(f"INSERT INTO {name} VALUES ('{p.id_card}', '{p.mobile}')" for p in make_people(30)),
        )
    return pg


def test_a_table_that_is_dropped_in_mid_scan(pandian, two_tables, pg_run, monkeypatch):
    from connectors._databases.connector import SqlConnector

    _between_sample_and_stream(monkeypatch, SqlConnector, lambda: pg_run("DROP TABLE a_first"))

    outcome = pandian("scan", two_tables, "--fail-on", "pi")

    assert outcome.code == INCOMPLETE
    assert statuses(outcome) == {"a_first": "partial", "b_second": "scanned"}
    ((_, reason),) = reasons(outcome).items()
    assert "no such table" in reason
    assert persons(outcome, "b_second") == (30, 30, 30, "exact")


def test_a_server_that_ends_our_session_between_two_batches_is_asked_again(
    pandian, two_tables, pg_run, pg_server, monkeypatch
):
    from scanner.stages import collecting

    # More than fits into one batch and the buffers of a socket.
    pg_run("INSERT INTO a_first SELECT a_first.* FROM a_first, generate_series(1, 10000)")
    identify, pending = collecting.identify, [True]

    def identify_then(*arguments, **options):
        while pending:
            pending.pop()
            admin = sa.create_engine(pg_server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
            with admin.connect() as connection:
                ended = connection.exec_driver_sql(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    " WHERE application_name = 'pandian'"
                ).all()
            assert ended, "a session was open"
        return identify(*arguments, **options)

    monkeypatch.setattr("scanner.stages.collecting.identify", identify_then)

    outcome = pandian("scan", two_tables, "--threads", "1")  # several would have read ahead

    assert not pending
    assert outcome.code == 0
    assert statuses(outcome) == {"a_first": "scanned", "b_second": "scanned"}
    assert "Traceback" not in outcome.err


def test_a_file_that_breaks_off_in_mid_scan(pandian, make_people, write_parquet, tmp_path, monkeypatch):
    lake = tmp_path / "lake"
    parts = [
        write_parquet(lake / "t" / f"day={i}" / "part.parquet", columns(make_people(20, 20 * i)))
        for i in range(2)
    ]
    _between_sample_and_stream(monkeypatch, FilesConnector, lambda: parts[1].write_bytes(b"PAR1 no more"))

    outcome = pandian("scan", lake)

    assert outcome.code == INCOMPLETE
    assert statuses(outcome) == {"t": "partial"}
    (table,) = outcome.scan["datasets"][0]["tables"]
    assert table["rows"] == {"value": 40, "exact": True} or not table["rows"]["exact"]
    assert persons(outcome)[1] == 20
