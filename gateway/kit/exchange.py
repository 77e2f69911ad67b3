"""One HTTP request to an address that a stranger chose, over `kit/outbound`.

A connection of its own each time, one deadline for everything, no redirects, no proxies, no
cookies, and no more of the answer than is asked for: the other side may be slow, endless or
broken on purpose.
"""

import contextlib
import re
import socket
import ssl
import struct
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field

import h11

from gateway.kit.connection import Connection, connection_of
from gateway.kit.outbound import OutboundError, Policy, Target
from gateway.kit.trust import trusting

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 20.0
MOST_BODY = 64 * 1024

_CHUNK = 16 * 1024
_PIECE = 64 * 1024  # of what is sent
_RESET = struct.pack("ii", 1, 0)  # linger for no time: what was not sent is dropped
_MOST_INFORMATIONAL = 10
_OUR_CERTIFICATE = re.compile(
    r"ALERT_(\w+_)?CERTIFICATE(_\w+)?$|ALERT_(UNKNOWN_CA|ACCESS_DENIED)$"
)
"""TLS alerts (RFC 8446, 6.2) by which a server refuses a client's certificate."""


class CredentialRefusedError(OutboundError):
    """The other side's TLS does not take our certificate: nobody read the request."""


class HeldBackError(OutboundError):
    """Nothing was sent: when all was ready, it was not allowed any more."""


class ExchangeError(OutboundError):
    """The request may have arrived, but no answer came that can be read."""


class OutOfTimeError(ExchangeError):
    """The request may have arrived, and its answer was not there in time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        status: The HTTP status.
        headers: By name in lower case; of several with one name, the last.
        body: The beginning of the body, up to the limit.
        complete: False when the body went on after the limit.
        fields: The headers as they came, in order.
        connection: Over what it came.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    complete: bool = True
    fields: tuple[tuple[str, str], ...] = ()
    connection: Connection | None = None


@dataclass(frozen=True, slots=True)
class Client:
    """Asks strangers' addresses. Stateless and thread-safe.

    Attributes:
        policy: Where it may connect to.
        connect_seconds: Time to connect.
        total_seconds: Time for everything after the name was resolved.
        most_body: Bytes of an answer's body that are read.
        trust: Whose certificates count; the machine's.
        allowed: Asked immediately before each write: whether bytes may leave now.
    """

    policy: Policy
    connect_seconds: float = CONNECT_SECONDS
    total_seconds: float = TOTAL_SECONDS
    most_body: int = MOST_BODY
    trust: ssl.SSLContext = field(default_factory=trusting)
    allowed: Callable[[], bool] = lambda: True

    def post(self, target: Target, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a body; see `ask`."""
        return self.ask("POST", target, headers.items(), body)

    def get(self, target: Target, headers: Mapping[str, str] | None = None) -> Answer:
        """Fetch what is there; see `ask`."""
        return self.ask("GET", target, (headers or {}).items(), None)

    def ask(
        self,
        method: str,
        target: Target,
        headers: Iterable[tuple[str, str]],
        body: bytes | None,
    ) -> Answer:
        """Send a request and read the answer, whatever its status.

        Args:
            method: `POST` ...
            target: Where.
            headers: All but the host, the length and what is about the connection.
            body: The bytes; None for a request that has none.

        Raises:
            TargetError: The target may not be asked; nothing was sent.
            OutboundError: There is nothing there; nothing was sent.
            CredentialRefusedError: Our certificate is not taken; nothing was read.
            HeldBackError: It was not `allowed` any more; nothing was sent.
            ExchangeError: It was sent, at least in part, and no readable answer came in time.
        """
        wire: _Wire | None = None
        length = () if body is None else (("content-length", str(len(body))),)
        try:
            connection = self.policy.connect(target, self.connect_seconds)
            wire = _Wire(connection, self.total_seconds, self.allowed)
            with closing(wire):
                if target.scheme == "https":
                    wire.secure(self.trust, target.host)
                request = h11.Request(
                    method=method,
                    target=target.path,
                    headers=[
                        ("host", target.authority),
                        ("connection", "close"),
                        *headers,
                        *length,
                    ],
                )
                return _exchanged(wire, request, body or b"", self.most_body)
        except TimeoutError:
            late = OutOfTimeError if _written(wire) else OutboundError
            raise late("no answer in time") from None
        except ssl.SSLCertVerificationError as error:
            raise OutboundError(f"the certificate is not good: {error.verify_message}") from None
        except ssl.SSLError as error:
            if _OUR_CERTIFICATE.search(error.reason or ""):
                raise CredentialRefusedError(f"our certificate: {error.reason}") from None
            failed = ExchangeError if _written(wire) else OutboundError
            raise failed(f"TLS failed: {error.reason or 'no reason given'}") from None
        except OSError as error:
            why = error.strerror or "closed"
            if _written(wire):
                raise ExchangeError(f"the connection broke: {why}") from None
            raise OutboundError(f"cannot connect: {why}") from None
        except h11.LocalProtocolError as error:
            raise OutboundError(f"this cannot be sent: {error}") from None
        except h11.ProtocolError as error:
            raise ExchangeError(f"the answer is not HTTP: {error}") from None


