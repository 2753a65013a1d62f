"""A receiver on this machine and a message with hostile names."""

from __future__ import annotations

import json
import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scanner.notify.message import Message
from scanner.notify.news import News


class Receiver:
    """An HTTP server that remembers what came and answers from a list: (status, body)."""

    def __init__(self, url):
        self.url, self.came, self.answers = url, [], []

    @property
    def bodies(self):
        return [json.loads(body) for _, _, body in self.came]


@contextmanager
def receiving(trust=None):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.came.append((self.path, dict(self.headers), body))
            status, answer = receiver.answers.pop(0) if receiver.answers else (200, {"errcode": 0, "code": 0})
            self.send_response(status)
            if status in (301, 302, 307, 308):
                self.send_header("Location", f"{receiver.url}/elsewhere")
            self.end_headers()
            self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if trust:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(trust)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver = Receiver(f"http{'s' if trust else ''}://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def receiver():
    with receiving() as one:
        yield one


@pytest.fixture
def message():
    """A message with hostile names."""
    hostile = '<at user_id="all">@all</at> [x](http://evil) ${HOOK} 手机'
    news = (
        News(
            kind="new_pi_column",
            zh=f"新增个人信息列：{hostile}",
            en=f"New column: {hostile}",
            data={"column": hostile},
        ),
        News(
            kind="line_reached",
            zh="达到：负责人备案",
            en="reached: officer filing",
            data={"threshold": 1_000_000},
        ),
    )
    return Message(
        id="nightly/20261125T1830Z/done/ops",
        organization="示例零售有限公司",
        schedule="nightly",
        slot="2026-11-26T02:30+08:00",
        outcome="done",
        scan="20261125T183001000000Z-abcdef",
        news=news,
    )
