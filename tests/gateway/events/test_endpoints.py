"""The feed over HTTP: waiting, waking, and whose it is."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import psycopg
import pytest

from gateway.kit.database import Database
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import Tenant
from gateway.tenants.keys import Key
from tests.gateway.archive import seed
from tests.gateway.transmissions.stage import MASTER, Stage, staged


@pytest.fixture
def stage(database: Database, admin_url: str, tmp_path: Path) -> Iterator[Stage]:
    with staged(database, admin_url, tmp_path, push=False) as made:
        yield made


def api_key(admin_url: str, owner: Tenant, *, account: bool = False) -> str:
    """Make a key of the entity, or of its whole account."""
    key, id_ = Key.new("sandbox"), new_id()
    with psycopg.connect(admin_url) as connection:
        connection.execute(
            "insert into api_key (account_id, id, entity_id, environment, role, name, hint, hash,"
            " origin, created_at)"
            " values (%s, %s, %s, 'sandbox', 'writer', 'k', %s, %s, %s, now())",
            [
                owner.account_id,
                id_,
                None if account else owner.entity_ids[0],
                key.hint,
                key.hash(MASTER),
                public_id("key", id_),
            ],
        )
    return key.text


def get(stage: Stage, path: str, key: str, **parameters: object) -> httpx2.Response:
    return stage.network.client.get(
        f"{stage.url}{path}",
        params={name: str(value) for name, value in parameters.items()},
        headers={"Authorization": f"Bearer {key}"},
        timeout=40,
    )


def test_the_feed_names_documents_and_transmissions_publicly(stage: Stage) -> None:
    transmission = stage.queue()
    answer = get(stage, "/v1/events", api_key(stage.admin_url, stage.owner), wait=5)
    assert answer.status_code == 200
    (event,) = answer.json()["data"]
    view = stage.view(transmission)
    assert event["type"] == "transmission.queued"
    assert event["document_id"] == public_id("inv", view.document_id)
    assert event["transmission_id"] == public_id("trn", transmission)


def test_a_waiting_caller_is_woken_by_what_happens(stage: Stage) -> None:
    key = api_key(stage.admin_url, stage.owner)
    cursor = get(stage, "/v1/events", key).json()["cursor"]
    threading.Timer(0.7, stage.queue).start()
    started = time.monotonic()
    answer = get(stage, "/v1/events", key, after=cursor, wait=20)
    waited = time.monotonic() - started
    assert [event["type"] for event in answer.json()["data"]] == ["transmission.queued"]
    assert 0.5 < waited < 19


def test_without_news_the_wait_ends_in_time_with_the_same_cursor(stage: Stage) -> None:
    key = api_key(stage.admin_url, stage.owner)
    cursor = get(stage, "/v1/events", key).json()["cursor"]
    started = time.monotonic()
    answer = get(stage, "/v1/events", key, after=cursor, wait=1).json()
    assert (answer["data"], answer["cursor"]) == ([], cursor)
    assert 0.9 < time.monotonic() - started < 30


def test_waiters_do_not_hold_database_connections(stage: Stage) -> None:
    """More callers wait than there are connections, and somebody still gets an answer."""
    key = api_key(stage.admin_url, stage.owner)
    cursor = get(stage, "/v1/events", key).json()["cursor"]
    waiting = [
        threading.Thread(
            target=get, args=(stage, "/v1/events", key), kwargs={"after": cursor, "wait": 3}
        )
        for _ in range(25)
    ]
    for thread in waiting:
        thread.start()
    time.sleep(0.5)
    assert get(stage, "/v1/events", key, after=cursor).status_code == 200
    for thread in waiting:
        thread.join()


def test_nobody_reads_a_foreign_feed(stage: Stage) -> None:
    stage.queue()
    stranger = seed.tenant(stage.admin_url)
    strangers = api_key(stage.admin_url, stranger)
    own = public_id("ent", stage.owner.entity_ids[0])
    assert get(stage, "/v1/events", strangers).json()["data"] == []
    assert get(stage, "/v1/events", strangers, entity_id=own).status_code == 404
    account = api_key(stage.admin_url, stranger, account=True)
    assert get(stage, "/v1/events", account, entity_id=own).status_code == 404
    assert get(stage, "/v1/events", account).status_code == 400
    assert get(stage, "/v1/events", "nonsense").status_code == 401


def test_a_transmission_is_read_and_listed(stage: Stage) -> None:
    transmission = stage.queue()
    key = api_key(stage.admin_url, stage.owner)
    document = public_id("inv", stage.view(transmission).document_id)
    shown = get(stage, f"/v1/transmissions/{public_id('trn', transmission)}", key)
    assert (shown.status_code, shown.json()["transport"]) == (200, "queued")
    listed = get(stage, "/v1/transmissions", key, document_id=document)
    assert listed.json()["data"] == [shown.json()]


def test_a_foreign_transmission_answers_like_one_that_never_was(stage: Stage) -> None:
    transmission = stage.queue()
    strangers = api_key(stage.admin_url, seed.tenant(stage.admin_url))
    document = public_id("inv", stage.view(transmission).document_id)
    addresses = [
        (f"/v1/transmissions/{public_id('trn', transmission)}", {}),
        (f"/v1/transmissions/{public_id('trn', new_id())}", {}),
        ("/v1/transmissions/nonsense", {}),
        ("/v1/transmissions", {"document_id": document}),
        ("/v1/transmissions", {"document_id": public_id("inv", new_id())}),
        ("/v1/transmissions", {"document_id": document.replace("inv_", "crn_")}),
    ]
    for path, parameters in addresses:
        answer = get(stage, path, strangers, **parameters)
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found"), path
