"""The figures for Prometheus: what they say, and that they say it about nobody."""

import re
import socket
from collections.abc import Iterator

import httpx2
import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from gateway.kit import metrics
from gateway.kit.database import Database
from gateway.monitoring.lookup import shown
from gateway.monitoring.server import watched
from gateway.runtime import Runtime
from tests.gateway.transmissions.stage import Stage


def samples(text: str, name: str) -> dict[tuple[tuple[str, str], ...], float]:
    """Return the samples of one name, by their labels."""
    return {
        tuple(sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name
    }


def of(**labels: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(labels.items()))


def test_what_waits_is_counted_by_channel_and_state(stage: Stage) -> None:
    made = [stage.queue(number=f"R-{number}") for number in range(3)]
    text = shown(stage.database, stage.archive)
    queued = of(channel="sandbox-network", state="queued")
    assert samples(text, "gateway_outbox_rows") == {queued: 3}
    assert 0 <= samples(text, "gateway_outbox_oldest_seconds")[queued] < 60
    channel = of(channel="sandbox-network")
    assert samples(text, "gateway_lanes_due") == {channel: 1}
    assert samples(text, "gateway_lane_oldest_due_seconds")[channel] < 60
    assert samples(text, "gateway_lanes_taken") == {channel: 0}
    assert samples(text, "gateway_database_up") == {(): 1}
    with stage.working():
        for one in made:
            stage.until_answered(one)
    text = shown(stage.database, stage.archive)
    assert samples(text, "gateway_outbox_rows") == {}
    assert samples(text, "gateway_archive_leaves")[()] >= 3
    used = samples(text, "gateway_database_connections")
    assert used[of(role="gw_worker", kind="most")] == 4


def test_what_stands_still_is_counted_too(stage: Stage, admin_url: str) -> None:
    stage.queue(number="R-1")
    with psycopg.connect(admin_url) as connection:
        connection.execute("update outbox set state = 'stuck', due_at = null")
        connection.execute(
            "insert into breaker (key, failures, openings, open_until, down_since, updated_at)"
            " values ('c/h:1', 5, 1, now() + interval '1 hour', now() - interval '5 minutes',"
            " now()), ('c/h:2', 1, 0, null, now(), now()), ('c/h:3', 0, 0, null, null, now())"
        )
        connection.execute("insert into channel_pause values ('c', 'mending', 'me', now())")
    text = shown(stage.database, stage.archive)
    stuck = of(channel="sandbox-network", state="stuck")
    assert samples(text, "gateway_outbox_rows") == {stuck: 1}
    assert samples(text, "gateway_outbox_person_rows") == {of(channel="sandbox-network"): 1}
    assert samples(text, "gateway_lanes_due") == {}
    assert samples(text, "gateway_breakers") == {
        of(channel="c", state="closed"): 1,
        of(channel="c", state="open"): 1,
    }
    assert 300 <= samples(text, "gateway_endpoint_away_seconds")[of(channel="c")] < 400
    assert samples(text, "gateway_channel_paused") == {of(channel="c"): 1}


def counted(name: str, **labels: str) -> float:
    return metrics.REGISTRY.get_sample_value(name, labels) or 0


def test_what_the_worker_does_is_counted(stage: Stage) -> None:
    channel = "sandbox-network"
    sent = {"channel": channel, "purpose": "send", "outcome": "acknowledged"}
    signal = {"channel": channel, "layer": "buyer", "reception": "taken"}
    names = (
        ("gateway_attempts_total", sent),
        ("gateway_attempt_seconds_count", {"channel": channel, "purpose": "send"}),
        ("gateway_issue_to_wire_seconds_count", {"channel": channel}),
        ("gateway_signals_total", signal),
    )
    before = [counted(name, **labels) for name, labels in names]
    one = stage.queue(number="R-1")
    with stage.working():
        stage.until_answered(one)
    after = [counted(name, **labels) for name, labels in names]
    assert [b - a for a, b in zip(before, after, strict=True)] == [1, 1, 1, 1]


def test_no_figure_names_a_tenant(stage: Stage) -> None:
    one = stage.queue(number="R-secret")
    with stage.working():
        stage.until_answered(one)
    stage.queue(number="R-2")
    text = shown(stage.database, stage.archive)
    view = stage.view(one)
    names = [view.id, view.document_id, view.message_id, view.sender, view.receiver]
    names += [stage.owner.account_id, *stage.owner.entity_ids, "R-secret"]
    assert not [name for name in names if str(name) in text]
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", text)


def test_without_a_database_the_rest_is_still_shown(stage: Stage) -> None:
    text = shown(Database("postgresql://nobody@127.0.0.1:1/none"), stage.archive)
    assert samples(text, "gateway_database_up") == {(): 0}
    assert samples(text, "gateway_outbox_rows") == {}
    assert samples(text, "process_open_fds")[()] > 0


def test_requests_count_by_template_and_strangers_make_no_series(client: TestClient) -> None:
    def counted(method: str, route: str, status: str) -> float:
        labels = {"method": method, "route": route, "status": status}
        return metrics.REGISTRY.get_sample_value("gateway_requests_total", labels) or 0

    before = counted("GET", "/problems/{name}", "404"), counted("OTHER", "none", "404")
    for number in range(3):
        client.get(f"/problems/none-{number}")
        client.request(f"BREW{number}", f"/nowhere/{number}")
    after = counted("GET", "/problems/{name}", "404"), counted("OTHER", "none", "404")
    assert (after[0] - before[0], after[1] - before[1]) == (3, 3)


@pytest.fixture
def port(runtime: Runtime) -> Iterator[str]:
    def figures() -> bytes:
        return shown(runtime.database, runtime.archive).encode()

    with watched("127.0.0.1", 0, runtime.vitals, figures) as url:
        assert url is not None
        yield url


def test_a_port_of_its_own_shows_figures_health_and_readiness(port: str, runtime: Runtime) -> None:
    figures = httpx2.get(f"{port}/metrics")
    assert figures.headers["Content-Type"].startswith("text/plain; version=")
    assert samples(figures.text, "gateway_database_up") == {(): 1}
    assert httpx2.get(f"{port}/health").json() == {"status": "ok"}
    assert httpx2.get(f"{port}/ready").json()["status"] == "ready"
    runtime.vitals.draining.set()
    try:
        answer = httpx2.get(f"{port}/ready")
    finally:
        runtime.vitals.draining.clear()
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/not-ready")
    assert httpx2.get(f"{port}/v1/account").status_code == 404
    assert httpx2.post(f"{port}/metrics").status_code == 501


def test_the_public_port_shows_no_figures(client: TestClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_a_port_that_is_taken_is_an_error_and_none_shows_nothing(runtime: Runtime) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(OSError, match="in use"),
            watched("127.0.0.1", port, runtime.vitals, bytes),
        ):
            pass
    with watched("127.0.0.1", None, runtime.vitals, bytes) as url:
        assert url is None
