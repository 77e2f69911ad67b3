"""The command line as its users call it: a process, its output, its exit code."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gateway.cli.application import application
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests import forks
from tests.gateway.houses import Shop, opened
from tests.kept_rules import shared_with


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever it printed
        return json.loads(self.out)


@dataclass(frozen=True)
class Gateway:
    """The command `gateway` with a data directory of its own."""

    home: Path

    @property
    def settings(self) -> dict[str, str]:
        return {
            "GATEWAY_DATA": str(shared_with(self.home / "data")),
            "GATEWAY_POSTGRES_HOME": str(self.home / "database"),
        }

    def __call__(self, *arguments: str | Path, **environment: str) -> Done:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GATEWAY_", "DATABASE_"))}
        done = forks.gateway(arguments, kept | self.settings | environment)
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def within(self, *arguments: str) -> Done:
        """Run a command in this process: where the start of one is not what is tested.

        Raises:
            Exception: What would have been a traceback.
        """
        foreign = [name for name in os.environ if name.startswith(("GATEWAY_", "DATABASE_"))]
        environment = {**dict.fromkeys(foreign), **self.settings}
        done = CliRunner().invoke(application, list(arguments), env=environment)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Done(done.exit_code, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def gateway(open_directory: Path) -> Iterator[Gateway]:
    """The command, with an installation that the commands of this session share."""
    home = open_directory / "cli"
    home.mkdir(mode=0o711)
    with EmbeddedPostgres(home / "database"):  # each command joins it, which is quicker
        yield Gateway(home)


@pytest.fixture(scope="module")
def exported(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[bytes, str]]:
    """A bundle, and the key of the log it comes from."""
    with opened(postgres, tmp_path_factory.mktemp("house")) as house:
        shop = Shop.opened(house)
        document = shop.issued()["id"]
        content = shop.call("GET", f"/v1/documents/{document}/bundle").content
        yield content, shop.call("GET", "/v1/log/key").text.strip()
