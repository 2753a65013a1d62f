"""A real MariaDB server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from .postgresql_server import LETTERS

_NO_MARIADB = (
    "mariadbd is not installed: MySQL and MariaDB are not tested. On Debian: apt-get install "
    "mariadb-server-core mariadb-client-core; or set PANDIAN_TEST_MARIADB_URL to a superuser's URL."
)


def _free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def _mariadb(folder):
    """Start a server in a folder of its own; yield the URL of its superuser."""
    as_root = ["--user=root"] if os.geteuid() == 0 else []
    data = f"--datadir={folder}/data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    install = ["mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal", data]
    subprocess.run([*install, *as_root], check=True, **quiet)
    server, url = _started(["mariadbd", "--no-defaults", data, f"--socket={folder}/socket", *as_root], quiet)
    try:
        yield url
    finally:
        server.terminate()
        server.wait(300)


def _started(command, quiet):
    """Return a server that answers, and its URL; a port that is free now may be taken when it listens."""
    for _ in range(5):
        port = _free_port()
        server = subprocess.Popen([*command, f"--port={port}", "--bind-address=127.0.0.1"], **quiet)
        url = f"mariadb+pymysql://root@127.0.0.1:{port}/"
        if _answers(url, server):
            return server, url
    raise RuntimeError("mariadbd does not start")


def _answers(url, server, seconds=240):
    """Wait until a server answers; return whether it does, and has not ended."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    end = time.monotonic() + seconds
    while server.poll() is None:
        try:
            engine.connect().close()
        except sa.exc.OperationalError:
            if time.monotonic() > end:
                server.kill()
                raise
            time.sleep(0.1)
        else:
            return True
    return False


@pytest.fixture(scope="session")
def mariadb_server(tmp_path_factory):
    """URL of a superuser of a MariaDB server."""
    if url := os.environ.get("PANDIAN_TEST_MARIADB_URL"):
        yield url
        return
    if shutil.which("mariadbd") is None:
        pytest.fail(_NO_MARIADB) if os.environ.get("CI") == "true" else pytest.skip(_NO_MARIADB)
    with (
        tempfile.TemporaryDirectory(prefix="pandian-mariadb-", dir="/tmp") as folder,
        _mariadb(folder) as url,
    ):
        yield url


@pytest.fixture
def mariadb(mariadb_server, request):
    """An empty database: its URL, for superusers."""
    # Everybody may read what is named test_...; in letters only, as in PostgreSQL.
    name = f"pandian_{abs(hash(request.node.nodeid))}".translate(LETTERS)
    admin = sa.create_engine(mariadb_server, poolclass=sa.NullPool)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
    yield sa.make_url(mariadb_server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name}")


@pytest.fixture
def mariadb_run(mariadb):
    """Run statements in the empty database."""

    def run(*statements):
        engine = sa.create_engine(mariadb, poolclass=sa.NullPool)
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    return run
