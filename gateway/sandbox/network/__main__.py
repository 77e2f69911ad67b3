"""Run the access point: `python -m gateway.sandbox.network --data DIR`.

Prints one line of JSON when ready: `{"ready": true, "url": ..., "trust": ..., "ledger": ...}`.
"""

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from gateway.kit.clock import now
from gateway.sandbox.network.access_point import AccessPoint
from gateway.sandbox.network.delivery import Pusher
from gateway.sandbox.network.faults import FaultPlane
from gateway.sandbox.network.handover import HandoverBook, Porter
from gateway.sandbox.network.identity import open_identity
from gateway.sandbox.network.ledger import Ledger
from gateway.sandbox.network.script import Script
from gateway.sandbox.network.server import Server


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m gateway.sandbox.network")
    parser.add_argument("--data", type=Path, required=True, help="keys and ledger live here")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument(
        "--signals-url", help="where verdicts are pushed to; without it: asked for"
    )
    parser.add_argument(
        "--deliveries-url", help="where accepted messages are handed over, for receivers there"
    )
    parser.add_argument(
        "--while-stdin-is-open",
        action="store_true",
        help="end when standard input is closed: whoever started it is gone, even if killed",
    )
    options = parser.parse_args(arguments)
    identity = open_identity(options.data, now())
    ledger = Ledger(options.data / "ledger.sqlite")
    pusher = Pusher(ledger, options.signals_url)
    book = HandoverBook(ledger) if options.deliveries_url else None
    porter = Porter(book, options.deliveries_url) if book else None
    access_point = AccessPoint(ledger, identity, FaultPlane(), Script(), book)
    server = Server((options.host, options.port), access_point, pusher)
    for number in (signal.SIGTERM, signal.SIGINT):
        # shutdown() waits for the serving loop, so it must not run in the loop's own thread
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    if options.while_stdin_is_open:
        threading.Thread(target=_end_with_stdin, args=(server,), daemon=True).start()
    pusher.start()
    if porter is not None:
        porter.start()
    ready = {
        "ready": True,
        "url": f"http://{options.host}:{server.server_port}",
        "trust": str(options.data / "ca.pem"),
        "ledger": str(options.data / "ledger.sqlite"),
    }
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.1)
    pusher.stop()
    if porter is not None:
        porter.stop()
    server.server_close()
    ledger.close()


def _end_with_stdin(server: Server) -> None:
    sys.stdin.buffer.read()
    server.shutdown()


if __name__ == "__main__":
    main()
