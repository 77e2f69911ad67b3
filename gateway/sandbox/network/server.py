"""HTTP in front of the access point: messages, enquiries, and the control plane."""

import json
import socket
import struct
import time
import urllib.parse
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from typing_extensions import override

from gateway.sandbox.network import responses, view
from gateway.sandbox.network.access_point import AccessPoint, Answer, Envelope
from gateway.sandbox.network.delivery import Pusher
from gateway.sandbox.network.faults import Fault

_LIMIT = 20 * 1024 * 1024  # bytes of a body
_SILENCE = 30  # seconds a connection may be idle
_SIGNED = "application/jose+json"
_BEFORE = {
    Fault.HTTP_500_BEFORE_ACCEPT: HTTPStatus.INTERNAL_SERVER_ERROR,
    Fault.HTTP_503_BEFORE_ACCEPT: HTTPStatus.SERVICE_UNAVAILABLE,
}
_AFTER = {
    Fault.HTTP_500_AFTER_ACCEPT: HTTPStatus.INTERNAL_SERVER_ERROR,
    Fault.HTTP_503_AFTER_ACCEPT: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Server(ThreadingHTTPServer):
    """The listening socket and what stands behind it."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, address: tuple[str, int], access_point: AccessPoint, pusher: Pusher
    ) -> None:
        self.access_point = access_point
        self.pusher = pusher
        self.attempts: dict[tuple[str, str], int] = {}
        super().__init__(address, Exchange)

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Count a connection that broke; a client that goes away is not our failure."""
        self.access_point.ledger.count("broken_connection")


class Exchange(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "sandbox-network"
    timeout = _SILENCE
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        """Answer an enquiry, or show the control plane."""
        access_point = self.server.access_point
        if self.path.startswith("/messages/"):
            access_point.ledger.count("enquiry")
            known = access_point.enquire(self.path.removeprefix("/messages/"))
            status = HTTPStatus.OK if known else HTTPStatus.NOT_FOUND
            self._json(known or {"state": "never seen"}, status)
        elif self.path == "/__sandbox/ledger":
            self._json(view.ledger(access_point))
        elif self.path == "/__sandbox/faults":
            self._json({"rules": access_point.plane.as_json(), "fired": view.fired(access_point)})
        elif self.path == "/__sandbox/script":
            self._json(access_point.script.as_json())
        elif self.path == "/":
            self._respond(HTTPStatus.OK, view.page(access_point), "text/html; charset=utf-8")
        else:
            self._json({"error": "not found"}, HTTPStatus.NOT_FOUND)

    def do_PUT(self) -> None:
        """Replace the fault rules or the script."""
        body = self._body()
        if body is None:
            return
        access_point = self.server.access_point
        try:
            value = json.loads(body)
            if self.path == "/__sandbox/faults":
                access_point.plane.replace(value["rules"])
            elif self.path == "/__sandbox/script":
                access_point.script.replace(
                    value.get("lines", []), value.get("duplicates", "refuse")
                )
            else:
                self._json({"error": "not found"}, HTTPStatus.NOT_FOUND)
                return
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            self._json({"error": str(error)}, HTTPStatus.BAD_REQUEST)
            return
        self._json({"ok": True})

    def do_POST(self) -> None:
        """Take a message, with whatever fault is due, or a receiver's answer to one."""
        body = self._body()
        if body is None:
            return
        if self.path.startswith("/messages/") and self.path.endswith("/response"):
            self._respond_to(self.path.split("/")[2], body)
            return
        names = ("Message-Id", "Sender-Id", "Receiver-Id", "Content-Digest")
        values = [self.headers.get(name, "") for name in names]
        if self.path != "/messages" or not all(values):
            missing = f"POST /messages with the headers {', '.join(names)}"
            self._json({"error": missing}, HTTPStatus.BAD_REQUEST)
            return
        envelope = Envelope(body, *(urllib.parse.unquote(value) for value in values))
        self.server.access_point.ledger.count("message")
        subject = f"{envelope.digest}|{self._attempt(envelope)}"
        if not self._fails(subject, Fault.DROP_BEFORE_ACCEPT, _BEFORE, latency=True):
            answer = self.server.access_point.receive(envelope)
            self._deliver(envelope, answer, subject)

    def _respond_to(self, quoted: str, body: bytes) -> None:
        try:
            said = json.loads(body)
        except ValueError as error:
            self._json({"error": str(error)}, HTTPStatus.BAD_REQUEST)
            return
        message_id = urllib.parse.unquote(quoted)
        status, answer = responses.respond(self.server.access_point, message_id, said)
        self._json(answer, status)

    def _deliver(self, envelope: Envelope, answer: Answer, subject: str) -> None:
        early = Fault.SIGNAL_BEFORE_RESPONSE
        if answer.accepted and self.server.access_point.strike(early, subject):
            self.server.pusher.push_now(envelope.message_id)
        if not self._fails(subject, Fault.DROP_AFTER_ACCEPT, _AFTER):
            self._respond(answer.status, answer.body, _SIGNED)

    def _fails(
        self,
        subject: str,
        drop: Fault,
        errors: dict[Fault, HTTPStatus],
        *,
        latency: bool = False,
    ) -> bool:
        """Play the faults of one moment; return True when there will be no proper answer."""
        strike = self.server.access_point.strike
        if latency and (rule := strike(Fault.LATENCY, subject)):
            time.sleep(rule.seconds)
        if strike(drop, subject):
            self._drop()
            return True
        for fault, status in errors.items():
            if strike(fault, subject):
                self._json({"error": fault}, status)
                return True
        return False

    def _attempt(self, envelope: Envelope) -> int:
        """Return how often these bytes came before under this id, so that a retry has its luck."""
        attempts = self.server.attempts
        key = (envelope.message_id, envelope.digest)
        attempts[key] = attempts.get(key, 0) + 1
        return attempts[key]

    def _drop(self) -> None:
        """Close without an answer; linger 0 makes it a reset, as a crashed peer does."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > _LIMIT:
            self.close_connection = True
            self._json({"error": "Content-Length is missing or too large"}, HTTPStatus.BAD_REQUEST)
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        return body

    def _json(self, value: object, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._respond(status, json.dumps(value, ensure_ascii=False), "application/json")

    def _respond(self, status: int, text: str, media_type: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the ledger is the log."""