def _written(wire: "_Wire | None") -> bool:
    return wire is not None and wire.written


class _Wire:
    """A connection with one deadline for all that is done on it.

    What the machine has not delivered by then, it drops: a request that was given up does not
    arrive afterwards, nor does that of a process which stands still.
    """

    def __init__(
        self, connection: socket.socket, seconds: float, allowed: Callable[[], bool]
    ) -> None:
        self._connection = connection
        self._deadline = time.monotonic() + seconds
        self._allowed = allowed
        self.written = False
        self.answered = False
        self.met = connection_of(connection)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            milliseconds = max(1, int(seconds * 1000))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)

    def secure(self, context: ssl.SSLContext, host: str) -> None:
        self._hurry()
        self._connection = context.wrap_socket(self._connection, server_hostname=host)
        self.met = connection_of(self._connection)

    def close(self) -> None:
        if not self.answered:
            with contextlib.suppress(OSError):
                self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self._connection.close()

    def send(self, data: bytes) -> None:
        for start in range(0, len(data), _PIECE):
            self._hurry()
            piece = data[start : start + _PIECE]
            if not self._allowed():
                word = "it took too long until it could be sent"
                raise (ExchangeError if self.written else HeldBackError)(word)
            self.written = True
            self._connection.sendall(piece)

    def receive(self) -> bytes:
        self._hurry()
        return self._connection.recv(_CHUNK)

    def _hurry(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)


def _exchanged(wire: _Wire, request: h11.Request, body: bytes, most: int) -> Answer:
    state = h11.Connection(h11.CLIENT)
    content = (state.send(request) or b"") + (state.send(h11.Data(data=body)) or b"")
    state.send(h11.EndOfMessage())
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        wire.send(content)  # who closes while we write may have said why: it is read below
    return _read(wire, state, most)


def _read(wire: _Wire, state: h11.Connection, most: int) -> Answer:
    response: h11.Response | None = None
    content = bytearray()
    informational = 0
    while True:
        event = state.next_event()
        if event is h11.NEED_DATA:
            state.receive_data(wire.receive())
        elif isinstance(event, h11.InformationalResponse):
            informational += 1
            if informational > _MOST_INFORMATIONAL:
                raise ExchangeError("the answer does not begin")
        elif isinstance(event, h11.Response):
            response = event
        elif isinstance(event, h11.Data):
            content += event.data
            if len(content) > most:
                return _answer(wire, response, bytes(content[:most]), complete=False)
        elif isinstance(event, h11.EndOfMessage):
            return _answer(wire, response, bytes(content), complete=True)
        else:
            raise ExchangeError("the connection was closed without an answer")


def _answer(wire: _Wire, response: h11.Response | None, body: bytes, *, complete: bool) -> Answer:
    if response is None:
        raise ExchangeError("the connection was closed without an answer")
    wire.answered = True
    fields = tuple(
        (name.decode("ascii"), value.decode("latin-1"))
        for name, value in response.headers.raw_items()
    )
    headers = {name.lower(): value for name, value in fields}
    return Answer(response.status_code, headers, body, complete, fields, wire.met)
