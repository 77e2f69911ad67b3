"""A server that answers whatever a test wants, and remembers what it was sent."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from typing_extensions import override

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
TYPES = "urn:ec.europa.eu:taxud:vies:services:checkVat:types"


@dataclass
class Canned:
    """What is answered to everything."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    seen: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    canned: Canned

    @override
    def handle_error(self, *_: object) -> None:
        pass  # a client that reads no further is what some tests are about


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        canned = self.server.canned
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        canned.seen.append((self.command, self.path, headers, body))
        self.send_response(canned.status)
        for name, value in canned.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(canned.body)))
        self.end_headers()
        self.wfile.write(canned.body)

    def do_GET(self) -> None:
        self.do_POST()

    @override
    def log_message(self, *_: object, **__: object) -> None:
        pass


@contextmanager
def serving(canned: Canned) -> Iterator[str]:
    """Serve; gives the address."""
    server = _Server(("127.0.0.1", 0), _Exchange)
    server.canned = canned
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def envelope(body: str) -> bytes:
    return f'<e:Envelope xmlns:e="{SOAP}"><e:Body>{body}</e:Body></e:Envelope>'.encode()


def response(  # noqa: PLR0913 - the parts of an answer
    valid: str = "<valid>false</valid>",
    *,
    country: str = "SI",
    number: str = "50223054",
    date: str = "<requestDate>2026-11-21+01:00</requestDate>",
    rest: str = "<name>---</name><address>---</address>",
    operation: str = "checkVat",
) -> bytes:
    """Return an answer; every part can be replaced by a wrong one."""
    return envelope(
        f'<{operation}Response xmlns="{TYPES}"><countryCode>{country}</countryCode>'
        f"<vatNumber>{number}</vatNumber>{date}{valid}{rest}</{operation}Response>"
    )


def fault(words: str, *, code: str = "env:Server", more: str = "") -> bytes:
    return envelope(
        f"<e:Fault><faultcode>{code}</faultcode><faultstring>{words}</faultstring>{more}</e:Fault>"
    )
