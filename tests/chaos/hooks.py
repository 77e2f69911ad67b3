"""A program that is told by webhook: it notes every message, and how often it came."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from typing_extensions import override


@dataclass
class Told:
    """What came.

    Attributes:
        url: Where it listens.
        ids: How often each message came.
    """

    url: str = ""
    ids: Counter[str] = field(default_factory=Counter)


@contextmanager
def listening() -> Iterator[Told]:
    """Take webhooks on a free port of this machine."""
    told = Told()
    lock = threading.Lock()

    class Exchange(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with lock:
                told.ids[self.headers["webhook-id"]] += 1
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        @override
        def handle_error(self, request: object, client_address: object) -> None:
            """The sender was killed."""

    server = Server(("127.0.0.1", 0), Exchange)
    told.url = f"http://127.0.0.1:{server.server_port}/hooks"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
