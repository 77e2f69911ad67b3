"""Publishers over a real socket with real TLS, who answer as a test tells them to."""

import datetime
import ipaddress
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from typing_extensions import override

COMMIT = "0123456789"
Answer = Callable[[BaseHTTPRequestHandler], None]


def certificate(path: Path) -> Path:
    """Write key and certificate of 127.0.0.1, which signs itself; to trust it, name the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "publisher")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path


class Publisher:
    """What the server answers, and what it was asked."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.asked: list[str] = []
        self._answers: dict[str, list[Answer]] = defaultdict(list)
        self._lock = Lock()

    @property
    def address(self) -> str:
        """The base address of what it publishes."""
        return f"https://{self.host}/{COMMIT}/"

    def answer(self, path: str, *answers: Answer) -> None:
        """Answer a path with these, one for each request, and with the last for all further."""
        self._answers[f"/{COMMIT}/{path}"] = list(answers)

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        with self._lock:
            self.asked.append(handler.path)
            answers = self._answers.get(handler.path) or [status(404)]
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
        answer(handler)


def content(body: bytes, code: int = 200, **headers: str) -> Answer:
    """Answer with a body and its true length."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def status(code: int) -> Answer:
    """Answer with a status and nothing else."""
    return content(b"", code)


def redirect(target: str, code: int = 302) -> Answer:
    """Send the client elsewhere."""
    return content(b"", code, Location=target)


def cut(body: bytes, missing: int = 5) -> Answer:
    """Announce more than is sent, and hang up."""
    return content(body, Content_Length=str(len(body) + missing), Connection="close")


def cut_chunks(body: bytes) -> Answer:
    """Send a chunk without the end that the last one would be."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"%x\r\n%b\r\n" % (len(body), body))
        handler.close_connection = True

    return answer


def silent(seconds: float) -> Answer:
    """Say nothing for a while."""
    return lambda _: time.sleep(seconds)


def drip(body: bytes, pause: float) -> Answer:
    """Send byte by byte, never silent for long."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        for byte in body:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(pause)

    return answer


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Send and send, as long as anybody listens."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.close_connection = True
    while True:
        handler.wfile.write(bytes(65536))


@contextmanager
def published(pem: Path) -> Iterator[Publisher]:
    """Run a publisher on a free port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            try:
                publisher.serve(self)
            except OSError:  # the client has left, as some answers want it to
                self.close_connection = True

        @override
        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        @override
        def handle_error(self, *_: object) -> None:
            """A client that hangs up, or trusts nobody, is no error here."""

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    publisher = Publisher(f"127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
