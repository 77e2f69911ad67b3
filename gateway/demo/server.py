"""The demo's gateway: `gateway serve` as a process of its own, with a fresh account and key."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gateway.kit import embedded_postgres
from gateway.place import ROOT_DATA
from gateway.settings import Settings


@dataclass(frozen=True, slots=True)
class Server:
    """A running gateway.

    Attributes:
        url: Base URL of its API.
        key: A sandbox account key.
        log: What it writes.
        environment: For further processes beside it, such as `gateway worker`.
    """

    url: str
    key: str
    log: Path
    environment: Mapping[str, str]

    @classmethod
    @contextmanager
    def started(
        cls, home: Path, *options: str, more: Mapping[str, str] | None = None
    ) -> Iterator["Server"]:
        """Start `gateway serve` on a free port with its data under `home`; stop it at the end.

        Args:
            home: Existing directory; the log goes there too.
            options: Further arguments of `gateway serve`.
            more: Further environment variables.

        Raises:
            subprocess.CalledProcessError: The account or key cannot be made.
        """
        port = _free_port()
        environment = environment_for(home) | {"GATEWAY_PORT": str(port)} | dict(more or {})
        key = _make_key(environment)
        log = home / "serve.log"
        with log.open("wb") as sink:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
                [sys.executable, "-m", "gateway.cli", "serve", *options],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            yield cls(f"http://127.0.0.1:{port}", key, log, environment)
        finally:
            _stop(process, patience(environment))


def environment_for(home: Path) -> dict[str, str]:
    """Return the environment of the demo's processes.

    As root the embedded server cannot live under a home directory that its account may not
    enter, so it gets a directory of its own beside the gateway's usual one.
    """
    environment = {**os.environ, "GATEWAY_DATA": str(home / "data")}
    settings = Settings()
    own = postgres_home(home)
    if own is not None and settings.database_url is None and settings.postgres_home is None:
        environment["GATEWAY_POSTGRES_HOME"] = str(own)
    return environment


def postgres_home(home: Path) -> Path | None:
    """Return where root's demo keeps its database, emptied with the demo; None for others."""
    if os.geteuid() != 0:
        return None
    return ROOT_DATA / f"demo-{hashlib.sha256(bytes(home.absolute())).hexdigest()[:8]}"


def _make_key(environment: Mapping[str, str]) -> str:
    made = subprocess.run(
        [sys.executable, "-m", "gateway.cli", "api-keys", "create", "--account", "Demo platform"],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return made.stdout.strip().splitlines()[-1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def patience(environment: Mapping[str, str]) -> float:
    """Return the seconds that a process with these settings may take to stop.

    It drains first, then it stops its database: who ends it sooner breaks off what is on the wire.
    """
    fields = Settings.model_fields
    waits = [
        float(environment.get(f"GATEWAY_{name.upper()}") or fields[name].default)
        for name in ("drain_notice_seconds", "drain_seconds")
    ]
    return sum(waits) + embedded_postgres.STOP_SECONDS


def _stop(process: subprocess.Popen[bytes], seconds: float) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
