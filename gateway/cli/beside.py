"""Local authorities as processes beside the gateway, found again by every worker."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

STOP_SECONDS = 10


class BesideError(RuntimeError):
    """An authority did not start; the message says where it said why."""


@dataclass(slots=True)
class Beside:
    """A local authority in a process of its own.

    Attributes:
        home: Its directory: keys, ledger, log, and `url` and `ready.json` for workers elsewhere.
        process: The process.
        ready: What it said when it was ready: `url` and more.
    """

    home: Path
    process: subprocess.Popen[str]
    ready: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def spawn(
        cls, module: str, home: Path, arguments: Iterable[str], ports: Mapping[str, str]
    ) -> Self:
        """Begin to start one; `wait` for it.

        Args:
            module: `gateway.sandbox.network`.
            home: Its directory; made if it is not there.
            arguments: What it is told.
            ports: Options that take a port, and the address in `ready.json` that had it last: it
                takes that again if it is free, so that running workers find it.
        """
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        known = _known(home / "ready.json")
        given = [
            text
            for option, name in ports.items()
            for text in (option, str(_free(str(known.get(name, "")))))
        ]
        with (home / "authority.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
                [
                    *(sys.executable, "-m", module, *arguments, *given),
                    "--while-stdin-is-open",  # it must not outlive a killed gateway
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,  # Ctrl-C reaches us; we stop it
            )
        return cls(home, process)

    @property
    def url(self) -> str:
        """Where it listens."""
        return str(self.ready["url"])

    def wait(self) -> Self:
        """Wait until it is ready, and write down where it listens.

        Raises:
            BesideError: It ended.
        """
        line = self.process.stdout.readline() if self.process.stdout is not None else ""
        if not line:
            code = self.process.wait()
            log = self.home / "authority.log"
            raise BesideError(f"{self.home.name} ended with {code}; see {log}")
        self.ready = json.loads(line)
        (self.home / "ready.json").write_text(line, encoding="utf-8")
        (self.home / "url").write_text(self.url + "\n", encoding="utf-8")
        return self

    def stop(self) -> None:
        """Stop it; it keeps its ledger."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


def _known(path: Path) -> Mapping[str, Any]:
    try:
        known: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known


def _free(url: str) -> int:
    """Return the port of an address if it is free now, else 0."""
    try:
        port = int(url.rpartition(":")[2])
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except (OSError, ValueError):
        return 0
    return port
