"""`gateway retention`: a destruction is listed, proposed, looked at, rejected and approved."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx2
import pytest
from typer.testing import CliRunner

from gateway.cli import remote
from gateway.cli.application import application
from tests.gateway.houses import Json, Shop
from tests.gateway.retention.deeds import old, person, sold

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command against the gateway of this process, with a key of the shop's by default."""

    @contextmanager
    def here(url: str, key: str, entity: str | None) -> Iterator[httpx2.Client]:
        assert url == "http://here"
        client, own = (
            shop.house.client,
            {"Authorization": f"Bearer {key}", "Entity-Id": str(entity)},
        )
        client.headers.update(own)
        try:
            yield client
        finally:
            for name in own:
                del client.headers[name]

    monkeypatch.setattr(remote, "opened", here)

    def call(*arguments: str, key: str = shop.key) -> tuple[int, str]:
        given = [*arguments, "--key", key, "--entity", shop.entity, "--url", "http://here"]
        done = CliRunner().invoke(application, ["retention", *given])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.stdout

    return call


def listed(run: Run, *arguments: str) -> list[Json]:
    code, text = run(*arguments, "--json")
    assert code == 0
    found: list[Json] = json.loads(text[text.index("[\n") :])  # after the log of the gateway
    return found


def test_a_destruction_is_proposed_rejected_and_approved(shop: Shop, run: Run) -> None:
    past, other = old(shop), shop.account.new_key()
    code, text = run("propose-destruction", "--reason", "spring", "--document", past)
    assert code == 0
    first = text.split()[-1]
    assert run("approve-destruction", first)[0] == 2  # by whoever proposed it
    assert run("reject-destruction", first, "--reason", "not yet")[0] == 0
    code, text = run("propose-destruction", "--reason", "spring")
    second = text.split()[-1]
    assert run("approve-destruction", second, "--reason", "read", key=other)[0] == 0
    assert [(one["id"], one["state"], one["reason"]) for one in listed(run, "destructions")] == [
        (second, "approved", "spring"),
        (first, "rejected", "spring"),
    ]
    [document] = listed(run, "destruction", second)
    assert (document["id"], document["state"]) == (past, "listed")
    found = shop.get(f"/v1/retention/destructions/{second}")
    assert (found["decision_reason"], found["proposed_by"] != found["decided_by"]) == (
        "read",
        True,
    )


def test_nothing_to_destroy_is_said(run: Run) -> None:
    assert run("propose-destruction", "--reason", "spring")[0] == 2


def test_an_erasure_is_asked_for_rejected_and_approved(shop: Shop, run: Run) -> None:
    customer = person(shop)
    kept = sold(shop, customer, "2026-03-01")
    code, text = run("request-erasure", customer)
    assert code == 0
    first = text.split()[-1]
    assert run("approve-erasure", first)[0] == 2  # by whoever asked for it
    assert run("reject-erasure", first, "--reason", "he changed his mind")[0] == 0
    second = run("request-erasure", customer, "--reason", "letter")[1].split()[-1]
    assert run("approve-erasure", second, key=shop.account.new_key())[0] == 0
    assert [(one["id"], one["state"]) for one in listed(run, "erasures")] == [
        (second, "approved"),
        (first, "rejected"),
    ]
    assert [(one["id"], one["kept_because"]) for one in listed(run, "erasure", second)] == [
        (kept, "kept")
    ]
