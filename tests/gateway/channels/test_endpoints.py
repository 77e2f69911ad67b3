"""The door for signals: signed, once, and never broken by what knocks."""

import secrets
from uuid import UUID

import httpx2
import pytest

from gateway.kit import clock
from gateway.sandbox.network.identity import Identity, open_identity
from tests.gateway.transmissions.stage import Stage


def push(stage: Stage, content: str | bytes) -> httpx2.Response:
    return stage.network.client.post(
        f"{stage.url}/v1/channels/sandbox-network/signals",
        content=content,
        headers={"Content-Type": "application/jose+json"},
    )


def sealed(stage: Stage, transmission: UUID, layer: str, code: str, **members: object) -> str:
    """Sign a signal as the network would; it keeps its keys in its data directory."""
    identity: Identity = open_identity(stage.network.data, clock.now())
    statement = {
        "message_id": stage.view(transmission).message_id,
        "signal_id": secrets.token_hex(8),
        "layer": layer,
        "code": code,
        "at": clock.now().isoformat(),
    }
    return identity.seal("signal", statement | members)


def test_a_signal_for_a_message_still_in_the_queue_proves_its_arrival(stage: Stage) -> None:
    transmission = stage.queue()
    answer = push(stage, sealed(stage, transmission, "network", "AP"))
    assert (answer.status_code, answer.json()) == (200, {"known": False})
    view = stage.view(transmission)
    assert (view.transport, view.regulatory) == ("delivered", "accepted")


def test_a_signal_that_comes_twice_is_recorded_once(stage: Stage) -> None:
    transmission = stage.queue()
    content = sealed(stage, transmission, "buyer", "AP")
    assert push(stage, content).json() == {"known": False}
    assert push(stage, content).json() == {"known": True}
    assert stage.types(transmission) == ["queued", "response"]


def test_contradicting_verdicts_keep_the_first_and_ask_for_a_person(stage: Stage) -> None:
    transmission = stage.queue()
    for code in ("AP", "RE"):
        assert push(stage, sealed(stage, transmission, "network", code)).status_code == 200
    view = stage.view(transmission)
    assert view.regulatory == "accepted"
    assert str(view.action_required).startswith("contradiction")


def test_a_signal_about_an_unknown_message_answers_404(stage: Stage) -> None:
    transmission = stage.queue()
    content = sealed(stage, transmission, "network", "AP", message_id="nobody's")
    assert push(stage, content).status_code == 404


def test_a_strangers_signal_answers_401_and_changes_nothing(
    stage: Stage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    transmission = stage.queue()
    stranger = open_identity(tmp_path_factory.mktemp("stranger"), clock.now())
    message_id = stage.view(transmission).message_id
    content = stranger.seal("signal", {"message_id": message_id, "layer": "network", "code": "RE"})
    answer = push(stage, content)
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/signature-invalid")
    assert stage.types(transmission) == ["queued"]


@pytest.mark.parametrize(
    "members",
    [
        {"code": "XX"},
        {"layer": "weather"},
        {"at": "yesterday"},
        {"at": "2026-11-21T00:00:00"},
        {"signal_id": "../../x"},
        {"signal_id": ""},
        {"signal_id": "ž"},  # it names a file, and a header has no such letter
        {"message_id": 7},
        {"message_id": None},
    ],
)
def test_a_signed_signal_that_makes_no_sense_answers_400(
    stage: Stage, members: dict[str, object]
) -> None:
    transmission = stage.queue()
    layer, code = str(members.pop("layer", "network")), str(members.pop("code", "AP"))
    assert push(stage, sealed(stage, transmission, layer, code, **members)).status_code == 400
    assert stage.types(transmission) == ["queued"]


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 400),
        (b"\x00\xff", 400),
        (b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", 400),
        (b"[" * 100_000, 400),
        (b'{"payload": "", "protected": "", "signature": ""}', 400),
        (b'{"payload":"e30","protected":"e30","signature":"AA"}', 401),
        (b'"' + b"x" * 2_000_000 + b'"', 413),
    ],
)
def test_hostile_bodies_are_refused_without_a_failure(
    stage: Stage, content: bytes, status: int
) -> None:
    assert push(stage, content).status_code == status
