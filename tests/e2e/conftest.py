"""The gateway as its users meet it: processes of their own, real sockets, a real database."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from gateway.demo.api import Api, wait_until_ready
from gateway.demo.server import Server
from tests.kept_rules import shared_with


def settings_for(home: Path) -> dict[str, str]:
    """Environment of a test's own gateway."""
    shared_with(home / "data")
    return {"GATEWAY_POSTGRES_HOME": str(home / "database")}


def client(server: Server, key: str | None = None) -> httpx2.Client:
    return httpx2.Client(
        base_url=server.url,
        headers={"Authorization": f"Bearer {key or server.key}"},
        timeout=60,
        trust_env=False,
    )


@pytest.fixture(scope="session")
def server(open_directory: Path, official: Path) -> Iterator[Server]:
    """A whole gateway with every official rule set at hand."""
    home = open_directory / "e2e"
    home.mkdir(mode=0o711)
    more = settings_for(home) | {"GATEWAY_SCHEMAS_DIR": str(official)}
    with Server.started(home, more=more) as started, client(started) as http:
        wait_until_ready(http, seconds=60)
        yield started


@pytest.fixture(scope="session")
def http(server: Server) -> Iterator[httpx2.Client]:
    with client(server) as opened:
        yield opened


@pytest.fixture(scope="session")
def api(http: httpx2.Client) -> Api:
    return Api(http)
