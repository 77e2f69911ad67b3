"""Mail servers of the tests: real ones on a socket, that take, refuse, drop and dawdle."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What a server took, and how it answers.

    Attributes:
        taken: Envelopes that were accepted.
        at_data: Answer to the message; None takes it.
        at_rcpt: Answers to recipients, by address.
    """

    taken: list[Envelope] = field(default_factory=list)
    at_data: str | None = None
    at_rcpt: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's names
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if (refusal := self.at_rcpt.get(address)) is not None:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.at_data is not None:
            return self.at_data
        self.taken.append(envelope)
        return "250 taken"


@contextlib.contextmanager
def served(box: Mailbox) -> Iterator[int]:
    """Serve a mailbox and yield its port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:  # the controller wants to know its port
        port = int(probe.getsockname()[1])
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@contextlib.contextmanager
def scripted(*, after_dot: bytes | None, bodies: list[bytes], wait: float = 0) -> Iterator[int]:
    """Serve one connection by hand: take the message, then say this, or hang up without a word."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            connection, _ = listener.accept()
            with connection, connection.makefile("rb") as lines:
                connection.sendall(b"220 test\r\n")
                for line in lines:
                    word = line[:4].upper()
                    if word == b"DATA":
                        connection.sendall(b"354 go on\r\n")
                        body = b""
                        for part in lines:
                            if part == b".\r\n":
                                break
                            body += part
                        bodies.append(body)
                        threading.Event().wait(wait)
                        if after_dot is None:
                            return
                        connection.sendall(after_dot)
                    elif word == b"QUIT":
                        connection.sendall(b"221 bye\r\n")
                        return
                    else:
                        connection.sendall(b"250 OK\r\n")

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()
        thread.join(5)
