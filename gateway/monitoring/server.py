"""The port of its own where a process shows its figures: /metrics, /health and /ready.

Figures are never on the public port. A port is closed by whoever runs the network, needs no secret
that could leak or be left out, and has a thread of its own: it answers also when every thread that
serves requests is busy, which is when somebody looks.
"""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import structlog
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from typing_extensions import override

from gateway.kit.json_body import to_json
from gateway.monitoring.endpoints import NotReadyProblem, looked
from gateway.monitoring.vitals import Vitals

_log = structlog.get_logger(__name__)
_SILENCE_SECONDS = 5.0  # the longest silence of a client
_JSON = "application/json"


class _Server(ThreadingHTTPServer):
    """The server; a client that does not read ends with the process."""

    daemon_threads = True


@contextlib.contextmanager
def watched(
    host: str, port: int | None, vitals: Vitals, figures: Callable[[], bytes]
) -> Iterator[str | None]:
    """Show a process for the length of the block; yields the address, None without a port.

    Args:
        host: The address to listen on.
        port: The port; None shows nothing, 0 takes a free one.
        vitals: What /ready asks.
        figures: What /metrics shows.

    Raises:
        OSError: The port is taken.
    """
    if port is None:
        yield None
        return
    _Server.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = _Server((host, port), _handler(vitals, figures))
    thread = threading.Thread(target=server.serve_forever, name="monitor", daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(vitals: Vitals, figures: Callable[[], bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _SILENCE_SECONDS

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            try:
                status, kind, body = _answer(path, vitals, figures)
            except Exception:  # noqa: BLE001 - logged; the next look may succeed
                _log.exception("monitor_failed", path=path)
                status, kind, body = HTTPStatus.INTERNAL_SERVER_ERROR, _JSON, b"{}"
            self.send_response_only(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Log nothing: it is asked every few seconds."""

    return Handler


def _answer(
    path: str, vitals: Vitals, figures: Callable[[], bytes]
) -> tuple[HTTPStatus, str, bytes]:
    if path == "/metrics":
        return HTTPStatus.OK, CONTENT_TYPE_LATEST, figures()
    if path == "/health":
        return HTTPStatus.OK, _JSON, to_json({"status": "ok"})
    if path != "/ready":
        return HTTPStatus.NOT_FOUND, _JSON, b"{}"
    try:
        return HTTPStatus.OK, _JSON, to_json({"status": "ready", "checks": looked(vitals)})
    except NotReadyProblem as problem:
        return problem.status, "application/problem+json", to_json(problem.as_dict(path))
