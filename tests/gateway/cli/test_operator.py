"""`gateway lanes` and `gateway transmissions`: the operator's view over all tenants."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from gateway.cli.application import application
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.transmissions import queue
from gateway.transmissions.axes import Action, Transport
from gateway.transmissions.states import Fact
from gateway.transmissions.steps import Step, action
from tests.gateway.houses import House, Shop, opened

Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("operator") / "data") as one:
        yield one


@pytest.fixture
def run(house: House, monkeypatch: pytest.MonkeyPatch) -> Run:
    settings = house.runtime.settings
    assert settings.database_url is not None
    monkeypatch.setenv("DATABASE_URL", settings.database_url.get_secret_value())
    monkeypatch.setenv("GATEWAY_DATA", str(settings.data))

    def call(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(application, list(arguments))
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return call


def queued(house: House, country: str = "SI") -> tuple[Shop, str]:
    shop = Shop.opened(house, country)
    made = shop.issued()["transmissions"][0]["id"]
    return shop, str(made)


def taken_back(house: House, shop: Shop, made: str) -> None:
    """Leave a transmission as a chain does that goes on without its record."""
    runtime = house.runtime
    tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), "sandbox")
    steps = [
        Step("transmission.cancelled", Fact(transport=Transport.CANCELLED_BEFORE_SEND), {}),
        action(Action.REISSUE, "chain_closed"),
    ]
    with runtime.database.worker_transaction(tenant) as tx:
        held = runtime.journal.hold(tx, parse_id(made, "trn"))
        runtime.journal.record(tx, held, steps, clock.now(), lambda _: queue.CLOSED)


def of(run: Run, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    code, text = run(*arguments, "--json")
    assert code == 0, text
    return json.loads(text)


def test_what_is_not_finished_is_listed_over_all_tenants(house: House, run: Run) -> None:
    (shop, first), (_, second) = queued(house), queued(house, "DE")
    listed = {one["id"]: one for one in of(run, "transmissions", "list", "--limit", "1000")}
    assert {first, second} <= set(listed)
    assert listed[first]["entity_id"] == shop.entity
    assert (listed[first]["state"], listed[first]["failures"]) == ("queued", 0)
    mine = of(run, "transmissions", "list", "--entity", shop.entity)
    assert [one["id"] for one in mine] == [first]
    for options, count in (
        (("--channel", "sandbox-network"), 1),
        (("--channel", "sandbox"), 0),
        (("--older", "5"), 0),
        (("--stuck",), 0),
        (("--unknown", "--deferred"), 0),
    ):
        found = of(run, "transmissions", "list", "--entity", shop.entity, *options)
        assert len(found) == count, options
    house.sql(
        "update outbox set state = 'stuck', due_at = null, reason = 'deadline'"
        " where entity_id in (select entity_id from transmission) and id ="
        " (select max(id) from outbox)"
    )
    (stuck,) = of(run, "transmissions", "list", "--stuck")
    assert (stuck["id"], stuck["reason"], stuck["due_at"]) == (second, "deadline", None)
    code, table = run("transmissions", "list", "--stuck")
    assert code == 0
    assert second in table


def test_one_question_finds_all_that_wait_for_a_person(house: House, run: Run) -> None:
    (shop, refused), (_, _) = queued(house), queued(house)
    stuck = str(shop.issued()["transmissions"][0]["id"])
    shop.issued()
    house.sql(
        "update outbox set state = 'stuck', due_at = null where transmission_id = %s",
        parse_id(stuck, "trn"),
    )
    taken_back(house, shop, refused)
    of_shop = ("transmissions", "list", "--entity", shop.entity)
    listed = {one["id"]: one for one in of(run, *of_shop, "--stuck")}
    assert {name: one["state"] for name, one in listed.items()} == {
        refused: "closed",
        stuck: "stuck",
    }
    assert listed[refused]["action_required"] == "reissue"
    assert len(of(run, *of_shop)) == 2
    assert "reissue" in run(*of_shop, "--stuck")[1]
    asked = shop.get("/v1/transmissions?action_required=true")["data"]
    assert [one["id"] for one in asked] == [stuck, refused]
    assert len(shop.get("/v1/transmissions?action_required=false")["data"]) == 1
    assert run("transmissions", "resolve", refused, "rejected", "--reason", "issued anew")[0] == 0
    assert [one["id"] for one in of(run, *of_shop, "--stuck")] == [stuck]


def test_lanes_show_who_has_them_and_what_waits(house: House, run: Run) -> None:
    queued(house)
    lanes = of(run, "lanes")
    waiting = [one for one in lanes if one["waiting"]]
    assert waiting
    assert all(one["lane"].startswith("sandbox-network/") for one in lanes)
    assert all(one["owner"] is None for one in lanes)
    assert sum(one["due"] for one in lanes) >= 1
    assert run("lanes")[0] == 0


def test_one_is_shown_explained_and_replayed(house: House, run: Run) -> None:
    _, made = queued(house)
    shown = of(run, "transmissions", "show", made)
    assert (shown["id"], shown["headline"]["status"]) == (made, "scheduled")
    why = of(run, "transmissions", "why", made)
    assert why["events"][0]["moves"][0]["rule"] == "transport_step"
    replayed = of(run, "transmissions", "replay", made)
    assert (replayed["same"], replayed["issued_now"]["identical"]) == (True, True)
    for command in ("show", "why", "replay"):
        code, text = run("transmissions", command, made)
        assert code == 0, text


@pytest.mark.parametrize("command", ["show", "why", "replay"])
@pytest.mark.parametrize("name", ["trn_01jd0000000000000000000000", "nonsense"])
def test_what_does_not_exist_is_said(run: Run, command: str, name: str) -> None:
    assert run("transmissions", command, name)[0] == 1


def test_a_channel_is_stopped_and_goes_on(house: House, run: Run) -> None:
    queued(house)
    assert run("lanes", "pause", "sandbox-network", "--reason", "mending")[0] == 0
    assert {one["paused"] for one in of(run, "lanes")} == {"mending"}
    assert run("lanes", "resume", "sandbox-network")[0] == 0
    assert {one["paused"] for one in of(run, "lanes")} == {None}
    assert run("lanes", "pause", "nowhere", "--reason", "x")[0] == 1


def test_what_is_stuck_is_tried_again_resolved_or_taken_back(house: House, run: Run) -> None:
    shop, made = queued(house)

    def stick(*, in_doubt: bool) -> None:
        house.sql(
            "update outbox set state = 'stuck', due_at = null, in_doubt = %s"
            " where entity_id = (select entity_id from transmission order by id desc limit 1)",
            in_doubt,
        )

    def state() -> str:
        (one,) = of(run, "transmissions", "list", "--entity", shop.entity)
        return str(one["state"])

    stick(in_doubt=True)
    assert run("transmissions", "retry", made, "--reason", "again")[0] == 1
    assert run("transmissions", "cancel", made, "--reason", "mine")[0] == 1
    assert state() == "stuck"
    stick(in_doubt=False)
    assert run("transmissions", "retry", made, "--reason", "again")[0] == 0
    assert state() == "queued"
    why = of(run, "transmissions", "why", made)
    (told,) = [one for one in why["events"] if one["type"] == "transmission.retried"]
    assert (told["data"]["actor"]["kind"], told["data"]["reason"]) == ("operator", "again")
    stick(in_doubt=True)
    assert run("transmissions", "resolve", made, "maybe", "--reason", "x")[0] == 2
    code, text = run("transmissions", "resolve", made, "accepted", "--reason", "they said so")
    assert (code, text.split()) == (0, ["submitted", "accepted", "none"])
    why = of(run, "transmissions", "why", made)
    rules = {move["rule"] for one in why["events"] for move in one["moves"]}
    assert "decided_by_person" in rules
    assert of(run, "transmissions", "list", "--entity", shop.entity) == []


def test_what_was_never_sent_is_taken_back(house: House, run: Run) -> None:
    _, made = queued(house)
    code, text = run("transmissions", "cancel", made, "--reason", "mine")
    assert (code, text.split()[0]) == (0, "cancelled_before_send")
