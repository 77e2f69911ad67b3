"""HTTP servers that webhooks are sent to in tests: scripted, and they remember."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from typing_extensions import override

Answer = tuple[int, dict[str, str], bytes]
HANG: Answer = (-1, {}, b"")
RESET: Answer = (-2, {}, b"")
FINE: Answer = (204, {}, b"")


@dataclass(frozen=True)
class Received:
    """One request that came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """A server that answers as it is told to."""

    port: int = 0
    answers: Callable[[Received], Answer] = lambda _: FINE
    received: list[Received] = field(default_factory=list)
    taken: list[Received] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks"


@contextlib.contextmanager
def receiving(answers: Callable[[Received], Answer] = lambda _: FINE) -> Iterator[Receiver]:
    """Run a receiver for the length of the block."""
    receiver = Receiver(answers=answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", "0"))
            headers = {name.lower(): value for name, value in self.headers.items()}
            one = Received(self.path, headers, self.rfile.read(length))
            status, more, body = receiver.answers(one)
            with receiver.lock:
                receiver.received.append(one)
                if 200 <= status < 300:
                    receiver.taken.append(one)
            if status == HANG[0]:
                receiver.ended.wait(30)
                return
            if status == RESET[0]:
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.connection.close()
                return
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        @override
        def handle_error(self, *_: object) -> None:
            pass  # a connection that was reset on purpose

    with Server(("127.0.0.1", 0), Handler) as server:
        receiver.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield receiver
        finally:
            receiver.ended.set()
            server.shutdown()
            thread.join()
