"""What a wire calls a failure before the first byte, and one after it; over real sockets."""

import contextlib
import datetime
import hashlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from typing_extensions import override

from formats.signatures.signer import Signer
from gateway.channels.wire import Wire
from gateway.kit.connection import Connection
from gateway.sandbox.kit.ca import TABLE, CertificateAuthority, serial_of
from gateway.sandbox.kit.certificates import Pair, Use
from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.kit.ledger import Book
from gateway.sandbox.kit.tls import Tls
from gateway.signing.problems import KeyUnusableProblem
from gateway.signing.tls import client_context
from gateway.transmissions import tape
from gateway.transmissions.adapter import Answer, Contexts, Request
from gateway.transmissions.errors import Retry, Unknown
from tests.gateway.signing.authority import Authority, pem

QUICK = Wire(connect_seconds=1, total_seconds=0.5, most_bytes=1000)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"


@contextlib.contextmanager
def listening(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """Let a function talk to every connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with contextlib.closing(connection), contextlib.suppress(OSError):
                        serve(connection)

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def saying(content: bytes) -> Callable[[socket.socket], None]:
    def serve(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(content)

    return serve


def ask(url: str, wire: Wire = QUICK) -> Answer:
    return wire.exchange(Request("POST", url, (("Message-Id", "m-1"),), b"content"))


def test_an_answer_comes_with_all_that_is_known_of_it() -> None:
    with listening(saying(OK + b"Set-Cookie: a\r\nSet-Cookie: b\r\n\r\nhi")) as url:
        answer = ask(url)
    assert (answer.status, answer.body) == (200, b"hi")
    assert answer.connection is not None
    port = int(url.rpartition(":")[2].rstrip("/"))
    assert answer.connection == Connection("127.0.0.1", port)
    assert [value for name, value in answer.headers if name == "Set-Cookie"] == ["a", "b"]
    assert 0 < answer.elapsed < 0.5


def test_where_nobody_listens_nothing_arrived() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Retry) as caught:
        ask(f"http://127.0.0.1:{port}/")
    assert caught.value.reason == "not_connected"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "connection_lost"),
        (b"not HTTP at all\r\n\r\n", "connection_lost"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "connection_lost"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + bytes(5000), "answer_too_large"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "connection_lost"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 50, "connection_lost"),
    ],
)
def test_after_the_first_byte_nobody_can_say(content: bytes, reason: str) -> None:
    with listening(saying(content)) as url, pytest.raises(Unknown) as caught:
        ask(url)
    assert caught.value.reason == reason


def _never(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.recv(1)


def _trickling(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.settimeout(0.05)
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-A: ")
    for _ in range(100):
        connection.sendall(b"a")
        with contextlib.suppress(TimeoutError):
            connection.recv(1)


@pytest.mark.parametrize("serve", [_never, _trickling])
def test_one_deadline_holds_for_the_whole_answer(serve: Callable[[socket.socket], None]) -> None:
    with listening(serve) as url, pytest.raises(Unknown) as caught:
        ask(url)
    assert caught.value.reason == "timeout"


def test_an_early_answer_is_read_though_the_rest_was_not_wanted() -> None:
    def serve(connection: socket.socket) -> None:
        connection.recv(10)
        connection.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(1 << 20):
            pass

    with listening(serve) as url:
        answer = QUICK.exchange(Request("POST", url, (), bytes(8 << 20)))
    assert answer.status == 413


def test_a_redirect_is_an_answer() -> None:
    moved = b"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
    with listening(saying(moved)) as url:
        assert ask(url).status == 307


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("7", 7.0),
        ("Fri, 20 Nov 2026 12:00:09 GMT", 9.0),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-3", None),
        ("\u0663", None),
    ],
)
def test_how_long_the_other_side_asks_us_to_wait(written: str, seconds: float | None) -> None:
    noon = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
    wire = Wire(total_seconds=1, clock=lambda: noon)
    header = b"Retry-After: " + written.encode() + b"\r\n"
    with listening(saying(OK + header + b"\r\nhi")) as url:
        assert ask(url, wire).retry_after == seconds


def test_a_header_that_cannot_be_sent_is_not_sent() -> None:
    with listening(saying(OK + b"\r\nhi")) as url, pytest.raises(Retry) as caught:
        QUICK.exchange(Request("POST", url, (("Message-Id", "a\r\nb"),), b""))
    assert caught.value.reason == "not_connected"


def test_the_recorder_sees_what_was_asked_and_answered() -> None:
    with listening(saying(OK + b"\r\nhi")) as url, tape.running(tape.Recorder()) as recorder:
        ask(url)
    (held,) = recorder.exchanges
    assert held.answer is not None
    assert (held.request.url, held.answer.body) == (url, b"hi")


@dataclass(frozen=True)
class Shown:
    """A credential in files."""

    directory: Path
    stem: str
    id: str = "key_1"

    @property
    def signer(self) -> Signer:
        raise AssertionError("nothing is signed here")

    @property
    def tls(self) -> Contexts:
        return self._made

    def _made(self, trust: str | None = None) -> ssl.SSLContext:
        context = ssl.create_default_context(cadata=trust)
        place = self.directory / self.stem
        context.load_cert_chain(place.with_suffix(".pem"), place.with_suffix(".key"))
        return context


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[CertificateAuthority]:
    book = Book(tmp_path / "ledger.sqlite", TABLE)
    made = CertificateAuthority.open(tmp_path, "Tests", book, Clock())
    yield made
    book.close()


def _secured(
    directory: Path, authority: CertificateAuthority
) -> tuple[Callable[[socket.socket], None], Pair]:
    server = authority.issue("127.0.0.1", Use.SERVER_TLS, "127.0.0.1")
    server.save(directory, "server")
    tls = Tls(directory, authority)

    def serve(connection: socket.socket) -> None:
        connection.settimeout(2)
        secured = tls().wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        with contextlib.closing(secured):
            try:
                secured.do_handshake()
            except ssl.SSLError:
                secured.shutdown(socket.SHUT_WR)
                while secured.recv(4096):
                    pass
            else:
                saying(OK + b"\r\nhi")(secured)

    return serve, server


def test_who_answered_is_recorded(tmp_path: Path, authority: CertificateAuthority) -> None:
    serve, server = _secured(tmp_path, authority)
    wire = Wire(trust=tmp_path / "ca.pem", total_seconds=2)
    with listening(serve) as url:
        answer = ask(url.replace("http:", "https:"), wire)
    met = answer.connection
    assert met is not None
    assert met.certificate == server.der
    assert met.peer == hashlib.sha256(server.der).hexdigest()
    assert (met.address, met.protocol) == ("127.0.0.1", "TLSv1.3")
    assert str(met.cipher).startswith("TLS_")


@dataclass(frozen=True)
class Locked(Shown):
    """A credential that the vault cannot open now."""

    @override
    def _made(self, trust: str | None = None) -> ssl.SSLContext:
        raise KeyUnusableProblem("locked", "The token is away.")


def test_a_credential_that_cannot_be_shown_means_that_nothing_was_sent(tmp_path: Path) -> None:
    asked = Request("POST", "https://127.0.0.1:1/", (), b"content", Locked(tmp_path, "client"))
    with pytest.raises(Retry) as caught:
        Wire().exchange(asked)
    assert caught.value.reason == "credential_unusable"


def test_a_stranger_is_told_nothing(tmp_path: Path, authority: CertificateAuthority) -> None:
    serve, _ = _secured(tmp_path, authority)
    with listening(serve) as url, pytest.raises(Retry) as caught:
        ask(url.replace("http:", "https:"), Wire(total_seconds=2))
    assert caught.value.reason == "not_connected"


@pytest.mark.parametrize("size", [10, 8 << 20])
def test_a_certificate_that_is_not_taken_means_that_nothing_was_read(
    tmp_path: Path, authority: CertificateAuthority, size: int
) -> None:
    serve, _ = _secured(tmp_path, authority)
    ours = authority.issue("client", Use.CLIENT_TLS)
    ours.save(tmp_path, "client")
    wire = Wire(trust=tmp_path / "ca.pem", total_seconds=5)
    shown = Shown(tmp_path, "client")

    def asking(url: str, content: bytes) -> Request:
        return Request("POST", url.replace("http:", "https:"), (), content, shown)

    with listening(serve) as url:
        assert wire.exchange(asking(url, b"content")).status == 200
    authority.revoke(serial_of(ours.certificate))
    serve, _ = _secured(tmp_path, authority)
    with listening(serve) as url, pytest.raises(Retry) as caught:
        wire.exchange(asking(url, bytes(size)))
    assert caught.value.reason == "credential_refused"


def test_a_client_certificate_does_not_bring_the_machines_trust_with_it(
    tmp_path: Path, authority: CertificateAuthority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))  # the machine trusts the server
    serve, _ = _secured(tmp_path, authority)
    authority.issue("client", Use.CLIENT_TLS).save(tmp_path, "client")
    private = load_pem_private_key((tmp_path / "client.key").read_bytes(), None)
    leaf = ssl.PEM_cert_to_DER_cert((tmp_path / "client.pem").read_text())
    other = tmp_path / "other.pem"
    other.write_text(pem(Authority.root("Another").certificate))

    @dataclass(frozen=True)
    class Vaulted(Shown):
        @override
        def _made(self, trust: str | None = None) -> ssl.SSLContext:
            assert isinstance(private, ec.EllipticCurvePrivateKey)
            return client_context(private, [leaf], trust)

    with listening(serve) as url:
        asked = Request("POST", url.replace("http:", "https:"), (), b"x", Vaulted(tmp_path, ""))
        assert Wire(total_seconds=2).exchange(asked).status == 200
        with pytest.raises(Retry) as caught:
            Wire(trust=other, total_seconds=2).exchange(asked)
    assert caught.value.reason == "not_connected"
