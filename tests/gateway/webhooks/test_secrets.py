"""S8: secrets of endpoints are in no log, no answer but the first, no event and no dump."""

import logging

import psycopg
import pytest
from psycopg import sql

from gateway.kit import logs
from tests.gateway.webhooks.conftest import Desk
from tests.gateway.webhooks.receivers import receiving


def test_a_secret_is_nowhere_but_in_the_first_answer(
    desk: Desk,
    admin_url: str,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    with receiving(lambda one: (500, {}, one.headers["webhook-signature"].encode())) as receiver:
        endpoint = desk.endpoint(receiver.url)
        canary = endpoint["secret"].removeprefix("whsec_")
        turned = desk.account.call("POST", desk.path(endpoint, "/rotate-secret"), {}).json()
        canaries = (canary, turned["secret"].removeprefix("whsec_"))
        desk.happens()
        courier = desk.courier()
        courier.sweep()
        courier.deliver_due()
    said = [
        desk.account.call("GET", path).text
        for path in (
            "/v1/webhook-endpoints",
            desk.path(endpoint),
            desk.path(endpoint, "/deliveries"),
            f"/v1/events?entity_id={desk.entity}",
            "/openapi.json",
        )
    ]
    bad = desk.account.call("POST", "/v1/webhook-endpoints", {"url": "x", "secret": "whsec_YQ=="})
    assert "YQ==" not in bad.text
    with psycopg.connect(admin_url) as connection:
        tables = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'public'"
        ).fetchall()
        for (table,) in tables:
            rows = connection.execute(
                sql.SQL("select t::text from {} t").format(sql.Identifier(table))
            ).fetchall()
            said.append(str(rows))
    said += [caplog.text, *capsys.readouterr()]
    for one in canaries:
        assert not [text for text in said if one in text or one.encode().hex() in text]


def test_a_secret_that_is_logged_by_mistake_is_hidden() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - the one of the specification
    hidden = logs.hide_secrets(None, "info", {"event": f"made {secret} just now"})
    assert secret not in str(hidden)
