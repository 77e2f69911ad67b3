"""What keeps a row from going on and is no fault of the row: it waits, and is never given up."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from formats.signatures.signer import Signer
from gateway.kit.database import Database
from gateway.kit.tenancy import TenantTransaction
from gateway.signing.problems import KeyUnusableProblem
from gateway.transmissions import service, worker
from gateway.transmissions.adapter import Contexts, Message, Request
from gateway.transmissions.routes import ROUTES, Route
from tests.gateway.transmissions.desk import CHANNEL, QUICK, Desk, desk

HASTY = replace(QUICK, poison_after=2)


@dataclass(frozen=True)
class Shown:
    """A credential that is there."""

    id: str = "sgk_1"

    @property
    def signer(self) -> Signer:
        raise AssertionError("nothing is signed here")

    @property
    def tls(self) -> Contexts:
        raise AssertionError("no connection is opened here")


@dataclass
class Vault:
    """A vault that is locked for so many looks."""

    locked: int
    looks: int = 0

    def __call__(
        self,
        tx: TenantTransaction,
        purpose: str,
        *,
        at: datetime.datetime,
        secret: str | None = None,
    ) -> Shown:
        del tx, at
        assert (purpose, secret) == ("client-tls", None)
        self.looks += 1
        if self.looks <= self.locked:
            raise KeyUnusableProblem("locked", "The token is away.")
        return Shown()


@pytest.fixture
def small(
    database: Database, admin_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """The engine over a channel that shows a certificate."""
    shown = Route(CHANNEL, "sandbox", lanes=None, credential="client-tls")
    routes = {**ROUTES, CHANNEL: shown}
    monkeypatch.setattr(service, "ROUTES", routes)
    monkeypatch.setattr(worker, "ROUTES", routes)
    monkeypatch.setattr(worker, "route_of", lambda key: routes[key.partition("/")[0]])
    with desk(database, admin_url, tmp_path) as made:
        yield made


def test_a_locked_vault_is_waited_for_and_makes_no_dead_letter(small: Desk) -> None:
    sent, vault = small.queue(), Vault(locked=7)
    with small.working(HASTY, vault):
        small.until_state(sent, "closed")
    assert vault.looks == 8
    assert small.types(sent) == ["queued", "submitting", "submitted"]
    assert len(small.authority.tries) == 1


def test_a_vault_that_stays_locked_asks_for_a_person_once_and_goes_on(small: Desk) -> None:
    sent, vault = small.queue(), Vault(locked=10_000)
    with small.working(replace(HASTY, escalate_after=timedelta(seconds=0.3)), vault):
        small.until(lambda: small.view(sent).action_required == "stuck")
        looks = vault.looks
        small.until(lambda: vault.looks >= looks + 3)
        row = small.row(sent)
        assert (row.state, row.reason) == ("queued", "key-unusable")
        assert row.due_at is not None
        vault.locked = 0
        small.until_state(sent, "closed")
    assert small.view(sent).action_required is None
    assert small.types(sent) == ["queued", "action_required", "submitting", "submitted"]


def test_only_what_nobody_foresaw_counts_as_poison(small: Desk) -> None:
    sent, vault = small.queue(), Vault(locked=4)
    whole, failures = small.authority.prepare, [ValueError("our own mistake")]

    def prepare(message: Message) -> Request:
        if failures:
            raise failures.pop()
        return whole(message)

    small.authority.prepare = prepare  # type: ignore[method-assign] # a bug that passes
    with small.working(HASTY, vault):
        small.until_state(sent, "closed")
    assert "action_required" not in small.types(sent)
