"""The sandbox network as a process beside the gateway, found again by every worker."""

import json
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

STOP_SECONDS = 10


class SandboxNetworkError(RuntimeError):
    """The sandbox network did not start; the message holds what it said."""


@dataclass(slots=True)
class SandboxNetwork:
    """A running access point of the sandbox.

    Attributes:
        url: Where it listens; also in `<data>/sandbox-network/url`, for workers elsewhere.
        process: Its process.
    """

    url: str
    process: subprocess.Popen[str]

    @classmethod
    def start(cls, data: Path, signals_url: str, deliveries_url: str) -> Self:
        """Start it with its keys and ledger under `<data>/sandbox-network`.

        It takes the port it had last time if that is free, so that workers which are already
        running find it again.

        Raises:
            SandboxNetworkError: It ended, or said nothing in time.
        """
        home = data / "sandbox-network"
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        address = home / "url"
        port = last_port(address)
        with (home / "network.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
                [
                    *(sys.executable, "-m", "gateway.sandbox.network"),
                    *("--data", str(home), "--port", str(port), "--signals-url", signals_url),
                    *("--deliveries-url", deliveries_url),
                    "--while-stdin-is-open",  # it must not outlive a killed gateway
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,  # Ctrl-C reaches us; we stop it
            )
        line = process.stdout.readline() if process.stdout is not None else ""
        if not line:
            code = process.wait()
            raise SandboxNetworkError(
                f"the sandbox network ended with {code}; see {home / 'network.log'}"
            )
        url: str = json.loads(line)["url"]
        address.write_text(url + "\n")
        return cls(url, process)

    def stop(self) -> None:
        """Stop it; it keeps its ledger."""
        stopped(self.process)


def stopped(process: subprocess.Popen[str]) -> None:
    """Stop a process that runs beside the gateway."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def last_port(address: Path) -> int:
    """Return the port used last time if it is free now, else 0."""
    try:
        port = int(address.read_text().strip().rpartition(":")[2])
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except (OSError, ValueError):
        return 0
    return port
