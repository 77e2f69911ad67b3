"""Run the local authorities: `python -m gateway.sandbox.vies`.

Prints one line of JSON when ready: `{"ready": true, "vies": ..., "vies_test": ..., "hmrc": ...}`.
"""

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from gateway.sandbox.vies.server import Server
from gateway.sandbox.vies.service import VIES, VIES_TEST, Service


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m gateway.sandbox.vies")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--seed", type=int, default=0, help="of the consultation numbers")
    parser.add_argument(
        "--numbers", type=Path, help='JSON file of numbers to know: {"numbers": [...]}'
    )
    parser.add_argument(
        "--while-stdin-is-open",
        action="store_true",
        help="end when standard input is closed: whoever started it is gone, even if killed",
    )
    options = parser.parse_args(arguments)
    service = Service(options.seed)
    if options.numbers is not None:
        for entry in json.loads(options.numbers.read_text(encoding="utf-8"))["numbers"]:
            service.registry.put(entry)
    server = Server((options.host, options.port), service)
    for number in (signal.SIGTERM, signal.SIGINT):
        # shutdown() waits for the serving loop, so it must not run in the loop's own thread
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    if options.while_stdin_is_open:
        threading.Thread(target=_end_with_stdin, args=(server,), daemon=True).start()
    ready = {
        "ready": True,
        "url": server.url,
        "vies": server.url + VIES,
        "vies_test": server.url + VIES_TEST,
        "hmrc": server.url,
    }
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.1)
    server.server_close()


def _end_with_stdin(server: Server) -> None:
    sys.stdin.buffer.read()
    server.shutdown()


if __name__ == "__main__":
    main()
