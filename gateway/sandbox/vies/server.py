"""HTTP in front of the local authorities: questions, with the fault that is due, and the rest."""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from typing_extensions import override

from gateway.sandbox.vies import control, hmrc, view
from gateway.sandbox.vies.replies import Reply, plain
from gateway.sandbox.vies.service import SERVICES, WSDLS, Service

_LIMIT = 64 * 1024  # bytes of a question
_SILENCE = 30  # seconds a connection may be idle
_PIECE = 8  # bytes at a time of an answer that trickles


class Server(ThreadingHTTPServer):
    """The listening socket and the service behind it."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], service: Service) -> None:
        self.service = service
        super().__init__(address, Exchange)

    @property
    def url(self) -> str:
        """Where it listens, without a path."""
        return f"http://{self.server_address[0]!s}:{self.server_port}"

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Count a connection that broke; a client that goes away is not our failure."""
        self.service.ledger.count("broken_connection")


@contextmanager
def running(
    service: Service | None = None, address: tuple[str, int] = ("127.0.0.1", 0)
) -> Iterator[Server]:
    """Serve from a thread of this process while the block runs."""
    server = Server(address, service or Service())
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    )
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Exchange(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "sandbox-vies"
    timeout = _SILENCE
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        """Look a number up at HMRC, hand out a WSDL, or show the control plane."""
        parts = urlsplit(self.path)
        service = self.server.service
        if parts.path.startswith(hmrc.LOOKUP):
            path = parts.path.removeprefix(hmrc.LOOKUP)
            accept = self.headers.get("Accept", "")
            authorization = self.headers.get("Authorization", "")
            self._answer(lambda: service.lookup(path, accept, authorization))
        elif parts.path in WSDLS or (parts.path in SERVICES and parts.query.lower() == "wsdl"):
            name = WSDLS.get(parts.path) or SERVICES[parts.path]
            self._send(plain(200, service.wsdl(self._here(), name), "text/xml; charset=utf-8"))
        elif parts.path == "/":
            self._send(plain(200, view.page(service).encode(), "text/html; charset=utf-8"))
        else:
            self._control("GET", b"")

    def do_POST(self) -> None:
        """Answer a question in SOAP, give out a token, or obey the control plane."""
        body = self._body()
        if body is None:
            return
        path = urlsplit(self.path).path
        service = self.server.service
        if path in SERVICES:
            media_type = self.headers.get("Content-Type", "")
            self._answer(lambda: service.envelope(SERVICES[path], media_type, body))
        elif path == hmrc.TOKEN:
            self._answer(lambda: service.token(body))
        else:
            self._control("POST", body)

    def do_PUT(self) -> None:
        """Obey the control plane."""
        body = self._body()
        if body is not None:
            self._control("PUT", body)

    def do_DELETE(self) -> None:
        """Obey the control plane."""
        self._control("DELETE", b"")

    def _here(self) -> str:
        host = self.headers.get("Host", "")
        plainly = host.isascii() and host.replace(".", "").replace(":", "").isalnum()
        return f"http://{host}" if plainly else self.server.url

    def _control(self, method: str, body: bytes) -> None:
        try:
            value = json.loads(body) if body else None
            status, answer = control.obey(self.server.service, method, self.path, value)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            status, answer = HTTPStatus.BAD_REQUEST, {"error": str(error)}
        self._send(plain(status, json.dumps(answer).encode(), "application/json"))

    def _answer(self, work: Callable[[], Reply]) -> None:
        """Send what the service makes of a question, in the way the fault wants it."""
        reply = work()
        if reply.way == "drop":
            self._drop()
        elif reply.way == "broken_off":
            self._head(reply)
            self.wfile.write(reply.body[: len(reply.body) // 2])
            self.wfile.flush()
            self._drop()
        elif reply.way == "trickle":
            self._trickle(reply)
        else:
            self._send(reply)

    def _trickle(self, reply: Reply) -> None:
        self._head(reply)
        pieces = [reply.body[at : at + _PIECE] for at in range(0, len(reply.body), _PIECE)]
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(reply.seconds / len(pieces))

    def _send(self, reply: Reply) -> None:
        self._head(reply)
        self.wfile.write(reply.body)

    def _head(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()

    def _drop(self) -> None:
        """Close without an answer; linger 0 makes it a reset, as a crashed peer does."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > _LIMIT:
            self.close_connection = True
            self._send(plain(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"", "text/plain"))
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        return body

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the ledger is the log."""
