"""HTTP, and TLS where there is some, in front of a desk."""

import contextlib
import socket
import sqlite3
import ssl
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Generic, TypeVar

from typing_extensions import override

from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.desk import Desk
from gateway.sandbox.kit.replies import Reply, as_json

D = TypeVar("D", bound=Desk)

_SILENCE = 30  # seconds a connection may be idle
_HANDSHAKE = 5  # seconds
_FAREWELL = 1  # seconds in which a refused caller may read why
_PIECE = 8  # bytes at a time of an answer that trickles


class Door(ThreadingHTTPServer, Generic[D]):
    """The listening socket.

    Args:
        address: Host and port; 0 takes a free one.
        desk: What stands behind it.
        tls: Makes the context for a connection, so that a revocation counts at once; None: plain.
    """

    daemon_threads = True
    request_queue_size = 256

    def __init__(
        self,
        address: tuple[str, int],
        desk: D,
        tls: Callable[[], ssl.SSLContext] | None = None,
    ) -> None:
        self.desk = desk
        self._tls = tls
        super().__init__(address, Exchange)

    @property
    def url(self) -> str:
        """Where it listens, without a path."""
        scheme = "http" if self._tls is None else "https"
        return f"{scheme}://{self.server_address[0]!s}:{self.server_port}"

    @override
    def finish_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection; TLS is agreed on here, in its own thread."""
        if self._tls is None:
            super().finish_request(request, client_address)
            return
        request.settimeout(_HANDSHAKE)
        context = self._tls()
        secured = context.wrap_socket(request, server_side=True, do_handshake_on_connect=False)
        with contextlib.closing(secured):
            try:
                secured.do_handshake()
            except (ssl.SSLError, OSError):
                self.desk.book.count("refused_handshake")
                _farewell(secured)
                return
            super().finish_request(secured, client_address)

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Count a connection that broke, a client's right; say what else went wrong."""
        with contextlib.suppress(sqlite3.ProgrammingError):  # the book was closed before us
            self.desk.book.count("broken_connection")
        if not isinstance(sys.exception(), OSError | sqlite3.ProgrammingError):
            super().handle_error(request, client_address)


@contextmanager
def running(
    desk: D,
    address: tuple[str, int] = ("127.0.0.1", 0),
    tls: Callable[[], ssl.SSLContext] | None = None,
) -> Iterator[Door[D]]:
    """Serve from a thread of this process while the block runs."""
    door = Door(address, desk, tls)
    thread = threading.Thread(
        target=door.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    )
    thread.start()
    try:
        yield door
    finally:
        door.shutdown()
        door.server_close()
        thread.join()


class Exchange(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    timeout = _SILENCE
    disable_nagle_algorithm = True
    server: Door[Desk]

    def do_GET(self) -> None:
        """Answer."""
        self._serve()

    def do_POST(self) -> None:
        """Answer."""
        self._serve()

    def do_PUT(self) -> None:
        """Answer."""
        self._serve()

    def do_DELETE(self) -> None:
        """Answer."""
        self._serve()

    @override
    def version_string(self) -> str:
        return self.server.desk.name

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the ledger is the log."""

    def _serve(self) -> None:
        body = self._body()
        if body is None:
            return
        secured = isinstance(self.connection, ssl.SSLSocket)
        peer = self.connection.getpeercert(binary_form=True) if secured else None
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call(self.command, self.path, headers, body, peer, self._here())
        self._send(self.server.desk.respond(call))

    def _send(self, reply: Reply) -> None:
        """Send an answer in the way the fault wants it."""
        if reply.way == "drop":
            self._drop()
            return
        self._head(reply)
        if reply.way == "broken_off":
            self.wfile.write(reply.body[: len(reply.body) // 2])
            self.wfile.flush()
            self._drop()
        elif reply.way in {"trickle", "chunks"}:
            self._trickle(reply)
        else:
            self.wfile.write(reply.body)

    def _trickle(self, reply: Reply) -> None:
        chunked = reply.way == "chunks"
        pieces = [reply.body[at : at + _PIECE] for at in range(0, len(reply.body), _PIECE)]
        for piece in pieces:
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
            self.wfile.flush()
            time.sleep(reply.seconds / len(pieces))
        if chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _head(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.way == "chunks":
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()

    def _drop(self) -> None:
        """Close without an answer; linger 0 makes it a reset, as a crashed peer does."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _body(self) -> bytes | None:
        """Read the body; None when there is none that is read to its end.

        Who says no length sends no body (RFC 9112, 6.3), as `curl -X POST` does.
        """
        chunked = "Transfer-Encoding" in self.headers
        length = self.headers.get("Content-Length", "" if chunked else "0")
        most = self.server.desk.limit
        if not length.isascii() or not length.isdigit() or int(length) > most:
            self.close_connection = True
            self._send(as_json({"error": "too large"}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        return body

    def _here(self) -> str:
        """Return the address the caller used, if it is a plain one."""
        host = self.headers.get("Host", "")
        plainly = host.isascii() and host.replace(".", "").replace(":", "").isalnum()
        scheme = self.server.url.partition(":")[0]
        return f"{scheme}://{host}" if plainly else self.server.url


def _farewell(refused: socket.socket) -> None:
    """Let a refused caller read the alert: closing with bytes unread would reset it away."""
    with contextlib.suppress(OSError):
        refused.shutdown(socket.SHUT_WR)
        refused.settimeout(_FAREWELL)
        while refused.recv(4096):
            pass
