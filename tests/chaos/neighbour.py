"""A local authority as `gateway serve` starts it, which may die and come back."""

import json
from pathlib import Path

from gateway.cli import authorities
from gateway.cli.authorities import LOCAL, Local
from gateway.cli.beside import Beside
from tests.chaos.stage import free_port


class Neighbour:
    """An authority's process; its addresses, keys and ledger outlive it.

    Args:
        name: Of its channel.
        data: The gateway's directory.
        schemas: The official files by which it judges.
    """

    def __init__(self, name: str, data: Path, schemas: Path) -> None:
        (self._local,) = [one for one in LOCAL if one.name == name]
        self._data, self._schemas = data, schemas
        self._beside: Beside | None = None
        _place(data / name, self._local)

    @property
    def url(self) -> str:
        """Its door for people."""
        assert self._beside is not None
        return self._beside.url

    @property
    def trust(self) -> Path:
        """The certificate of its CA."""
        return self._data / self._local.name / "ca.pem"

    def begin(self) -> None:
        """Begin to start it; `wait` for it."""
        self._beside = authorities.start(self._local, self._data, schemas=self._schemas)

    def wait(self) -> None:
        """Wait until it listens."""
        assert self._beside is not None
        self._beside.wait()

    def kill(self) -> None:
        """Kill it."""
        assert self._beside is not None
        self._beside.process.kill()
        self._beside.process.wait()
        self._beside.stop()

    def stop(self) -> None:
        """Stop it, if it lives."""
        if self._beside is not None:
            self._beside.stop()


def _place(home: Path, local: Local) -> None:
    """Choose its ports: some that nobody else is given while it is away."""
    home.mkdir(parents=True)
    known = {name: f"http://127.0.0.1:{free_port()}" for name in local.ports.values()}
    (home / "ready.json").write_text(json.dumps(known))
