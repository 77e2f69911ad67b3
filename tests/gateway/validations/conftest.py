"""`gateway validate` as its users call it: a process, its output, its exit code."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from formats.conversion import convert
from formats.registry import PROFILES
from tests import forks
from tests.formats.samples import invoice
from tests.kept_rules import shared_with


@dataclass(frozen=True)
class Done:
    """What the command left behind."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The lines of `--output jsonl`."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Validate:
    """The command, with a data directory of its own."""

    home: Path
    schemas: Path | None = None

    def __call__(
        self, *arguments: str | Path, stdin: bytes | None = None, **environment: str
    ) -> Done:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GATEWAY_", "DATABASE_"))}
        settings = {"GATEWAY_DATA": str(self.home)}
        if self.schemas is not None:
            settings["GATEWAY_SCHEMAS_DIR"] = str(self.schemas)
        done = forks.gateway(
            ("validate", *arguments), kept | settings | environment, given=stdin or b""
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Validate:
    """The command on a machine that has what the installed packages carry, and no more."""
    return Validate(shared_with(tmp_path_factory.mktemp("bare")))


@pytest.fixture(scope="session")
def validate(tmp_path_factory: pytest.TempPathFactory, official: Path) -> Validate:
    """The command with every official file."""
    return Validate(shared_with(tmp_path_factory.mktemp("installed")), official)


@pytest.fixture(scope="session")
def good() -> bytes:
    """An invoice of plain EN 16931, which every installation can judge completely."""
    return convert(PROFILES["peppol-bis-3"].write(invoice()), PROFILES["en16931-ubl"]).content


@pytest.fixture(scope="session")
def wrong(good: bytes) -> bytes:
    """The same with another total (BR-CO-15)."""
    place = good.index(b">", good.index(b"<cbc:TaxInclusiveAmount")) + 1
    digit = b"8" if good[place : place + 1] != b"8" else b"7"
    return good[:place] + digit + good[place + 1 :]


@pytest.fixture
def files(tmp_path: Path, good: bytes, wrong: bytes) -> dict[str, Path]:
    """Files of every verdict, by name."""
    contents = {
        "good": good,
        "wrong": wrong,
        "unknown": good.replace(b"urn:cen.eu:en16931:2017", b"urn:somebody.else"),
        "broken": b"<Invoice>",
        "doctype": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>',
    }
    paths = {name: tmp_path / f"{name}.xml" for name in contents}
    for name, content in contents.items():
        paths[name].write_bytes(content)
    return paths
