"""Gateways as processes of their own, which a test may kill."""

import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


class Killable:
    """`gateway serve` on one port, killed and started again."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._environment = environment
        self._log = log
        self.process = self._start()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process = self._start()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as sink:
            return subprocess.Popen(
                [sys.executable, "-m", "gateway.cli", "serve"],
                env=dict(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
            )


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def gateway(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the gateway."""
    return subprocess.run(  # noqa: S603 - our own interpreter and arguments
        [sys.executable, "-m", "gateway.cli", *arguments],
        env=dict(environment),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
