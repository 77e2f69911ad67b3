"""A publisher, a cache, and artefacts that are to be had from the one for the other."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from gateway.artefacts.policy import Policy
from gateway.artefacts.sync import Result, sync
from schemas import Catalog, Declaration, Kind, Manifest, Relation, Source, SourceType
from tests.gateway.artefacts.publisher import Publisher, certificate, published

ID = "org.example:rules:1"
RULES = b"<rules/>"
QUICK = Policy(
    attempts=3,
    wait_seconds=0.01,
    connect_seconds=2,
    silence_seconds=2,
    transfer_seconds=10,
    most_bytes=1_000_000,
    lock_seconds=30,
)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def declared(*sources: Source, identifier: str = ID, entry: str = "rules.sch") -> Declaration:
    return Declaration(
        id=identifier,
        kind=Kind.SCHEMATRON,
        title="Rules",
        publisher="Example",
        licence="none",
        homepage="https://example.org",
        in_force_from=date(2026, 1, 1),
        in_force_until=None,
        earlier=None,
        entry=entry,
        sources=sources,
    )


def addressed(publisher: Publisher, **files: bytes) -> Source:
    """A source of single files; `rules` is the file `rules.sch`."""
    named = {f"{name.replace('__', '/')}.sch": sha256(body) for name, body in files.items()}
    return Source(
        type=SourceType.ADDRESS,
        base="",
        relation=Relation.IDENTICAL,
        files=named or {"rules.sch": sha256(RULES)},
        address=publisher.address,
    )


@dataclass
class House:
    """A cache, and what is declared."""

    cache: Path
    declarations: tuple[Declaration, ...] = ()

    def declare(self, *declarations: Declaration) -> None:
        self.declarations = declarations

    @property
    def catalog(self) -> Catalog:
        """A catalogue that has found nothing yet."""
        return Catalog(cache=self.cache, manifest=Manifest(self.declarations))

    def sync(
        self,
        policy: Policy = QUICK,
        directory: Path | None = None,
        *,
        dry_run: bool = False,
        **changes: float,
    ) -> list[Result]:
        policy = replace(policy, **changes)  # type: ignore[arg-type]
        return list(
            sync(
                self.catalog,
                self.declarations,
                policy=policy,
                directory=directory,
                dry_run=dry_run,
            )
        )

    def one(self, **changes: float) -> Result:
        (result,) = self.sync(**changes)  # type: ignore[arg-type]
        return result

    def left(self) -> set[str]:
        """Every file of the cache, without the lock."""
        return {
            path.relative_to(self.cache).as_posix()
            for path in self.cache.rglob("*")
            if path.is_file() and path.name != ".lock"
        }


@pytest.fixture(scope="session")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The publisher's key and certificate."""
    return certificate(tmp_path_factory.mktemp("publisher") / "publisher.pem")


@pytest.fixture
def publisher(pem: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """A publisher whom this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with published(pem) as publisher:
        yield publisher


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "data" / "schemas")
