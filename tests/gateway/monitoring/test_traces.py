"""One trace from the request to the verdict; no span says whose it is."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from starlette.testclient import TestClient
from typing_extensions import override

from gateway.channels.wire import Wire
from gateway.kit import tracing
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.transmissions.adapter import Request
from tests.gateway.houses import House, Shop, opened
from tests.gateway.monitoring.memory import MemorySpan, MemoryTracer
from tests.gateway.transmissions.stage import Stage

GIVEN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
TRACE = 0x0AF7651916CD43DD8448EB211C80319C


@pytest.fixture
def tracer(monkeypatch: pytest.MonkeyPatch) -> MemoryTracer:
    made = MemoryTracer()
    monkeypatch.setattr(tracing, "tracer", lambda: made)
    return made


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("traces") / "data") as one:
        yield one


def of_trace(tracer: MemoryTracer, trace_id: int) -> dict[str, list[MemorySpan]]:
    found: dict[str, list[MemorySpan]] = {}
    for one in tracer.spans:
        if one.context.trace_id == trace_id:
            found.setdefault(one.name, []).append(one)
    return found


def test_a_request_goes_on_with_the_trace_that_its_caller_names(
    client: TestClient, tracer: MemoryTracer
) -> None:
    client.get("/problems/nothing-like-it", headers={"traceparent": GIVEN})
    (one,) = tracer.named("GET /problems/{name}")
    assert (one.context.trace_id, one.parent) == (TRACE, 0xB7AD6B7169203331)
    assert one.attributes == {
        "http.route": "/problems/{name}",
        "http.response.status_code": 404,
    }
    assert one.ended


@pytest.mark.parametrize("given", ["", "nonsense", "00-0-0-01", GIVEN.replace("0af7", "\xff")])
def test_what_names_no_trace_begins_one(
    client: TestClient, tracer: MemoryTracer, given: str
) -> None:
    client.get("/health", headers={b"traceparent": given.encode("latin-1")})
    (one,) = tracer.named("GET /health")
    assert one.parent == 0


def test_issuing_shows_its_steps_and_hands_the_trace_on(
    house: House, tracer: MemoryTracer
) -> None:
    shop = Shop.opened(house)
    answer = shop.issue(traceparent=GIVEN)
    assert answer.status_code == 200
    found = of_trace(tracer, TRACE)
    steps = ("compute", "write", "validate", "number")
    for name in (*(f"finalize.{step}" for step in steps), "archive.record", "database.commit"):
        assert name in found, sorted(found)
    assert all(one.ended for spans in found.values() for one in spans)
    document = answer.json()
    kept = house.sql("select traceparent from outbox order by id desc limit 1")[0][0]
    assert kept.split("-")[1] == f"{TRACE:032x}"
    shown = " ".join(f"{one.name} {one.attributes} {one.status}" for one in tracer.spans)
    for text in (document["id"], document["number"], shop.entity, shop.key):
        assert text not in shown
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", shown)


def test_sending_belongs_to_the_trace_of_the_request(stage: Stage, tracer: MemoryTracer) -> None:
    with tracing.span("request", within=tracing.continued(GIVEN)):
        transmission = stage.queue()
    with stage.working():
        stage.until_answered(transmission)
    found = of_trace(tracer, TRACE)
    (attempt,) = [one for one in found["attempt"] if one.attributes["state"] == "queued"]
    request = found["request"][0].context.span_id
    assert attempt.parent == request
    for step in ("prepare", "send", "interpret"):
        (one,) = found[f"attempt.{step}"]
        assert one.parent == attempt.context.span_id


def test_a_failure_is_told_by_its_class_alone(tracer: MemoryTracer) -> None:
    with pytest.raises(ValueError, match="secret"), tracing.span("work"):
        raise ValueError("secret")
    assert tracer.named("work")[0].status == "ValueError"


def test_without_an_sdk_a_trace_is_handed_on_all_the_same() -> None:
    with tracing.span("request", within=tracing.continued(GIVEN)):
        assert tracing.traceparent() == GIVEN
    assert tracing.traceparent() is None


class Seen(HTTPServer):
    """Remembers the headers of what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.headers: list[str | None] = []


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Seen)
        self.server.headers.append(self.headers.get("traceparent"))
        self.send_response(204)
        self.end_headers()

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_only_a_sandbox_of_our_own_is_told_the_trace() -> None:
    server = Seen()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    request = Request("GET", f"http://127.0.0.1:{server.server_port}/", (), b"")
    try:
        with tracing.span("request", within=tracing.continued(GIVEN)):
            Wire().exchange(request)
            Wire(tells_trace=True).exchange(request)
        Wire(tells_trace=True).exchange(request)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert server.headers == [None, GIVEN, None]
