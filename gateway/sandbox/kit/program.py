"""Running a local authority as a program: arguments, signals, the line that says it is ready."""

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from gateway.sandbox.kit.certified import CertifiedDesk
from gateway.sandbox.kit.door import Door


class Background(Protocol):
    """Something that an authority does by itself, beside answering."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """Finish what is being done, and end."""


def parser(module: str) -> argparse.ArgumentParser:
    """Return the arguments that every local authority takes."""
    made = argparse.ArgumentParser(prog=f"python -m {module}")
    made.add_argument("--host", default="127.0.0.1")
    made.add_argument("--port", type=int, default=0, help="0 takes a free one")
    made.add_argument("--seed", type=int, default=0, help="of the ids that are given out")
    made.add_argument(
        "--while-stdin-is-open",
        action="store_true",
        help="end when standard input is closed: whoever started it is gone, even if killed",
    )
    return made


def parser_with_tls(module: str) -> argparse.ArgumentParser:
    """Return the arguments of an authority with a second door, for callers with certificates."""
    made = parser(module)
    made.add_argument("--data", type=Path, required=True, help="keys and ledger live here")
    made.add_argument("--records-port", type=int, default=0, help="of the door with TLS")
    made.add_argument(
        "--without-tls", action="store_true", help="take records without a client certificate"
    )
    return made


def serve_with_tls(office: CertifiedDesk, options: argparse.Namespace) -> None:
    """Serve by two doors: plain HTTP for people and control, TLS for records; see `serve`.

    The line that is printed when ready names both, `url` and `records`, and the CA, `trust`.
    """
    plain = Door((options.host, options.port), office)
    secured = Door((options.host, options.records_port), office, office.tls)
    office.ca.here = plain.url
    ready = {
        "records": plain.url if options.without_tls else secured.url,
        "trust": str(options.data / "ca.pem"),
        "ledger": str(options.data / "ledger.sqlite"),
    }
    serve((plain, secured), options, ready)
    office.book.close()


def serve(
    doors: Sequence[Door[Any]],
    options: argparse.Namespace,
    ready: Mapping[str, object],
    *background: Background,
) -> None:
    """Serve until SIGTERM, SIGINT, or the end of standard input; the caller closes its book.

    Prints one line of JSON when ready: `{"ready": true, "url": ..., ...}`.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if options.while_stdin_is_open:
        threading.Thread(target=_end_with_stdin, args=(stop,), daemon=True).start()
    for one in background:
        one.start()
    threads = [
        threading.Thread(target=door.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        for door in doors
    ]
    for thread in threads:
        thread.start()
    sys.stdout.write(json.dumps({"ready": True, "url": doors[0].url, **ready}) + "\n")
    sys.stdout.flush()
    stop.wait()
    for door in doors:
        door.shutdown()
    for one in background:
        one.stop()
    for door in doors:
        door.server_close()


def _end_with_stdin(stop: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 4096):  # unbuffered: a reader's lock aborts the exit
        pass
    stop.set()
