"""Metrics over HTTP, and in a file."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from scanner.schedule.errors import ScheduleError
from scanner.schedule.files import replace_text
from scanner.schedule.metrics.exposition import CONTENT_TYPE, exposition
from scanner.schedule.metrics.families import Known, families
from scanner.schedule.outbox import Outbox
from scanner.schedule.planning import Planned
from scanner.schedule.records import Record, Records


@dataclass(kw_only=True)
class Metrics:
    """The metrics of some schedules; the results of their last scans are read once each."""

    schedules: Sequence[Planned]
    records: Records
    outbox: Outbox
    clock: Callable[[], dt.datetime]
    _scans: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def text(self) -> str:
        """Return the metrics as they are now."""
        now = self.clock()
        known = [
            self._known(one, self.records.read(one.name) or Record(name=one.name, since=now))
            for one in self.schedules
        ]
        return exposition(families(known, self.outbox.totals(), self.outbox.waiting(), now))

    def write(self, path: Path) -> None:
        """Put the metrics into a file in one step, so that the collector never reads half of it.

        Raises:
            ScheduleError: It cannot be written.
        """
        replace_text(path, self.text(), mode=0o644)

    def _known(self, planned: Planned, record: Record) -> Known:
        kept, scan = self._scans.get(planned.name, ("", None))
        if kept != record.kept:
            scan = self.records.kept_result(record)
            self._scans[planned.name] = (record.kept, scan)
        return Known(planned, record, scan)


def _answering(metrics: Metrics) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version, sys_version = "pandian", ""

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path not in ("/metrics", "/healthz"):
                self.send_error(404)
                return
            body = (metrics.text() if path == "/metrics" else "ok\n").encode()
            self.send_response(200)
            self.send_header("Content-Type", CONTENT_TYPE)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing about who asks."""

    return Handler


@contextmanager
def served(metrics: Metrics, host: str, port: int) -> Iterator[str]:
    """Answer ``/metrics`` and ``/healthz`` while the block runs; yield the address.

    Raises:
        ScheduleError: The port is taken or not allowed.
    """
    try:
        server = ThreadingHTTPServer((host, port), _answering(metrics))
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or "no such port"
        raise ScheduleError(
            f"Metrics cannot be offered on {host}:{port} ({reason}). Name another port."
        ) from None
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="pandian-metrics", daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}/metrics"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
