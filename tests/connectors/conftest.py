"""Services to read from: S3 by moto, which can refuse for a while, and ClickHouse by its own engine."""

from __future__ import annotations

import itertools
import logging
import subprocess
import sys
import threading
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.fs as pafs
import pytest

KEY, SECRET = "AKIACANARY0KEY00TEST", "canary/Secret+Key0not=shown"


class Refusing:
    """A WSGI application that refuses the next requests as a busy store does, and counts all of them."""

    def __init__(self, application):
        self.application = application
        self.refusals = 0
        self.seen = []

    def __call__(self, environ, start_response):
        self.seen.append((environ["REQUEST_METHOD"], environ["PATH_INFO"], environ.get("HTTP_RANGE", "")))
        if self.refusals:
            self.refusals -= 1
            start_response("503 Slow Down", [("Content-Type", "application/xml")])
            return [
                b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
            ]
        return self.application(environ, start_response)


@dataclass
class Store:
    """A bucket of its own on the server.

    Attributes:
        options: What a URL of it ends with.
    """

    endpoint: str
    bucket: str
    server: Refusing
    files: pafs.S3FileSystem = field(repr=False)

    @property
    def options(self):
        return f"?endpoint_override={self.endpoint}&scheme=http&region=us-east-1"

    def url(self, key=""):
        return f"s3://{self.bucket}/{key}{self.options}"

    def put(self, key, content):
        from moto.s3.models import s3_backends

        s3_backends["123456789012"]["aws"].put_object(self.bucket, key, content)

    def listed(self):
        found = self.files.get_file_info(pafs.FileSelector(self.bucket, recursive=True))
        return [info.path.removeprefix(f"{self.bucket}/") for info in found if info.is_file]

    def get(self, key):
        with self.files.open_input_file(f"{self.bucket}/{key}") as file:
            return file.read()

    def put_tree(self, place: Path):
        """Upload a file or a folder under its own name."""
        for path in [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.is_file()):
            self.put(path.relative_to(place.parent).as_posix(), path.read_bytes())


@pytest.fixture(scope="session")
def s3_server():
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    application = Refusing(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}", application
    server.shutdown()
    thread.join()


_numbers = itertools.count()


@pytest.fixture
def store(s3_server, monkeypatch):
    """Return an empty bucket, whose credentials are in the environment."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    endpoint, server = s3_server
    server.refusals = 0
    bucket = f"bucket-{next(_numbers)}"
    files = pafs.S3FileSystem(
        access_key=KEY, secret_key=SECRET, region="us-east-1", scheme="http",
        endpoint_override=endpoint, allow_bucket_creation=True,
    )  # fmt: skip
    files.create_dir(bucket)
    return Store(endpoint, bucket, server, files)


@dataclass(frozen=True)
class ClickHouse:
    """A database of its own on the server."""

    port: int
    database: str

    @property
    def url(self):
        return f"clickhousedb://default@127.0.0.1:{self.port}/{self.database}"

    def under_way(self):
        """Return how many answers the server is still busy with."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/under-way") as answer:
            return int(answer.read())

    def run(self, statement, database=None):
        place = f"http://127.0.0.1:{self.port}/?database={database or self.database}"
        with urllib.request.urlopen(urllib.request.Request(place, statement.encode())) as answer:
            return answer.read().decode()


@pytest.fixture(scope="session")
def clickhouse_port(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clickhouse")
    script = Path(__file__).with_name("chdb_server.py")
    server = subprocess.Popen([sys.executable, script, folder], stdout=subprocess.PIPE, text=True)
    yield int(server.stdout.readline())
    server.terminate()
    server.wait(60)
    server.stdout.close()


@pytest.fixture
def clickhouse(clickhouse_port):
    """Return an empty database of ClickHouse's engine."""
    made = ClickHouse(clickhouse_port, f"pandian_{next(_numbers)}")
    made.run(f"CREATE DATABASE {made.database}", "default")
    yield made
    made.run(f"DROP DATABASE {made.database}", "default")
