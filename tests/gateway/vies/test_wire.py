"""What the network can do to a question: silence, slowness, strangers, and other people's TLS."""

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gateway.kit.outbound import TargetError
from gateway.vies.answers import Answer, Fault, Number, Outcome, Question
from gateway.vies.hmrc import HmrcCheck
from gateway.vies.soap import ViesSoap
from gateway.vies.wire import http_client
from tests.gateway.vies.canned import response

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
QUESTION = Question(Number("SI", "50223054"))
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"


@contextmanager
def peer(
    talk: Callable[[socket.socket], None], context: ssl.SSLContext | None = None
) -> Iterator[int]:
    """Accept connections and let `talk` have each; gives the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                connection, _ = listener.accept()
                with connection if context is None else _wrapped(context, connection) as one:
                    talk(one)
            except OSError:
                continue  # the other side went away, or the listener was closed

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        ended.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _wrapped(context: ssl.SSLContext, connection: socket.socket) -> socket.socket:
    return context.wrap_socket(connection, server_side=True)


def _ask(
    port: int, *, total: float = 0.4, scheme: str = "http", trust: Path | None = None
) -> Answer:
    http = http_client(connect_seconds=0.5, total_seconds=total, trust=trust)
    return ViesSoap(f"{scheme}://127.0.0.1:{port}/vies", http=http).ask(QUESTION, now=NOW)


def _unknown(answer: Answer) -> Fault | None:
    assert answer.outcome is Outcome.UNKNOWN
    assert (answer.service, answer.asked_at) == ("vies", NOW)
    assert b"50223054" in answer.sent
    return answer.fault


def _whole(connection: socket.socket) -> None:
    body = response()
    connection.recv(65536)
    connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)


def test_a_peer_that_talks_is_heard() -> None:
    with peer(_whole) as port:
        assert _ask(port).outcome is Outcome.INVALID


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert _unknown(_ask(port)) is Fault.NO_ANSWER


def test_a_name_that_nobody_knows() -> None:
    service = ViesSoap("http://vies.invalid/vies", http=http_client(total_seconds=1))
    assert _unknown(service.ask(QUESTION, now=NOW)) is Fault.NO_ANSWER


def _silent(connection: socket.socket) -> None:
    connection.recv(65536)
    time.sleep(1)


def _drips_a_head(connection: socket.socket) -> None:
    connection.recv(65536)
    for byte in HEAD * 50:
        connection.sendall(bytes([byte]))
        time.sleep(0.02)


def _drips_a_body(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(HEAD + b"Content-Length: 60000\r\n\r\n")
    for byte in response():
        connection.sendall(bytes([byte]))
        time.sleep(0.02)


@pytest.mark.parametrize("talk", [_silent, _drips_a_head, _drips_a_body])
def test_one_deadline_holds_however_busy_the_line_is(
    talk: Callable[[socket.socket], None],
) -> None:
    with peer(talk) as port:
        began = time.monotonic()
        answer = _ask(port, total=0.3)
        took = time.monotonic() - began
    assert _unknown(answer) is Fault.TIMEOUT
    assert 0.25 <= took < 0.9


def _hangs_up(connection: socket.socket) -> None:
    connection.recv(65536)


def _hangs_up_inside(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(HEAD + b"Content-Length: 600\r\n\r\n" + response()[:100])


def _is_no_http(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"220 mail.example ESMTP\r\n")


def _never_begins(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


@pytest.mark.parametrize("talk", [_hangs_up, _hangs_up_inside, _is_no_http, _never_begins])
def test_what_breaks_off_is_no_answer(talk: Callable[[socket.socket], None]) -> None:
    with peer(talk) as port:
        answer = _ask(port)
    assert _unknown(answer) is Fault.NO_ANSWER
    assert answer.received == b""


def _certificate(folder: Path, *, host: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "vies")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
        .not_valid_after(datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir()
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "cert.pem", folder / "key.pem"


def test_tls_is_verified(tmp_path: Path) -> None:
    certificate, key = _certificate(tmp_path / "here", host="127.0.0.1")
    other, _ = _certificate(tmp_path / "other", host="127.0.0.1")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    with peer(_whole, context) as port:
        assert _ask(port, scheme="https", trust=certificate).outcome is Outcome.INVALID
        assert _unknown(_ask(port, scheme="https", trust=other)) is Fault.NO_ANSWER
        answer = _ask(port, scheme="https")
    assert _unknown(answer) is Fault.NO_ANSWER
    assert "certificate" in answer.detail


def test_tls_is_for_the_host_that_was_asked(tmp_path: Path) -> None:
    certificate, key = _certificate(tmp_path / "elsewhere", host="127.0.0.2")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    with peer(_whole, context) as port:
        assert _unknown(_ask(port, scheme="https", trust=certificate)) is Fault.NO_ANSWER


def test_plain_http_is_no_tls() -> None:
    with peer(_whole) as port:
        assert _unknown(_ask(port, scheme="https")) is Fault.NO_ANSWER


@pytest.mark.parametrize(
    "address", ["", "vies", "ftp://vies/", "https://u:p@vies/", "http://a b/"]
)
def test_an_address_that_cannot_be_one_is_refused_at_once(address: str) -> None:
    with pytest.raises(TargetError):
        ViesSoap(address)
    with pytest.raises(TargetError):
        HmrcCheck("id", "secret", address)


def test_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with peer(_whole) as port:
        assert _ask(port).outcome is Outcome.INVALID
