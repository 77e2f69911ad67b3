"""A proxy between a client and the gateway that loses answers after the gateway gave them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
from typing_extensions import override


@dataclass
class Dropper:
    """Passes requests on.

    Attributes:
        url: Where it listens.
        lose: How many of the next answers to POSTs it loses.
        keys: The idempotency keys of the POSTs it saw.
    """

    url: str = ""
    lose: int = 0
    keys: list[str | None] = field(default_factory=list)


@contextmanager
def dropping(target: str) -> Iterator[Dropper]:
    state = Dropper()
    http = httpx2.Client(timeout=60, trust_env=False)

    class Exchange(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            kept = {
                k: v for k, v in self.headers.items() if k.lower() not in {"host", "connection"}
            }
            answer = http.request(self.command, target + self.path, content=body, headers=kept)
            if self.command == "POST":
                state.keys.append(self.headers.get("Idempotency-Key"))
                if state.lose > 0:
                    state.lose -= 1
                    self.close_connection = True
                    self.connection.close()
                    return
            self.send_response(answer.status_code)
            for name in ("content-type", "retry-after", "idempotency-replayed"):
                if name in answer.headers:
                    self.send_header(name, answer.headers[name])
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _pass_on  # noqa: N815 - the names it asks for

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        @override
        def handle_error(self, request: object, client_address: object) -> None:
            """A connection that we broke ourselves."""

    server = Server(("127.0.0.1", 0), Exchange)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        http.close()
