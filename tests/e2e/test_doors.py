"""S12: two gateways over one database: what is taken away at one is dead at the other."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest

from gateway.demo.api import wait_until_ready
from gateway.demo.companies import SELLERS
from gateway.demo.server import environment_for
from tests.e2e.processes import Killable, free_port, gateway
from tests.kept_rules import shared_with

READY_SECONDS = 60
DEAD_SECONDS = 5
UNKNOWN = "gw_sandbox_" + "0" * 43 + "000000"


@pytest.fixture
def doors(
    serving_url: str, admin_url: str, tmp_path: Path
) -> Iterator[tuple[httpx2.Client, httpx2.Client]]:
    """Two processes, and a client of each with the same key of the account."""
    with ExitStack() as stack:
        shared_with(tmp_path / "data")
        shared = environment_for(tmp_path) | {
            "DATABASE_URL": serving_url,
            "GATEWAY_ADMIN_DATABASE_URL": admin_url,
        }
        made = gateway(shared, "api-keys", "create", "--account", "Platform")
        key = made.stdout.split()[-1]
        clients = []
        for log in ("one.log", "other.log"):
            port = free_port()
            server = Killable(shared | {"GATEWAY_PORT": str(port)}, tmp_path / log)
            stack.callback(server.stop)
            client = httpx2.Client(
                base_url=f"http://127.0.0.1:{port}",
                headers={"Authorization": f"Bearer {key}"},
                timeout=30,
                trust_env=False,
            )
            clients.append(stack.enter_context(client))
        for client in clients:
            wait_until_ready(client, seconds=READY_SECONDS)
        yield clients[0], clients[1]


def said(answer: httpx2.Response) -> tuple[int, object]:
    """Return an answer without what names the request."""
    body = answer.json()
    body.pop("instance", None)
    return answer.status_code, body


def check_a_revoked_key_is_dead_at_once_everywhere(
    doors: tuple[httpx2.Client, httpx2.Client], figures: Callable[..., None]
) -> None:
    one, other = doors
    made = one.post("/v1/api-keys", json={"name": "spare", "role": "writer"}).json()
    shown = {"Authorization": f"Bearer {made['key']}"}
    assert other.get("/v1/entities", headers=shown).status_code == 200
    assert one.delete(f"/v1/api-keys/{made['id']}").status_code == 204
    begun, answers = time.monotonic(), 0
    dead = 0.0
    while time.monotonic() - begun < 1:  # it stays dead
        for door in doors:
            answers += 1
            if door.get("/v1/entities", headers=shown).status_code != 401:
                dead = time.monotonic() - begun
    figures(answers=answers, dead_after=f"{dead:.2f} s")
    assert dead < DEAD_SECONDS
    refused = other.get("/v1/entities", headers=shown)
    never = other.get("/v1/entities", headers={"Authorization": f"Bearer {UNKNOWN}"})
    assert said(refused) == said(never), "a revoked key says no more than one that never was"


def check_a_link_is_worth_one_session_on_all_processes_together(
    doors: tuple[httpx2.Client, httpx2.Client],
) -> None:
    one, other = doors
    entity = one.post("/v1/entities", json=SELLERS["SI"]).json()["id"]
    place = f"/v1/entities/{entity}/users"
    body = {"email": "ana@example.com", "role": "editor"}
    user = one.post(place, json=body).json()["id"]
    made = one.post(f"{place}/{user}/tokens", json={}).json()
    begun = other.post("/v1/sessions", json={"token": made["token"]})
    assert begun.status_code == 201
    again = [door.post("/v1/sessions", json={"token": made["token"]}) for door in doors]
    assert [answer.status_code for answer in again] == [401, 401]
    session = {"Authorization": f"Bearer {begun.json()['token']}"}
    assert one.get("/v1/invoices", headers=session).status_code == 200
    assert other.delete("/v1/sessions/current", headers=session).status_code == 204
    assert [door.get("/v1/invoices", headers=session).status_code for door in doors] == [401, 401]


def check_a_secret_opens_the_door_that_it_was_made_for_and_no_other(
    doors: tuple[httpx2.Client, httpx2.Client],
) -> None:
    one, other = doors
    entity = one.post("/v1/entities", json=SELLERS["SI"]).json()["id"]
    place = f"/v1/entities/{entity}/users"
    body = {"email": "bor@example.com", "role": "editor", "send_invite": True}
    user = one.post(place, json=body).json()
    invitation = user["invitation"]["token"]
    link = one.post(f"{place}/{user['id']}/tokens", json={}).json()["token"]
    key = one.post("/v1/api-keys", json={"name": "x", "role": "auditor"}).json()["key"]
    for secret in (link, invitation):
        shown = {"Authorization": f"Bearer {secret}"}
        assert other.get("/v1/entities", headers=shown).status_code == 401
    for secret in (invitation, key):
        assert other.post("/v1/sessions", json={"token": secret}).status_code == 401
    for secret in (link, key):
        accept = other.post("/v1/invitations/accept", json={"token": secret})
        assert accept.status_code == 401
    assert other.post("/v1/sessions", json={"token": link}).status_code == 201
    assert other.post("/v1/invitations/accept", json={"token": invitation}).status_code == 201


def test_two_gateways_over_one_database_have_the_same_doors(
    doors: tuple[httpx2.Client, httpx2.Client], figures: Callable[..., None]
) -> None:
    check_a_revoked_key_is_dead_at_once_everywhere(doors, figures)
    check_a_link_is_worth_one_session_on_all_processes_together(doors)
    check_a_secret_opens_the_door_that_it_was_made_for_and_no_other(doors)
