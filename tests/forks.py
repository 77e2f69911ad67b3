"""Processes of the gateway that are there in milliseconds: copies of one that has imported it.

To import the gateway takes a process seconds of a processor, and the tests start hundreds. A copy
is to whoever looks at it what `python -m MODULE` is: an environment, arguments and standard
streams of its own, signals, an exit code. What is tested for how it starts, or what it imports,
is started with `subprocess`.
"""

import contextlib
import io
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[1]


class Process:
    """A copy at work; what tests use of `subprocess.Popen`.

    Attributes:
        pid: Its process.
        returncode: Its exit code, negative for a signal; None as long as nobody saw its end.
    """

    def __init__(self, report: int) -> None:
        self._report = io.FileIO(report)
        self.pid = self._next()
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, None while it lives."""
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it is gone, and return its exit code.

        Raises:
            subprocess.TimeoutExpired: It is still there after so many seconds.
        """
        if self.returncode is None:
            waiting = select.poll()
            waiting.register(self._report, select.POLLIN)
            if not waiting.poll(None if timeout is None else timeout * 1000):
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            self.returncode = self._next()
            self._report.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it is known to be gone."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def _next(self) -> int:
        line = self._report.readline()
        assert line, "the process that is copied is gone"
        return int(line)


@dataclass(frozen=True)
class _Server:
    process: subprocess.Popen[bytes]
    orders: socket.socket


_SERVER: list[_Server] = []
_STARTING = threading.Lock()


def _server() -> _Server:
    with _STARTING:
        if not _SERVER:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                number = theirs.fileno()
                process = subprocess.Popen(  # noqa: S603 - our own
                    [sys.executable, "-m", "tests.fork_server", str(number)],
                    pass_fds=[number],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    cwd=ROOT,
                    env=_nobodys(),
                )
            _SERVER.append(_Server(process, ours))
        return _SERVER[0]


def _nobodys() -> dict[str, str]:
    """Return this process's environment without what would settle something for a gateway."""
    settling = ("GATEWAY_", "DATABASE_")
    return {name: value for name, value in os.environ.items() if not name.startswith(settling)}


def close() -> None:
    """End whatever is left, at the end of a session."""
    while _SERVER:
        server = _SERVER.pop()
        server.orders.close()
        server.process.wait(30)


def start(  # noqa: PLR0913 - what `subprocess` takes
    module: str,
    arguments: Sequence[str | Path] = (),
    *,
    environment: Mapping[str, str] | None = None,
    stdin: IO[Any] | None = None,
    stdout: IO[Any] | int | None = None,
    stderr: IO[Any] | int | None = None,
) -> Process:
    """Start `python -m MODULE ARGUMENTS`; streams that are not given are nobody's."""
    order = {
        "module": module,
        "arguments": [str(one) for one in arguments],
        "environment": dict(os.environ if environment is None else environment),
    }
    server = _server()
    told, report = os.pipe()
    with Path(os.devnull).open("r+b", buffering=0) as nowhere:
        streams = [nowhere if one is None else one for one in (stdin, stdout, stderr)]
        numbers = [one if isinstance(one, int) else one.fileno() for one in streams]
        socket.send_fds(server.orders, [json.dumps(order).encode()], [*numbers, report])
    os.close(report)
    return Process(told)


def run(
    module: str,
    arguments: Sequence[str | Path] = (),
    *,
    environment: Mapping[str, str] | None = None,
    given: bytes = b"",
    seconds: float = 120,
) -> subprocess.CompletedProcess[bytes]:
    """Run a process to its end, and return what it left behind; see `start`.

    Raises:
        subprocess.TimeoutExpired: It took longer, and was killed.
    """
    with (
        tempfile.TemporaryFile() as stdin,
        tempfile.TemporaryFile() as stdout,
        tempfile.TemporaryFile() as stderr,
    ):
        stdin.write(given)
        stdin.seek(0)
        process = start(
            module, arguments, environment=environment, stdin=stdin, stdout=stdout, stderr=stderr
        )
        try:
            code = process.wait(seconds)
        except BaseException:
            process.kill()
            process.wait()
            raise
        stdout.seek(0)
        stderr.seek(0)
        return subprocess.CompletedProcess(
            [module, *map(str, arguments)], code, stdout.read(), stderr.read()
        )


_SEEN = set[tuple[str, ...]]()
_WORD = re.compile("[a-z][a-z-]+")


def gateway(
    arguments: Sequence[str | Path],
    environment: Mapping[str, str],
    *,
    given: bytes = b"",
    seconds: float = 120,
) -> subprocess.CompletedProcess[bytes]:
    """Run `gateway ...`: each command for the first time as a process that imports for itself."""
    words = tuple(str(one) for one in arguments[:2] if _WORD.fullmatch(str(one)))
    if words in _SEEN:
        return run("gateway.cli", arguments, environment=environment, given=given, seconds=seconds)
    _SEEN.add(words)
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "gateway.cli", *map(str, arguments)],
        env=dict(environment),
        input=given,
        capture_output=True,
        check=False,
        timeout=seconds,
        cwd=ROOT,
    )
