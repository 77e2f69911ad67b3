"""A whole small gateway for tests: queue, archive, receiver, the door for its signals."""

import contextlib
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from gateway.archive.service import Archive
from gateway.channels import endpoints as channels
from gateway.channels.sandbox_network import CONDUCT, SandboxNetwork
from gateway.channels.statements import TrustAnchor
from gateway.channels.wire import Wire
from gateway.events import endpoints as events_endpoints
from gateway.events import service as events
from gateway.events.notifier import Notifier
from gateway.events.service import EventView
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Tenant
from gateway.problems import Problem
from gateway.settings import Settings
from gateway.tenants.rates import Rates
from gateway.transmissions import endpoints as transmissions_endpoints
from gateway.transmissions import service
from gateway.transmissions.adapter import Adapter
from gateway.transmissions.journal import Journal
from gateway.transmissions.policy import Policy
from gateway.transmissions.service import TransmissionView
from gateway.transmissions.tables import outbox
from gateway.transmissions.worker import Worker
from tests.gateway.archive import seed
from tests.gateway.sandbox.invoices import RECEIVER, SENDER, invoice
from tests.gateway.sandbox.process import Network

MASTER = MasterKey(bytes(32))
QUICK = Policy(
    poll_seconds=0.1,
    threads=2,
    first_delay=timedelta(milliseconds=100),
    longest_delay=timedelta(seconds=1),
    pause=timedelta(seconds=1),
    flight=timedelta(seconds=5),
)
PATIENT = replace(
    CONDUCT,
    settle=timedelta(milliseconds=100),
    first_ask=timedelta(seconds=4),
    longest_ask=timedelta(seconds=4),
)


@dataclass
class Stage:
    """Everything around the worker under test."""

    database: Database
    admin_url: str
    archive: Archive
    owner: Tenant
    network: Network
    url: str

    def adapter(
        self,
        *,
        read_seconds: float = 5,
        **conduct: Any,  # noqa: ANN401 - members of `Conduct` that are to be different
    ) -> SandboxNetwork:
        return SandboxNetwork(
            self.network.url,
            TrustAnchor.load(self.network.trust),
            Wire(total_seconds=read_seconds, connect_seconds=1),
            conduct=replace(PATIENT, **conduct),
        )

    def queue(
        self, content: bytes | None = None, number: str = "R-1", receiver: str = RECEIVER
    ) -> UUID:
        """Issue a document and queue it; return its transmission."""
        content = content or invoice(number, receiver=receiver)
        document_id = seed.document(self.admin_url, self.owner, content, day=seed.NOW.date())
        with self.database.transaction(self.owner) as tx:
            return service.enqueue(
                tx,
                document_id=document_id,
                channel="sandbox-network",
                sender=SENDER,
                receiver=receiver,
                payload=content,
                now=clock.now(),
            )

    @contextlib.contextmanager
    def working(
        self, policy: Policy = QUICK, adapter: Adapter | None = None, seed: int = 1
    ) -> Iterator[None]:
        """Run a worker in this process."""
        worker = Worker(
            self.database,
            self.archive,
            [adapter or self.adapter()],
            policy=policy,
            chance=random.Random(seed).random,  # noqa: S311 - to be repeated
        )
        stop = threading.Event()
        thread = threading.Thread(target=worker.run, args=(stop,))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(30)
            assert not thread.is_alive()

    def view(self, transmission_id: UUID) -> TransmissionView:
        with self.database.transaction(self.owner) as tx:
            return service.get(tx, transmission_id)

    def events(self, transmission_id: UUID) -> list[EventView]:
        with self.database.transaction(self.owner) as tx:
            return list(events.of_transmission(tx, transmission_id))

    def types(self, transmission_id: UUID) -> list[str]:
        """Return the event types without their common prefix."""
        return [event.type.removeprefix("transmission.") for event in self.events(transmission_id)]

    def reached(self) -> dict[str, int]:
        with self.database.transaction(self.owner) as tx:
            found = service.reached(tx)
        return {name.removeprefix("transmission."): count for name, count in found.items()}

    def rows(self) -> list[tuple[str, Any]]:
        """Return state and due time of every row of the outbox."""
        with self.database.worker_transaction() as tx:
            found = tx.execute(outbox.select().order_by(outbox.c.id))
            return [(row.state, row.due_at) for row in found]

    def until(
        self,
        transmission_id: UUID,
        wanted: Callable[[TransmissionView], bool],
        seconds: float = 15,
    ) -> TransmissionView:
        """Wait until a transmission is as wanted."""
        view = self.view(transmission_id)
        deadline = time.monotonic() + seconds
        while not wanted(view):
            assert time.monotonic() < deadline, (view, self.types(transmission_id), self.rows())
            time.sleep(0.05)
            view = self.view(transmission_id)
        return view

    def until_answered(self, transmission_id: UUID, seconds: float = 15) -> TransmissionView:
        """Wait until network and buyer accepted, and the row is closed."""
        view = self.until(
            transmission_id,
            lambda one: (one.regulatory, one.business) == ("accepted", "accepted"),
            seconds,
        )
        deadline = time.monotonic() + seconds
        while any(state != "closed" for state, _ in self.rows()):
            assert time.monotonic() < deadline, self.rows()
            time.sleep(0.05)
        return view


@contextlib.contextmanager
def staged(
    database: Database, admin_url: str, directory: Path, *, push: bool = True
) -> Iterator[Stage]:
    """Set a stage up and take it down."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        signals = f"{url}/v1/channels/sandbox-network/signals" if push else None
        archive = Archive.open(
            Settings(data=directory / "data"), database, MASTER, now=clock.now()
        )
        network = Network(directory / "network", signals)
        network.start()
        stage = Stage(database, admin_url, archive, seed.tenant(admin_url), network, url)
        notifier = Notifier(database)
        notifier.start()
        runtime = SimpleNamespace(
            database=database,
            master_key=MASTER,
            journal=Journal(archive),
            sandbox_network=stage.adapter(),
            notifier=notifier,
            rates=Rates(Settings()),
            settings=Settings(),
        )
        try:
            with _serving(runtime, listener):
                yield stage
        finally:
            network.close()
            notifier.close()


@contextlib.contextmanager
def _serving(runtime: SimpleNamespace, listener: socket.socket) -> Iterator[None]:
    app = FastAPI()
    app.state.runtime = runtime
    app.add_exception_handler(Problem, _answer)
    for router in (channels.router, events_endpoints.router, transmissions_endpoints.router):
        app.include_router(router)
    config = uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


def _answer(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    body = error.as_dict(str(request.url.path))
    return JSONResponse(body, int(error.status), media_type="application/problem+json")
