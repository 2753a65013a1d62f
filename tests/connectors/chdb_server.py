"""ClickHouse's HTTP interface in front of its own engine, chDB, for tests: what the driver needs of it.

python chdb_server.py FOLDER    prints the port

Two connections share the engine: one that writes, for tests, and one that the engine itself keeps read-only,
for requests that ask for ``readonly``. Results are sent when they are computed: all at once. ``/under-way``
tells how many answers to read-only requests are being computed or sent.
"""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import chdb

_FORMAT = re.compile(r"\bFORMAT\s+(\w+)\s*$", re.IGNORECASE)
_PASSED_ON = {"max_execution_time", "output_format_arrow_string_as_string", "max_block_size"}


def _connections(folder):
    writing, reading = chdb.connect(folder), chdb.connect(folder)
    reading.query("SET readonly = 2")
    return {"0": writing, "2": reading}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    lock = Lock()
    connections: dict[str, object]
    under_way: ClassVar[set[object]] = set()

    def do_GET(self):
        self._answer()

    def do_POST(self):
        self._answer()

    def _answer(self):
        if self.path == "/under-way":
            self._send(200, str(len(self.under_way)).encode(), {})
            return
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(self.path).query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        statement = (asked.get("query", "") + body).strip()
        if asked.get("readonly"):
            self.under_way.add(self)
        try:
            self._compute_and_send(statement, asked)
        finally:
            self.under_way.discard(self)

    def _compute_and_send(self, statement, asked):
        try:
            content = self._run(statement, asked)
        except Exception as error:  # noqa: BLE001 -- whatever the engine says goes to the driver
            self._send(500, str(error).encode(), {"X-ClickHouse-Exception-Code": _code(str(error))})
        else:
            self._send(200, content, {"X-ClickHouse-Timezone": "UTC", "X-ClickHouse-Format": "Native"})

    def _run(self, statement, asked):
        connection = self.connections[asked.get("readonly", "0")]
        named = _FORMAT.search(statement)
        statement = _FORMAT.sub("", statement) if named else statement
        settings = [f"{name} = {value!r}" for name, value in asked.items() if name in _PASSED_ON]
        with self.lock:
            if asked.get("database"):
                connection.query(f"USE `{asked['database']}`")
            for setting in settings:
                connection.query(f"SET {setting}")
            shape = named.group(1) if named else asked.get("default_format", "TabSeparated")
            return connection.query(statement, shape).bytes()

    def _send(self, status, content, headers):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):  # a client that does not want the rest
            self.wfile.write(content)

    def log_message(self, *arguments):
        pass


def _code(message):
    found = re.search(r"Code: (\d+)", message)
    return found.group(1) if found else "1000"


def main():
    Handler.connections = _connections(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
